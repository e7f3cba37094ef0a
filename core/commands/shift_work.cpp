#include "core/commands/shift_work.h"

#include <fmt/format.h>

#include <utility>

#include "core/commands/signing_steps.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"

namespace core {

Receipt day_receipt(Till& till, ReceiptKind kind) {
  Receipt receipt;
  receipt.id = {till.ids.next(till.now())};
  receipt.kind = kind;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.cashier_number = till.cashier_number();
  receipt.started = receipt.finished = till.now();
  receipt.order.currency = till.settings.shop.currency;
  receipt.amount.currency = receipt.order.currency;
  return receipt;
}

Receipt write_cash_movement(Till& till, Work& work, const CashMovement& movement,
                            Effects& effects) {
  Receipt receipt = day_receipt(till, ReceiptKind::cash_movement);
  receipt.amount = movement.amount;
  insert_receipt(till.database, receipt);
  insert_cash_movement(till.database, receipt.row, movement);
  work.note(receipt, canonical_text(receipt, movement));
  sign_cash(till, work, receipt, effects);
  return receipt;
}

void print_day_receipt(Till& till, const Receipt& receipt, Effects& effects,
                       std::optional<DayDocument> day) {
  if (till.settings.printer.kind == "none") return;
  hand_out(till, print_job(till, receipt, SlipForm::original, std::move(day)), effects);
}

Effects begin_shift(Till& till, Work& work, Shift shift) {
  shift.opened = till.now();
  shift.opened_by = till.actor();
  insert_shift(till.database, shift);
  const Money off = shift.opening_difference();
  work.note("shift opened", shift.opened_itself ? "by itself" : "",
            off.is_zero() ? to_plain(shift.opening)
                          : fmt::format("{}, where {} were left", to_plain(shift.opening),
                                        to_plain(shift.kept)));
  Effects effects;
  if (!shift.opening.is_zero()) {
    const Receipt receipt =
        write_cash_movement(till, work, {CashMoveKind::opening, shift.opening, "", ""}, effects);
    if (!shift.opened_itself) print_day_receipt(till, receipt, effects);
  }
  work.keep_shift(std::move(shift));
  return effects;
}

void begin_shift_if_none(Till& till, Work& work, Effects& effects) {
  if (till.shift) return;
  Shift shift;
  shift.kept = shift.opening = kept_cash(till.database, till.settings.shop.currency);
  shift.opened_itself = true;
  for (Effect& effect : begin_shift(till, work, std::move(shift))) {
    effects.push_back(std::move(effect));
  }
}

std::optional<Refusal> no_shift(const Till& till) {
  if (till.shift) return {};
  return refuse("No shift is open.");
}

}  // namespace core
