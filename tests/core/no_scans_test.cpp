// What is asked for all day long must not read a whole table: it would be
// quick in every test and slow in a shop that has sold for a year.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/store/customer_store.h"
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

constexpr int many = 300;

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
  remember_customer(till.database(), {"Bea Vogt", "v8@example.de", ""});
  CHECK(find_customers(till.database(), "bea vogt", 3).size() == 1);
  CHECK(rows_scanned(till.database()) - before < many);
}
