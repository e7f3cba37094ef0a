// Money back to the card that paid: the intent is on disk before the terminal
// hears of it, and what was to come back is booked when it has answered.
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/counter_refund.h"
#include "core/commands/placed_order.h"
#include "core/commands/returns.h"
#include "core/commands/tax_keys.h"
#include "core/orders/refund.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/till_store.h"

namespace core {

namespace {

Payment payment_back(Till& till, const Order& order, const CardAttempt& attempt,
                     const CardResult& result) {
  Payment back;
  back.id = {new_id(till)};
  back.kind = TransactionKind::refund;
  back.tender = Tender::card;
  back.amount = back.given = {result.amount.minor, order.currency};
  back.reference = result.reference;
  back.original = attempt.original;
  back.at = till.now();
  if (result.is_requested) back.label = "requested, not yet confirmed by the bank";
  return back;
}

RefundNote note_of(const Payment& back) {
  return {back.amount, back.tender, back.reference};
}

// Money alone, without goods: it came of no refund of the order.
void book_money(Till& till, Order& order, Payment back, bool is_requested) {
  back.version = ++order.version;
  insert_payment(till.database, order, back);
  order.payments.push_back(back);
  write_order(till, order);
  add_to_timeline(till, order,
                  is_requested ? "refund to the card requested" : "refunded to the card",
                  to_text(note_of(back)), till.actor());
  queue_push(till, order);
}

}  // namespace

std::optional<Refusal> terminal_is_latched(const Till& till) {
  if (till.put_off.empty()) return {};
  return refuse("An earlier card payment is not cleared up yet: tap the card terminal at the top.");
}

Handled book_card_refund(Till& till, Work& work, const CardAttempt& attempt,
                         const CardResult& result) {
  if (till.draft && till.draft->id == attempt.order) {
    return book_card_payout(till, work, attempt, result);
  }
  auto order = find_order(till.database, attempt.order);
  if (!order) return tl::unexpected(refuse("This order is not there."));
  Payment back = payment_back(till, *order, attempt, result);
  const TransactionId payment = back.id;
  auto refund = find_intended_refund(till.database, attempt.id.uuid, order->currency);
  const bool has_goods = refund.has_value();
  Effects effects;
  std::vector<ReceiptVoucher> vouchers;
  if (refund) {
    forget_intended(till.database, attempt.id.uuid);
    refund->at = till.now();
    if (refund->amount != back.amount) refund->rounding = {0, back.amount.currency};
    refund->amount = back.amount;
    refund->payments = {payment};
    Step step{OutboxKind::refund};
    step.reason = refund->reason;
    step.payment = std::move(back);
    step.refund = std::move(refund);
    BookedRefund booked = book_counter_refund(till, work, *order, std::move(step));
    effects = std::move(booked.effects);
    vouchers = std::move(booked.vouchers);
  } else {
    keep_tax_keys(till, *order);
    book_money(till, *order, std::move(back), result.is_requested);
    const Receipt receipt = write_money_receipt(till, work, *order, effects);
    if (till.settings.till.receipts == "always" && till.settings.printer.kind != "none") {
      hand_out(till, print_job(till, receipt, SlipForm::original), effects);
    }
  }
  note_attempt_payment(till.database, attempt.id, payment);
  auto done = finish_order(till, work, std::move(effects));
  if (!done) return done;
  till.attempt.reset();
  if (has_goods) {
    keep_refund(till, *order, std::move(vouchers));
  } else {
    tell_refund(till, {0, order->id, order->number, note_of(order->payments.back()), till.actor()});
  }
  return done;
}

Handled carry_out(Till& till, const RefundToCard& command) {
  if (auto no = forbidden(till, Permission::void_order)) return tl::unexpected(*no);
  if (auto no = beyond_limit(till, &RoleLimits::refund, command.amount.minor, Permission::refund)) {
    return tl::unexpected(*no);
  }
  return ask_card_refund(till, command, {});
}

Handled ask_card_refund(Till& till, const RefundToCard& command, std::optional<Refund> refund) {
  if (till.settings.terminal.kind == "none") {
    return tl::unexpected(refuse("No card terminal is set up."));
  }
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  if (auto latched = terminal_is_latched(till)) return tl::unexpected(*latched);
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  const auto order = find_order(till.database, command.order);
  if (!order || order->version == 0) {
    return tl::unexpected(refuse("This order is not there.", "", RefusalKind::not_found));
  }
  const Money left = card_left(*order, command.payment);
  if (command.amount.minor <= 0 || command.amount > left) {
    return tl::unexpected(refuse("This is more than was paid by this card."));
  }
  // Money alone: what was paid for a voucher is on that.
  if (!refund) {
    if (auto no = cannot_return_vouchers(till, *order, {{}, command.amount, {}})) {
      return tl::unexpected(*no);
    }
  }
  CardAttempt attempt;
  attempt.id = {till.ids.next(till.now())};
  attempt.order = order->id;
  attempt.order_number = order->number;
  attempt.amount = {command.amount.minor, order->currency};
  attempt.kind = command.kind == CardKind::reversal ? CardKind::reversal : CardKind::refund;
  attempt.started = till.now();
  attempt.original = command.payment;
  if (const auto paid = attempt_of_payment(till.database, command.payment)) {
    attempt.original_ticket = paid->ticket;
  }
  if (attempt.kind == CardKind::reversal &&
      (attempt.original_ticket.empty() || command.amount != left)) {
    return tl::unexpected(refuse("Only a whole payment of this terminal can be reversed."));
  }
  attempt.last_ticket = last_ticket(till.database);
  Work work(till);
  work.note(
      fmt::format("card {} requested", word(attempt.kind)), to_text(attempt.id),
      fmt::format("{} for {}: {}", to_plain(attempt.amount), order->number, trim(command.reason)));
  insert_attempt(till.database, order->row, attempt);
  if (refund) {
    refund->id = {attempt.id.uuid};
    insert_refund(till.database, *order, *refund, Standing::intended);
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.attempt = attempt;
  return Effects{AuthorizeCard{attempt}};
}

}  // namespace core
