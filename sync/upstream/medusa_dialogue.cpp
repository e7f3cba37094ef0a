#include "sync/upstream/medusa_dialogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sync/upstream/medusa_order.h"

namespace syncing::medusa {

namespace {

// More than any order needs.
constexpr std::size_t most_steps = 80;

core::Money sum_of(const core::Order& order, core::TransactionKind kind) {
  core::Money sum{0, order.currency};
  for (const core::Payment& payment : order.payments) {
    if (payment.kind == kind && core::stands(order, payment)) sum += payment.amount;
  }
  return sum;
}

// Payments that the till took, as they came.
std::vector<core::Money> own_payments(const core::Order& order) {
  std::vector<core::Money> amounts;
  for (const core::Payment& payment : order.payments) {
    if (payment.kind == core::TransactionKind::sale && core::stands(order, payment) &&
        payment.amount.minor > 0) {
      amounts.push_back(payment.amount);
    }
  }
  return amounts;
}

core::Money sum(const std::vector<core::Money>& amounts, core::Currency currency) {
  core::Money all{0, currency};
  for (const core::Money& amount : amounts) all += amount;
  return all;
}

// How often an amount of so many pieces goes at which price: the rest of the
// division is one cent more on so many of them.
struct Priced {
  std::int64_t quantity;
  core::Money each;
};
std::vector<Priced> evenly(core::Money amount, std::int64_t pieces) {
  const std::int64_t base = amount.minor / pieces;
  const std::int64_t more = amount.minor % pieces;
  std::vector<Priced> parts;
  if (pieces - more > 0) parts.push_back({pieces - more, {base, amount.currency}});
  if (more > 0) parts.push_back({more, {base + 1, amount.currency}});
  return parts;
}

std::int64_t pieces_of(core::Quantity quantity) {
  return quantity.is_whole() && quantity.thousandths > 0 ? quantity.thousandths / 1000 : 1;
}

Json address_of(const Place& place) {
  return {{"first_name", place.shop}, {"last_name", "-"},
          {"address_1", "-"},         {"city", "-"},
          {"postal_code", "00000"},   {"country_code", place.country}};
}

Json tenders_of(const core::Order& order) {
  Json all = Json::array();
  for (const core::Payment& payment : order.payments) {
    all.push_back({{"kind", core::word(payment.kind)},
                   {"tender", core::word(payment.tender)},
                   {"amount", core::to_plain(payment.amount)},
                   {"at", core::to_iso(payment.at)}});
  }
  return all;
}

}  // namespace

std::string our_id(const core::Order& order) {
  return fmt::format("{}-{}", order.number, core::to_text(order.id).substr(24));
}

Json draft_of(const core::Order& order, const std::vector<core::UpstreamVariant>& variants,
              const Place& place) {
  const core::Totals totals = core::price(order);
  Json items = Json::array();
  const auto add = [&](const std::string& variant, core::Money amount, std::int64_t pieces,
                       Json metadata) {
    for (const Priced& part : evenly(amount, pieces)) {
      items.push_back({{"variant_id", variant},
                       {"quantity", part.quantity},
                       {"unit_price", number(part.each)},
                       {"metadata", metadata}});
    }
  };
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const core::LineItem& line = order.lines[i];
    core::Money amount = totals.lines[i].final();
    // What paying in cash adds or takes belongs to no line; Medusa has only lines.
    if (i == 0) amount += totals.rounding;
    const std::string known = i < variants.size() ? variants[i].upstream_id : "";
    Json metadata{{"pos_line", i}, {"title", line.title}};
    if (!line.quantity.is_whole()) metadata["weight"] = core::to_plain(line.quantity);
    if (totals.lines[i].final() != totals.lines[i].gross) {
      metadata["list_price"] = core::to_plain(line.unit_price);
      metadata["discount"] = core::to_plain(totals.lines[i].gross - totals.lines[i].final());
    }
    add(known.empty() ? place.misc_variant : known, amount, pieces_of(line.quantity),
        std::move(metadata));
  }
  for (const core::ExtraCharge& extra : order.extras) {
    add(place.misc_variant, extra.amount, 1, {{"title", extra.title}});
  }
  const bool has_mail = !order.customer.email.empty();
  return {{"region_id", place.region},
          {"sales_channel_id", place.channel},
          {"currency_code", region_currency(order.currency)},
          {"email", has_mail ? order.customer.email : "till@localhost.invalid"},
          {"no_notification_order", true},
          {"shipping_address", address_of(place)},
          {"billing_address", address_of(place)},
          {"items", std::move(items)},
          {"metadata",
           {{"pos_order_id", our_id(order)},
            {"pos_number", order.number},
            {"sold_at", core::to_iso(order.placed)},
            {"cashier", order.cashier},
            {"note", order.note},
            {"tenders", tenders_of(order)}}}};
}

