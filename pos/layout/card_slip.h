// What a card terminal wants printed, as a slip of paper. Pure.
#pragma once

#include "core/cards/card_attempt.h"
#include "drivers/printer/document.h"

namespace pos {

// The terminal's lines as they are, unless the paper is too narrow; below them a
// line to sign on where one is asked for.
drivers::Document card_slip(const core::TerminalSlip& slip);

}  // namespace pos
