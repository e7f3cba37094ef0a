#include "core/fiscal/dsfinvk/text.h"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/base/text.h"

namespace core::dsfinvk {

namespace {

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7f && c != ';' && c != '"'; });
}

// What Bestellung-V1 separates its lines with stays: it is part of what was signed.
bool stays(char32_t c) {
  return c == U'\r' || !(c < 0x20 || (c >= 0x7f && c < 0xa0));
}

std::string cleaned(std::string_view text, std::size_t most_letters) {
  std::string clean;
  std::size_t letters = 0;
  const auto points = code_points(text);
  for (std::size_t i = 0; i < points.size() && letters < most_letters; ++i, ++letters) {
    const bool breaks = points[i] == U'\n' || points[i] == U'\t';
    if (breaks && i > 0 && points[i - 1] == U'\r') clean.pop_back();
    append_utf8(clean, breaks ? U' ' : stays(points[i]) ? points[i] : U'\xFFFD');
  }
  return clean;
}

}  // namespace

Fine fine_of(Money amount) {
  const int digits = amount.currency.text().empty() ? 2 : amount.currency.digits();
  return amount.minor * power_of_ten(fine_digits - digits);
}

FineTax fine_tax(Money gross, Rate rate) {
  const Fine fine = fine_of(gross);
  const Fine tax = scale_rounded(fine, rate.basis_points, 10'000 + rate.basis_points);
  return {fine, fine - tax, tax};
}

std::string decimal_comma(std::int64_t value, int digits, int decimals) {
  if (digits > decimals) value = scale_rounded(value, 1, power_of_ten(digits - decimals));
  if (digits < decimals) value *= power_of_ten(decimals - digits);
  const std::int64_t one = power_of_ten(decimals);
  // The sign by itself: "-0,05" has it in front of a zero.
  const std::string_view sign = value < 0 ? "-" : "";
  const std::int64_t magnitude = value < 0 ? -value : value;
  if (decimals == 0) return fmt::format("{}{}", sign, magnitude);
  return fmt::format("{}{},{:0{}}", sign, magnitude / one, magnitude % one, decimals);
}

std::optional<std::int64_t> read_decimal_comma(std::string_view text, int decimals) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::size_t comma = std::min(text.find(','), text.size());
  const std::string_view whole = text.substr(0, comma);
  const std::string_view part = comma < text.size() ? text.substr(comma + 1) : "";
  if (!are_digits(whole) || whole.size() > 12) return {};
  if (comma < text.size() && !are_digits(part)) return {};
  if (part.size() > static_cast<std::size_t>(decimals)) return {};
  const std::int64_t value =
      number_of(whole) * power_of_ten(decimals) +
      number_of(part) * power_of_ten(decimals - static_cast<int>(part.size()));
  return is_negative ? -value : value;
}

std::string local_iso(Instant at, std::string_view zone) {
  const LocalTime local = local_time(at, zone);
  const auto wall = date::sys_days{date::year{local.year} / local.month / local.day} +
                    std::chrono::hours{local.hour} + std::chrono::minutes{local.minute} +
                    std::chrono::seconds{local.second};
  const auto offset = std::chrono::duration_cast<std::chrono::minutes>(
      wall - std::chrono::floor<std::chrono::seconds>(at));
  const auto minutes = std::abs(offset.count());
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", local.year, local.month,
                     local.day, local.hour, local.minute, local.second,
                     offset.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

bool is_iso_time(std::string_view text) {
  constexpr std::size_t offset_size = 6;
  if (from_iso(text)) return true;
  if (text.size() <= offset_size) return false;
  const std::string_view offset = text.substr(text.size() - offset_size);
  const bool is_offset = (offset[0] == '+' || offset[0] == '-') &&
                         are_digits(offset.substr(1, 2)) && offset[3] == ':' &&
                         are_digits(offset.substr(4, 2));
  return is_offset && from_iso(std::string(text.substr(0, text.size() - offset_size)) + "Z");
}

void append_field(std::string& row, std::string_view text, std::size_t most_letters) {
  if (text.size() <= most_letters && is_plain_ascii(text)) {
    row += text;
    return;
  }
  const std::string clean = cleaned(text, most_letters);
  if (clean.find_first_of(";\"\r") == clean.npos) {
    row += clean;
    return;
  }
  row += '"';
  for (const char c : clean) {
    if (c == '"') row += '"';
    row += c;
  }
  row += '"';
}

RowText& RowText::raw(std::string_view value) {
  if (is_ended_) row_.clear();
  is_ended_ = false;
  row_ += value;
  row_ += ';';
  return *this;
}

RowText& RowText::text(std::string_view value, int most_letters) {
  if (is_ended_) row_.clear();
  is_ended_ = false;
  append_field(row_, value, static_cast<std::size_t>(most_letters));
  row_ += ';';
  return *this;
}

RowText& RowText::number(std::int64_t value) {
  return raw(fmt::format_int(value).c_str());
}

RowText& RowText::decimal(std::int64_t value, int digits, int decimals) {
  return raw(decimal_comma(value, digits, decimals));
}

std::string_view RowText::end() {
  row_.pop_back();  // the separator behind the last field
  row_ += "\r\n";
  is_ended_ = true;
  return row_;
}

}  // namespace core::dsfinvk
