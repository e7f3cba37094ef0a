#include "sync/upstream/medusa/dialogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/orders/pricing.h"

namespace syncing::medusa {

namespace {

// More than any order needs.
constexpr std::size_t most_steps = 80;

}  // namespace

Dialogue::Next Dialogue::next() {
  if (answer_) return named(*answer_);
  if (++steps_ > most_steps) return named(again("Medusa does not come to an end."));
  return decide();
}

// What is told again later is found by Medusa's own name, which costs no search.
Answer Dialogue::named(Answer answer) const {
  // Not while it is, or may still be, a draft: that is converted first.
  if (is_draft_ || !state_ || state_->status == "draft") return answer;
  answer.learnt.order_id = id_;
  answer.learnt.order_number = state_->display_number;
  return answer;
}

HttpRequest Dialogue::ask(Asked what, HttpRequest request) {
  asked_ = what;
  return request;
}

std::string Dialogue::order_path(std::string_view rest) const {
  return fmt::format("/admin/orders/{}{}", id_, rest);
}

// Where a change of the order is asked for, and answered with the order.
std::string Dialogue::changed(std::string_view rest) const {
  return fmt::format("{}?fields={}", order_path(rest), order_fields);
}

Answer Dialogue::success() const {
  Answer answer = named(done());
  if (told_) answer.learnt.amount = told_->minor;
  const bool is_told_apart =
      job_.kind == core::OutboxKind::capture || job_.kind == core::OutboxKind::fulfil;
  answer.learnt.done_by_others = is_told_apart && !wrote_;
  return answer;
}

Dialogue::Next Dialogue::decide() {
  if (job_.stock) return move_stock();
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
      step = add_payment();
      break;
    case core::OutboxKind::fulfil:
      step = fulfil();
      break;
    case core::OutboxKind::refund:
      step = give_back();
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
    const std::string path =
        fmt::format("/admin/draft-orders/{}/convert-to-order?fields={}", id_, order_fields);
    return moving_stock(ask(Asked::converted, api_->post(path, Json::object())));
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
                        draft_of(job_.order, job_.variants, *place_, job_.anchor)));
}

void Dialogue::hear(const Heard& heard) {
  const Reply reply = reply_of(heard);
  if (reply.trouble) {
    answer_ = *reply.trouble;
    return;
  }
  if (!reply.refused) return take(reply);
  if (job_.stock) {
    answer_ = refused(reply.refused->status == 404 ? "Medusa does not know this article any more."
                                                   : "Medusa says: " + reply.refused->message);
    return;
  }
  if (asked_ == Asked::order_itself && reply.refused->status == 404) {
    answer_ = refused("Medusa does not have this order any more.");
    return;
  }
  if (asked_ == Asked::receipt_dropped) return;  // there was none of ours
  if (is_waited_for(reply.refused->message)) {
    answer_ = again("Medusa waits until a change of this order is confirmed or cancelled there.");
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
  forget_return();
}

// Medusa changes one thing of an order at a time: a person is at it, unless it is what
// this till has begun itself.
bool Dialogue::is_waited_for(const std::string& message) const {
  const bool is_our_own = return_.is_ours && !return_.id.empty() && !dropped_receipt_;
  return message.find("existing active order change") != std::string::npos && !is_our_own;
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
        refusals_ = 0;  // that it is there already explains them
        id_ = found.id;
        state_ = std::move(found);
        return;
      }
      return;
    case Asked::draft_by_our_id:
      looked_for_draft_ = true;
      for (const Json& row : list_at(json, "draft_orders")) {
        if (order_state(row).our_id != key) continue;
        refusals_ = 0;
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
      return take_order(json);
    case Asked::order_itself:
      take_order(json);
      if (!state_) answer_ = again("Medusa answers with nothing.");
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
    case Asked::written:
      return take_order(json);
    case Asked::returns:
    case Asked::receipt_dropped:
    case Asked::return_begun:
    case Asked::return_moved:
    case Asked::returned:
      return take_return(json);
    case Asked::shelf:
    case Asked::shelf_noted:
    case Asked::shelf_set:
      return take_shelf(json);
    case Asked::nothing:
      state_.reset();
      return;
  }
}

// A change answers with the order as it is now, which spares reading it.
void Dialogue::take_order(const Json& json) {
  state_.reset();
  const Json& order = at(json, "order");
  if (!text_at(order, "currency_code").empty()) state_ = order_state(order);
}

// An order of this till, up to the version of the job.
Dialogue::Step Dialogue::bring_up_to_date() {
  const core::Order& order = job_.order;
  const core::Money ours = core::price(order).total;
  if (state_->status == "canceled" && order.stage != core::Stage::cancelled) {
    return was_cancelled();
  }
  const core::Money theirs = state_->sold_for();
  if (!state_->is_being_changed() && (theirs != ours || theirs.currency != order.currency)) {
    return refused(fmt::format("Medusa's total of {} is {} {}, the till's is {} {}.",
                               state_->display_number, core::to_plain(theirs),
                               theirs.currency.text(), core::to_plain(ours),
                               order.currency.text()));
  }
  if (order.stage == core::Stage::cancelled) return cancel();
  if (Step step = settle_money()) return step;
  if (Step step = hand_over()) return step;
  if (Step step = give_back()) return step;
  if (order.stage == core::Stage::archived) return archive();
  return {};
}

Dialogue::Step Dialogue::archive() {
  if (state_->status == "archived") return {};
  if (state_->status == "pending") {
    return write(api_->post(changed("/complete"), Json::object()));
  }
  return write(api_->post(changed("/archive"), Json::object()));
}

Dialogue::Step Dialogue::cancel() {
  if (state_->status == "canceled") return {};
  return moving_stock(write(api_->post(changed("/cancel"), Json::object())));
}

}  // namespace syncing::medusa
