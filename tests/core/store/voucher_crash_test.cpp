// Whatever is killed: no voucher is issued twice or for nothing, and none is redeemed twice
// or for nothing.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/store/journal.h"
#include "core/store/voucher_store.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

constexpr const char* printed_card = "CARD4711";

// What a child has confirmed, one byte each.
enum Traded : char { card_sold = 's', card_held = 't', card_redeemed = 'r', card_given_back = 'b' };

void trade(Register& till, int out) {
  const auto must = [&](const Command& command) {
    if (!till.handle(command)) _exit(96);
  };
  const auto confirm = [&](Traded step) {
    const char byte = step;
    if (::write(out, &byte, 1) != 1) _exit(97);
  };
  must(SellVoucher{euros(5'000), printed_card});
  must(TakeCash{euros(5'000)});
  confirm(card_sold);
  must(AddOpenItem{"Ware", euros(3'000), "standard"});
  must(TakeVoucher{printed_card, euros(2'000)});
  confirm(card_held);
  must(TakeCash{euros(1'000)});
  confirm(card_redeemed);
  RefundOrder back{.order = till.snapshot().done->order, .reason = "changed mind"};
  back.amount = back.to_voucher = euros(1'500);
  must(back);
  confirm(card_given_back);
}

}  // namespace

TEST_CASE(
    "crash: wherever the plug is pulled, a voucher was issued and redeemed once or not at all") {
  for (int n = 1;; ++n) {
    CAPTURE(n);
    TempFolder folder;
    put_new_store(folder.path());
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      FakeClock clock;
      FaultyVfs vfs;
      vfs.fail_at(n, Fault::plug_pulled);
      auto till = Register::open({folder.path(), Durability::full, {}}, clock);
      if (!till) _exit(94);
      trade(**till, ends[1]);
      _exit(0);
    }
    ::close(ends[1]);
    std::string confirmed;
    char byte = 0;
    while (::read(ends[0], &byte, 1) == 1) confirmed += byte;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    CAPTURE(confirmed);

    FakeClock clock;
    auto opened = Register::open({folder.path(), Durability::full, {}}, clock);
    REQUIRE(opened);
    Register& till = **opened;
    const auto has = [&](Traded step) { return confirmed.find(step) != std::string::npos; };
    const auto voucher = tell_voucher(till.database(), printed_card);
    CHECK(voucher.has_value() >= has(card_sold));
    if (voucher) {
      int issues = 0, redemptions = 0, returns = 0;
      for (const VoucherEntry& entry : voucher->history) {
        issues += entry.event == VoucherEvent::issued;
        redemptions += entry.event == VoucherEvent::redeemed;
        returns += entry.event == VoucherEvent::refunded;
      }
      CHECK(issues == 1);
      CHECK(redemptions <= 1);
      CHECK(redemptions >= static_cast<int>(has(card_redeemed)));
      CHECK(returns <= redemptions);
      CHECK(returns >= static_cast<int>(has(card_given_back)));
      CHECK(voucher->balance == euros(5'000 - 2'000 * redemptions + 1'500 * returns));
      // What the open cart holds is there, and nothing else is held.
      CHECK(voucher->held == voucher_part(till.snapshot().order));
      if (has(card_held) && redemptions == 0) CHECK(voucher->held == euros(2'000));
    }
    CHECK(std::holds_alternative<JournalSound>(verify_journal(till.database())));
    if (WEXITSTATUS(status) == 0) {
      CHECK(n > 10);
      break;
    }
    REQUIRE(WEXITSTATUS(status) == 99);
  }
}
