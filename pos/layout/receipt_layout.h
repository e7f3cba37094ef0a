// A receipt as a slip of paper: what a printer prints and the preview draws.
// Pure; the same receipt makes the same slip for ever.
#pragma once

#include <string_view>

#include "core/orders/receipt.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

// `columns`: normal characters in a line of the paper (48 on 80 mm, 32 on
// 58 mm). `code`: how a signature stands on it, as the setting fiscal.code. `logo` stands
// above the shop's name; none: null.
drivers::Document receipt_slip(const core::Receipt& receipt, core::SlipForm form,
                               const Words& words, int columns, std::string_view code = "qr",
                               const drivers::Logo* logo = nullptr);

}  // namespace pos