// --- the course of it ---

Dialogue::Next Dialogue::next() {
  if (answer_) return *answer_;
  if (++steps_ > most_steps) return again("Medusa does not come to an end.");
  return decide();
}

HttpRequest Dialogue::ask(Asked what, HttpRequest request) {
  asked_ = what;
  return request;
}

std::string Dialogue::order_path(std::string_view rest) const {
  return fmt::format("/admin/orders/{}{}", id_, rest);
}

Answer Dialogue::success() const {
  Answer answer = done();
  answer.learnt.order_id = id_;
  if (state_) answer.learnt.order_number = state_->display_number;
  if (told_) answer.learnt.amount = told_->minor;
  return answer;
}

Dialogue::Next Dialogue::decide() {
  if (Step step = find()) return *step;
  Step step;
  switch (job_.kind) {
    case core::OutboxKind::push_order:
      step = bring_up_to_date();
      break;
    case core::OutboxKind::capture:
      step = capture();
      break;
    case core::OutboxKind::add_payment:
      step = settle_money(sum(own_payments(job_.order), job_.order.currency));
      break;
    case core::OutboxKind::fulfil:
      step = fulfil();
      break;
    case core::OutboxKind::refund:
      step = settle_refunds(sum_of(job_.order, core::TransactionKind::refund));
      break;
    case core::OutboxKind::archive:
      step = archive();
      break;
    case core::OutboxKind::cancel:
      step = cancel();
      break;
    case core::OutboxKind::reopen:
      return refused("Medusa cannot reopen an order that it has archived.");
    case core::OutboxKind::void_authorization:
      return refused("Medusa releases an authorization only when the order is cancelled.");
    default:
      return refused("Medusa is not told of this.");
  }
  if (step) return *step;
  return success();
}

Dialogue::Step Dialogue::find() {
  if (state_) return {};
  if (id_.empty() && !job_.order.upstream_id.empty()) id_ = job_.order.upstream_id;
  if (!id_.empty() && is_draft_) {
    return ask(
        Asked::converted,
        api_->post(fmt::format("/admin/draft-orders/{}/convert-to-order", id_), Json::object()));
  }
  if (!id_.empty()) {
    return ask(Asked::order_itself, api_->get(order_path(fmt::format("?fields={}", order_fields))));
  }
  if (!is_own()) return refused("This order has no name at Medusa.");
  const std::string key = url_escaped(our_id(job_.order));
  if (!looked_for_order_) {
    return ask(Asked::order_by_our_id,
               api_->get(fmt::format("/admin/orders?limit=20&q={}&fields={}", key, order_fields)));
  }
  if (!looked_for_draft_) {
    return ask(Asked::draft_by_our_id,
               api_->get(fmt::format("/admin/draft-orders?limit=20&q={}&fields=id,status,"
                                     "custom_display_id,metadata",
                                     key)));
  }
  if (place_->misc_variant.empty() &&
      std::any_of(job_.variants.begin(), job_.variants.end(),
                  [](const auto& variant) { return variant.upstream_id.empty(); })) {
    return refused(
        "Medusa does not know this article, and has none for open items. Create one there with "
        "the SKU that the setting upstream.misc_sku names.");
  }
  return ask(Asked::created,
             api_->post("/admin/draft-orders?fields=id,status,custom_display_id,metadata,total",
                        draft_of(job_.order, job_.variants, *place_)));
}

