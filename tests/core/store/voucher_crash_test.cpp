// Whatever is killed: no voucher is issued twice or for nothing, and none is redeemed twice
// or for nothing.
#include <doctest/doctest.h>

#include "core/store/voucher_store.h"
#include "tests/support/killed_till.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

constexpr const char* printed_card = "CARD4711";

// What a child has confirmed, one byte each.
enum Traded : char { card_sold = 's', card_held = 't', card_redeemed = 'r', card_given_back = 'b' };

void trade(AtWork& till) {
  till.must(SellVoucher{euros(5'000), printed_card});
  till.must(TakeCash{euros(5'000)});
  till.confirm(card_sold);
  till.must(AddOpenItem{"Ware", euros(3'000), "standard"});
  till.must(TakeVoucher{printed_card, euros(2'000)});
  till.confirm(card_held);
  till.must(TakeCash{euros(1'000)});
  till.confirm(card_redeemed);
  RefundOrder back{.order = till.till().snapshot().done->order, .reason = "changed mind"};
  back.amount = back.to_voucher = euros(1'500);
  till.must(back);
  till.confirm(card_given_back);
}

}  // namespace

TEST_CASE(
    "crash: wherever the plug is pulled, a voucher was issued and redeemed once or not at all") {
  kill_everywhere(trade, [](AfterKill& after) {
    Register& till = after.till;
    const auto voucher = tell_voucher(till.database(), printed_card);
    CHECK(voucher.has_value() >= after.has(card_sold));
    if (voucher) {
      int issues = 0, redemptions = 0, returns = 0;
      for (const VoucherEntry& entry : voucher->history) {
        issues += entry.event == VoucherEvent::issued;
        redemptions += entry.event == VoucherEvent::redeemed;
        returns += entry.event == VoucherEvent::refunded;
      }
      CHECK(issues == 1);
      CHECK(redemptions <= 1);
      CHECK(redemptions >= static_cast<int>(after.has(card_redeemed)));
      CHECK(returns <= redemptions);
      CHECK(returns >= static_cast<int>(after.has(card_given_back)));
      CHECK(voucher->balance == euros(5'000 - 2'000 * redemptions + 1'500 * returns));
      // What the open cart holds is there, and nothing else is held.
      CHECK(voucher->held == voucher_part(till.snapshot().order));
      if (after.has(card_held) && redemptions == 0) CHECK(voucher->held == euros(2'000));
    }
  });
}
