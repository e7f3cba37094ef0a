#include "core/base/money.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <numeric>

#include "core/base/ensure.h"

namespace core {

namespace {

// GCC and clang's 128-bit integer: products of two int64 cannot overflow it.
__extension__ using Wide = __int128;

std::int64_t divide_rounded(Wide numerator, Wide denominator) {
  const bool negative = numerator < 0;
  const Wide magnitude = negative ? -numerator : numerator;
  const Wide rounded = (magnitude + denominator / 2) / denominator;
  return static_cast<std::int64_t>(negative ? -rounded : rounded);
}

std::string decimal(std::int64_t value, int digits) {
  const bool negative = value < 0;
  std::string text = std::to_string(negative ? -value : value);
  if (digits > 0) {
    const auto width = static_cast<std::size_t>(digits);
    if (text.size() <= width) text.insert(0, width + 1 - text.size(), '0');
    text.insert(text.size() - width, 1, '.');
  }
  return negative ? "-" + text : text;
}

Result<std::int64_t, AmountError> parse_decimal(std::string_view text, int digits) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == text.npos ? "" : text.substr(point + 1);
  if (whole.empty() && fraction.empty()) return tl::unexpected(AmountError::not_a_number);
  const auto is_number = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!is_number(whole) || !is_number(fraction)) return tl::unexpected(AmountError::not_a_number);
  while (fraction.size() > static_cast<std::size_t>(digits) && fraction.back() == '0') {
    fraction.remove_suffix(1);
  }
  if (fraction.size() > static_cast<std::size_t>(digits)) {
    return tl::unexpected(AmountError::too_many_digits);
  }
  if (whole.size() > 12) return tl::unexpected(AmountError::too_large);
  std::int64_t value = 0;
  std::from_chars(whole.data(), whole.data() + whole.size(), value);
  value *= power_of_ten(digits);
  std::int64_t minor = 0;
  std::from_chars(fraction.data(), fraction.data() + fraction.size(), minor);
  value += minor * power_of_ten(digits - static_cast<int>(fraction.size()));
  return negative ? -value : value;
}

}  // namespace

std::int64_t power_of_ten(int exponent) {
  std::int64_t result = 1;
  while (exponent-- > 0) result *= 10;
  return result;
}

int Currency::digits() const {
  static constexpr std::array<std::string_view, 8> without{"JPY", "KRW", "CLP", "ISK",
                                                           "VND", "XAF", "XOF", "UGX"};
  static constexpr std::array<std::string_view, 5> with_three{"BHD", "JOD", "KWD", "OMR", "TND"};
  if (std::find(without.begin(), without.end(), text()) != without.end()) return 0;
  if (std::find(with_three.begin(), with_three.end(), text()) != with_three.end()) return 3;
  return 2;
}

Currency currency_from(std::string_view code) {
  if (code.size() != 3) return {};
  Currency currency;
  for (std::size_t i = 0; i < 3; ++i) {
    if (code[i] < 'A' || code[i] > 'Z') return {};
    currency.code[i] = code[i];
  }
  return currency;
}

Money& Money::operator+=(const Money& other) {
  if (currency == Currency{}) {
    ENSURE(minor == 0 || other.currency == Currency{});
    currency = other.currency;
  }
  ENSURE(other.currency == currency || (other.currency == Currency{} && other.minor == 0));
  minor += other.minor;
  return *this;
}

std::int64_t scale_rounded(std::int64_t value, std::int64_t numerator, std::int64_t denominator) {
  ENSURE(denominator > 0);
  return divide_rounded(static_cast<Wide>(value) * numerator, denominator);
}

Money price_of(Money unit_price, Quantity quantity) {
  return {scale_rounded(unit_price.minor, quantity.thousandths, 1000), unit_price.currency};
}

namespace {

constexpr std::int64_t rate_fine = 1'000;                // thousandths of a basis point
constexpr std::int64_t rate_whole = 10'000 * rate_fine;  // of 100 %
constexpr std::int64_t rate_stored = 1'000'000;

std::int64_t fine_parts(Rate rate) {
  return rate.basis_points * rate_fine + rate.thousandths;
}

}  // namespace

std::int64_t stored(Rate rate) {
  return rate.basis_points + rate.thousandths * rate_stored;
}

Rate rate_from_stored(std::int64_t number) {
  if (number < rate_stored) return {number};
  return {number % rate_stored, number / rate_stored};
}

std::string basis_points_text(Rate rate) {
  std::string text = decimal(fine_parts(rate), 3);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

Money share_of(Money amount, Rate rate) {
  return {scale_rounded(amount.minor, fine_parts(rate), rate_whole), amount.currency};
}

Money tax_inside(Money gross, Rate rate) {
  const std::int64_t parts = fine_parts(rate);
  return {scale_rounded(gross.minor, parts, rate_whole + parts), gross.currency};
}

Money round_to_step(Money amount, std::int64_t step_minor) {
  if (step_minor <= 1) return amount;
  return {scale_rounded(amount.minor, 1, step_minor) * step_minor, amount.currency};
}

std::vector<std::int64_t> split_by_weight(std::int64_t whole,
                                          std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  if (whole == 0) return parts;
  ENSURE(!weights.empty());
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (sum == 0) {
    parts[0] = whole;
    return parts;
  }
  const bool negative = whole < 0;
  const Wide magnitude = negative ? -static_cast<Wide>(whole) : whole;
  std::vector<std::int64_t> remainders(weights.size());
  std::int64_t left = static_cast<std::int64_t>(magnitude);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    ENSURE(weights[i] >= 0);
    const Wide product = magnitude * weights[i];
    parts[i] = static_cast<std::int64_t>(product / sum);
    remainders[i] = static_cast<std::int64_t>(product % sum);
    left -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  if (negative) {
    for (auto& part : parts) part = -part;
  }
  return parts;
}

std::vector<Money> split_evenly(Money whole, int n) {
  ENSURE(n > 0);
  const std::vector<std::int64_t> weights(static_cast<std::size_t>(n), 1);
  std::vector<Money> parts;
  for (const auto part : split_by_weight(whole.minor, weights)) {
    parts.push_back({part, whole.currency});
  }
  return parts;
}

std::string to_plain(Money money) {
  return decimal(money.minor, money.currency.digits());
}

Result<Money, AmountError> parse_plain(std::string_view text, Currency currency) {
  const auto value = parse_decimal(text, currency.digits());
  if (!value) return tl::unexpected(value.error());
  if (std::abs(*value) > largest_minor) return tl::unexpected(AmountError::too_large);
  return Money{*value, currency};
}

Result<Quantity, AmountError> parse_quantity(std::string_view text) {
  const auto value = parse_decimal(text, 3);
  if (!value) return tl::unexpected(value.error());
  if (std::abs(*value) > largest_thousandths) return tl::unexpected(AmountError::too_large);
  return Quantity{*value};
}

std::string to_plain(Quantity quantity) {
  std::string text = decimal(quantity.thousandths, 3);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string to_plain(Rate rate) {
  std::string text = decimal(fine_parts(rate), 5);
  const std::size_t least = text.find('.') + 3;  // two decimals at least
  while (text.size() > least && text.back() == '0') text.pop_back();
  return text;
}

Result<Rate, AmountError> parse_percent(std::string_view text) {
  const auto value = parse_decimal(text, 5);
  if (!value) return tl::unexpected(value.error());
  if (*value < 0) return tl::unexpected(AmountError::not_a_number);
  return Rate{*value / rate_fine, *value % rate_fine};
}

}  // namespace core
