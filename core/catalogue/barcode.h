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
#include "core/base/result.h"

namespace core {

// The check digit that belongs behind these digits ('0'..'9'); nothing if there
// is anything but digits among them.
std::optional<char> check_digit(std::string_view digits_before);

// Whether `code` is 8, 12, 13 or 14 digits of which the last one checks.
bool has_good_check_digit(std::string_view code);

// One spelling for one code, however it was written down: "'4012345000016" of an
// export, "978-3-16-148410-0" of a book and "3-16-148410-0" of an old one, a UPC-A
// of 12 digits and a GTIN-14 with zeros in front are all the 13 digits that the
// bars have. Anything else stays as it is, for a shop may print any text as Code 128.
std::string normal_barcode(std::string_view scanned);

// "4,01235E+12": what a spreadsheet makes of a long number. The code is lost.
bool is_rounded_number(std::string_view text);

// The same code as it may also have been written down, where one text says two things:
// ten digits may be an ISBN, and eight the short bars of a UPC-A (UPC-E).
std::optional<std::string> other_spelling(std::string_view scanned);

// The code of the magazine "4190123456789 05" without its add-on: two or five digits
// (the issue) behind an EAN-13, UPC-A or UPC-E. Nothing if there is none.
std::optional<std::string> without_addon(std::string_view scanned);

enum class EmbeddedKind { price, weight, count };

// "prefix item [own check digit] value check digit" of an EAN-13.
struct EmbeddedRule {
  std::string prefix;  // "21"; the longest one that fits wins
  int item_digits = 5;
  bool own_check_digit = false;  // one digit between item and value, ignored: many scales put 0
  EmbeddedKind kind = EmbeddedKind::price;
  int value_digits = 5;
  int decimals = 2;  // of the value: 2 for cents, 3 for grams, 0 for pieces
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

// A table of rules as a person writes it, "26 IIIII GGGGG; 22 IIII x PPPPP": the
// prefix, I for the item, x for a digit to pass over, then P for a price in the
// smallest unit, G for grams or N for pieces. Twelve digits, blanks where one likes,
// a C for the check digit may follow. The error is a sentence.
Result<std::vector<EmbeddedRule>, std::string> embedded_rules_from(std::string_view text);
std::string to_text(const EmbeddedRule& rule);  // "26 IIIII GGGGG"
std::string to_text(const std::vector<EmbeddedRule>& rules);

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
