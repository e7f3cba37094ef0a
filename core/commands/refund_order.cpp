// Money, and goods, back: a record of its own that names what it takes back.
#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/counter_refund.h"
#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/commands/shift_work.h"
#include "core/commands/steps.h"
#include "core/orders/refund.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

Step refund_step(Till& till, const RefundOrder& command, const RefundPlan& plan) {
  Refund refund;
  refund.id = {new_id(till)};
  refund.lines = plan.lines;
  refund.amount = plan.amount;
  refund.rounding = plan.rounding;
  refund.reason = trim(command.reason);
  if (till.approver) refund.approver = till.approver->name;
  refund.at = till.now();
  Step step{OutboxKind::refund};
  step.reason = refund.reason;
  if (plan.amount.minor > 0) {
    Payment payment;
    payment.id = {new_id(till)};
    payment.kind = TransactionKind::refund;
    payment.tender = command.tender;
    payment.amount = payment.given = plan.amount;
    payment.original = command.original;
    payment.at = till.now();
    refund.payments = {payment.id};
    step.payment = std::move(payment);
  }
  step.refund = std::move(refund);
  return step;
}

// The numbered receipt of what left the till.
Receipt write_refund_receipt(Till& till, Work& work, const Order& order) {
  Receipt receipt;
  receipt.id = {new_id(till)};
  receipt.kind = ReceiptKind::refund;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.started = receipt.finished = till.now();
  receipt.order = order;
  complete_receipt(receipt);
  receipt.taxes = refund_taxes(order, order.refunds.back());
  insert_receipt(till.database, receipt);
  work.note(receipt);
  return receipt;
}

// Tells a platform of money that was given back at the counter.
void queue_counter_refund(Till& till, const Order& order) {
  OutboxRow row;
  row.kind = OutboxKind::refund;
  row.order_row = order.row;
  row.version = order.version;
  row.subject = order.refunds.back().id.uuid;
  row.amount = order.refunds.back().amount;
  row.note = order.refunds.back().reason;
  row.key = new_id(till);
  row.created = row.not_before = till.now();
  insert_outbox(till.database, row);
}

// The card payment that the amount goes back to: the one that was said, else the
// first that is large enough.
TransactionId card_of(const Order& order, const RefundOrder& command, Money amount) {
  if (!command.original.is_nil()) return command.original;
  for (const Payment& payment : order.payments) {
    const bool is_card = payment.tender == Tender::card && payment.kind == TransactionKind::sale;
    if (is_card && payment.amount >= amount) return payment.id;
  }
  return {};
}

Handled refund_at_counter(Till& till, Order order, Step step, Tender tender) {
  Work work(till);
  Effects effects = book_counter_refund(till, work, order, std::move(step), tender);
  auto done = finish_order(till, work, std::move(effects));
  if (done) keep_refund(till, order);
  return done;
}

// Coins are handed out, and nothing else is rounded.
RefundWish wish_of(const Till& till, const RefundOrder& command) {
  const bool is_cash = command.tender == Tender::cash && till.settings.money.cash_step > 1;
  return {command.lines, command.with_extras, command.amount,
          is_cash ? till.settings.money.cash_step : 1};
}

}  // namespace

void keep_refund(Till& till, const Order& order) {
  const Refund& refund = order.refunds.back();
  const auto paid =
      std::find_if(order.payments.begin(), order.payments.end(), [&](const Payment& payment) {
        return !refund.payments.empty() && payment.id == refund.payments.front();
      });
  tell_refund(till, {0, order.id, order.number,
                     note_on(order, refund, paid == order.payments.end() ? nullptr : &*paid),
                     till.actor()});
}

Effects book_counter_refund(Till& till, Work& work, Order& order, Step step, Tender tender) {
  take_fact(till, work, order, std::move(step), {});
  Effects effects;
  if (tender == Tender::cash) effects.push_back(OpenDrawer{});
  if (order.refunds.back().amount.minor > 0) {
    begin_shift_if_none(till, work);
    const Receipt receipt = write_refund_receipt(till, work, order);
    if (till.settings.till.receipts == "always" && till.settings.printer.kind != "none") {
      effects.push_back(print_job(till, receipt, SlipForm::original));
    }
    if (mails_refund(till, order)) {
      OutboxRow mail;
      mail.kind = OutboxKind::mail_receipt;
      mail.order_row = order.row;
      mail.version = order.version;
      mail.receipt_row = receipt.row;
      mail.recipient = order.customer.email;
      mail.key = new_id(till);
      mail.created = mail.not_before = till.now();
      insert_outbox(till.database, mail);
    }
  }
  if (!is_master_of(till, order)) queue_counter_refund(till, order);
  follow_rules(till, work, order);
  return effects;
}

Handled carry_out(Till& till, const RefundOrder& command) {
  auto placed = placed_order(till, command.order, Permission::refund);
  if (!placed) return tl::unexpected(placed.error());
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  const auto plan = plan_refund(placed->later, wish_of(till, command));
  if (!plan) return tl::unexpected(refuse(plan.error()));
  const bool ours = placed->order.channel == "till";
  const auto& attempt = till.attempt;
  if (attempt && attempt->order == command.order && holds_order(attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  if (ours && command.tender == Tender::card) {
    const TransactionId card = card_of(placed->order, command, plan->amount);
    Refund refund = *refund_step(till, command, *plan).refund;
    refund.payments.clear();
    return ask_card_refund(
        till, {command.order, card, plan->amount, CardKind::refund, command.reason}, refund);
  }
  Step step = refund_step(till, command, *plan);
  if (ours || command.tender == Tender::cash) {
    return refund_at_counter(till, std::move(placed->order), std::move(step), command.tender);
  }
  DoneRefund told{0,
                  placed->order.id,
                  placed->order.number,
                  note_on(placed->order, *step.refund, step.payment ? &*step.payment : nullptr),
                  till.actor(),
                  !is_master_of(till, placed->order)};
  Work work(till);
  take_step(till, work, placed->order, std::move(step), {});
  follow_rules(till, work, placed->order);
  auto done = finish_order(till, work);
  if (done) tell_refund(till, std::move(told));
  return done;
}

}  // namespace core
