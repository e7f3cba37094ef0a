// Money in minor units (cents), quantities in thousandths, rates in basis
// points and thousandths of one: integers only. Rounding is half-up, away from zero on a tie; a
// split is by largest remainder, so that the parts are always the whole.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace core {

// An ISO 4217 code. The empty currency is that of a zero that was not priced yet.
struct Currency {
  std::array<char, 3> code{};

  std::string_view text() const { return code[0] ? std::string_view(code.data(), 3) : ""; }
  int digits() const;  // of the minor unit: 2 for EUR, 0 for JPY
  friend bool operator==(const Currency&, const Currency&) = default;
};

inline constexpr Currency eur{{'E', 'U', 'R'}};
inline constexpr Currency chf{{'C', 'H', 'F'}};
inline constexpr Currency usd{{'U', 'S', 'D'}};

// The currency with this three-letter code; empty if it is not three capitals.
Currency currency_from(std::string_view code);

// An amount. Adding two currencies is a bug of ours and aborts; a zero without
// a currency takes that of the other side.
struct Money {
  std::int64_t minor = 0;
  Currency currency{};

  bool is_zero() const { return minor == 0; }
  friend bool operator==(const Money& a, const Money& b) { return a.minor == b.minor; }
  friend std::strong_ordering operator<=>(const Money& a, const Money& b) {
    return a.minor <=> b.minor;
  }
  Money operator-() const { return {-minor, currency}; }
  Money& operator+=(const Money& other);
  Money& operator-=(const Money& other) { return *this += -other; }
  friend Money operator+(Money a, const Money& b) { return a += b; }
  friend Money operator-(Money a, const Money& b) { return a -= b; }
};

// No price, line or order may be larger (10,000,000.00): wide enough for any
// shop, small enough that no sum of an order overflows.
inline constexpr std::int64_t largest_minor = 1'000'000'000;

// Thousandths: 1000 is one piece or one kilogram.
struct Quantity {
  std::int64_t thousandths = 1000;
  friend auto operator<=>(const Quantity&, const Quantity&) = default;
  bool is_whole() const { return thousandths % 1000 == 0; }
};
inline constexpr std::int64_t largest_thousandths = 99'999'000;
constexpr Quantity pieces(std::int64_t n) {
  return {n * 1000};
}

// Basis points: 1900 is 19 %. What is finer comes in thousandths of one: 8.875 % is 887 and
// 500. Never below zero in a tax, where both parts count upwards.
struct Rate {
  std::int64_t basis_points = 0;
  std::int64_t thousandths = 0;  // 0 to 999
  friend auto operator<=>(const Rate&, const Rate&) = default;
  bool is_zero() const { return basis_points == 0 && thousandths == 0; }
};

// One number for the store: whole basis points are what they always were, and the
// thousandths stand above a million of them.
std::int64_t stored(Rate rate);
Rate rate_from_stored(std::int64_t number);
std::string basis_points_text(Rate rate);  // "1900", "887.5"

std::int64_t power_of_ten(int exponent);  // exponent in [0, 18]

// value * numerator / denominator, half-up away from zero; denominator > 0.
std::int64_t scale_rounded(std::int64_t value, std::int64_t numerator, std::int64_t denominator);

Money price_of(Money unit_price, Quantity quantity);
Money share_of(Money amount, Rate rate);                     // amount * rate
Money tax_inside(Money gross, Rate rate);                    // the tax that a gross amount contains
Money round_to_step(Money amount, std::int64_t step_minor);  // step 0 or 1: unchanged

// Splits `whole` in proportion to `weights` (each >= 0), by largest remainder;
// on a tie the earlier part gets the cent. All weights zero: the first gets all.
// The sum of the parts is `whole`. `weights` must not be empty unless whole is 0.
std::vector<std::int64_t> split_by_weight(std::int64_t whole,
                                          std::span<const std::int64_t> weights);

// `whole` in n equal parts, the larger ones first.
std::vector<Money> split_evenly(Money whole, int n);

// "1234.50" in the currency's digits, for files, protocols and the command line.
std::string to_plain(Money money);

enum class AmountError { not_a_number, too_many_digits, too_large };
// Reads "12", "12.5", "-3.20", "1,234.50" is refused (a file says 1234.50).
Result<Money, AmountError> parse_plain(std::string_view text, Currency currency);
Result<Quantity, AmountError> parse_quantity(std::string_view text);  // "0.252", "2"
std::string to_plain(Quantity quantity);                              // "0.252", "2"
std::string to_plain(Rate rate);                                      // "19.00", "8.875", percent
Result<Rate, AmountError> parse_percent(std::string_view text);       // "19", "8.875"

}  // namespace core
