#include "core/vouchers/voucher.h"

#include <doctest/doctest.h>

#include <random>
#include <set>

#include "core/commands/settle_vouchers.h"
#include "core/store/journal.h"
#include "tests/support/receipts.h"
#include "tests/support/voucher_shop.h"

using namespace core;
using namespace tests;

namespace {

VoucherPicks random_picks(std::mt19937& random) {
  VoucherPicks picks{};
  for (auto& pick : picks) pick = static_cast<std::uint8_t>(random() % voucher_letters.size());
  return picks;
}

}  // namespace

TEST_CASE("voucher number: a wrong letter, and two that changed places, are found") {
  std::mt19937 random(19);
  for (int n = 0; n < 200; ++n) {
    const std::string number = voucher_number(random_picks(random));
    REQUIRE(is_voucher_number(number));
    for (std::size_t i = voucher_prefix.size(); i < number.size(); ++i) {
      std::string wrong = number;
      wrong[i] = voucher_letters[(voucher_letters.find(wrong[i]) + 1 + random() % 29) %
                                 voucher_letters.size()];
      CHECK(is_voucher_number(wrong) == (wrong == number));
    }
    CHECK_FALSE(is_voucher_number(number.substr(0, number.size() - 1)));
  }
}

TEST_CASE("voucher number: it is read however it was written down") {
  std::mt19937 random(20);
  const std::string number = voucher_number(random_picks(random));
  CHECK(plain_voucher_number(" " + shown_voucher_number(number) + "\n") == number);
  std::string small = number;
  for (char& c : small) c = static_cast<char>(std::tolower(c));
  CHECK(plain_voucher_number(small) == number);
  CHECK(number.find_first_of("0O1I") == std::string::npos);
  CHECK(shown_voucher_number("4711-A") == "4711-A");
  CHECK_FALSE(is_voucher_number("4006381333931"));
}

TEST_CASE("voucher number: no two vouchers of a till have one") {
  VoucherShop shop;
  std::set<std::string> numbers;
  for (int i = 0; i < 50; ++i) numbers.insert(shop.sell(100 + i));
  CHECK(numbers.size() == 50);
  for (const std::string& number : numbers) CHECK(is_voucher_number(number));
}

TEST_CASE("voucher: a year's end is that of the shop's clocks") {
  const auto expiry = [](Instant sold) {
    return voucher_expiry(sold, "german_three_years", "Europe/Berlin");
  };
  // 2026-12-31 23:30 UTC is next year in Berlin.
  const Instant eve = start_of_day(2026, 12, 31, "UTC") + std::chrono::minutes(23 * 60 + 30);
  CHECK(expiry(eve) == start_of_day(2031, 1, 1, "Europe/Berlin"));
  CHECK(to_iso(expiry(eve)) == "2030-12-31T23:00:00.000Z");
  CHECK(voucher_expiry(eve, "none", "Europe/Berlin") == Instant{});
}

TEST_CASE("receipt: the journal's text of a sale without vouchers is what it always was") {
  Receipt receipt = plain_sale();
  const std::string text = canonical_text(receipt);
  CHECK(text.find("voucher") == std::string::npos);
  receipt.order.lines[0].voucher = "GV23456789ABCDL";
  const std::string sold = canonical_text(receipt);
  CHECK(sold.find("\nvoucher •••• BCDL\n") != std::string::npos);
  // The number itself is nobody's to read there.
  CHECK(sold.find("GV2345") == std::string::npos);
}