void Dialogue::hear(const Heard& heard) {
  const Reply reply = reply_of(heard);
  if (reply.trouble) {
    answer_ = *reply.trouble;
    return;
  }
  if (!reply.refused) return take(reply);
  if (asked_ == Asked::order_itself && reply.refused->status == 404) {
    answer_ = refused("Medusa does not have this order any more.");
    return;
  }
  // What was refused may be there already: look once, then believe it.
  if (++refusals_ > 1) {
    answer_ = refused("Medusa says: " + reply.refused->message);
    return;
  }
  if (asked_ == Asked::created) looked_for_order_ = looked_for_draft_ = false;
  if (asked_ == Asked::converted) is_draft_ = false;
  state_.reset();
  collection_.clear();
}

void Dialogue::take(const Reply& reply) {
  const Json& json = reply.json;
  const std::string key = our_id(job_.order);
  switch (asked_) {
    case Asked::order_by_our_id:
      looked_for_order_ = true;
      for (const Json& row : list_at(json, "orders")) {
        OrderState found = order_state(row);
        if (found.our_id != key) continue;
        id_ = found.id;
        state_ = std::move(found);
        return;
      }
      return;
    case Asked::draft_by_our_id:
      looked_for_draft_ = true;
      for (const Json& row : list_at(json, "draft_orders")) {
        if (order_state(row).our_id != key) continue;
        id_ = text_at(row, "id");
        is_draft_ = text_at(row, "status") == "draft";
        return;
      }
      return;
    case Asked::created:
      id_ = text_at(json, "draft_order.id");
      is_draft_ = true;
      return;
    case Asked::converted:
      is_draft_ = false;
      return;
    case Asked::order_itself:
      if (!at(json, "order").is_object()) {
        answer_ = again("Medusa answers with nothing.");
        return;
      }
      state_ = order_state(at(json, "order"));
      return;
    case Asked::collection:
      collection_ = text_at(json, "payment_collection.id");
      state_->collections.push_back(
          {collection_,
           "not_paid",
           rounded_money(at(json, "payment_collection.amount"), job_.order.currency),
           {},
           ""});
      return;
    case Asked::paid:
      for (CollectionState& collection : state_->collections) {
        if (collection.id != collection_) continue;
        collection.status = "completed";
        PaymentState payment;
        payment.amount = payment.captured = collection.amount;
        payment.refunded = {0, collection.amount.currency};
        collection.payments.push_back(payment);
      }
      collection_.clear();
      return;
    case Asked::dropped:
      std::erase_if(state_->collections,
                    [](const auto& collection) { return collection.status == "not_paid"; });
      return;
    case Asked::fulfilled:
    case Asked::written:
    case Asked::nothing:
      state_.reset();
      return;
  }
}

// An order of this till, up to the version of the job.
Dialogue::Step Dialogue::bring_up_to_date() {
  const core::Order& order = job_.order;
  const core::Money ours = core::price(order).total;
  if (state_->status == "canceled" && order.stage != core::Stage::cancelled) {
    return refused("This order was cancelled at Medusa.");
  }
  if (state_->total != ours || state_->total.currency != order.currency) {
    return refused(fmt::format("Medusa's total of {} is {} {}, the till's is {} {}.",
                               state_->display_number, core::to_plain(state_->total),
                               state_->total.currency.text(), core::to_plain(ours),
                               order.currency.text()));
  }
  if (order.stage == core::Stage::cancelled) return cancel();
  if (Step step = settle_money(sum(own_payments(order), order.currency))) return step;
  if (Step step = settle_refunds(sum_of(order, core::TransactionKind::refund))) return step;
  if (Step step = hand_over()) return step;
  if (order.stage == core::Stage::archived) return archive();
  return {};
}

// --- money ---

