#include "sync/upstream/shopify/dialogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/orders/refund.h"

namespace syncing::shopify {

namespace {

// More than any order needs: five hundred lines, read twice, and each parcel.
constexpr std::size_t most_steps = 200;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::optional<std::string> next_page(const Json& connection) {
  if (!flag_at(connection, "pageInfo.hasNextPage")) return {};
  const std::string cursor = text_at(connection, "pageInfo.endCursor");
  if (cursor.empty()) return {};
  return cursor;
}

Json page_variables(const std::string& id, const std::string& after) {
  Json variables{{"id", id}};
  if (!after.empty()) variables["after"] = after;
  return variables;
}

}  // namespace

HttpRequest post(const Request& request, const Access& access) {
  const Json body{{"query", document(*request.operation)},
                  {"operationName", request.operation->name},
                  {"variables", request.variables}};
  return {"POST",
          access.url,
          {"Content-Type: application/json", "Accept: application/json",
           "Expect:", "X-Shopify-Access-Token: " + access.token},
          body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Dialogue::Next Dialogue::next() {
  if (next_) return *next_;
  next_ = ++steps_ > most_steps ? Next{again("Shopify does not come to an end.")} : decide();
  const auto* request = std::get_if<Request>(&*next_);
  if (refusal_ && request && request->operation->writes()) next_ = *refusal_;
  return *next_;
}

Request Dialogue::tell(std::string what, Request request) {
  telling_ = std::move(what);
  return request;
}

Dialogue::Next Dialogue::decide() {
  if (job_.stock) return move_stock();
  if (!state_) {
    if (!looked_) return look();
    if (is_own() && job_.kind == core::OutboxKind::push_order) {
      return tell("order", {&create_order,
                            create_variables(job_.order, job_.variants, *shop_, job_.anchor)});
    }
    return refused("Shopify does not have this order.");
  }
  Step step;
  switch (job_.kind) {
    case core::OutboxKind::push_order:
      return bring_up_to_date();
    case core::OutboxKind::capture:
      step = capture();
      break;
    case core::OutboxKind::void_authorization:
      step = void_authorization();
      break;
    case core::OutboxKind::add_payment:
      step = settle_money();
      break;
    case core::OutboxKind::fulfil:
      step = subject_fulfilment() && subject_fulfilment()->state == core::FulfilmentState::ready
                 ? prepare_pickup()
                 : settle_goods();
      break;
    case core::OutboxKind::refund:
      step = settle_refunds();
      break;
    case core::OutboxKind::archive:
      step = archive();
      break;
    case core::OutboxKind::reopen:
      step = unarchive();
      break;
    case core::OutboxKind::cancel:
      step = cancel();
      break;
    default:
      return refused("Shopify is not told of this.");
  }
  if (step) return *step;
  return well();
}

Answer Dialogue::well() const {
  Answer answer = done();
  answer.reason = remark_;
  answer.learnt = learnt_;
  answer.learnt.order_id = state_->id;
  answer.learnt.order_number = state_->name;
  return answer;
}

// A difference, under the job's key: the same again changes nothing.
Dialogue::Next Dialogue::move_stock() const {
  const core::StockChange& change = *job_.stock;
  if (change.names.inventory_id.empty()) {
    return refused("Shopify does not know this article any more.");
  }
  const std::string key = core::to_text(job_.key);
  const std::string again = failed_keys_ == 0 ? "" : fmt::format("-{}", failed_keys_);
  return Request{&adjust_stock,
                 {{"key", key + again},
                  {"input",
                   {{"name", "available"},
                    {"reason", "correction"},
                    {"referenceDocumentUri", "gid://tresen/StockChange/" + key},
                    {"changes", Json::array({{{"inventoryItemId", change.names.inventory_id},
                                              {"locationId", shop_->location},
                                              {"delta", change.delta().thousandths / 1000}}})}}}}};
}

// An order of this till, up to the version of the job.
Dialogue::Next Dialogue::bring_up_to_date() {
  const core::Money ours = core::price(job_.order).total;
  if (state_->total != ours || state_->total.currency != job_.order.currency) {
    return refused(fmt::format("Shopify's total of {} is {} {}, the till's is {} {}.", state_->name,
                               core::to_plain(state_->total), state_->total.currency.text(),
                               core::to_plain(ours), job_.order.currency.text()));
  }
  if (Step step = settle_money()) return *step;
  if (Step step = settle_refunds()) return *step;
  if (Step step = settle_goods()) return *step;
  if (job_.order.stage == core::Stage::archived) {
    if (Step step = archive()) return *step;
  }
  if (job_.order.stage == core::Stage::cancelled) {
    if (Step step = cancel()) return *step;
  }
  return well();
}

// --- money ---

// What Shopify has received already, by whatever way, counts.
Dialogue::Step Dialogue::settle_money() {
  const core::Money ours = received_sum(job_.order);
  if (state_->received >= ours) return {};
  const core::Money missing = ours - state_->received;
  if (state_->outstanding <= missing) {
    if (!state_->can_mark_as_paid || told_.contains("paid")) {
      return refused(fmt::format("Shopify has received {} of {} and takes no more.",
                                 core::to_plain(state_->received), core::to_plain(ours)));
    }
    return tell("paid", {&pay_rest, {{"id", state_->id}}});
  }
  if (!shop_->is_plus) {
    remark_ = fmt::format(
        "{} of it waits here until the order is paid: Shopify takes a part only on its plan Plus.",
        core::to_plain(missing));
    return {};
  }
  if (told_.contains("part")) return again("Shopify has not booked the payment yet.");
  const auto payment = std::find_if(
      job_.order.payments.rbegin(), job_.order.payments.rend(),
      [](const core::Payment& paid) { return paid.kind == core::TransactionKind::sale; });
  Json variables{
      {"id", state_->id},
      {"amount",
       {{"amount", core::to_plain(missing)}, {"currencyCode", job_.order.currency.text()}}}};
  if (payment != job_.order.payments.rend()) {
    variables["method"] = gateway_of(*payment);
    variables["at"] = core::to_iso(payment->at);
  }
  return tell("part", {&pay_part, std::move(variables)});
}

Dialogue::Step Dialogue::capture() {
  core::Money ours{0, job_.order.currency};
  bool named = false;
  for (const core::Payment& payment : job_.order.payments) {
    const bool counts = payment.kind == core::TransactionKind::capture ||
                        payment.kind == core::TransactionKind::sale;
    if (!counts || payment.state == core::TransactionState::failure) continue;
    ours += payment.amount;
    named = named || payment.id.uuid == job_.subject;
  }
  const Transaction* authorization = open_authorization(*state_);
  const core::Money theirs = captured(*state_);
  if (!named) ours = theirs + (authorization ? capturable(*state_, *authorization) : core::Money{});
  if (theirs >= ours && (named || theirs.minor > 0)) return {};
  if (!authorization && state_->cancelled) return was_cancelled();
  if (!authorization) {
    return refused(
        fmt::format("Nothing is left to capture: Shopify calls the order {}.", state_->payment));
  }
  const core::Money left = capturable(*state_, *authorization);
  if (left < ours - theirs) {
    return refused(fmt::format("Only {} can still be captured.", core::to_plain(left)));
  }
  return tell("capture",
              {&shopify::capture,
               {{"input",
                 {{"id", state_->id},
                  {"parentTransactionId", authorization->id},
                  {"amount", core::to_plain(core::Money{(ours - theirs).minor, left.currency})},
                  {"currency", left.currency.text()}}}}});
}

Dialogue::Step Dialogue::void_authorization() {
  const Transaction* authorization = open_authorization(*state_);
  if (!authorization) return {};
  return tell("void", {&shopify::void_authorization, {{"parent", authorization->id}}});
}

// --- refunds ---

Dialogue::Step Dialogue::settle_refunds() {
  for (const core::Refund& refund : job_.order.refunds) {
    const bool meant = job_.kind == core::OutboxKind::push_order || job_.subject == refund.id.uuid;
    const std::string mark = refund_mark(refund);
    const bool there = told_.contains(mark) ||
                       std::any_of(state_->refund_notes.begin(), state_->refund_notes.end(),
                                   [&](const std::string& note) { return contains(note, mark); });
    if (!meant || there) continue;
    if (!refund.lines.empty()) {
      if (Step step = read_lines()) return step;
    }
    const core::Money left = state_->received - state_->refunded;
    if (left < refund.amount) {
      return refused(fmt::format("Shopify has only {} of this order left to give back.",
                                 core::to_plain(left)));
    }
    return tell(mark, refund_request(refund));
  }
  return {};
}

Request Dialogue::refund_request(const core::Refund& refund) {
  Json input{{"orderId", state_->id},
             {"note", fmt::format("{}{}{}", refund.reason, refund.reason.empty() ? "" : " ",
                                  refund_mark(refund))},
             {"notify", is_own() && shop_->mails_receipts && !job_.order.customer.email.empty()},
             {"refundLineItems", Json::array()},
             {"transactions", Json::array()}};
  for (const core::RefundedLine& back : refund.lines) {
    const auto line =
        std::find_if(job_.order.lines.begin(), job_.order.lines.end(),
                     [&](const core::LineItem& item) { return item.id == back.line; });
    if (line == job_.order.lines.end()) continue;
    std::int64_t wanted = pieces_of(*line, back.quantity);
    for (LinePlace& place : lines_) {
      if (place.line != back.line) continue;
      const std::int64_t now = std::min(wanted, place.refundable);
      if (now <= 0) continue;
      wanted -= now;
      const auto put = [&](std::int64_t pieces, std::string_view type) {
        if (pieces <= 0) return;
        Json item{{"lineItemId", place.id}, {"quantity", pieces}, {"restockType", type}};
        if (type != "NO_RESTOCK") item["locationId"] = shop_->location;
        input["refundLineItems"].push_back(std::move(item));
      };
      // What has not left stays here and is not sent any more.
      const std::int64_t outside = std::max<std::int64_t>(0, place.refundable - place.unfulfilled);
      const std::int64_t back_from_outside = std::min(now, outside);
      put(back_from_outside, back.restock ? "RETURN" : "NO_RESTOCK");
      put(now - back_from_outside, "CANCEL");
    }
  }
  core::Money named{0, job_.order.currency};
  const auto add = [&](core::Money amount, const std::string& gateway) {
    const Transaction* parent = refundable_payment(*state_, gateway, amount);
    Json transaction{{"orderId", state_->id},
                     {"kind", "REFUND"},
                     {"gateway", parent ? parent->gateway : gateway},
                     {"amount", core::to_plain(amount)}};
    if (parent) transaction["parentId"] = parent->id;
    input["transactions"].push_back(std::move(transaction));
    named += amount;
  };
  for (const core::Payment& payment : job_.order.payments) {
    const bool of_it = std::find(refund.payments.begin(), refund.payments.end(), payment.id) !=
                       refund.payments.end();
    if (of_it && payment.kind == core::TransactionKind::refund) {
      add({payment.amount.minor, job_.order.currency}, gateway_of(payment));
    }
  }
  if (named < refund.amount) add(refund.amount - named, "cash");
  return {&shopify::refund, {{"input", std::move(input)}, {"key", core::to_text(refund.id)}}};
}

// --- goods ---

const core::Fulfilment* Dialogue::subject_fulfilment() const {
  for (const core::Fulfilment& fulfilment : job_.order.fulfilments) {
    if (fulfilment.id.uuid == job_.subject) return &fulfilment;
  }
  return nullptr;
}

// A parcel that somebody cancelled there after we heard that it had left.
bool Dialogue::is_cancelled_there(const core::Fulfilment& fulfilment) const {
  if (fulfilment.upstream_id.empty()) return false;
  return std::any_of(sent_->begin(), sent_->end(), [&](const SentParcel& parcel) {
    return parcel.id == fulfilment.upstream_id && !parcel.stands;
  });
}

std::int64_t Dialogue::left_there(core::LineId line) const {
  std::int64_t left = 0;
  for (const SentParcel& parcel : *sent_) {
    if (!parcel.stands) continue;
    for (const auto& sent : parcel.lines) {
      const bool is_it = std::any_of(lines_.begin(), lines_.end(), [&](const LinePlace& place) {
        return place.id == sent.first && place.line == line;
      });
      if (is_it) left += sent.second;
    }
  }
  return left;
}

// Of pieces that left here and are neither sent nor to be sent there: how many of this
// job's parcel somebody has taken out of the order. Never more than Shopify itself counts
// as taken out or given back, for of a long list of parcels not all is read.
std::int64_t Dialogue::taken_out(const core::LineItem& line, std::int64_t lacking) const {
  std::int64_t gone = 0;
  for (const LinePlace& place : lines_) {
    if (place.line == line.id) gone += place.quantity - place.current;
  }
  return std::min({lacking, gone, pieces_of(line, wanted_of(line))});
}

// How much of the line this job's parcel holds.
core::Quantity Dialogue::wanted_of(const core::LineItem& line) const {
  const core::Fulfilment* parcel = subject_fulfilment();
  if (!parcel) return line.quantity;
  core::Quantity wanted{0};
  for (const core::LineQuantity& part : parcel->lines) {
    if (part.line == line.id) wanted.thousandths += part.quantity.thousandths;
  }
  return wanted;
}

// What has left here and not there, line by line; what left there counts. Goods of a
// parcel that nobody ordered any more may have left the shop: a person decides.
Dialogue::Step Dialogue::settle_goods() {
  const bool is_parcel = job_.kind == core::OutboxKind::fulfil;
  if (state_->fulfilment == "FULFILLED" && (!is_parcel || told_.contains("goods"))) return {};
  if (state_->cancelled && !is_parcel && job_.order.stage == core::Stage::cancelled) return {};
  const bool all = is_handed_over(job_.order) || (is_parcel && job_.order.fulfilments.empty());
  const bool has_parcel = std::any_of(
      job_.order.fulfilments.begin(), job_.order.fulfilments.end(),
      [](const core::Fulfilment& one) { return one.state == core::FulfilmentState::done; });
  if (!all && !has_parcel) return {};
  if (Step step = read_sent()) return step;
  std::map<core::LineId, std::int64_t> gone;
  for (const core::LineItem& line : job_.order.lines) {
    if (all) gone[line.id] = pieces_of(line, line.quantity);
    for (const core::Fulfilment& fulfilment : job_.order.fulfilments) {
      if (fulfilment.state != core::FulfilmentState::done || is_cancelled_there(fulfilment)) {
        continue;
      }
      for (const core::LineQuantity& part : fulfilment.lines) {
        if (part.line == line.id) gone[line.id] += pieces_of(line, part.quantity);
      }
    }
  }
  if (gone.empty()) return {};
  if (Step step = read_lines()) return step;

  std::vector<std::pair<std::string, std::int64_t>> missing;
  std::optional<Answer> not_ordered;
  for (const core::LineItem& line : job_.order.lines) {
    std::int64_t wanted = gone[line.id] - left_there(line.id);
    for (const LinePlace& place : lines_) {
      if (place.line != line.id || wanted <= 0) continue;
      const std::int64_t now = std::min(wanted, place.unfulfilled);
      if (now > 0) missing.emplace_back(place.id, now);
      wanted -= now;
    }
    const std::int64_t lost = is_parcel ? taken_out(line, wanted) : 0;
    if (lost <= 0 || not_ordered) continue;
    not_ordered = refused(fmt::format(
        "{} x {} were to be sent, and {} of them are no longer in the order at Shopify.",
        core::to_plain(wanted_of(line)), line.title, lost));
  }
  if (missing.empty() && !not_ordered) return {};
  if (state_->cancelled) return was_cancelled();
  if (not_ordered) return *not_ordered;
  if (Step step = read_parcels()) return step;
  return fulfil_request(subject_fulfilment(), std::move(missing));
}

// One request for each fulfilment order, then everything is read again.
Dialogue::Step Dialogue::fulfil_request(const core::Fulfilment* named,
                                        std::vector<std::pair<std::string, std::int64_t>> missing) {
  std::string held;
  for (const Parcel& parcel : parcels_) {
    Json items = Json::array();
    for (const Parcel::Item& item : parcel.items) {
      for (std::pair<std::string, std::int64_t>& wanted : missing) {
        const std::int64_t now = std::min(wanted.second, item.remaining);
        if (wanted.first != item.line || now <= 0) continue;
        items.push_back({{"id", item.id}, {"quantity", now}});
        wanted.second -= now;
      }
    }
    if (items.empty()) continue;
    if (!parcel.can_fulfil) {
      held = parcel.status;
      continue;
    }
    Json fulfilment{{"lineItemsByFulfillmentOrder",
                     Json::array({{{"fulfillmentOrderId", parcel.id},
                                   {"fulfillmentOrderLineItems", std::move(items)}}})},
                    {"notifyCustomer", named && named->notify_customer}};
    if (named && !named->tracking_number.empty()) {
      Json tracking{{"number", named->tracking_number}};
      if (!named->carrier.empty()) tracking["company"] = named->carrier;
      if (!named->tracking_url.empty()) tracking["url"] = named->tracking_url;
      fulfilment["trackingInfo"] = std::move(tracking);
    }
    return tell("goods", {&fulfil, {{"fulfillment", std::move(fulfilment)}}});
  }
  return refused(held.empty() ? std::string("Shopify has nothing of this left to fulfil.")
                              : fmt::format("Shopify does not let this be fulfilled: {}.", held));
}

Dialogue::Step Dialogue::prepare_pickup() {
  if (told_.contains("pickup")) return {};
  if (state_->cancelled) return was_cancelled();
  if (Step step = read_parcels()) return step;
  Json orders = Json::array();
  for (const Parcel& parcel : parcels_) {
    if (parcel.is_pickup && parcel.status == "OPEN") {
      orders.push_back({{"fulfillmentOrderId", parcel.id}});
    }
  }
  if (orders.empty()) return {};
  return tell("pickup", {&shopify::prepare_pickup,
                         {{"input", {{"lineItemsByFulfillmentOrder", std::move(orders)}}}}});
}

// --- what is finished ---

Dialogue::Step Dialogue::archive() {
  if (state_->closed || told_.contains("archive")) return {};
  return tell("archive", {&shopify::archive, {{"id", state_->id}}});
}

Dialogue::Step Dialogue::unarchive() {
  if (!state_->closed || told_.contains("unarchive")) return {};
  return tell("unarchive", {&shopify::unarchive, {{"id", state_->id}}});
}

// Money goes back by refunds of their own; Shopify cancels a little later.
Dialogue::Step Dialogue::cancel() {
  if (state_->cancelled || told_.contains("cancel")) return {};
  return tell("cancel", {&shopify::cancel,
                         {{"id", state_->id},
                          {"reason", "OTHER"},
                          {"refund", {{"originalPaymentMethodsRefund", false}}},
                          {"restock", job_.restock},
                          {"note", job_.note}}});
}

// --- reading ---

Dialogue::Next Dialogue::look() {
  if (is_own()) return Request{&order_by_our_id, {{"id", our_id(job_.order)}}};
  if (job_.order.upstream_id.empty()) return refused("Shopify's id of this order is not known.");
  return Request{&order_by_id, {{"id", job_.order.upstream_id}}};
}

Dialogue::Step Dialogue::read_lines() {
  if (!lines_after_) return {};
  return Request{&order_lines, page_variables(state_->id, *lines_after_)};
}

Dialogue::Step Dialogue::read_parcels() {
  if (!parcels_after_) return {};
  return Request{&fulfilment_orders, page_variables(state_->id, *parcels_after_)};
}

Dialogue::Step Dialogue::read_sent() {
  if (sent_) return {};
  return Request{&sent_goods, {{"id", state_->id}}};
}

void Dialogue::hear(const Heard& heard) {
  const core::Result<Json, Answer> data = data_of(heard);
  if (data) {
    take(*data);
  } else {
    next_ = data.error();
  }
}

void Dialogue::take(const Json& data) {
  const Operation* asked = std::get<Request>(next()).operation;
  next_.reset();
  if (asked == &order_by_our_id || asked == &order_by_id) {
    looked_ = true;
    state_ = order_state(at(data, "found"));
    if (!state_ && at(data, "found").is_object()) next_ = again("Shopify's answer makes no sense.");
  } else if (asked == &order_lines) {
    take_lines(data);
  } else if (asked == &fulfilment_orders) {
    take_parcels(data);
  } else if (asked == &sent_goods) {
    take_sent(data);
  } else if (asked == &adjust_stock) {
    take_stock(data);
  } else {
    take_write(data);
  }
}

void Dialogue::take_lines(const Json& data) {
  const Json& page = at(data, "order.lineItems");
  for (const Json& line : at(page, "nodes")) lines_.push_back(line_place(line));
  lines_after_ = next_page(page);
}

void Dialogue::take_parcels(const Json& data) {
  const Json& page = at(data, "order.fulfillmentOrders");
  for (const Json& node : at(page, "nodes")) parcels_.push_back(parcel(node));
  parcels_after_ = next_page(page);
}

void Dialogue::take_sent(const Json& data) {
  sent_.emplace();
  for (const Json& fulfilment : at(data, "order.fulfillments")) {
    sent_->push_back(sent_parcel(fulfilment));
  }
}

void Dialogue::take_stock(const Json& data) {
  const Json& payload = at(data, "did");
  const auto no = user_errors(payload);
  if (!no) {
    const bool is_there = !text_at(payload, "inventoryAdjustmentGroup.id").empty();
    next_ = is_there ? done() : again("Shopify's answer makes no sense.");
  } else if (has_code(payload, "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")) {
    ++failed_keys_;  // nothing came of that one, and its key is spent
  } else {
    next_ = *no;
  }
}

void Dialogue::take_write(const Json& data) {
  const Json& payload = at(data, "did");
  if (auto no = user_errors(payload)) {
    // Perhaps it is there already: that is looked at before the no counts.
    const bool again_later = no->fate != core::OutboxFate::refused || refusal_;
    if (again_later) next_ = *no;
    refusal_ = std::move(no);
    looked_ = false;
    state_.reset();
  } else {
    told_.insert(telling_);
    for (const char* made : {"transaction", "fulfillment", "refund"}) {
      if (const std::string id = text_at(at(payload, made), "id"); !id.empty()) {
        learnt_.subject_id = id;
      }
    }
    for (const char* path : {"order", "transaction.order", "fulfillment.order"}) {
      if (auto state = order_state(at(payload, path))) state_ = std::move(state);
    }
    if (!state_) next_ = again("Shopify's answer makes no sense.");
  }
  lines_.clear();
  parcels_.clear();
  sent_.reset();
  lines_after_ = parcels_after_ = "";
}

}  // namespace syncing::shopify
