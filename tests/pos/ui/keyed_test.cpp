#include "pos/ui/keyed.h"

#include <doctest/doctest.h>

#include <string_view>

#include "pos/ui/pads.h"

using namespace pos::ui;

namespace {

constexpr Keying amounts{1'000'000, 2, true};
constexpr Keying percent{10'000, 2, false};
constexpr Keying pieces{99'999, 0, false};

// As typed: digits, ',' for the sign, '<' for backspace; anything else no pad has.
Keyed keyed(std::string_view letters, const Keying& how) {
  Keyed entry;
  for (const char letter : letters) {
    PadKey key = PadKey::unknown;
    if (letter >= '0' && letter <= '9') key = static_cast<PadKey>(letter - '0');
    if (letter == ',') key = PadKey::point;
    if (letter == '<') key = PadKey::backspace;
    entry.apply(key, how);
  }
  return entry;
}

}  // namespace

TEST_CASE("keyed: an amount grows from its cents, or has a decimal sign") {
  CHECK(keyed("550", amounts).value() == 550);
  CHECK(keyed("5,5", amounts).value() == 550);
  CHECK(keyed("5,50", amounts).value() == 550);
  CHECK(keyed("5,", amounts).value() == 500);
  CHECK(keyed(",5", amounts).value() == 50);
  CHECK(keyed("20,5<<", amounts).value() == 20);
  CHECK(keyed("20,5<<5", amounts).value() == 205);
}

TEST_CASE("keyed: a percentage has decimals and is read back as it was keyed") {
  CHECK(keyed("5,5", percent).value() == 550);
  CHECK(keyed("15", percent).value() == 1500);
  CHECK(keyed("5,25", percent).value() == 525);
  CHECK(keyed("5,", percent).text(percent, ',') == "5,");
  CHECK(keyed("5,0", percent).text(percent, '.') == "5.0");
  CHECK(keyed("15<", percent).value() == 100);
  CHECK(Keyed(550).text(percent, ',') == "5,5");
}

TEST_CASE("keyed: after a key that is refused nothing more is taken until it is erased") {
  for (const std::string_view letters : {"5a5", "5-5", "5,5,5", "5,555"}) {
    INFO(letters);
    CHECK(keyed(letters, percent).is_refused());
    CHECK(keyed(letters, percent).value() % 5 == 0);
  }
  CHECK(keyed("5a5", percent).value() == 500);
  CHECK(keyed("1,5", pieces).value() == 1);
  CHECK(keyed("1,5", pieces).is_refused());
  CHECK_FALSE(keyed("5a5<", percent).is_refused());
  CHECK(keyed("5a5<5", percent).value() == 5500);
}

TEST_CASE("keyed: a digit too many is refused, not left out") {
  CHECK(keyed("999", percent).is_refused());
  CHECK(keyed("999", percent).value() == 9900);
  CHECK(keyed("10000000", amounts).is_refused());
}

TEST_CASE("keyed: a digit begins anew after a value that was chosen") {
  Keyed entry = 5000;
  CHECK_FALSE(entry.is_empty());
  entry.apply(PadKey::d7, amounts);
  CHECK(entry.value() == 7);
  entry = 5000;
  entry.apply(PadKey::backspace, amounts);
  CHECK(entry.is_empty());
}
