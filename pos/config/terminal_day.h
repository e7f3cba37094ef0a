// What a terminal says of its day, and what it wants printed, as the till keeps it.
#pragma once

#include "core/cards/card_attempt.h"
#include "core/cards/day_end.h"
#include "drivers/terminal/card_terminal.h"

namespace pos {

core::TerminalDay terminal_day(const drivers::DayEnd& day, core::Currency currency);

core::TerminalSlip terminal_slip(const drivers::ReceiptBlock& block, core::AttemptId attempt);

}  // namespace pos
