// What a receipt of no order says beyond its head: cash that moved, or a shift's sums.
#pragma once

#include <optional>
#include <variant>

#include "core/cards/day_end.h"
#include "core/shift/cash.h"
#include "core/shift/shift.h"
#include "core/shift/shift_report.h"

namespace core {

// Of an X or a Z report; the receipt's kind says which.
struct ShiftDocument {
  Shift shift;
  ShiftReport report;
  std::optional<TerminalComparison> terminal = {};  // of a Z report
  // An X report before a blind count: nothing is printed that the cash can be worked out from.
  bool is_blind = false;
};
using DayDocument = std::variant<CashMovement, ShiftDocument>;

}  // namespace core
