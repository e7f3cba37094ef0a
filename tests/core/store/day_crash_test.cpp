// Whatever is killed in the shop's day: goods that come back, deposits and carts that are
// given up are there once or not at all, with their money, their stock and their receipts.
#include <doctest/doctest.h>

#include "core/catalogue/barcode.h"
#include "core/orders/exchange.h"
#include "core/store/catalogue_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/voucher_store.h"
#include "tests/support/killed_till.h"
#include "tests/support/till_driver.h"

namespace day_crash_tests {

using namespace core;
using namespace tests;

namespace {

constexpr const char* shirt = "4000001000601";
constexpr const char* bottle = "4000001000602";
constexpr std::int64_t opening = 10'000;

std::string slip() {
  const std::string digits = "290004200475";
  return digits + check_digit(digits).value_or('?');
}

void put(Register& till, const char* code, std::int64_t price) {
  Variant variant;
  variant.product_title = variant.sku = code;
  variant.barcodes = {code};
  variant.price = euros(price);
  variant.stock = pieces(10);
  Transaction transaction(till.database());
  put_product(till.database(), {code, code, {variant}}, "test");
  REQUIRE(transaction.commit());
}
std::int64_t row_of(Register& till, const char* code) {
  return find_by_barcode(till.database(), code).value().id.row;
}
std::int64_t on_shelf(Register& till, const char* code) {
  return find_by_barcode(till.database(), code).value().stock.value().thousandths / 1000;
}
Order first_order(Register& till) {
  return load_order(till.database(), 1).value();
}

// A shop that has sold four shirts for 40.00 in cash, and takes bottles back.
void shop_with_a_sale(Register& till) {
  const auto must = [&](const Command& command) { REQUIRE(till.handle(command)); };
  put(till, shirt, 1'000);
  put(till, bottle, 25);
  must(ChangeSetting{"deposits.slip", "29 SSSSS PPPPP C"});
  must(ChangeSetting{"returns.cash_limit", "10000"});
  must(ChangeSetting{"printer.kind", "none"});
  must(OpenShift{euros(opening)});
  must(Scan{shirt});
  must(ChangeQuantity{till.snapshot().last_line, pieces(4)});
  must(TakeCash{euros(4'000)});
}

LineBack one_shirt(Register& till, Shelf shelf = Shelf::restock) {
  return {first_order(till).lines.front().id, pieces(1), shelf};
}

// What the drawer should hold, by the X report and by the receipts read one by one.
void check_drawer(Register& till, std::int64_t expected) {
  const auto shift = open_shift(till.database());
  REQUIRE(shift);
  CHECK(report_of(till.database(), *shift).expected(shift->opening) == euros(expected));
  std::int64_t row = 1;
  Money cash = euros(opening);
  for (; const auto receipt = load_receipt(till.database(), row); ++row) {
    CHECK(receipt->number == row);
    if (!has_order(receipt->kind)) continue;
    for (const Payment& payment : receipt->payments) {
      if (payment.tender != Tender::cash) continue;
      const bool is_out =
          receipt->kind == ReceiptKind::refund || payment.kind == TransactionKind::payout;
      cash += is_out ? -payment.amount : payment.amount;
    }
  }
  CHECK(cash == euros(expected));
}

}  // namespace

TEST_CASE("crash: wherever the plug is pulled, goods were exchanged once or not at all") {
  const auto exchange = [](AtWork& till) {
    till.must(TakeBack{first_order(till.till()).id, {one_shirt(till.till())}, "too small"});
    till.must(AddOpenItem{"Coat", euros(2'500), "standard"});
    till.must(TakeCash{euros(1'500)});
    till.confirm('x');
    till.must(
        TakeBack{first_order(till.till()).id, {one_shirt(till.till(), Shelf::damaged)}, "torn"});
    till.must(GiveBack{Tender::gift_card});
    till.confirm('v');
  };
  kill_everywhere(shop_with_a_sale, exchange, [](AfterKill& after) {
    Register& till = after.till;
    const std::size_t refunds = first_order(till).refunds.size();
    CHECK(refunds >= std::size_t{after.has('x')} + std::size_t{after.has('v')});
    CHECK(refunds <= std::size_t{after.has('x')} + 1);
    CHECK(refunds <= 2);
    CHECK(on_shelf(till, shirt) == (refunds >= 1 ? 7 : 6));
    check_drawer(till, opening + 4'000 + (refunds >= 1 ? 1'500 : 0));
    CHECK(voucher_liability(till.database(), eur) == euros(refunds == 2 ? 1'000 : 0));
    // What came back into a cart that is still open has come back nowhere else.
    const Order cart = till.snapshot().order;
    if (takes_back(cart)) CHECK(refunds + cart.returns.size() <= 2);
  });
}

TEST_CASE("crash: wherever the plug is pulled, goods came back once or not at all") {
  const auto give_back = [](AtWork& till) {
    RefundOrder refund{first_order(till.till()).id, {}, "too small"};
    refund.lines = {{one_shirt(till.till()).line, pieces(1), {}, true}};
    till.must(refund);
    till.confirm('r');
    TakeBackUnproven unproven;
    unproven.variant = row_of(till.till(), shirt);
    unproven.reason = "a gift";
    till.must(unproven);
    till.must(GiveBack{});
    till.confirm('u');
  };
  kill_everywhere(shop_with_a_sale, give_back, [](AfterKill& after) {
    Register& till = after.till;
    const auto refunds = static_cast<std::int64_t>(first_order(till).refunds.size());
    const std::int64_t back = on_shelf(till, shirt) - 6;
    CHECK(refunds <= 1);
    CHECK(back >= std::int64_t{after.has('r')} + std::int64_t{after.has('u')});
    CHECK(back <= std::int64_t{after.has('r')} + 1);
    CHECK(refunds == std::min<std::int64_t>(back, 1));
    check_drawer(till, opening + 4'000 - 1'000 * back);
  });
}

TEST_CASE("crash: wherever the plug is pulled, a deposit was given back once or not at all") {
  const auto take_deposits = [](AtWork& till) {
    till.must(TakeEmpties{row_of(till.till(), bottle), pieces(3)});
    till.must(GiveBack{});
    till.confirm('e');
    till.must(Scan{slip()});
    till.must(GiveBack{});
    till.confirm('s');
  };
  const auto shop = [](Register& till) {
    shop_with_a_sale(till);
    REQUIRE(till.handle(SetDeposit{row_of(till, shirt), row_of(till, bottle)}));
  };
  kill_everywhere(shop, take_deposits, [](AfterKill& after) {
    Register& till = after.till;
    const std::int64_t given =
        report_of(till.database(), open_shift(till.database()).value()).deposits.minor;
    CHECK((given == 0 || given == 75 || given == 550));
    if (after.has('e')) CHECK(given >= 75);
    if (after.has('s')) CHECK(given == 550);
    check_drawer(till, opening + 4'000 - given);
    CHECK(on_shelf(till, bottle) == 10);
    // Once it is paid out, or lies in the cart, the slip is taken.
    const Order cart = till.snapshot().order;
    const bool is_in_cart = !cart.returns.empty() && !cart.returns.front().slip.empty();
    const bool is_taken_again = till.handle(Scan{slip()}).has_value();
    CHECK(is_taken_again == (given < 550 && !is_in_cart));
  });
}

TEST_CASE("crash: wherever the plug is pulled, a cart that was given up has sold nothing") {
  const auto give_up = [](AtWork& till) {
    till.must(Scan{shirt});
    till.must(Scan{bottle});
    till.must(VoidLine{till.till().snapshot().last_line, "keyed by mistake"});
    till.must(ParkOrder{});
    till.confirm('p');
    till.must(RecallOrder{till.till().snapshot().parked.front().id});
    till.must(VoidOrder{"changed their mind"});
    till.confirm('a');
  };
  kill_everywhere(shop_with_a_sale, give_up, [](AfterKill& after) {
    Register& till = after.till;
    const Snapshot now = till.snapshot();
    CHECK(on_shelf(till, shirt) == 6);
    check_drawer(till, opening + 4'000);
    std::size_t given_up = 0;
    for (std::int64_t row = 2; const auto order = load_order(till.database(), row); ++row) {
      if (order->stage != Stage::cancelled) continue;
      ++given_up;
      CHECK(order->lines.size() == 1);
      CHECK(order->voided.size() == 1);
    }
    CHECK(given_up >= std::size_t{after.has('a')});
    CHECK(given_up <= 1);
    // It lies in one place: open, parked or given up.
    const std::size_t places = given_up + now.parked.size() + (is_empty(now.order) ? 0 : 1);
    CHECK(places <= 1);
    if (after.has('p')) CHECK(places == 1);
  });
}

}  // namespace day_crash_tests
