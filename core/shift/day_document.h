// What a receipt of no order says beyond its head: cash that moved, or a shift's sums.
#pragma once

#include <variant>

#include "core/shift/cash.h"
#include "core/shift/shift.h"
#include "core/shift/shift_report.h"

namespace core {

// Of an X or a Z report; the receipt's kind says which.
struct ShiftDocument {
  Shift shift;
  ShiftReport report;
};
using DayDocument = std::variant<CashMovement, ShiftDocument>;

}  // namespace core
