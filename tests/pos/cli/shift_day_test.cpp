// A whole day at the till by its screens alone, in German and in English: nobody makes
// more taps than promised.
#include <algorithm>

#include "tests/support/program.h"

using namespace tests;

namespace {

struct Task {
  const char* name;
  long most_taps;
  std::vector<std::string> steps;
};

struct DayWords {
  std::string language, arrivals, close, shift, sell, open, is_open, out, stamps, in, change, drop,
      safe, x, close_shift, over, amount_over, z, book;
};

// Each number is keyed, and Enter leads from the largest note to the smallest coin.
std::vector<std::string> counting(const DayWords& say) {
  std::vector<std::string> steps{"tap " + say.shift, "tap " + say.close_shift};
  for (const char number : std::string_view("00210010101100")) {
    steps.push_back(std::string("type ") + number);
    steps.emplace_back("key Enter");
  }
  for (const std::string& step :
       {"expect " + say.over, "expect " + say.amount_over, "tap " + say.close_shift,
        std::string("wait-idle"), "expect " + say.z}) {
    steps.push_back(step);
  }
  return steps;
}

std::vector<Task> day(const DayWords& say) {
  return {
      {"arrivals", 1, {"expect " + say.arrivals, "tap " + say.close}},
      {"open the shift",
       2,
       {"tap " + say.shift, "type 15000", "tap " + say.open, "expect " + say.is_open}},
      {"sell in cash", 2, {"tap " + say.sell, "tap " + say.book, "key F9", "wait-idle"}},
      {"pay out",
       3,
       {"tap " + say.shift, "tap " + say.out, "type 1250", "tap " + say.stamps, "wait-idle"}},
      {"pay in",
       3,
       {"tap " + say.shift, "tap " + say.in, "type 2000", "tap " + say.change, "wait-idle"}},
      {"to the safe",
       3,
       {"tap " + say.shift, "tap " + say.drop, "type 5000", "tap " + say.safe, "wait-idle"}},
      {"X report", 2, {"tap " + say.shift, "tap " + say.x, "wait-idle"}},
      // 150 + 14 - 12.50 + 20 - 50 = 121.50 should lie there, and 122.65 do.
      {"close the shift", 3, counting(say)},
  };
}

void spend_a_day(const DayWords& say) {
  const Shop shop;
  std::string script;
  for (const Task& task : day(say)) {
    const auto taps = std::ranges::count_if(
        task.steps, [](const std::string& step) { return step.starts_with("tap "); });
    CHECK_MESSAGE(taps <= task.most_taps, task.name);
    for (const std::string& step : task.steps) script += step + "\n";
  }
  const std::string file = shop.write("day.drive", script);
  const Said said = shop({"drive", file, "--demo", "--headless", "--lang", say.language});
  REQUIRE_MESSAGE(said.status == 0, said.err);
}

}  // namespace

TEST_CASE("drive: a day from the float to the Z report, in German") {
  spend_a_day({.language = "de",
               .arrivals = "neue Bestellungen",
               .close = "Schließen",
               .shift = "Schicht",
               .sell = "Verkauf",
               .open = "Schicht eröffnen",
               .is_open = "offen seit",
               .out = "Auszahlen",
               .stamps = "Briefmarken",
               .in = "Einzahlen",
               .change = "Wechselgeld",
               .drop = "Tresor oder Bank",
               .safe = "In den Tresor",
               .x = "X-Bericht",
               .close_shift = "Schicht abschließen",
               .over = "Zu viel",
               .amount_over = "+1,15",
               .z = "Z-Bericht 1",
               .book = "Krimi: Das stille Tal"});
}

TEST_CASE("drive: a day from the float to the Z report, in English") {
  spend_a_day({.language = "en",
               .arrivals = "new online orders",
               .close = "Close",
               .shift = "Shift",
               .sell = "Sell",
               .open = "Open the shift",
               .is_open = "open since",
               .out = "Pay out",
               .stamps = "Stamps",
               .in = "Pay in",
               .change = "Change money",
               .drop = "Safe or bank",
               .safe = "Into the safe",
               .x = "X report",
               .close_shift = "Close the shift",
               .over = "Too much",
               .amount_over = "+1.15",
               .z = "Z report 1",
               .book = "Krimi: Das stille Tal"});
}
