// Whatever is killed or cut: nothing is signed twice, nothing is lost, and no slip comes out
// that says neither its signature nor why there is none.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "core/store/journal.h"
#include "core/store/shift_store.h"
#include "tests/support/signing_shop.h"

using namespace std::chrono_literals;
using namespace tests;
using core::ReceiptSigning;
using core::SigningVerb;

namespace {

// The till's books and the device's, one against the other.
void check_signing_books(SigningShop& shop) {
  core::Database& database = shop.till.database();
  std::map<std::int64_t, int> starts, ends;
  std::map<core::SigningId, int> receipts_signed;
  for (const PaperTse::Entry& entry : shop.tse.log()) {
    const bool begins = entry.verb == SigningVerb::start;
    ++(begins ? starts : ends)[entry.signature.number];
    if (!begins && entry.type != "" && !entry.data.starts_with("AVBelegabbruch")) {
      ++receipts_signed[entry.id];
    }
  }
  // No event has two transactions, no transaction two ends.
  std::set<core::SigningId> begun;
  for (const PaperTse::Entry& entry : shop.tse.log()) {
    if (entry.verb != SigningVerb::start) continue;
    CHECK(begun.insert(entry.id).second);
  }
  for (const auto& [number, count] : starts) CHECK(count == 1);
  for (const auto& [number, count] : ends) CHECK(count == 1);
  for (const auto& [id, count] : receipts_signed) CHECK(count == 1);

  // Every receipt has its transaction, and says one of the two.
  auto receipts = database.query("SELECT row FROM receipts WHERE kind <> 5 ORDER BY row");
  std::int64_t expected = 1;
  while (receipts.next()) {
    CHECK(receipts.integer(0) == expected++);
    const auto signing = core::receipt_signing(database, receipts.integer(0));
    REQUIRE(signing);
    CHECK(signing->state != ReceiptSigning::State::waiting);
    if (signing->state == ReceiptSigning::State::is_signed) CHECK(signing->finish);
  }
  for (const core::SigningTransaction& one : core::open_signings(database)) {
    CHECK_FALSE(one.finish);  // only carts that go on
  }
  const auto journal = core::verify_journal(database);
  const auto* broken = std::get_if<core::JournalBroken>(&journal);
  CHECK_MESSAGE(!broken, (broken ? broken->what : ""));
}

// A sale with the till killed at a moment of it; then it is started again.
enum class Kill {
  before_start_is_sent,
  after_start_before_its_answer,
  after_start,
  between_payment_and_finish,
  after_finish_before_its_answer,
  after_finish_before_print,
};
void sale_killed_at(SigningShop& shop, Kill kill) {
  const auto cut = [&] {
    const core::SignStep step = shop.steps.front();
    shop.steps.clear();
    shop.must(core::SigningBegins{step.transaction, step.verb});
    shop.tse.sign(step);
    shop.restart();
  };
  shop.scan(riesling);
  if (kill == Kill::before_start_is_sent) shop.restart();
  if (kill == Kill::after_start_before_its_answer) cut();
  shop.work();
  if (kill == Kill::after_start) shop.restart();
  shop.pay();
  if (kill == Kill::between_payment_and_finish) shop.restart();
  if (kill == Kill::after_finish_before_its_answer) cut();
  shop.work();
  if (kill == Kill::after_finish_before_print) shop.restart();
  shop.work();
  shop.print();
}

}  // namespace

TEST_CASE("signing: whenever the till is killed, its sale is signed once and then printed") {
  for (const bool knows_only_the_last : {false, true}) {
    for (const Kill kill :
         {Kill::before_start_is_sent, Kill::after_start_before_its_answer, Kill::after_start,
          Kill::between_payment_and_finish, Kill::after_finish_before_its_answer,
          Kill::after_finish_before_print}) {
      CAPTURE(static_cast<int>(kill));
      CAPTURE(knows_only_the_last);
      SigningShop shop;
      shop.tse.knows_only_the_last = knows_only_the_last;
      sale_killed_at(shop, kill);
      CHECK(shop.gaps() == 0);
      CHECK(shop.tse.log().size() == 2);
      CHECK(shop.tse.open().empty());
      REQUIRE(shop.printed.size() == 1);
      CHECK(shop.printed.begin()->second.signing->state == ReceiptSigning::State::is_signed);
      check_signing_books(shop);
    }
  }
}

TEST_CASE("signing: a cart that was cancelled while its start was lost is ended as aborted") {
  SigningShop shop;
  shop.scan(riesling);
  shop.work_one(TseFault::cut_after);
  REQUIRE(shop.till.now().signing.outage);
  shop.must(core::VoidOrder{"left"});
  shop.restart();
  shop.work();
  CHECK(shop.tse.open().empty());
  CHECK(shop.tse.log().size() == 2);
  CHECK(shop.tse.log().back().data.starts_with("AVBelegabbruch"));
}

TEST_CASE("signing: the same answer twice is one signature, a late one of nobody's step is none") {
  SigningShop shop;
  shop.scan(riesling);
  const core::SignStep step = shop.steps.front();
  shop.must(core::SigningBegins{step.transaction, step.verb});
  const core::SigningAnswer answer = shop.tse.sign(step);
  shop.tell({step.transaction, step.verb, answer});
  shop.tell({step.transaction, step.verb, answer});
  shop.tell({core::SigningId{}, step.verb, answer});
  CHECK_FALSE(shop.till.now().signing.outage);
  auto count = shop.till.database().query("SELECT count(*) FROM signatures");
  REQUIRE(count.next());
  CHECK(count.integer(0) == 1);
}

