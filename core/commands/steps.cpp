#include "core/commands/steps.h"

#include "core/commands/intents.h"
#include "core/commands/placed_order.h"
#include "core/orders/automation.h"
#include "core/store/intents.h"

namespace core {

Step capture_step(Till& till, const Order& order, Money amount) {
  const Money open = capturable_sum(order);
  Payment payment;
  payment.id = {new_id(till)};
  payment.kind = TransactionKind::capture;
  payment.amount = payment.given = {amount.minor > 0 ? amount.minor : open.minor, order.currency};
  payment.at = till.now();
  if (const Payment* authorized = open_authorization(order)) {
    payment.original = authorized->id;
    payment.tender = authorized->tender;
    payment.label = authorized->label;
    payment.reference = authorized->reference;
  }
  return {OutboxKind::capture, payment};
}

Step void_step(Till& till, const Order& order) {
  Step step = capture_step(till, order, {0, order.currency});
  step.verb = OutboxKind::void_authorization;
  step.payment->kind = TransactionKind::void_;
  return step;
}

Step fulfil_step(Till& till, const Order& order, std::vector<LineQuantity> lines,
                 FulfilmentState state) {
  Fulfilment fulfilment;
  fulfilment.id = {new_id(till)};
  fulfilment.state = state;
  fulfilment.lines = lines.empty() ? open_lines(order) : std::move(lines);
  fulfilment.at = till.now();
  Step step{OutboxKind::fulfil};
  step.fulfilment = std::move(fulfilment);
  return step;
}

void take_step(Till& till, Work& work, Order& order, Step step, const Cause& cause) {
  if (is_master_of(till, order)) {
    make_fact(till, work, order, std::move(step), cause, false);
    queue_push(till, order);
  } else {
    make_intent(till, work, order, std::move(step), cause);
  }
}

void take_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause) {
  make_fact(till, work, order, std::move(step), cause, false);
  queue_push(till, order);
}

void follow_rules(Till& till, Work& work, Order& order) {
  // Each step brings the order further: capture, one fulfilment, archive.
  constexpr int most_steps = 8;
  for (int i = 0; i < most_steps; ++i) {
    const Order later = is_master_of(till, order) ? order : foreseen(till.database, order);
    const auto rule = next_step(later, till.settings.rules);
    if (!rule) return;
    Step step{OutboxKind::archive};
    if (rule->verb == RuleVerb::capture) step = capture_step(till, later, {0, order.currency});
    if (rule->verb == RuleVerb::fulfil) {
      step = fulfil_step(till, later, rule->lines, FulfilmentState::done);
      step.fulfilment->notify_customer = true;
    }
    take_step(till, work, order, std::move(step), {"", rule->because});
  }
}

}  // namespace core
