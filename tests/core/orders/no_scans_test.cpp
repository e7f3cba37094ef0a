// What is asked for all day long must not read a whole table: it would be
// quick in every test and slow in a shop that has sold for a year.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "core/store/customer_store.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/till_store.h"
#include "core/store/upstream_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

// Rows that were read because no index led to them, by all statements so far.
int rows_scanned(Database& database) {
  int rows = 0;
  sqlite3_stmt* statement = nullptr;
  while ((statement = sqlite3_next_stmt(database.handle(), statement)) != nullptr) {
    rows += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
  }
  return rows;
}

std::string numbers_to(int count) {
  std::string text;
  for (int i = 1; i <= count; ++i) text += (i > 1 ? "," : "") + std::to_string(i);
  return text;
}

// Steps of SQLite's machine for what `work` asks: it does not lie like a clock does.
int steps_so_far(Database& database) {
  int steps = 0;
  sqlite3_stmt* statement = nullptr;
  while ((statement = sqlite3_next_stmt(database.handle(), statement)) != nullptr) {
    steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
  }
  return steps;
}
template <class Work>
int steps_of(Database& database, const Work& work) {
  work();  // so that the statements are there
  const int before = steps_so_far(database);
  work();
  return steps_so_far(database) - before;
}

constexpr int many = 300;

// So many sales wait for the platform, each with a mail and a slip.
void fill_outbox(Database& database, int sales) {
  REQUIRE(database.execute("PRAGMA foreign_keys=OFF"));  // nobody reads their receipts
  BuiltQuery order(database,
                   "INSERT INTO orders (id, number, channel, stage, tax_added, currency, created, "
                   "placed, version, payment, fulfilment) SELECT randomblob(16), 'X-' || value, "
                   "'till', 'archived', 0, 'EUR', value, value, 1, 'paid', 'fulfilled' "
                   "FROM json_each('[" +
                       numbers_to(sales) + "]')");
  order.rows().run();
  for (const char* kind : {"0", "1"}) {
    BuiltQuery row(database, std::string("INSERT INTO outbox (key, kind, order_row, version, "
                                         "state, created, not_before) SELECT randomblob(16), ") +
                                 kind +
                                 ", row, 1, 0, placed, placed FROM orders "
                                 "WHERE number LIKE 'X-%'");
    row.rows().run();
  }
  BuiltQuery slip(database,
                  "INSERT INTO print_jobs (receipt_row, form, state, created) "
                  "SELECT 1, 0, 0, placed FROM orders WHERE number LIKE 'X-%'");
  slip.rows().run();
}

PulledProduct product(int n) {
  PulledVariant variant;
  variant.upstream_id = fmt::format("v{}", n);
  variant.inventory_id = fmt::format("i{}", n);
  variant.variant.sku = fmt::format("P{}", n);
  variant.variant.price = euros(100);
  return {fmt::format("p{}", n), fmt::format("p{}", n), "P", {variant}, true};
}

}  // namespace

TEST_CASE("no scans: products and stock of the platform are found by their numbers") {
  TillDriver till;
  ReceiveCatalogue all;
  for (int i = 0; i < many; ++i) all.catalogue.products.push_back(product(i));
  till.must(all);
  ReceiveCatalogue some;
  for (int i = 0; i < 10; ++i) some.catalogue.products.push_back(product(i));
  for (int i = 0; i < 10; ++i) some.catalogue.stock.push_back({fmt::format("i{}", i), pieces(5)});
  const int before = rows_scanned(till.database());
  till.must(some);
  CHECK(rows_scanned(till.database()) - before < many);
}

TEST_CASE("no scans: the platform's open orders, and the latest ticket") {
  TillDriver till;
  for (int i = 0; i < many; ++i) {
    till.scan(krimi);
    const auto effects = till.must(StartCard{euros(1400)});
    till.must(CardAnswered{find_effect<AuthorizeCard>(effects)->attempt.id,
                           {CardPhase::approved, euros(1400), "", "Visa •••• 4242", {}, {}}});
  }
  const int before = rows_scanned(till.database());
  CHECK(open_upstream_orders(till.database(), 50).empty());
  CHECK(last_ticket(till.database()).empty());
  CHECK(rows_scanned(till.database()) - before < many);
}

