#include "sync/planner.h"

#include <doctest/doctest.h>

#include <set>

namespace {

using namespace std::chrono_literals;
using core::OutboxFate;
using core::OutboxKind;
using syncing::Action;
using syncing::Mail;
using syncing::Planner;
using syncing::Pull;
using syncing::Push;
using syncing::WaitUntil;

constexpr core::Instant start{1'795'272'245'000ms};

core::OutboxRow row(std::int64_t number, OutboxKind kind = OutboxKind::push_order,
                    std::int64_t attempts = 0) {
  core::OutboxRow made;
  made.row = made.order_row = number;
  made.kind = kind;
  made.attempts = attempts;
  return made;
}
core::OutboxRow mail(std::int64_t number, std::int64_t attempts = 0) {
  return row(number, OutboxKind::mail_receipt, attempts);
}

// A planner that has just pulled, so that the tests see what they are about.
Planner rested(std::uint64_t seed = 1) {
  Planner planner({}, seed);
  CHECK(std::holds_alternative<Pull>(planner.next_action(start)));
  planner.pull_done(start, false);
  return planner;
}

// The next action that is no pull.
Action next_sending(Planner& planner, core::Instant now) {
  const Action action = planner.next_action(now);
  if (!std::holds_alternative<Pull>(action)) return action;
  planner.pull_done(now, false);
  return planner.next_action(now);
}

// The next mail, and `now` moved to when it goes; pulls that are due before are passed
// over.
Action next_mail(Planner& planner, core::Instant& now) {
  for (;;) {
    const Action action = next_sending(planner, now);
    const auto* wait = std::get_if<WaitUntil>(&action);
    if (!wait || wait->at <= now || wait->at > start + 1h) return action;
    now = wait->at;
  }
}

core::Instant wait_of(const Action& action) {
  REQUIRE(std::holds_alternative<WaitUntil>(action));
  return std::get<WaitUntil>(action).at;
}

}  // namespace

TEST_CASE("planner: with nothing due it pulls every five seconds, and when woken") {
  Planner planner = rested();
  CHECK(wait_of(planner.next_action(start)) == start + 5s);
  CHECK(wait_of(planner.next_action(start + 4s)) == start + 5s);
  CHECK(std::holds_alternative<Pull>(planner.next_action(start + 5s)));
  planner.pull_done(start + 5s, false);
  planner.wake();
  CHECK(std::holds_alternative<Pull>(planner.next_action(start + 6s)));
}

TEST_CASE("planner: due orders go in one batch, mails one by one up to four at a time") {
  Planner planner = rested();
  planner.see({{row(1), row(2)}, {mail(3), mail(4), mail(5), mail(6), mail(7)}, {}}, start);
  const Action push = planner.next_action(start);
  REQUIRE(std::holds_alternative<Push>(push));
  CHECK(std::get<Push>(push).rows.size() == 2);
  for (const std::int64_t number : {3, 4, 5, 6}) {
    const Action next = planner.next_action(start);
    REQUIRE(std::holds_alternative<Mail>(next));
    CHECK(std::get<Mail>(next).row.row == number);
  }
  CHECK(std::holds_alternative<WaitUntil>(planner.next_action(start)));
  planner.row_done(3, syncing::done(), start);
  CHECK(std::get<Mail>(planner.next_action(start)).row.row == 7);
}

TEST_CASE("planner: a row on its way or answered is not sent twice while the store lags") {
  Planner planner = rested();
  planner.see({{}, {mail(1)}, {}}, start);
  CHECK(std::holds_alternative<Mail>(planner.next_action(start)));
  planner.see({{}, {mail(1)}, {}}, start);
  CHECK(std::holds_alternative<WaitUntil>(planner.next_action(start)));
  planner.row_done(1, syncing::again("451"), start);
  planner.see({{}, {mail(1)}, {}}, start);
  CHECK(std::holds_alternative<WaitUntil>(planner.next_action(start)));
  planner.see({{}, {mail(1, 1)}, {}}, start);
  CHECK(std::holds_alternative<Mail>(planner.next_action(start)));
}

