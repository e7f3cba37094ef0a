// Invariant 1: what was confirmed is on disk, whatever is pulled out, killed or
// full afterwards. A child rings up sales and says what it has confirmed; the
// plug is pulled at its n-th write or sync, for every n; then the store opens
// again and must hold all of it. (While a store is made: database_test.cpp.)
#include <doctest/doctest.h>

#include <filesystem>

#include "core/register.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/killed_till.h"
#include "tests/support/temp_folder.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

// What a child has confirmed, one byte each.
enum Confirmed : char { line = 'l', part = 'p', paid = 'b', card_asked = 'c', card_paid = 'C' };

// Rings up three sales.
void ring_up(AtWork& till) {
  const auto add = [&](std::int64_t cents) {
    till.must(AddOpenItem{"Brezel", euros(cents), "reduced"});
    till.confirm(line);
  };
  add(105);
  add(890);
  till.must(TakeCash{euros(995)});
  till.confirm(paid);
  add(1400);
  till.must(TakeCash{euros(400)});
  till.must(LeavePartiallyPaid{});
  till.confirm(part);
  add(700);
  const auto effects = till.must(StartCard{euros(700)});
  const auto* asked = find_effect<AuthorizeCard>(effects);
  if (!asked) _exit(95);
  const AttemptId attempt = asked->attempt.id;
  till.confirm(card_asked);
  till.must(CardAnswered{attempt, {CardPhase::approved, euros(700), "", "Visa •••• 4242"}});
  till.confirm(card_paid);
  add(200);
}

}  // namespace

TEST_CASE("crash: wherever the plug is pulled, all that was confirmed is there, and sound") {
  kill_everywhere(ring_up, [](AfterKill& after) {
    const auto receipts = receipt_rows(after.till.database(), 0, 10);
    std::size_t owed = 0;
    for (const Confirmed what : {paid, part, card_paid}) owed += after.has(what);
    CHECK(receipts.size() >= owed);
    CHECK(receipts.size() <= owed + 1);
    const auto now = after.till.snapshot();
    // The cart that was open is open again.
    if (after.confirmed == "l") CHECK(now.order.lines.size() >= 1);
    if (after.confirmed == "ll") CHECK((now.order.lines.size() == 2 || receipts.size() == 1));
    // A card that was asked for is either booked or asks.
    if (after.has(card_asked) && !after.has(card_paid) && receipts.size() < 3) {
      REQUIRE(now.attempt);
      CHECK(now.attempt->phase == CardPhase::unknown);
      CHECK(find_effect<ProbeCard>(after.resumed) != nullptr);
    }
  });
}

TEST_CASE(
    "disk full: nothing is confirmed, the cart is intact, and selling goes on when it works") {
  FaultyVfs vfs;
  for (int n = 1; n < 400; n += 1 + n / 8) {
    CAPTURE(n);
    TempFolder folder;
    FakeClock clock;
    auto till = open_till(folder.path(), clock);
    REQUIRE(till);
    REQUIRE(till->handle(AddOpenItem{"Brezel", euros(105), "reduced"}));
    vfs.fail_at(n, Fault::full);
    const auto paid_now = till->handle(TakeCash{euros(105)});
    const bool failed = !paid_now;
    if (failed) {
      CHECK(paid_now.error().kind == RefusalKind::not_saved);
      CHECK(till->snapshot().not_saved);
      CHECK(till->snapshot().order.lines.size() == 1);
    }
    vfs.mend();
    if (failed) REQUIRE(till->handle(TakeCash{euros(105)}));
    CHECK_FALSE(till->snapshot().not_saved);
    CHECK(receipt_rows(till->database(), 0, 10).size() == 1);
    CHECK(std::holds_alternative<JournalSound>(verify_journal(till->database())));
    if (!failed) return;
  }
  FAIL("the disk never had room enough");
}

namespace {

// What the next start would find if the till were killed now.
class NextStart {
 public:
  explicit NextStart(const TillDriver& till) {
    for (const char* name : {"till.db", "till.db-wal"}) {
      std::filesystem::copy_file(till.folder() / name, folder_ / name);
    }
    till_ = open_till(folder_.path(), clock_);
    REQUIRE(till_);
  }
  std::size_t receipts() { return receipt_rows(till_->database(), 0, 10).size(); }
  Snapshot now() { return till_->snapshot(); }

 private:
  TempFolder folder_;
  FakeClock clock_;
  std::unique_ptr<Register> till_;
};

}  // namespace

TEST_CASE("failed sync: what was refused is not there after a restart either") {
  FaultyVfs vfs;
  const auto refuses = [&](TillDriver& till, const Command& command) {
    vfs.fail_at(1, Fault::sync_fails, 1);
    const Refusal refusal = till.refused(command);
    vfs.mend();
    CHECK(refusal.text == "Not saved. Nothing was changed.");
    CHECK_FALSE(till.now().is_unclear);
  };
  SUBCASE("a sale") {
    TillDriver till;
    till.scan(krimi);
    refuses(till, TakeCash{euros(1400)});
    NextStart after(till);
    CHECK(after.receipts() == 0);
    CHECK(after.now().order.lines.size() == 1);
    CHECK(after.now().counts.outbox_waiting == 0);
    CHECK(till.now().counts.outbox_waiting == 0);
    till.must(TakeCash{euros(1400)});
    CHECK(std::holds_alternative<JournalSound>(verify_journal(till.database())));
  }
  SUBCASE("a parked order") {
    TillDriver till;
    till.scan(krimi);
    refuses(till, ParkOrder{});
    NextStart after(till);
    CHECK(after.now().parked.empty());
    CHECK(after.now().order.lines.size() == 1);
  }
  SUBCASE("a refund") {
    TillDriver till;
    till.scan(krimi);
    till.must(TakeCash{euros(1400)});
    refuses(till,
            RefundOrder{till.now().done->order, {}, "changed mind", Tender::cash, {}, euros(1400)});
    CHECK(NextStart(till).receipts() == 1);
  }
  SUBCASE("a card that was asked for") {
    TillDriver till;
    till.scan(krimi);
    refuses(till, StartCard{euros(1400)});
    CHECK_FALSE(NextStart(till).now().attempt);
  }
}

TEST_CASE("failed sync: a disk that goes on failing leaves it unclear, until it works again") {
  FaultyVfs vfs;
  TillDriver till;
  till.scan(krimi);
  vfs.fail_at(1, Fault::sync_fails);
  const Refusal refusal = till.refused(TakeCash{euros(1400)});
  CHECK(refusal.kind == RefusalKind::not_saved);
  CHECK(refusal.text.starts_with("It is unclear whether this was saved."));
  CHECK(till.now().is_unclear);
  // Where only the syncs fail the next start finds what stands in its place.
  CHECK(NextStart(till).receipts() == 0);
  CHECK_FALSE(till.till().rest());
  vfs.mend();
  CHECK(till.till().rest());
  CHECK_FALSE(till.now().is_unclear);
  CHECK_FALSE(till.now().not_saved);
  CHECK(till.now().order.lines.size() == 1);
  CHECK(NextStart(till).receipts() == 0);
}

TEST_CASE("failed sync: on a disk that takes nothing more it is never called refused") {
  FaultyVfs vfs;
  TillDriver till;
  till.scan(krimi);
  vfs.fail_at(1, Fault::dead);
  till.refused(TakeCash{euros(1400)});
  CHECK(till.now().is_unclear);
  // It may be there after a restart, which is why.
  CHECK(NextStart(till).receipts() == 1);
}