TEST_CASE("no scans: with a rule to archive, sales leave nothing to look for") {
  TillDriver till;
  till.must(ChangeSetting{"rules.archive", "on"});
  for (int i = 0; i < many; ++i) {
    till.scan(krimi);
    till.must(TakeCash{euros(1400)});
  }
  const int before = rows_scanned(till.database());
  till.must(ApplyRules{});
  CHECK(rows_scanned(till.database()) - before < many);
}

TEST_CASE("no scans: a customer is found by the address and by the platform's number") {
  TillDriver till;
  std::vector<PulledCustomer> all;
  for (int i = 0; i < many; ++i) {
    all.push_back({fmt::format("c{}", i), {"Vogt", fmt::format("v{}@example.de", i), ""}, false});
  }
  till.must(ReceiveCatalogue{{}, {}, all});
  const int before = rows_scanned(till.database());
  till.must(ReceiveCatalogue{{}, {}, {{"c7", {"Anna Vogt", "anna@example.de", ""}, false}}});
  remember_customer(till.database(), {"Bea Vogt", "v8@example.de", ""}, till.clock.now());
  CHECK(find_customers(till.database(), "bea vogt", 3).size() == 1);
  CHECK(rows_scanned(till.database()) - before < many);
}

TEST_CASE("no scans: what waits is looked at alike however much of it there is") {
  const auto cost = [](int sales) {
    TillDriver till;
    Database& database = till.database();
    fill_outbox(database, sales);
    const Instant now{std::chrono::milliseconds{sales + 1}};
    return steps_of(database, [&] {
      CHECK(due_outbox(database, OutboxWay::upstream, now, 16).size() == 16);
      CHECK(due_outbox(database, OutboxWay::mail, now, 16).size() == 16);
      CHECK_FALSE(next_due(database, now));
      CHECK(outbox_page(database, 0, 16).size() == 16);
      CHECK(outbox_counts(database).waiting == 2 * sales);
      CHECK(count_open_prints(database).count == sales);
      CHECK(waiting_print_jobs(database, 0, 16).size() == 16);
      CHECK(print_jobs_on_their_way(database).empty());
    });
  };
  const int few = cost(100);
  const int lots = cost(4000);
  CAPTURE(few);
  CHECK(lots < few + few / 10);
}

TEST_CASE("no scans: a receipt's slips that wait are not looked for among all that were printed") {
  const auto cost = [](int sales) {
    TillDriver till;
    Database& database = till.database();
    fill_outbox(database, sales);
    REQUIRE(database.execute("UPDATE print_jobs SET state = 1, receipt_row = row"));
    REQUIRE(
        database.execute("UPDATE print_jobs SET state = 0 WHERE row > (SELECT max(row) - 3 "
                         "FROM print_jobs)"));
    return steps_of(database, [&] {
      CHECK(waiting_prints_of(database, sales).size() == 1);
      CHECK(waiting_prints_of(database, 1).empty());
    });
  };
  CHECK(cost(40 * many) <= cost(many) + 50);
}

TEST_CASE("no scans: mails that wait are not looked for among the orders that wait") {
  TillDriver till;
  Database& database = till.database();
  fill_outbox(database, 4000);
  REQUIRE(database.execute("UPDATE outbox SET state = 2 WHERE kind = 1"));
  const Instant now{std::chrono::milliseconds{5000}};
  CHECK(steps_of(database, [&] { CHECK(due_outbox(database, OutboxWay::mail, now, 16).empty()); }) <
        100);
}

