// Which notes a customer is likely to hand over.
#pragma once

#include <vector>

#include "core/base/money.h"

namespace pos {

// The next amounts above `due` that come together from the notes (and the
// largest coin) of its currency, smallest first, at most `most`:
// 47.83 EUR -> 50, 60, 100. The exact amount is not among them. Empty for
// nothing due and for currencies whose notes are not known. Pure.
std::vector<core::Money> likely_notes(core::Money due, std::size_t most = 3);

// More than anybody hands over for `due`: beyond the next two likely amounts, and
// more than 200 above it (of a currency with small units, as much as that).
// Somebody has keyed a digit too many, and is asked once more. Pure.
bool is_unlikely(core::Money given, core::Money due);

}  // namespace pos
