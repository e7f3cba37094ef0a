// Finds products while the cashier types: names by their words' beginnings, by
// any three letters in a row and with one mistyped letter; SKUs and barcodes by
// their beginning. Upper case and accents do not matter, "ae" is also "ä".
//
// Best first: an exact code or name, then words that begin with what was typed,
// then words that contain it, then near misses, which are only looked for when
// there is nothing else. Among equals, what sells best here comes first.
//
// Runs on the thread of the connection, which may be read-only. Budget: p50
// 12 ms, p99 25 ms among a million products (tests/bench/catalogue_bench.cpp).
#pragma once

#include <string_view>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/store/database.h"

namespace core {

// At most `limit` variants; none for a text without letters and digits.
std::vector<Variant> search(Database& database, std::string_view text, int limit);

}  // namespace core