TEST_CASE("planner: a row that was refused and is sent again by hand goes at once") {
  Planner planner = rested();
  planner.see({{row(1)}, {}, {}}, start);
  planner.next_action(start);
  CHECK(planner.row_done(1, syncing::refused("422"), start)->fate == OutboxFate::refused);
  planner.see({}, start);
  planner.see({{row(1, OutboxKind::push_order, 1)}, {}, {}}, start);
  CHECK(std::holds_alternative<Push>(planner.next_action(start + 1s)));
}

TEST_CASE("planner: each failure of a row doubles its pause, up to ten minutes, never in step") {
  std::set<std::int64_t> pauses;
  for (std::int64_t attempts = 0; attempts < 20; ++attempts) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      Planner planner = rested(seed);
      planner.see({{}, {mail(1, attempts)}, {}}, start);
      planner.next_action(start);
      const auto told = planner.row_done(1, syncing::again("451"), start);
      CHECK(told->fate == OutboxFate::again);
      const std::int64_t whole = std::min<std::int64_t>(2'000LL << attempts, 600'000);
      const std::int64_t pause = (told->not_before - start).count();
      CHECK(pause >= whole * 3 / 4);
      CHECK(pause <= whole * 5 / 4);
      pauses.insert(pause);
    }
  }
  CHECK(pauses.size() > 90);
}

TEST_CASE("planner: the same seed makes the same plan") {
  const auto told = [] {
    Planner planner = rested(7);
    planner.see({{}, {mail(1)}, {}}, start);
    planner.next_action(start);
    return planner.row_done(1, syncing::again("451"), start)->not_before;
  };
  CHECK(told() == told());
}

TEST_CASE("planner: retry-after is honoured to the second") {
  Planner planner = rested();
  planner.see({{row(1)}, {}, {}}, start);
  planner.next_action(start);
  syncing::Answer busy = syncing::link_is_down("429");
  busy.retry_after = 300s;
  CHECK(planner.row_done(1, busy, start)->not_before == start + 300s);
  planner.see({{row(2)}, {}, {}}, start);
  CHECK(std::holds_alternative<WaitUntil>(next_sending(planner, start + 299s)));
  CHECK(std::holds_alternative<Push>(next_sending(planner, start + 300s)));
}

TEST_CASE("planner: one bad order never holds up the others") {
  Planner planner = rested();
  planner.see({{row(1)}, {}, {}}, start);
  planner.next_action(start);
  planner.row_done(1, syncing::again("500 for this one"), start);
  planner.see({{row(2)}, {mail(3)}, {}}, start);
  CHECK(std::holds_alternative<Push>(planner.next_action(start)));
  CHECK(std::holds_alternative<Mail>(planner.next_action(start)));
}

TEST_CASE("planner: a way that is down is probed with one row, and at the latest every minute") {
  Planner planner = rested();
  core::Instant now = start;
  for (int failures = 0; failures < 12; ++failures) {
    planner.see({{}, {mail(1, failures > 0 ? 1 : 0), mail(100), mail(101)}, {}}, now);
    const core::Instant before = now;
    const Action next = next_mail(planner, now);
    REQUIRE(std::holds_alternative<Mail>(next));
    CHECK(std::get<Mail>(next).row.row == 1);
    CHECK((now > before) == (failures > 0));
    CHECK(now <= before + 75s);
    if (failures > 0) CHECK(std::holds_alternative<WaitUntil>(next_sending(planner, now)));
    planner.row_done(1, syncing::link_is_down("no route"), now);
  }
  // It is back: one mail goes through, then four at a time.
  planner.see({{}, {mail(50), mail(51), mail(52)}, {}}, now);
  REQUIRE(std::holds_alternative<Mail>(next_mail(planner, now)));
  CHECK(std::holds_alternative<WaitUntil>(next_sending(planner, now)));
  planner.row_done(50, syncing::done(), now);
  CHECK(std::holds_alternative<Mail>(next_sending(planner, now)));
  CHECK(std::holds_alternative<Mail>(next_sending(planner, now)));
}