// One collection for each payment, as they came, and one for the rest: without
// the last one Medusa would call a part payment "captured".
Dialogue::Step Dialogue::settle_money(core::Money received) {
  const auto pay = [&](const std::string& collection) -> Step {
    collection_ = collection;
    return ask(Asked::paid,
               api_->post(fmt::format("/admin/payment-collections/{}/mark-as-paid", collection),
                          {{"order_id", id_}}));
  };
  const auto make = [&](core::Money amount) -> Step {
    return ask(Asked::collection, api_->post("/admin/payment-collections",
                                             {{"order_id", id_}, {"amount", number(amount)}}));
  };
  const core::Money there = state_->captured();
  const CollectionState* open = nullptr;
  for (const CollectionState& collection : state_->collections) {
    if (collection.status == "not_paid" || collection.status == "awaiting") open = &collection;
  }
  const core::Money missing = received - there;
  core::Money wanted = missing;
  if (missing.minor > 0) {
    // The first of our payments that is not there, if they came one by one.
    core::Money before{0, received.currency};
    for (const core::Money& amount : own_payments(job_.order)) {
      if (before == there) wanted = amount;
      before += amount;
    }
    if (wanted > missing) wanted = missing;
  } else {
    wanted = state_->total - there;
    if (wanted.minor <= 0 || !is_own()) return {};
  }
  if (open && open->amount != wanted) {
    return ask(Asked::dropped,
               api_->remove(fmt::format("/admin/payment-collections/{}", open->id)));
  }
  if (!open) return make(wanted);
  if (missing.minor > 0) return pay(open->id);
  return {};
}

// Money back on whatever payment still has some.
Dialogue::Step Dialogue::settle_refunds(core::Money refunded) {
  core::Money missing = refunded - state_->refunded();
  if (!told_ && job_.kind == core::OutboxKind::refund) told_ = job_.amount;
  if (missing.minor <= 0) return {};
  for (const CollectionState& collection : state_->collections) {
    for (const PaymentState& payment : collection.payments) {
      const core::Money left = payment.captured - payment.refunded;
      if (left.minor <= 0) continue;
      // A payment that was booked a moment ago has no name here yet.
      if (payment.id.empty()) {
        state_.reset();
        return find();
      }
      return write(api_->post(fmt::format("/admin/payments/{}/refund", payment.id),
                              {{"amount", number(std::min(missing, left))},
                               {"note", job_.note.empty() ? job_.order.number : job_.note}}));
    }
  }
  return refused(
      fmt::format("Medusa has received too little to give back {}.", core::to_plain(missing)));
}

// Up to the sum of what was captured before and what this asks for: a repeated
// part of a capture would be booked again.
Dialogue::Step Dialogue::capture() {
  const core::Payment* subject = nullptr;
  core::Money before{0, job_.order.currency};
  for (const core::Payment& payment : job_.order.payments) {
    if (payment.id.uuid == job_.subject) {
      subject = &payment;
    } else if (payment.kind == core::TransactionKind::capture &&
               payment.state == core::TransactionState::success) {
      before += payment.amount;
    }
  }
  const core::Money amount = job_.amount.minor > 0 || !subject ? job_.amount : subject->amount;
  const core::Money missing = before + amount - state_->captured();
  if (!told_) told_ = amount;
  if (missing.minor <= 0) return {};
  for (const CollectionState& collection : state_->collections) {
    for (const PaymentState& payment : collection.payments) {
      const core::Money left = payment.amount - payment.captured;
      if (payment.is_canceled || left.minor <= 0) continue;
      return write(api_->post(fmt::format("/admin/payments/{}/capture", payment.id),
                              {{"amount", number(std::min(left, missing))}}));
    }
  }
  return refused("Nothing is authorized at Medusa that could be captured.");
}

// --- goods ---

Dialogue::Step Dialogue::fulfil_lines(
    const std::vector<std::pair<std::string, std::int64_t>>& missing) {
  if (missing.empty()) return {};
  // Those that are shipped and those that are not must go apart.
  const auto ships = [&](const std::string& id) {
    return std::any_of(state_->lines.begin(), state_->lines.end(), [&](const LineState& line) {
      return line.id == id && line.requires_shipping;
    });
  };
  const bool first = ships(missing.front().first);
  Json items = Json::array();
  for (const auto& [id, quantity] : missing) {
    if (ships(id) == first) items.push_back({{"id", id}, {"quantity", quantity}});
  }
  return ask(Asked::fulfilled,
             api_->post(order_path("/fulfillments"), {{"items", std::move(items)},
                                                      {"location_id", place_->location},
                                                      {"no_notification", true}}));
}

