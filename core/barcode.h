// Barcodes of the trade, as text of digits: check digits, one spelling for each
// code, and the codes that a scale in the shop prints, which carry a price, a
// weight or a count. Pure.
//
// Sources: GS1 General Specifications, sections 7.9 (check digit) and 2.1.12
// (restricted circulation). What stands behind the prefixes 20-29 is each
// shop's own matter, hence a table of rules and no code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/money.h"

namespace core {

// The check digit that belongs behind these digits ('0'..'9'); nothing if there
// is anything but digits among them.
std::optional<char> check_digit(std::string_view digits_before);

// Whether `code` is 8, 12, 13 or 14 digits of which the last one checks.
bool has_good_check_digit(std::string_view code);

// One spelling for one code: blanks trimmed; a good UPC-A (12 digits) becomes
// its EAN-13 with a leading zero, a good GTIN-14 with a leading zero loses it.
// Anything else stays as it is, for a shop may print any text as Code 128.
std::string normal_barcode(std::string_view scanned);

enum class EmbeddedKind { price, weight, count };

// "prefix item [own check digit] value check digit" of an EAN-13.
struct EmbeddedRule {
  std::string prefix;  // "21"; the longest one that fits wins
  int item_digits = 5;
  bool own_check_digit = false;  // one digit between item and value, ignored: many scales put 0
  EmbeddedKind kind = EmbeddedKind::price;
  int value_digits = 5;
  int decimals = 2;  // of the value: 2 for cents, 3 for grams
  friend bool operator==(const EmbeddedRule&, const EmbeddedRule&) = default;
};

// Whether prefix and digits fill exactly the twelve before the check digit and
// the decimals are among the digits of the value.
bool is_possible(const EmbeddedRule& rule);

// What German scales are most often set to. 20 and 23-27 have no rule: they are
// plain article numbers of the shop.
//   21 IIIII PPPPP C  price in cents      28 IIIII GGGGG C   grams
//   22 IIII x PPPPP C price in cents      29 IIII x GGGGG C  grams
const std::vector<EmbeddedRule>& german_embedded_rules();

struct EmbeddedCode {
  std::string item;    // the item digits, which may be a SKU (PLU): "12345"
  std::string lookup;  // the EAN-13 with value 0, under which it is stored: "2112345000008"
  std::variant<Money, Quantity> value;  // Quantity: kilograms or pieces in thousandths
  friend bool operator==(const EmbeddedCode&, const EmbeddedCode&) = default;
};

// What `code` carries under the first fitting rule; nothing if it is no good
// EAN-13 or no rule fits. A price is in `currency`.
std::optional<EmbeddedCode> read_embedded(std::string_view code,
                                          const std::vector<EmbeddedRule>& rules,
                                          Currency currency);

}  // namespace core
