#include "core/base/clock_doubt.h"

#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "core/store/outbox_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::hours day{24};

std::optional<ClockDoubt> doubt(Instant now, const ClockWitnesses& witnesses) {
  return clock_doubt(now, witnesses);
}

// Goes on by what a test says.
std::chrono::steady_clock::time_point passed;
std::chrono::steady_clock::time_point elapsed() {
  return passed;
}

}  // namespace

TEST_CASE("clock: it is doubted where it contradicts the last receipt, and gravely far off") {
  const Instant last = FakeClock().now();
  for (const auto off : {-1min, 0min, 1min, 14min}) CHECK_FALSE(doubt(last + off, {last, {}, {}}));
  CHECK_FALSE(doubt(last + 59 * day, {last, {}, {}}));
  const auto behind = doubt(last - 3min, {last, {}, {}});
  REQUIRE(behind);
  CHECK(*behind == ClockDoubt{ClockWitness::last_receipt, last, false});
  CHECK_FALSE(doubt(last - day, {last, {}, {}})->is_grave);
  CHECK(doubt(last + 12 * 365 * day, {last, {}, {}})->is_grave);
}

TEST_CASE("clock: before the program was made it cannot be right") {
  const auto found = doubt(Instant{30s}, {});
  REQUIRE(found);
  CHECK(found->witness == ClockWitness::program);
  CHECK(found->is_grave);
}

TEST_CASE("clock: the platform's and the terminal's are compared, the gravest doubt is told") {
  const Instant now = FakeClock().now();
  CHECK_FALSE(doubt(now, {now, 100s, -100s}));
  CHECK(doubt(now, {now, 24h, {}}) == ClockDoubt{ClockWitness::platform, now + 24h, false});
  CHECK(doubt(now, {now, {}, -5min}) == ClockDoubt{ClockWitness::terminal, now - 5min, false});
  CHECK(doubt(now, {now, 5min, 400 * 24h})->witness == ClockWitness::terminal);
}

TEST_CASE("clock: a sale in 1970 asks first, and goes on when a person says so") {
  TillDriver till;
  till.clock.set(Instant{30s});
  till.scan(krimi);
  for (const Command& tender : {Command(TakeCash{euros(1400)}), Command(StartCard{euros(1400)}),
                                Command(TakeOther{Tender::other, euros(1400), "Gutschein"})}) {
    CHECK(till.refused(tender).text ==
          "The clock seems to be wrong. Set it, or say above that it is right.");
  }
  CHECK(till.now().clock_doubt->witness == ClockWitness::program);
  till.must(TrustClock{});
  CHECK(latest_entries(till.database(), 1)[0].kind == "clock said to be right");
  CHECK_FALSE(till.now().clock_doubt);
  till.must(TakeCash{euros(1400)});
}

TEST_CASE("clock: set back by a day it is told and does not stop a sale") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  CHECK_FALSE(till.now().clock_doubt);
  till.clock.advance(-day);
  REQUIRE(till.now().clock_doubt);
  CHECK(till.now().clock_doubt->witness == ClockWitness::last_receipt);
  till.reopen();
  CHECK(till.now().clock_doubt);
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
}

TEST_CASE("clock: one that was set back stays told after a sale by it, until a person answers") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  till.clock.advance(-day);
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  CHECK(till.now().clock_doubt);
  till.reopen();
  CHECK(till.now().clock_doubt);
  till.must(TrustClock{});
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  CHECK_FALSE(till.now().clock_doubt);
  till.reopen();
  CHECK_FALSE(till.now().clock_doubt);
}

TEST_CASE("clock: what was sold in the future by mistake is forgotten once a person says so") {
  TillDriver till;
  till.clock.advance(12 * 365 * day);
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  till.clock.advance(-12 * 365 * day);
  till.scan(krimi);
  till.refused(TakeCash{euros(1400)});
  till.must(TrustClock{});
  till.reopen();
  CHECK_FALSE(till.now().clock_doubt);
  till.must(TakeCash{euros(1400)});
  CHECK_FALSE(till.now().clock_doubt);
}

TEST_CASE("clock: what was heard of another's is shown, and gone when they agree") {
  TillDriver till;
  till.must(ClockSeen{ClockWitness::platform, 24h});
  REQUIRE(till.now().clock_doubt);
  CHECK(till.now().clock_doubt->witness == ClockWitness::platform);
  till.must(ClockSeen{ClockWitness::platform, 1s});
  CHECK_FALSE(till.now().clock_doubt);
}

TEST_CASE("clock: what was queued while it was ahead is due at the next start") {
  TillDriver till;
  till.clock.advance(365 * day);
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  till.clock.advance(-365 * day);
  till.reopen();
  CHECK(due_outbox(till.database(), OutboxWay::upstream, till.clock.now(), 10).size() == 1);
}

TEST_CASE("waiting clock: set back it goes on evenly, set forward it goes along") {
  FakeClock wall;
  const Instant begun = wall.now();
  const WaitingClock clock(wall, &elapsed);
  wall.advance(10s);
  passed += 10s;
  CHECK(clock.now() == begun + 10s);
  wall.advance(-24h);
  passed += 5s;
  CHECK(clock.now() == begun + 15s);
  wall.set(begun + 1h);
  CHECK(clock.now() == begun + 1h);
}
