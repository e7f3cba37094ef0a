// What the commands of a shift share: its receipts, and the shift that opens by itself.
#pragma once

#include "core/till/till.h"

namespace core {

// Before a receipt is written: where no shift is open, one begins with what the last
// closing left in the drawer, and says that it began by itself. Inside a transaction.
void begin_shift_if_none(Till& till, Work& work, Effects& effects);

// Opens a shift with its float's receipt; `itself`: nobody counted. Inside a transaction.
// The effects are for after its commit.
Effects begin_shift(Till& till, Work& work, Shift shift);

// The numbered receipt of cash that moved, and what its signing asks for. Inside a
// transaction.
Receipt write_cash_movement(Till& till, Work& work, const CashMovement& movement, Effects& effects);

// A receipt of no order, as it stands now, with the shop's head; not written yet.
Receipt day_receipt(Till& till, ReceiptKind kind);

// Hands its slip to the printer, where there is one; `day` as for print_job.
void print_day_receipt(Till& till, const Receipt& receipt, Effects& effects,
                       std::optional<DayDocument> day = {});

// Why the shift cannot be worked with now; nothing: it can.
std::optional<Refusal> no_shift(const Till& till);

}  // namespace core