TEST_CASE("signing: nothing is sent while it is unclear what became of what was sent before") {
  SigningShop shop;
  shop.scan(riesling);
  const core::SignStep first = shop.steps.front();
  shop.must(core::SigningBegins{first.transaction, first.verb});
  shop.must(core::ParkOrder{});
  shop.steps.clear();
  shop.scan(krimi);
  REQUIRE(shop.steps.size() == 1);
  const core::SignStep second = shop.steps.front();
  CHECK_FALSE(shop.till.till().handle(core::SigningBegins{second.transaction, second.verb}));
}

TEST_CASE("signing: a hundred parked carts keep their transactions") {
  SigningShop shop;
  for (int i = 0; i < 100; ++i) {
    shop.scan(krimi);
    shop.must(core::ParkOrder{});
  }
  shop.work();
  CHECK(shop.tse.open().size() == 100);
  shop.restart();
  shop.work();
  CHECK(shop.tse.open().size() == 100);
  const core::OrderId first = shop.till.now().parked.front().id;
  shop.must(core::RecallOrder{first});
  shop.pay();
  shop.work();
  CHECK(shop.tse.log().back().signature.number == 1);
}

namespace {

// What may happen next in a shop that has bad luck.
class BadDay {
 public:
  explicit BadDay(std::uint64_t seed) : dice_(seed) {
    shop_.tse.knows_only_the_last = seed % 2 == 1;
    shop_.must(core::OpenShift{euros(10'000)});
  }
  void go_on(int events) {
    for (int i = 0; i < events; ++i) {
      shop_.till.clock.advance(std::chrono::milliseconds{roll(60'000)});
      happens(roll(100));
      if (roll(3) == 0) shop_.print();
    }
    end();
  }
  SigningShop& shop() { return shop_; }

 private:
  int roll(int sides) { return std::uniform_int_distribution<int>(0, sides - 1)(dice_); }
  bool has_goods() { return !shop_.till.now().order.lines.empty(); }

  void happens(int what) {
    const core::Snapshot now = shop_.till.now();
    if (what < 25) {
      shop_.scan(roll(2) ? krimi : riesling);
    } else if (what < 45) {
      if (has_goods()) shop_.pay();
    } else if (what < 48) {
      if (has_goods()) shop_.must(core::VoidOrder{"left"});
    } else if (what < 51) {
      if (has_goods()) shop_.must(core::ParkOrder{});
    } else if (what < 54) {
      if (!now.parked.empty()) shop_.must(core::RecallOrder{now.parked.front().id});
    } else if (what < 57) {
      shop_.must(core::MoveCash{core::CashMoveKind::paid_in, euros(500), "change"});
    } else if (what < 60) {
      give_back();
    } else if (what < 62) {
      shop_.restart();
    } else if (what < 66) {
      // Pulled while the device was at work.
      if (!shop_.steps.empty()) killed_at_work();
    } else if (what < 70) {
      if (shop_.till.now().signing.outage) shop_.device_is_seen();
    } else if (what < 73) {
      overdue();
    } else {
      shop_.work_one(what < 95 ? TseFault::none : fault());
    }
  }
  TseFault fault() {
    constexpr TseFault all[] = {TseFault::away, TseFault::cut_before, TseFault::cut_after};
    return all[roll(3)];
  }
  void killed_at_work() {
    const core::SignStep step = shop_.steps.front();
    shop_.steps.pop_front();
    if (!shop_.till.till().handle(core::SigningBegins{step.transaction, step.verb, step.asks})) {
      return;
    }
    if (!step.asks && roll(2)) shop_.tse.sign(step);
    shop_.restart();
  }
  // The answer comes when nobody waits for it any more.
  void overdue() {
    if (shop_.steps.empty()) return;
    const core::SignStep step = shop_.steps.front();
    shop_.steps.pop_front();
    if (!shop_.till.till().handle(core::SigningBegins{step.transaction, step.verb, step.asks})) {
      return;
    }
    shop_.must(core::SigningOverdue{step.transaction, step.verb});
    shop_.tell(
        {step.transaction, step.verb, step.asks ? shop_.tse.recover(step) : shop_.tse.sign(step)});
  }
  void give_back() {
    auto order = shop_.till.database().query(
        "SELECT id FROM orders WHERE version = 1 ORDER BY row DESC LIMIT 1");
    if (!order.next()) return;
    core::RefundOrder refund{core::OrderId{order.uuid(0)}};
    refund.amount = euros(100);
    refund.tender = core::Tender::cash;
    refund.reason = "torn";
    if (auto done = shop_.till.till().handle(refund)) shop_.take(std::move(*done));
  }
  void end() {
    shop_.restart();
    shop_.work();
    shop_.device_is_seen();
    shop_.work();
    shop_.print();
  }

  std::mt19937_64 dice_;
  SigningShop shop_;
};

}  // namespace

TEST_CASE("signing: on days of bad luck there are no gaps, no doubles and no unsigned slips") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    BadDay day(seed);
    day.go_on(200);
    check_signing_books(day.shop());
    CHECK(day.shop().printed.size() > 20);
  }
}
