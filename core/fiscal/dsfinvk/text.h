// How a value stands in a file of an export: UTF-8, fields between semicolons, quoted where
// they must be, decimal comma, CRLF. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/money.h"

namespace core::dsfinvk {

// Hundred-thousandths: what amounts are reckoned in that have five decimals.
using Fine = std::int64_t;
inline constexpr int fine_digits = 5;
Fine fine_of(Money amount);  // of a currency with up to five digits

struct FineTax {
  Fine gross = 0, net = 0, tax = 0;  // gross = net + tax
  friend bool operator==(const FineTax&, const FineTax&) = default;
};
FineTax fine_tax(Money gross, Rate rate);

// "-0,11776": `value` counts the last of `digits` decimals, of which `decimals` are written;
// what is cut off is rounded half-up.
std::string decimal_comma(std::int64_t value, int digits, int decimals);
// Nothing where the text has another form, or more decimals than asked for.
std::optional<std::int64_t> read_decimal_comma(std::string_view text, int decimals);

// "2026-09-03T12:15:00+02:00"
std::string local_iso(Instant at, std::string_view zone);
bool is_iso_time(std::string_view text);  // with an offset or a Z

// Appends a field and its separator. Broken letters are replaced, control characters too,
// line breaks become blanks, and it is cut to so many letters.
void append_field(std::string& row, std::string_view text, std::size_t most_letters);

// Fields one behind the other, ended as a row.
class RowText {
 public:
  RowText& text(std::string_view value, int most_letters);
  RowText& number(std::int64_t value);
  RowText& decimal(std::int64_t value, int digits, int decimals);
  RowText& flag(bool value) { return raw(value ? "1" : "0"); }
  RowText& empty() { return raw({}); }
  RowText& raw(std::string_view value);  // needs no quotes
  // What was put in, ended; it begins anew.
  std::string_view end();

 private:
  std::string row_;
  bool is_ended_ = false;
};

}  // namespace core::dsfinvk
