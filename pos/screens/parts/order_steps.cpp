#include "pos/screens/parts/order_steps.h"

#include <algorithm>

#include "core/orders/account.h"
#include "core/orders/step.h"

namespace pos {
namespace {

using core::Money;
using core::TransactionKind;

Money sum_of(const core::Order& order, TransactionKind kind) {
  Money sum{0, order.currency};
  for (const core::Payment& payment : order.payments) {
    if (payment.kind == kind && core::stands(order, payment)) sum += payment.amount;
  }
  return sum;
}

void add_money(OrderSteps& steps, const core::Order& order, Money total) {
  const Money zero{0, order.currency};
  steps.authorised = sum_of(order, TransactionKind::authorization);
  steps.captured = core::received_sum(order);
  steps.refundable = core::refundable_sum(order);
  steps.capturable = core::capturable_sum(order);
  steps.expires = core::authorization_expiry(order);
  steps.due = std::max(zero, core::still_owed(order, total) - steps.capturable);
}

void add_goods(OrderSteps& steps, const core::Order& order) {
  for (const core::LineItem& line : order.lines) {
    const core::Quantity back = core::refundable_quantity(order, line);
    if (back.thousandths > 0) steps.to_refund.push_back({line.id, back});
  }
  // What another system says has left has left, also where it does not say what.
  if (!core::is_fulfilled(order)) steps.to_fulfil = core::open_lines(order);
  steps.is_ready = std::any_of(
      order.fulfilments.begin(), order.fulfilments.end(),
      [](const core::Fulfilment& one) { return one.state == core::FulfilmentState::ready; });
}

}  // namespace

OrderSteps steps_of(const core::OrderDetail& detail) {
  OrderSteps steps;
  const core::Order& order = detail.foreseen;
  const Money total = detail.totals.total;
  add_money(steps, order, total);
  add_goods(steps, order);
  const bool is_open = order.stage == core::Stage::open;
  steps.can_capture = is_open && core::cannot_capture(order, {}).empty();
  steps.can_collect = is_open && steps.due.minor > 0;
  // Over the counter the goods go with the last payment.
  const bool goes_with_payment = order.channel == "till" && steps.can_collect;
  steps.can_fulfil = is_open && !steps.to_fulfil.empty() && !goes_with_payment;
  const std::string payment = core::payment_word(order, total);
  const bool is_settled =
      payment == "paid" || payment == "partially_refunded" || payment == "refunded";
  steps.can_archive = is_open && is_settled && steps.due.minor == 0 && steps.to_fulfil.empty();
  steps.can_reopen = core::cannot_reopen(order).empty();
  steps.can_refund = order.stage != core::Stage::cancelled && steps.refundable.minor > 0;
  steps.can_cancel = is_open && core::cannot_cancel(order).empty();
  if (is_open) {
    steps.open =
        (steps.can_capture || steps.can_collect ? 1 : 0) + (steps.to_fulfil.empty() ? 0 : 1) + 1;
  }
  return steps;
}

bool needs_no_step(const StateWords& order) {
  const bool is_settled = order.payment == "paid" || order.payment == "partially_refunded" ||
                          order.payment == "refunded";
  return order.channel == "till" && order.stage == "open" && order.fulfilment == "fulfilled" &&
         is_settled && order.attention.empty();
}

bool is_complete(const core::OrderDetail& detail) {
  const core::Order& order = detail.order;
  return needs_no_step(
      {order.channel, word(order.stage), detail.payment, detail.fulfilment, order.attention});
}

}  // namespace pos
