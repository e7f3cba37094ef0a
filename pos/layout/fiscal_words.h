// What a receipt says of its signature (KassenSichV section 6, as in force since 2024), as
// finished words for the slip and the mail. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/orders/receipt.h"
#include "pos/layout/receipt_words.h"
#include "pos/ui/translate.h"

namespace pos {

struct FiscalWords {
  // In words, in clear: the device failed, or signs for a test only. Said whatever else is.
  std::vector<std::string> marks;
  std::vector<Fact> facts;  // transaction, beginning and end, serials, counter, check value
  std::vector<std::string> lengthy;  // a label, and what is too long to stand beside it
  std::string qr;  // all of it in one code (DSFinV-K, Anhang I); empty: not signed
  bool is_test = false;
};
// Empty where no country asks for a signature.
FiscalWords fiscal_words(const core::Receipt& receipt, const Words& words);
// The same written out, a line each.
std::vector<std::string> fiscal_lines(const core::Receipt& receipt, const Words& words);

}  // namespace pos