Dialogue::Step Dialogue::deliver() {
  for (const FulfilmentState& fulfilment : state_->fulfilments) {
    if (fulfilment.is_canceled || fulfilment.is_delivered) continue;
    return write(
        api_->post(order_path(fmt::format("/fulfillments/{}/mark-as-delivered", fulfilment.id)),
                   Json::object()));
  }
  return {};
}

// What was sold over the counter left with the customer.
Dialogue::Step Dialogue::hand_over() {
  const core::Order& order = job_.order;
  std::map<core::LineId, std::int64_t> left;
  bool some_left = false;
  for (const core::Fulfilment& fulfilment : order.fulfilments) {
    if (fulfilment.state != core::FulfilmentState::done) continue;
    some_left = true;
    for (const core::LineQuantity& line : fulfilment.lines) {
      left[line.line] += pieces_of(line.quantity);
    }
  }
  const bool all_left = !some_left && order.fulfilments.empty() && order.fulfilment == "fulfilled";
  if (!some_left && !all_left) return {};
  std::vector<std::pair<std::string, std::int64_t>> missing;
  for (const LineState& line : state_->lines) {
    std::int64_t wanted = all_left ? line.quantity : 0;
    if (!all_left && line.position >= 0 &&
        static_cast<std::size_t>(line.position) < order.lines.size()) {
      std::int64_t& open = left[order.lines[static_cast<std::size_t>(line.position)].id];
      wanted = std::min(open, line.quantity);
      open -= wanted;
    }
    if (wanted > line.fulfilled) missing.emplace_back(line.id, wanted - line.fulfilled);
  }
  if (Step step = fulfil_lines(missing)) return step;
  return deliver();
}

// A parcel of an online order: beyond what had left before it.
Dialogue::Step Dialogue::fulfil() {
  std::map<core::LineId, std::int64_t> wanted;
  const core::Fulfilment* subject = nullptr;
  for (const core::Fulfilment& fulfilment : job_.order.fulfilments) {
    const bool is_subject = fulfilment.id.uuid == job_.subject;
    if (is_subject) subject = &fulfilment;
    if (!is_subject && fulfilment.state != core::FulfilmentState::done) continue;
    for (const core::LineQuantity& line : fulfilment.lines) {
      wanted[line.line] += pieces_of(line.quantity);
    }
  }
  if (!subject) return refused("This order has no such parcel.");
  // Ready for pick-up is told when it has been picked up: Medusa has no word for it.
  if (subject->state == core::FulfilmentState::ready) return {};
  std::vector<std::pair<std::string, std::int64_t>> missing;
  for (std::size_t i = 0; i < state_->lines.size(); ++i) {
    const LineState& line = state_->lines[i];
    const auto target = wanted.find(line_id(id_, line.id, i));
    if (target == wanted.end()) continue;
    const std::int64_t more = std::min(target->second, line.quantity) - line.fulfilled;
    if (more > 0) missing.emplace_back(line.id, more);
  }
  if (Step step = fulfil_lines(missing)) return step;
  if (job_.order.delivery == core::Delivery::pickup) return deliver();
  if (subject->tracking_number.empty()) return {};
  for (const FulfilmentState& fulfilment : state_->fulfilments) {
    if (fulfilment.is_canceled || fulfilment.is_shipped) continue;
    Json items = Json::array();
    for (const auto& [id, quantity] : fulfilment.lines) {
      items.push_back({{"id", id}, {"quantity", quantity}});
    }
    const std::string url = subject->tracking_url.empty() ? "#" : subject->tracking_url;
    return write(api_->post(order_path(fmt::format("/fulfillments/{}/shipments", fulfilment.id)),
                            {{"items", std::move(items)},
                             {"labels", Json::array({{{"tracking_number", subject->tracking_number},
                                                      {"tracking_url", url},
                                                      {"label_url", url}}})}}));
  }
  return {};
}

// --- the end of it ---

Dialogue::Step Dialogue::archive() {
  if (state_->status == "archived") return {};
  if (state_->status == "pending") {
    return write(api_->post(order_path("/complete"), Json::object()));
  }
  return write(api_->post(order_path("/archive"), Json::object()));
}

Dialogue::Step Dialogue::cancel() {
  if (state_->status == "canceled") return {};
  return write(api_->post(order_path("/cancel"), Json::object()));
}

}  // namespace syncing::medusa