TEST_CASE("planner: a way that is down is told once for each reason, and again when it was up") {
  Planner planner = rested();
  core::Instant now = start;
  std::int64_t attempts = 0;  // as the store counts them
  const auto told_of = [&](const char* why) {
    planner.see({{row(1, OutboxKind::push_order, attempts)}, {}, {}}, now);
    const core::Instant latest = now + 2min;
    while (!std::holds_alternative<Push>(next_sending(planner, now)) && now < latest) now += 1s;
    REQUIRE(now < latest);
    const auto told = planner.row_done(1, why ? syncing::link_is_down(why) : syncing::done(), now);
    attempts += told ? 1 : 0;
    return told.has_value();
  };
  CHECK(told_of("no route"));
  CHECK_FALSE(told_of("no route"));
  CHECK_FALSE(told_of("no route"));
  CHECK(told_of("no such host"));
  CHECK_FALSE(told_of("no such host"));
  CHECK(told_of(nullptr));
}

TEST_CASE("planner: a pull that fails is tried less and less often, at the latest every minute") {
  Planner planner = rested();
  core::Instant now = start + 5s;
  std::chrono::milliseconds longest{};
  for (int i = 0; i < 12; ++i) {
    CHECK(std::holds_alternative<Pull>(planner.next_action(now)));
    planner.pull_failed(now);
    const core::Instant next = wait_of(planner.next_action(now));
    longest = std::max(longest, next - now);
    now = next;
  }
  CHECK(longest > 30s);
  CHECK(longest <= 75s);
  CHECK(std::holds_alternative<Pull>(planner.next_action(now)));
  planner.pull_done(now, false);
  CHECK(wait_of(planner.next_action(now)) == now + 5s);
}

TEST_CASE("planner: a pull that is asked to wait comes when it was told to, and not before") {
  Planner planner({}, 1);
  REQUIRE(std::holds_alternative<Pull>(planner.next_action(start)));
  planner.pull_failed(start, 7s);
  CHECK(planner.asked_until() == start + 7s);
  planner.wake();
  CHECK(std::holds_alternative<WaitUntil>(planner.next_action(start + 6s)));
  CHECK(std::holds_alternative<Pull>(planner.next_action(start + 7s)));
}

TEST_CASE("planner: the store is asked again when half of what was on its way is answered") {
  Planner planner = rested();
  CHECK(planner.wants_to_see(start));
  planner.see({{row(1), row(2), row(3), row(4)}, {}, {}}, start);
  planner.next_action(start);
  CHECK_FALSE(planner.wants_to_see(start));
  planner.row_done(1, syncing::done(), start);
  CHECK_FALSE(planner.wants_to_see(start));
  CHECK(planner.wants_to_see(start + 1s));
  planner.row_done(2, syncing::done(), start);
  CHECK(planner.wants_to_see(start));
}

TEST_CASE("planner: of a way that is down one row is looked at, however many wait") {
  Planner planner = rested();
  constexpr auto way = core::OutboxWay::upstream;
  CHECK(planner.rows_worth_seeing(way) == 256);
  planner.see({{row(1), row(2)}, {}, {}}, start);
  planner.next_action(start);
  CHECK(planner.rows_worth_seeing(way) == 258);
  planner.row_done(1, syncing::link_is_down("no route"), start);
  planner.row_done(2, syncing::link_is_down("no route"), start);
  CHECK(planner.rows_worth_seeing(way) == 2);  // one, and the one that the store is told of
  CHECK(planner.rows_worth_seeing(core::OutboxWay::mail) == 5);
}

TEST_CASE("planner: a mail server that is down does not hold up the orders") {
  Planner planner = rested();
  planner.see({{}, {mail(1)}, {}}, start);
  planner.next_action(start);
  planner.row_done(1, syncing::link_is_down("no route"), start);
  planner.see({{row(2)}, {mail(3)}, {}}, start);
  CHECK(std::holds_alternative<Push>(planner.next_action(start)));
  CHECK(std::holds_alternative<WaitUntil>(planner.next_action(start)));
}

TEST_CASE("planner: it sleeps until the next row is due, but not for one that waits for another") {
  Planner planner = rested();
  planner.see({{}, {}, start + 2s}, start);
  CHECK(wait_of(planner.next_action(start)) == start + 2s);
  planner.see({{}, {}, start - 10s}, start);
  CHECK(wait_of(planner.next_action(start)) == start + 5s);
}