namespace {

// One step of a day that nobody planned; what it did is reckoned beside the till.
void anything(VoucherShop& shop, std::mt19937& random, std::vector<std::string>& numbers) {
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto cents = [&] { return static_cast<std::int64_t>(1 + random() % 5'000); };
  const auto any_number = [&] { return numbers.empty() ? "4711" : numbers[pick(numbers.size())]; };
  core::Register& till = shop.till();
  switch (pick(13)) {
    case 0:
      till.handle(SellVoucher{euros(cents())});
      break;
    case 1:
      till.handle(TopUpVoucher{any_number(), euros(cents())});
      break;
    case 2:
    case 3:
      till.handle(AddOpenItem{"Ware", euros(cents()), "standard"});
      break;
    case 4:
    case 5:
      till.handle(TakeVoucher{any_number(), euros(pick(2) ? 0 : cents())});
      break;
    case 6:
      till.handle(TakeCash{euros(pick(2) ? cents() : till.snapshot().due.minor)});
      break;
    case 7:
      if (!till.snapshot().order.payments.empty()) {
        till.handle(UndoTender{till.snapshot().order.payments.back().id});
      }
      break;
    case 8:
      if (pick(2) != 0 || till.snapshot().parked.empty()) {
        till.handle(ParkOrder{});
      } else {
        till.handle(RecallOrder{till.snapshot().parked.front().id});
      }
      break;
    case 9:
      pick(2) ? till.handle(VoidOrder{"changed mind"}) : till.handle(LeavePartiallyPaid{});
      break;
    case 10:
      if (pick(2)) {
        till.handle(PayOutVoucher{any_number(), "rest"});
      } else {
        pick(2) ? till.handle(BlockVoucher{any_number(), "lost"})
                : till.handle(UnblockVoucher{any_number(), "found"});
      }
      break;
    case 12: {
      const auto page = order_page(shop.database(), {});
      if (page.rows.empty() || pick(3) == 0) {
        till.handle(StopCollecting{});
      } else {
        till.handle(CollectPayment{page.rows[pick(page.rows.size())].id});
      }
      break;
    }
    case 11: {
      const auto page = order_page(shop.database(), {});
      if (page.rows.empty()) break;
      const auto order = find_order(shop.database(), page.rows[pick(page.rows.size())].id);
      RefundOrder back{.order = order->id, .reason = "changed mind"};
      for (const LineItem& line : order->lines) {
        if (pick(2)) back.lines.push_back({line.id, refundable_quantity(*order, line), {}, false});
      }
      back.tender = pick(2) ? Tender::gift_card : Tender::cash;
      if (pick(2)) back.to_voucher = voucher_part(*order);
      till.handle(back);
      break;
    }
  }
  if (const auto done = till.snapshot().done) {
    for (const auto& voucher : done->vouchers) numbers.push_back(voucher.number);
  }
}

}  // namespace

TEST_CASE("vouchers: on any day what is on them is what came onto them less what was taken") {
  Money redeemed = euros(0);
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    VoucherShop shop;
    shop.must(ChangeSetting{"vouchers.payout", "on"});
    shop.must(ChangeSetting{"upstream.kind", "none"});
    std::vector<std::string> numbers;
    for (int step = 0; step < 250; ++step) {
      anything(shop, random, numbers);
      REQUIRE(shop.database().ok());
      REQUIRE_FALSE(shop.now().not_saved);
    }
    const VoucherSums sums = shop.sums();
    CHECK(sums.moved() == shop.liability());
    redeemed += sums.redeemed;
    Money held = euros(0);
    for (const Voucher& voucher : vouchers(shop.database(), -1)) {
      CHECK(voucher.balance.minor >= 0);
      CHECK(voucher.available().minor >= 0);
      Money sum = euros(0);
      for (const VoucherEntry& entry : shop.told(voucher.number).history) sum += entry.amount;
      CHECK(sum == voucher.balance);
      held += voucher.held;
    }
    // What is held pays for carts that are not placed yet, and for nothing else.
    Money waiting = voucher_part(shop.now().order);
    for (const auto& cart : shop.now().parked) waiting += cart.held;
    if (!shop.now().collecting) CHECK(held == waiting);
    // The day's turnover, vouchers and rounding are what its tenders brought.
    const ShiftReport day = shop.day();
    Money tenders = euros(0);
    for (const TenderSum& sum : day.tenders) tenders += sum.net();
    CHECK(day.turnover() + day.for_vouchers() + day.rounding == tenders);
    CHECK(day.rounding == euros(0));
    // Money and goods of every receipt are what the journal says.
    const auto verdict = verify_journal(shop.database());
    const auto* broken = std::get_if<JournalBroken>(&verdict);
    CHECK_MESSAGE(!broken, (broken ? broken->what : ""));
    // All that vouchers have paid was taken from them, and back.
    Money paid = euros(0);
    auto query = shop.database().query(
        "SELECT coalesce(sum(iif(kind = 4, -t.amount, t.amount)), 0) FROM transactions AS t "
        "JOIN orders ON orders.row = order_row WHERE tender = 2 AND reference <> '' "
        "AND kind IN (0, 4) AND orders.version >= t.version AND NOT EXISTS (SELECT 1 FROM "
        "transactions AS v WHERE v.order_row = t.order_row AND v.kind = 3 AND v.original = t.id)");
    REQUIRE(query.next());
    paid = euros(query.integer(0));
    CHECK(paid == -(sums.redeemed + sums.refunded + sums.credit_issued));
  }
  CHECK(redeemed.minor < 0);
}
