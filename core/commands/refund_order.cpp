// Money, and goods, back: a record of its own that names what it takes back.
#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/counter_refund.h"
#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/commands/shift_work.h"
#include "core/commands/signing_steps.h"
#include "core/commands/steps.h"
#include "core/commands/tax_keys.h"
#include "core/commands/training.h"
#include "core/orders/refund.h"
#include "core/store/customer_store.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

// How the money of a refund is parted.
struct Parts {
  Money to_voucher;  // back onto those that paid
  Money as_credit;   // onto a new one
  Money by_tender;
};

// What a voucher has paid is no cash: it goes back onto it.
Result<Parts, Refusal> parts_of(const Order& order, const RefundOrder& command, Money amount) {
  const Money zero{0, order.currency}, part = voucher_part(order), most = only_by_voucher(order);
  if (command.tender == Tender::gift_card) {
    const Money back = std::min(part, amount);
    return Parts{back, amount - back, zero};
  }
  const Money back{command.to_voucher.minor, order.currency};
  if (back.minor < 0 || back > amount) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  if (back > most) return tl::unexpected(refuse("This is more than was paid by voucher."));
  if (amount - back > refundable_sum(order) - most) {
    return tl::unexpected(refuse("What was paid by voucher goes back onto the voucher."));
  }
  if (command.tender == Tender::card && back.minor > 0) {
    return tl::unexpected(
        refuse("Give back first what was paid by voucher, then the rest to the card."));
  }
  const Money onto_its_own = std::min(back, part);
  return Parts{onto_its_own, back - onto_its_own, amount - back};
}

Step refund_step(Till& till, const RefundOrder& command, const RefundPlan& plan, Money by_tender,
                 const std::vector<VoucherReturn>& returns) {
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
  if (by_tender.minor > 0) {
    Payment payment;
    payment.id = {new_id(till)};
    payment.kind = TransactionKind::refund;
    payment.tender = command.tender;
    payment.amount = payment.given = by_tender;
    payment.original = command.original;
    payment.at = till.now();
    refund.payments = {payment.id};
    step.payment = std::move(payment);
  }
  for (const VoucherReturn& back : returns) {
    refund.payments.push_back(back.payment.id);
    if (step.payment) {
      step.more_payments.push_back(back.payment);
    } else {
      step.payment = back.payment;
    }
  }
  step.refund = std::move(refund);
  return step;
}

// The receipt that the goods were sold by: the last that was no refund.
void name_what_is_reversed(Till& till, Receipt& receipt) {
  const auto sold = sold_by(till.database, receipt.order.row);
  receipt.reverses_row = sold.row;
  receipt.reverses = sold.code;
}

Receipt refund_receipt(Till& till, const Order& order) {
  Receipt receipt;
  receipt.id = {new_id(till)};
  receipt.kind = ReceiptKind::refund;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.cashier_number = till.cashier_number();
  receipt.started = receipt.finished = till.now();
  receipt.order = order;
  name_what_is_reversed(till, receipt);
  complete_receipt(receipt);
  return receipt;
}

// The numbered receipt of what left the till.
Receipt write_refund_receipt(Till& till, Work& work, const Order& order,
                             const std::vector<VoucherReturn>& returns) {
  Receipt receipt = refund_receipt(till, order);
  receipt.taxes = refund_taxes(order, order.refunds.back());
  for (const VoucherReturn& back : returns) leave_out(receipt.taxes, back);
  receipt.invoice = invoice_of(till.database, order);
  insert_receipt(till.database, receipt);
  work.note(receipt);
  return receipt;
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

Handled refund_at_counter(Till& till, Order order, Step step, std::vector<VoucherReturn> returns) {
  Work work(till);
  BookedRefund booked = book_counter_refund(till, work, order, std::move(step), std::move(returns));
  auto done = finish_order(till, work, std::move(booked.effects));
  if (done) keep_refund(till, order, std::move(booked.vouchers));
  return done;
}

// Coins are handed out, and nothing else is rounded.
RefundWish wish_of(const Till& till, const RefundOrder& command) {
  const bool is_cash = command.tender == Tender::cash && till.settings.money.cash_step > 1;
  return {command.lines, command.with_extras, command.amount,
          is_cash ? till.settings.money.cash_step : 1, command.to_voucher};
}

}  // namespace

