#include "pos/ui/format.h"

#include <array>
#include <cstdlib>

namespace pos {
namespace {

constexpr std::string_view minus_sign = "−";       // U+2212
constexpr std::string_view narrow_gap = "\u00A0";  // no-break space

struct Signs {
  char point, thousands;
};
Signs signs_of(Language language) {
  return language == Language::german ? Signs{',', '.'} : Signs{'.', ','};
}

// The size of a number, also of the smallest one.
std::uint64_t size_of(std::int64_t number) {
  return number < 0 ? ~static_cast<std::uint64_t>(number) + 1 : static_cast<std::uint64_t>(number);
}

std::string grouped(std::uint64_t number, Language language) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, 1, signs_of(language).thousands);
  return digits;
}

std::string two_digits(int value) {
  std::string digits = std::to_string(std::abs(value) % 100);
  return digits.size() < 2 ? "0" + digits : digits;
}

// `number` counts in 10 to the minus `digits`: 123450 with 2 is "1.234,50".
std::string with_decimals(std::uint64_t number, int digits, Language language) {
  std::uint64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  std::string text = grouped(number / unit, language);
  if (digits == 0) return text;
  std::string rest = std::to_string(number % unit);
  rest.insert(0, static_cast<std::size_t>(digits) - rest.size(), '0');
  return text + signs_of(language).point + rest;
}

std::string unsigned_amount(core::Money money, Language language) {
  const int digits = money.currency.text().empty() ? 2 : money.currency.digits();
  return with_decimals(size_of(money.minor), digits, language);
}

std::string sign_of(core::Money money) {
  return money.minor < 0 ? std::string(minus_sign) : std::string();
}

std::string symbol_of(core::Currency currency) {
  const std::string_view code = currency.text();
  if (code.empty() || code == "EUR") return "€";
  if (code == "USD") return "$";
  if (code == "GBP") return "£";
  return std::string(code);
}

std::string with_symbol(std::string_view amount, core::Money money, Language language) {
  const std::string symbol = symbol_of(money.currency);
  const std::string number(amount);
  if (language == Language::german)
    return sign_of(money) + number + std::string(narrow_gap) + symbol;
  const bool is_code = symbol.size() == 3 && symbol[0] >= 'A' && symbol[0] <= 'Z';
  return sign_of(money) + symbol + (is_code ? std::string(narrow_gap) : "") + number;
}

constexpr std::array<std::string_view, 7> german_days = {
    "Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"};
constexpr std::array<std::string_view, 7> english_days = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> german_months = {
    "Januar", "Februar", "März",      "April",   "Mai",      "Juni",
    "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
constexpr std::array<std::string_view, 12> english_months = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string_view month_name(int month, Language language) {
  const auto at = static_cast<std::size_t>(month >= 1 && month <= 12 ? month - 1 : 0);
  return language == Language::german ? german_months[at] : english_months[at];
}

std::string short_day(const core::LocalTime& time, Language language) {
  return std::string(
      weekday_name(time.weekday, language).substr(0, language == Language::german ? 2 : 3));
}

}  // namespace

std::string amount_text(core::Money money, Language language) {
  return sign_of(money) + unsigned_amount(money, language);
}

std::string money_text(core::Money money, Language language) {
  return with_symbol(unsigned_amount(money, language), money, language);
}

std::string signed_text(core::Money money, Language language) {
  return (money.minor > 0 ? "+" : "") + amount_text(money, language);
}

std::string note_text(core::Money money, Language language) {
  const int digits = money.currency.text().empty() ? 2 : money.currency.digits();
  std::int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  if (money.minor % unit != 0) return money_text(money, language);
  return with_symbol(grouped(size_of(money.minor / unit), language), money, language);
}

std::string number_text(std::int64_t number, Language language) {
  return (number < 0 ? std::string(minus_sign) : "") + grouped(size_of(number), language);
}

std::string quantity_text(core::Quantity quantity, Language language) {
  if (quantity.is_whole()) return number_text(quantity.thousandths / 1000, language);
  return (quantity.thousandths < 0 ? std::string(minus_sign) : "") +
         with_decimals(size_of(quantity.thousandths), 3, language);
}

std::string quantity_text(core::Quantity quantity, std::string_view unit, Language language) {
  std::string text = quantity_text(quantity, language);
  return unit.empty() ? text : text + std::string(narrow_gap) + std::string(unit);
}

std::string percent_text(core::Rate rate, Language language) {
  const bool is_fine = rate.thousandths != 0;
  std::string text =
      is_fine ? with_decimals(size_of(rate.basis_points * 1000 + rate.thousandths), 5, language)
              : with_decimals(size_of(rate.basis_points), 2, language);
  while (text.back() == '0') text.pop_back();
  if (text.back() == signs_of(language).point) text.pop_back();
  if (rate.basis_points < 0) text.insert(0, minus_sign);
  return text + (language == Language::german ? std::string(narrow_gap) : "") + "%";
}

std::string time_text(const core::LocalTime& time) {
  return two_digits(time.hour) + ":" + two_digits(time.minute);
}

std::string seconds_text(const core::LocalTime& time) {
  return time_text(time) + ":" + two_digits(time.second);
}

std::string day_text(const core::LocalTime& time, Language language) {
  if (language == Language::german)
    return short_day(time, language) + ", " + two_digits(time.day) + "." + two_digits(time.month) +
           ".";
  return short_day(time, language) + ", " + std::to_string(time.day) + " " +
         std::string(month_name(time.month, language).substr(0, 3));
}

std::string date_text(const core::LocalTime& time, Language language) {
  if (language == Language::german)
    return two_digits(time.day) + "." + two_digits(time.month) + "." + std::to_string(time.year);
  return std::to_string(time.day) + " " +
         std::string(month_name(time.month, language).substr(0, 3)) + " " +
         std::to_string(time.year);
}

std::string day_date_text(const core::LocalTime& time, Language language) {
  return short_day(time, language) + ", " + date_text(time, language);
}

std::string long_day_text(const core::LocalTime& time, Language language) {
  const std::string day(weekday_name(time.weekday, language));
  const std::string month(month_name(time.month, language));
  if (language == Language::german) return day + ", " + std::to_string(time.day) + ". " + month;
  return day + ", " + std::to_string(time.day) + " " + month;
}

std::string month_text(const core::LocalTime& time, Language language) {
  return std::string(month_name(time.month, language)) + " " + std::to_string(time.year);
}

std::string_view weekday_name(int weekday, Language language) {
  const auto at = static_cast<std::size_t>(weekday >= 0 && weekday < 7 ? weekday : 0);
  return language == Language::german ? german_days[at] : english_days[at];
}

char decimal_sign(Language language) {
  return signs_of(language).point;
}

}  // namespace pos
