// A payment that was rung up as the wrong tender is put right within its shift: the old
// one is taken back, the right one stands in its place, and a receipt names both.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/commands/shift_work.h"
#include "core/commands/signing_steps.h"
#include "core/orders/pricing.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

// The payment that is meant; nullptr: it is none, or it is not clear which.
const Payment* payment_to_correct(const Order& order, TransactionId wanted) {
  const Payment* found = nullptr;
  for (const Payment& payment : order.payments) {
    if (payment.kind != TransactionKind::sale || !stands(order, payment)) continue;
    if (!wanted.is_nil()) {
      if (payment.id == wanted) return &payment;
    } else if (found) {
      return nullptr;
    } else {
      found = &payment;
    }
  }
  return found;
}

// Whether the payment's receipt belongs to the shift that is open.
bool is_of_this_shift(Till& till, const Order& order, const Payment& payment) {
  const auto rows = receipts_of_order(till.database, order.row);
  return till.shift && std::ranges::any_of(rows, [&](std::int64_t row) {
           if (row <= till.shift->after_receipt) return false;
           const auto receipt = load_receipt(till.database, row);
           return receipt && std::ranges::find(receipt->payments, payment.id, &Payment::id) !=
                                 receipt->payments.end();
         });
}

Receipt write_correction(Till& till, Work& work, const Order& order) {
  Receipt receipt;
  receipt.id = {new_id(till)};
  receipt.kind = ReceiptKind::correction;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.cashier_number = till.cashier_number();
  receipt.started = receipt.finished = till.now();
  receipt.order = order;
  complete_receipt(receipt);
  insert_receipt(till.database, receipt);
  work.note(receipt);
  return receipt;
}

}  // namespace

Handled carry_out(Till& till, const CorrectTender& command) {
  auto placed = placed_order(till, command.order, Permission::correct_tender);
  if (!placed) return tl::unexpected(placed.error());
  Order& order = placed->order;
  const Payment* old = payment_to_correct(order, command.payment);
  if (!old) return tl::unexpected(refuse("This payment cannot be put right here."));
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  if (!is_of_this_shift(till, order, *old)) {
    return tl::unexpected(refuse("This payment is not of the shift that is open."));
  }
  // What a voucher has paid is no longer on it; and only a number makes one of what was cash.
  if (command.tender == Tender::gift_card ||
      (old->tender == Tender::gift_card && !old->reference.empty())) {
    return tl::unexpected(refuse("This payment cannot be put right here."));
  }
  const std::string label(trim(command.label));
  if (old->tender == command.tender && old->label == label) {
    return tl::unexpected(refuse("This payment is rung up like this already."));
  }
  const bool is_in_coins = cash_rounding(old->amount, till.settings.money.cash_step).is_zero();
  const bool was_rounded = old->tender == Tender::cash && !order.cash_rounding.is_zero();
  if ((command.tender == Tender::cash && !is_in_coins) || was_rounded) {
    return tl::unexpected(refuse("Cash is rounded: give it back and take it anew."));
  }

  Payment back = *old;
  back.id = {new_id(till)};
  back.kind = TransactionKind::void_;
  back.original = old->id;
  back.at = till.now();
  Payment right;
  right.id = {new_id(till)};
  right.tender = command.tender;
  right.amount = right.given = old->amount;
  right.label = label;
  right.tip = old->tip;
  right.given += old->tip;
  right.at = till.now();
  const std::string detail =
      fmt::format("{}: {} -> {}", to_plain(old->amount), word(old->tender), word(right.tender));
  Work work(till);
  ++order.version;
  back.version = right.version = order.version;
  for (Payment* payment : {&back, &right}) {
    insert_payment(till.database, order, *payment);
    order.payments.push_back(*payment);
  }
  write_order(till, order);
  add_to_timeline(till, order, "tender put right", detail, till.actor());
  work.note("tender put right", order.number, fmt::format("{}; {}", detail, command.reason));
  Receipt receipt = write_correction(till, work, order);
  Effects effects;
  sign_receipt(till, work, receipt, effects);
  print_day_receipt(till, receipt, effects);
  // A platform knows money, not how it lay in the hand; a folder is told all.
  if (till.settings.upstream.kind == "folder") queue_push(till, order);
  return finish_order(till, work, std::move(effects));
}

}  // namespace core
