// Invariant 1: what was confirmed is on disk, whatever is pulled out, killed or
// full afterwards. A child rings up sales and says what it has confirmed; the
// plug is pulled at its n-th write or sync, for every n; then the store opens
// again and must hold all of it.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/register.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/temp_folder.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

// What a child has confirmed, one byte each.
enum Confirmed : char { line = 'l', part = 'p', paid = 'b', card_asked = 'c', card_paid = 'C' };

std::unique_ptr<Register> open_till(const std::filesystem::path& folder, const Clock& clock) {
  auto opened = Register::open({folder, Durability::full, {}}, clock);
  return opened ? std::move(*opened) : nullptr;
}

// Rings up three sales; writes a byte to `out` after each that was confirmed.
void ring_up(Register& till, int out) {
  const auto confirm = [&](Confirmed what) {
    if (::write(out, &what, 1) != 1) _exit(97);
  };
  const auto must = [&](const Command& command) {
    auto handled = till.handle(command);
    if (!handled) _exit(96);
    return std::move(*handled);
  };
  const auto add = [&](std::int64_t cents) {
    must(AddOpenItem{"Brezel", euros(cents), "reduced"});
    confirm(line);
  };
  add(105);
  add(890);
  must(TakeCash{euros(995)});
  confirm(paid);
  add(1400);
  must(TakeCash{euros(400)});
  must(LeavePartiallyPaid{});
  confirm(part);
  add(700);
  const auto effects = must(StartCard{euros(700)});
  const auto* asked = find_effect<AuthorizeCard>(effects);
  if (!asked) _exit(95);
  const AttemptId attempt = asked->attempt.id;
  confirm(card_asked);
  must(CardAnswered{attempt, {CardPhase::approved, euros(700), "", "Visa •••• 4242"}});
  confirm(card_paid);
  add(200);
}

struct Crash {
  std::string confirmed;
  bool finished = false;  // the plug was never pulled
};

Crash crash_at(int n, const std::filesystem::path& folder) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    FakeClock clock;
    FaultyVfs vfs;
    vfs.fail_at(n, Fault::plug_pulled);
    auto till = open_till(folder, clock);
    if (!till) _exit(94);
    ring_up(*till, ends[1]);
    _exit(0);
  }
  ::close(ends[1]);
  Crash crash;
  char byte = 0;
  while (::read(ends[0], &byte, 1) == 1) crash.confirmed += byte;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  crash.finished = WEXITSTATUS(status) == 0;
  if (!crash.finished) REQUIRE(WEXITSTATUS(status) == 99);
  return crash;
}

bool says(const std::string& confirmed, Confirmed what) {
  return confirmed.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("crash: wherever the plug is pulled, all that was confirmed is there, and sound") {
  for (int n = 1;; ++n) {
    CAPTURE(n);
    TempFolder folder;
    const Crash crash = crash_at(n, folder.path());
    CAPTURE(crash.confirmed);
    FakeClock clock;
    auto till = open_till(folder.path(), clock);
    REQUIRE(till);
    const auto resumed = till->resume();
    const auto receipts = receipt_rows(till->database(), 0, 10);
    std::size_t owed = 0;
    for (const Confirmed what : {paid, part, card_paid}) owed += says(crash.confirmed, what);
    CHECK(receipts.size() >= owed);
    CHECK(receipts.size() <= owed + 1);
    const auto sound = verify_journal(till->database());
    CHECK(std::holds_alternative<JournalSound>(sound));
    const auto now = till->snapshot();
    // The cart that was open is open again.
    if (crash.confirmed == "l") CHECK(now.order.lines.size() >= 1);
    if (crash.confirmed == "ll") CHECK((now.order.lines.size() == 2 || receipts.size() == 1));
    // A card that was asked for is either booked or asks.
    if (says(crash.confirmed, card_asked) && !says(crash.confirmed, card_paid) &&
        receipts.size() < 3) {
      REQUIRE(now.attempt);
      CHECK(now.attempt->phase == CardPhase::unknown);
      CHECK(find_effect<ProbeCard>(resumed) != nullptr);
    }
    if (crash.finished) {
      CHECK(n > 20);
      break;
    }
  }
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

TEST_CASE("failed sync: a sale whose commit failed is not confirmed and not there") {
  FaultyVfs vfs;
  TempFolder folder;
  FakeClock clock;
  auto till = open_till(folder.path(), clock);
  REQUIRE(till->handle(AddOpenItem{"Brezel", euros(105), "reduced"}));
  vfs.fail_at(1, Fault::sync_fails);
  CHECK_FALSE(till->handle(TakeCash{euros(105)}));
  vfs.mend();
  CHECK(receipt_rows(till->database(), 0, 10).empty());
  CHECK(till->snapshot().order.lines.size() == 1);
}
