#include <doctest/doctest.h>

#include <algorithm>

#include "core/store/order_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

// Forty orders of all kinds, each a minute after the one before.
void fill(TillDriver& till) {
  for (int i = 0; i < 40; ++i) {
    till.clock.advance(std::chrono::minutes(1));
    till.scan(i % 2 ? krimi : riesling);
    if (i % 5 == 0) {
      till.must(SetCustomer{{"Anna Schneider", "anna" + std::to_string(i) + "@example.org", ""}});
    }
    if (i % 4 == 0) {
      till.must(TakeCash{euros(100)});
      till.must(LeavePartiallyPaid{});
    } else {
      till.must(TakeCash{euros(5000)});
    }
  }
}

std::int64_t counted(Database& database, const char* sql) {
  BuiltQuery query(database, std::string("SELECT count(*) FROM orders WHERE ") + sql);
  return query.rows().next() ? query.rows().integer(0) : -1;
}

std::vector<std::string> numbers(const OrderPage& page) {
  std::vector<std::string> found;
  for (const OrderRow& row : page.rows) found.push_back(row.number);
  return found;
}

}  // namespace

TEST_CASE("order list: what is tallied is what a count would give") {
  TillDriver till;
  fill(till);
  Database& database = till.database();
  till.scan(krimi);  // an open cart is in no list
  const auto total = [&](OrderFilter filter) { return order_page(database, filter).total; };
  CHECK(total({}) == counted(database, "version > 0"));
  CHECK(total({.tab = OrderTab::partially_paid}) == 10);
  CHECK(total({.payment = "paid"}) == counted(database, "version > 0 AND payment = 'paid'"));
  CHECK(total({.fulfilment = "unfulfilled"}) == 10);
  CHECK(total({.payment = "paid", .stage = "open"}) == 30);
  CHECK(tab_counts(database).all == 40);
  const auto part = order_page(database, {.tab = OrderTab::partially_paid}).rows.front();
  till.must(VoidOrder{"test"});
  till.must(CollectPayment{part.id});
  till.must(TakeCash{euros(5000)});
  CHECK(total({.tab = OrderTab::partially_paid}) == 9);
  CHECK(total({.payment = "paid"}) == 31);
  CHECK(total({}) == 40);
}

TEST_CASE("order list: page after page gives every order once, latest first") {
  TillDriver till;
  fill(till);
  const OrderFilter both{.payment = "paid", .fulfilment = "fulfilled", .stage = "open"};
  for (const OrderFilter& filter :
       {OrderFilter{}, OrderFilter{.payment = "paid"}, both, OrderFilter{.text = "Krimi"}}) {
    OrderFilter whole = filter;
    whole.limit = 100;
    const auto all = numbers(order_page(till.database(), whole));
    std::vector<std::string> paged;
    OrderFilter page = filter;
    page.limit = 7;
    for (page.offset = 0; page.offset < 50; page.offset += 7) {
      for (const std::string& number : numbers(order_page(till.database(), page))) {
        paged.push_back(number);
      }
    }
    CHECK(paged == all);
    CHECK(std::is_sorted(all.rbegin(), all.rend()));
  }
}

TEST_CASE("order list: an order is found by number, digits, customer, address, SKU and card") {
  TillDriver till;
  fill(till);
  const auto found = [&](const char* text) {
    return order_page(till.database(), {.text = text}).total;
  };
  CHECK(found("T1-000007") == 1);
  CHECK(found("t1-000007") == 1);
  CHECK(found("000007") == 1);
  CHECK(found("7") > 1);
  CHECK(found("Schneider") == 8);
  CHECK(found("schneid") == 8);
  CHECK(found("anna5@") == 1);
  CHECK(found("Krimi") == 20);
  CHECK(found("100%") == 0);
  CHECK(found("nothing of this kind") == 0);
  CHECK(order_page(till.database(), {.tab = OrderTab::partially_paid, .text = "Schneider"}).total ==
        2);
  const OrderPage beyond = order_page(till.database(), {.text = "Krimi", .offset = 40});
  CHECK(beyond.total == 20);
  CHECK(beyond.rows.empty());
}

TEST_CASE("order list: what sells best is known once the till has rested") {
  TillDriver till;
  till.scan(krimi);
  till.scan(krimi);
  till.must(TakeCash{euros(2800)});
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  CHECK(find_by_barcode(till.database(), krimi)->popularity == 0);
  till.till().rest();
  CHECK(find_by_barcode(till.database(), krimi)->popularity == 2);
  till.scan(riesling);
  till.must(TakeCash{euros(890)});
  till.reopen();
  CHECK(find_by_barcode(till.database(), riesling)->popularity == 1);
}