Receipt write_money_receipt(Till& till, Work& work, const Order& order, Effects& effects) {
  begin_shift_if_none(till, work, effects);
  Receipt receipt = refund_receipt(till, order);
  Refund money;
  money.amount = -receipt.amount;
  money.version = order.version;
  receipt.taxes = refund_taxes(order, money);
  receipt.invoice = invoice_of(till.database, order);
  insert_receipt(till.database, receipt);
  work.note(receipt);
  sign_receipt(till, work, receipt, effects);
  return receipt;
}

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

void keep_refund(Till& till, const Order& order, std::vector<ReceiptVoucher> vouchers) {
  const Refund& refund = order.refunds.back();
  const auto paid =
      std::find_if(order.payments.begin(), order.payments.end(), [&](const Payment& payment) {
        return !refund.payments.empty() && payment.id == refund.payments.front();
      });
  RefundNote note = note_on(order, refund, paid == order.payments.end() ? nullptr : &*paid);
  // What went onto vouchers is told with them.
  if (refund.payments.size() > 1) note.amount = paid->amount;
  tell_refund(
      till, {0, order.id, order.number, std::move(note), till.actor(), false, std::move(vouchers)});
}

BookedRefund book_counter_refund(Till& till, Work& work, Order& order, Step step,
                                 std::vector<VoucherReturn> returns) {
  const bool opens = step.payment && step.payment->tender == Tender::cash;
  keep_tax_keys(till, order);
  take_fact(till, work, order, std::move(step), {});
  BookedRefund booked;
  Effects& effects = booked.effects;
  if (opens) effects.push_back(OpenDrawer{});
  if (order.refunds.back().amount.minor > 0) {
    begin_shift_if_none(till, work, effects);
    Receipt receipt = write_refund_receipt(till, work, order, returns);
    settle_returns(till, work, receipt, std::move(returns));
    sign_receipt(till, work, receipt, effects);
    booked.vouchers = receipt.vouchers;
    if (till.settings.till.receipts == "always" && till.settings.printer.kind != "none") {
      hand_out(till, print_job(till, receipt, SlipForm::original), effects);
    }
    if (auto slips = voucher_slips(till, receipt)) hand_out(till, std::move(*slips), effects);
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
  return booked;
}

Handled carry_out(Till& till, const RefundOrder& command) {
  if (till.training) return refund_in_training(till, command);
  auto placed = placed_order(till, command.order, Permission::refund);
  if (!placed) return tl::unexpected(placed.error());
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  const auto plan = plan_refund(placed->later, wish_of(till, command));
  if (!plan) return tl::unexpected(refuse(plan.error()));
  if (auto no = beyond_limit(till, &RoleLimits::refund, plan->amount.minor, Permission::refund)) {
    return tl::unexpected(*no);
  }
  const bool ours = placed->order.channel == "till";
  const auto& attempt = till.attempt;
  const bool comes_back =
      till.draft && std::ranges::any_of(till.draft->returns,
                                        [&](const auto& r) { return r.order == command.order; });
  if (attempt && holds_order(attempt->phase) && (attempt->order == command.order || comes_back)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  std::vector<VoucherReturn> returns;
  Money by_tender = plan->amount;
  if (ours) {
    const auto parts = parts_of(placed->order, command, plan->amount);
    if (!parts) return tl::unexpected(parts.error());
    if (auto no = cannot_return_vouchers(till, placed->order, *plan)) {
      return tl::unexpected(*no);
    }
    returns = returns_to_vouchers(till, placed->order, parts->to_voucher, parts->as_credit);
    by_tender = parts->by_tender;
  }
  if (ours && command.tender == Tender::card) {
    const TransactionId card = card_of(placed->order, command, plan->amount);
    Refund refund = *refund_step(till, command, *plan, by_tender, {}).refund;
    refund.payments.clear();
    return ask_card_refund(
        till, {command.order, card, plan->amount, CardKind::refund, command.reason}, refund);
  }
  Step step = refund_step(till, command, *plan, by_tender, returns);
  if (ours || command.tender == Tender::cash) {
    return refund_at_counter(till, std::move(placed->order), std::move(step), std::move(returns));
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
