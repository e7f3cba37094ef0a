#include "pos/ui/format.h"

#include <doctest/doctest.h>

#include <limits>

using namespace pos;
using core::eur;
using core::Money;

TEST_CASE("amounts: German and English, with a real minus sign") {
  CHECK(amount_text({123450, eur}, Language::german) == "1.234,50");
  CHECK(amount_text({123450, eur}, Language::english) == "1,234.50");
  CHECK(amount_text({-129, eur}, Language::german) == "−1,29");
  CHECK(amount_text({5, eur}, Language::german) == "0,05");
  CHECK(amount_text({100000000, eur}, Language::german) == "1.000.000,00");
  CHECK(amount_text({}, Language::german) == "0,00");
}

TEST_CASE("amounts: with the sign of the currency") {
  CHECK(money_text({4783, eur}, Language::german) == "47,83\u00A0€");
  CHECK(money_text({4783, eur}, Language::english) == "€47.83");
  CHECK(money_text({-4783, core::chf}, Language::english) == "−CHF\u00A047.83");
  CHECK(money_text({500, core::currency_from("JPY")}, Language::english) == "JPY\u00A0500");
}

TEST_CASE("amounts: differences carry their sign, notes leave out the cents") {
  CHECK(signed_text({115, eur}, Language::german) == "+1,15");
  CHECK(signed_text({-400, eur}, Language::german) == "−4,00");
  CHECK(signed_text({0, eur}, Language::german) == "0,00");
  CHECK(note_text({5000, eur}, Language::german) == "50\u00A0€");
  CHECK(note_text({5000, eur}, Language::english) == "€50");
  CHECK(note_text({1250, eur}, Language::german) == "12,50\u00A0€");
}

TEST_CASE("amounts: the smallest number is not broken") {
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  CHECK(number_text(least, Language::english) == "−9,223,372,036,854,775,808");
  CHECK(amount_text({least, eur}, Language::german) == "−92.233.720.368.547.758,08");
}

TEST_CASE("quantities: whole ones without decimals, weights with three") {
  CHECK(quantity_text(core::pieces(2), Language::german) == "2");
  CHECK(quantity_text({252}, "kg", Language::german) == "0,252\u00A0kg");
  CHECK(quantity_text({1500}, "kg", Language::english) == "1.500\u00A0kg");
  CHECK(quantity_text({-2000}, Language::german) == "−2");
}

TEST_CASE("percent: only the decimals it has") {
  CHECK(percent_text({1900}, Language::german) == "19\u00A0%");
  CHECK(percent_text({1900}, Language::english) == "19%");
  CHECK(percent_text({550}, Language::german) == "5,5\u00A0%");
  CHECK(percent_text({1000}, Language::german) == "10\u00A0%");
  CHECK(percent_text({0}, Language::german) == "0\u00A0%");
  CHECK(percent_text({-1000}, Language::german) == "−10\u00A0%");
}

TEST_CASE("dates: as the reader writes them") {
  const core::LocalTime time{2026, 11, 21, 9, 5, 7, 6};
  CHECK(time_text(time) == "09:05");
  CHECK(seconds_text(time) == "09:05:07");
  CHECK(day_text(time, Language::german) == "Sa, 21.11.");
  CHECK(day_text(time, Language::english) == "Sat, 21 Nov");
  CHECK(date_text(time, Language::german) == "21.11.2026");
  CHECK(day_date_text(time, Language::german) == "Sa, 21.11.2026");
  CHECK(long_day_text(time, Language::german) == "Samstag, 21. November");
  CHECK(long_day_text(time, Language::english) == "Saturday, 21 November");
}