TEST_CASE("no scans: a till opens alike however much waits") {
  const auto cost = [](int sales) {
    TillDriver till;
    till.scan(krimi);
    till.must(TakeCash{euros(1400)});
    fill_outbox(till.database(), sales);
    till.reopen();
    Database& database = till.database();
    int steps = 0;
    sqlite3_stmt* statement = nullptr;
    while ((statement = sqlite3_next_stmt(database.handle(), statement)) != nullptr) {
      steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
    }
    return steps;
  };
  const int few = cost(100);
  const int lots = cost(4000);
  CAPTURE(few);
  CHECK(lots < few + few / 10);
}

TEST_CASE("no scans: the few orders that wait to be fulfilled are found among many that do not") {
  const auto cost = [](int sales) {
    TillDriver till;
    Database& database = till.database();
    fill_outbox(database, sales);
    REQUIRE(database.execute("UPDATE orders SET stage = 'open', fulfilment = '' WHERE placed < 4"));
    // The statements of a page are made for one use: the connection counts for them.
    int ticks = 0;
    sqlite3_progress_handler(
        database.handle(), 100, [](void* count) { return ++*static_cast<int*>(count), 0; }, &ticks);
    CHECK(order_page(database, {.tab = OrderTab::to_fulfil}).rows.size() == 3);
    sqlite3_progress_handler(database.handle(), 0, nullptr, nullptr);
    return ticks;
  };
  CHECK(cost(4000) <= cost(200) + 10);
}

TEST_CASE("no scans: the first hits of a search come alike however many orders there are") {
  const auto cost = [](int sales, const char* text) {
    TillDriver till;
    Database& database = till.database();
    fill_outbox(database, sales);
    REQUIRE(database.execute(
        "UPDATE orders SET customer_name = 'Kunde ' || row, "
        "customer_email = 'kunde' || row || '@example.org';"
        "INSERT INTO customers (name, email, language, words) SELECT customer_name, "
        "customer_email, '', folded(customer_name || ' ' || customer_email) FROM orders "
        "WHERE customer_email <> ''"));
    int ticks = 0;
    sqlite3_progress_handler(
        database.handle(), 100, [](void* count) { return ++*static_cast<int*>(count), 0; }, &ticks);
    const auto page = first_hits(database, {.text = text});
    sqlite3_progress_handler(database.handle(), 0, nullptr, nullptr);
    REQUIRE(page);
    CHECK_FALSE(page->is_whole);
    return ticks;
  };
  for (const char* text : {"X-77", "unde77", "@example.org", "zzzz", "k", "SKU-1"}) {
    CAPTURE(text);
    CHECK(cost(4000, text) <= cost(500, text) * 3 / 2 + 20);
  }
}

TEST_CASE("no scans: a closing costs alike however often the shop has closed before") {
  const auto cost = [](int closings) {
    TillDriver till;
    const auto close = [&](int sales) {
      for (int i = 0; i < sales; ++i) {
        till.scan(krimi);
        till.must(TakeCash{euros(1400)});
      }
      till.must(CountDrawer{euros(1400 * sales)});
      till.must(CloseShift{euros(1400 * sales), ""});
    };
    for (int i = 0; i < closings; ++i) close(3);
    return steps_of(till.database(), [&] { close(10); });
  };
  // So many that lists of the latest hundred are full in both.
  const int few = cost(30);
  CHECK(cost(90) < few + few / 20);
}

TEST_CASE("no scans: a closing reads each of its receipts once") {
  TillDriver till;
  till.must(ChangeSetting{"printer.kind", "simulated"});
  const auto sell = [&] {
    for (int i = 0; i < 40; ++i) {
      till.scan(krimi);
      till.must(TakeCash{euros(1400)});
    }
    till.must(CountDrawer{euros(40 * 1400)});
  };
  sell();
  till.must(CloseShift{euros(40 * 1400), ""});
  sell();
  const Shift shift = *till.now().shift;
  const int once = steps_of(till.database(), [&] { report_of(till.database(), shift); });
  const auto steps = steps_so_far(till.database());
  till.must(CloseShift{euros(40 * 1400), ""});
  CHECK(steps_so_far(till.database()) - steps < once * 2);
}
