#include "core/commands/intents.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"
#include "core/orders/refund.h"
#include "core/store/fulfilment_store.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

Uuid subject_of(const Step& step) {
  if (step.refund) return step.refund->id.uuid;
  if (step.fulfilment) return step.fulfilment->id.uuid;
  return step.payment ? step.payment->id.uuid : Uuid{};
}

// What was asked for, where it came in by itself after that; null: it did not.
template <class Item, class Alike>
Item* find_arrived(std::vector<Item>& theirs, const Item& mine, const OutboxRow& row,
                   const Learnt& learnt, Alike alike) {
  const auto is_it = [&](const Item& item) {
    if (item.id == mine.id) return true;
    if (!learnt.subject_id.empty()) return item.upstream_id == learnt.subject_id;
    return alike(item) && item.version > row.version && !item.upstream_id.empty();
  };
  const auto at = std::find_if(theirs.begin(), theirs.end(), is_it);
  return at == theirs.end() ? nullptr : &*at;
}

// The platform told of the goods before it answered. What it does not know of them
// is added, and who has to be told is told.
void complete_arrived(Till& till, const Order& order, const Fulfilment& asked, Fulfilment& theirs) {
  const auto fill = [](std::string& known, const std::string& ours) {
    if (known.empty()) known = ours;
  };
  fill(theirs.carrier, asked.carrier);
  fill(theirs.tracking_number, asked.tracking_number);
  fill(theirs.tracking_url, asked.tracking_url);
  theirs.notify_customer = asked.notify_customer;
  update_fulfilment(till.database, theirs);
  mail_fulfilment(till, order, theirs);
}

// False: what was asked for has not come in by itself.
bool take_arrived(Till& till, Order& order, const OutboxRow& row, const Step& step,
                  const Learnt& learnt) {
  if (step.refund) {
    const auto alike = [&](const Refund& theirs) {
      return theirs.reason.find(refund_mark(*step.refund)) != std::string::npos;
    };
    return find_arrived(order.refunds, *step.refund, row, learnt, alike) != nullptr;
  }
  if (step.fulfilment) {
    const Fulfilment& asked = *step.fulfilment;
    const auto alike = [&](const Fulfilment& other) { return other.lines == asked.lines; };
    Fulfilment* theirs = find_arrived(order.fulfilments, asked, row, learnt, alike);
    if (theirs) complete_arrived(till, order, asked, *theirs);
    return theirs != nullptr;
  }
  if (!step.payment) return false;
  const auto alike = [&](const Payment& theirs) {
    return theirs.kind == step.payment->kind && theirs.amount == step.payment->amount;
  };
  return find_arrived(order.payments, *step.payment, row, learnt, alike) != nullptr;
}

// Cuts the money of a step down to what is still open; false: nothing is.
bool cut_to_what_is_open(const Order& order, Step& step) {
  if (step.verb == OutboxKind::capture && step.payment) {
    step.payment->amount = std::min(step.payment->amount, capturable_sum(order));
    step.payment->given = step.payment->amount;
    return step.payment->amount.minor > 0;
  }
  if (step.verb == OutboxKind::void_authorization) return open_authorization(order) != nullptr;
  if (step.verb == OutboxKind::fulfil) {
    return step.fulfilment &&
           (step.fulfilment->state != FulfilmentState::done || !open_lines(order).empty());
  }
  if (step.verb == OutboxKind::refund) return step.refund.has_value();
  if (step.verb == OutboxKind::archive) return order.stage == Stage::open;
  if (step.verb == OutboxKind::reopen) return order.stage == Stage::archived;
  if (step.verb == OutboxKind::cancel) return order.stage != Stage::cancelled;
  return false;
}

void take_names(Step& step, const Learnt& learnt) {
  if (step.refund) step.refund->upstream_id = learnt.subject_id;
  if (step.fulfilment) step.fulfilment->upstream_id = learnt.subject_id;
  if (!step.payment) return;
  if (!step.refund) step.payment->upstream_id = learnt.subject_id;
  if (!learnt.amount) return;
  step.payment->amount.minor = step.payment->given.minor = *learnt.amount;
}

void take_names(Order& order, const Learnt& learnt) {
  if (order.upstream_id.empty()) order.upstream_id = learnt.order_id;
  if (order.upstream_number.empty()) order.upstream_number = learnt.order_number;
}

}  // namespace

void make_intent(Till& till, Work& work, Order& order, Step step, const Cause& cause) {
  stamp(step, order.version + 1);
  OutboxRow row;
  row.kind = step.verb;
  row.order_row = order.row;
  row.version = order.version;
  row.subject = subject_of(step);
  row.amount = step.payment ? step.payment->amount : Money{0, order.currency};
  row.note = step.reason;
  row.restock = step.restock;
  row.key = new_id(till);
  row.created = row.not_before = till.now();
  if (step.fulfilment) {
    insert_fulfilment(till.database, order, *step.fulfilment, Standing::intended);
  }
  if (step.refund) insert_refund(till.database, order, *step.refund, Standing::intended);
  insert_outbox(till.database, row);
  const bool by_rule = !cause.because.empty();
  const std::string detail = fmt::format("{}: {}", fact_word(step), detail_of(order, step, cause));
  add_to_timeline(till, order, by_rule ? "asked upstream by rule" : "asked upstream", detail,
                  by_rule ? "rule" : till.actor());
  work.note("asked upstream", order.number, detail);
}

void learn_names(Till& till, std::int64_t order_row, const Learnt& learnt) {
  if (learnt.order_id.empty()) return;
  auto order = load_order(till.database, order_row);
  if (!order || !order->upstream_id.empty()) return;
  take_names(*order, learnt);
  write_order(till, *order);
}

void confirm_intent(Till& till, Work& work, const OutboxRow& row, const Learnt& learnt) {
  auto order = load_order(till.database, row.order_row);
  if (!order) return;
  take_names(*order, learnt);
  if (row.kind == OutboxKind::push_order || row.kind == OutboxKind::add_payment) {
    if (row.kind == OutboxKind::add_payment && !learnt.subject_id.empty()) {
      set_payment_upstream_id(till.database, *order, {row.subject}, learnt.subject_id);
    }
    if (!learnt.order_id.empty() || !learnt.order_number.empty()) write_order(till, *order);
    return;
  }
  Step step = step_of(till.database, row, *order);
  take_names(step, learnt);
  const bool has_arrived = take_arrived(till, *order, row, step, learnt);
  if (has_arrived) add_to_timeline(till, *order, fact_word(step), "upstream", till.actor());
  if (has_arrived || learnt.done_by_others || !cut_to_what_is_open(*order, step)) {
    forget_intended(till.database, row.subject);
    write_order(till, *order);
  } else {
    make_fact(till, work, *order, std::move(step), {"upstream", ""}, true);
  }
  follow_rules(till, work, *order);
}

}  // namespace core
