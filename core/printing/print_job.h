// A slip on its way to paper, of a receipt or of the card terminal. Plain values.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/clock.h"
#include "core/cards/card_attempt.h"
#include "core/orders/receipt.h"
#include "core/printing/print_state.h"

namespace core {

// waiting -> sending -> printed | sent | unsure; from waiting also refused and
// dropped. `sending` is on disk before the first byte leaves; `sent` is what a
// printer that cannot speak ends in.
struct PrintJob {
  std::int64_t row = 0, receipt_row = 0;
  SlipForm form = SlipForm::original;
  PrintState state = PrintState::waiting;
  std::string reason;
  Instant created;
  int printer = 0;        // 0: the receipt printer, 1: the second one
  bool repeated = false;  // may be on paper already: headed COPY
};
// What became of a terminal's slip. The states are those of a receipt's slip.
struct TerminalSlipRow {
  TerminalSlip slip;
  PrintState state = PrintState::waiting;
  std::string reason;
  Instant created;
  std::string order_number;  // empty: of no order, as at the end of the day
};

}  // namespace core
