// What a receipt says of its signature, on paper. Pure.
#pragma once

#include <string_view>

#include "core/orders/receipt.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

// `code` as the setting fiscal.code: "qr", "text" or "both". A gap is always said in words.
void add_fiscal_block(drivers::Document& slip, const core::Receipt& receipt, std::string_view code,
                      const Words& words);
// Across the slip: nobody may take it for one that an office would.
void add_test_mark(drivers::Document& slip, const core::Receipt& receipt, const Words& words);

}  // namespace pos
