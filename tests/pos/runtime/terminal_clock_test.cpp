#include "pos/runtime/terminal_clock.h"

#include <doctest/doctest.h>

#include "tests/support/fake_clock.h"

using namespace pos;
using namespace std::chrono_literals;

TEST_CASE("terminal clock: a booking's time is compared in the shop's zone") {
  // 2026-11-21 15:44 in Berlin.
  const core::Instant now = tests::FakeClock().now();
  CHECK(terminal_ahead("1121154400", now, "Europe/Berlin") == 0ms);
  CHECK(terminal_ahead("1121154905", now, "Europe/Berlin") == 5min + 5s);
  CHECK(terminal_ahead("1120154400", now, "Europe/Berlin") == -24h);
  CHECK(terminal_ahead("2026-11-21T14:44:30Z", now, "Europe/Berlin") == 30s);
}

TEST_CASE("terminal clock: a new year's night is no year") {
  const core::Instant midnight{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}};
  CHECK(terminal_ahead("1231235930", midnight, "UTC") == -30s);
}

TEST_CASE("terminal clock: what is no time says nothing") {
  for (const char* moment : {"", "1121", "1399154400", "11x1154400", "yesterday"}) {
    CHECK_FALSE(terminal_ahead(moment, tests::FakeClock().now(), "UTC"));
  }
}
