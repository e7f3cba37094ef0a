// The Orders page among 1,000,000 orders (TRESEN_BENCH_ORDERS for another
// number): every tab, filter and search, its counts included, at the beginning,
// in the middle and at the end of the list. One order in twenty has a customer,
// one in two was paid by card, 1,000 wait in the outbox. Filled by SQL: what is
// measured is how the list is read.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/store/order_store.h"
#include "tests/bench/size.h"
#include "tests/support/temp_folder.h"

namespace {

using Clock = std::chrono::steady_clock;

std::int64_t order_count() {
  return benches::rows("TRESEN_BENCH_ORDERS", 1'000'000);
}

constexpr const char* numbers =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) ";
constexpr const char* tables[] = {
    "INSERT INTO orders (id, number, channel, stage, tax_added, currency, customer_name, "
    "customer_email, fulfilment, is_new, created, placed, version, payment, total, paid, pieces) "
    "SELECT CAST(printf('%016d', i) AS BLOB), printf('T1-%06d', i), iif(i % 10, 'till', 'web'), "
    "iif(i % 50 = 0, 'cancelled', iif(i % 3 = 0, 'archived', 'open')), 0, 'EUR', "
    "iif(i % 20, '', 'Kunde ' || (i * 7919 % 100003)), "
    "iif(i % 20, '', 'kunde' || (i * 7919 % 100003) || '@example.org'), "
    "iif(i % 20 = 0, '', iif(i % 33 = 0, 'partially_fulfilled', 'fulfilled')), i % 100000 = 0, "
    "i * 1000, i * 1000, 1, iif(i % 40 = 0, 'authorized', iif(i % 77 = 0, 'partially_paid', "
    "iif(i % 91 = 0, 'refunded', 'paid'))), 1999, 1999, 3 FROM n",
    "INSERT INTO order_lines (order_row, id, variant, title, sku, barcode, by_weight, unit_price, "
    "regular_price, quantity, tax_code, tax_rate, discount_kind, discount_value, discount_reason, "
    "note, flags) SELECT i, CAST(printf('%016d', i) AS BLOB), i % 5000, 'Olivenöl', "
    "'SKU-' || (i % 5000), '4006381333931', 0, 1999, NULL, 1000, 'standard', 1900, NULL, NULL, "
    "NULL, '', 0 FROM n",
    "INSERT INTO transactions (order_row, id, outside, position, kind, tender, state, amount, "
    "given, "
    "label, reference, at, version, upstream_id, expires) SELECT i, CAST(printf('%016d', i) AS "
    "BLOB), "
    "i % 10 = 0, 1, 0, i % 2, 0, 1999, 1999, '', "
    "iif(i % 2, printf('Visa •••• %04d', i % 10000), ''), 0, 1, '', 0 FROM n",
    "INSERT INTO outbox (key, kind, order_row, version, state, created) "
    "SELECT CAST(printf('%016d', i) AS BLOB), 0, i, 1, "
    "iif(i % 50000 = 0, 3, iif(i % 1000 = 1, 0, 2)), 0 FROM n",
    "INSERT INTO customers (name, email, language, words) SELECT customer_name, customer_email, "
    "'', folded(customer_name || ' ' || customer_email) FROM orders, n WHERE n.i = 1 AND "
    "customer_email <> '' GROUP BY customer_email"};

// One store for all benchmarks, filled before the first one.
class Orders {
 public:
  Orders() {
    auto made =
        core::Database::open(folder_ / "till.db", core::Access::write, core::Durability::none);
    if (!made || !made->execute("BEGIN")) std::abort();
    for (const char* table : tables) {
      const std::string sql = fmt::format(fmt::runtime(numbers), order_count()) + table;
      if (!made->execute(sql.c_str())) std::abort();
    }
    if (!made->execute("COMMIT")) std::abort();
    made->checkpoint();
  }
  core::Database& reader() {
    static core::Database database =
        std::move(core::Database::open(folder_ / "till.db", core::Access::read).value());
    return database;
  }

 private:
  tests::TempFolder folder_;
};

core::Database& reader() {
  static Orders made;
  return made.reader();
}

// A page with its counts, as the screen asks for it.
void page(benchmark::State& state, core::OrderFilter filter, double where) {
  core::Database& database = reader();
  const std::int64_t total = core::order_page(database, filter).total;
  filter.offset = static_cast<std::int64_t>(static_cast<double>(total) * where);
  std::vector<double> milliseconds;
  for (auto _ : state) {
    const auto start = Clock::now();
    benchmark::DoNotOptimize(core::order_page(database, filter));
    benchmark::DoNotOptimize(core::tab_counts(database));
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto last = static_cast<double>(milliseconds.size() - 1);
  state.counters["orders"] = static_cast<double>(total);
  state.counters["p50_ms"] = milliseconds[static_cast<std::size_t>(last * .5)];
  state.counters["p99_ms"] = milliseconds[static_cast<std::size_t>(last * .99)];
}

// The first hits of a search, after which the screen shows something; the page
// that follows them is measured above.
void first_hits_of(benchmark::State& state, const core::OrderFilter& filter) {
  core::Database& database = reader();
  std::vector<double> milliseconds;
  std::size_t hits = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const auto page = core::first_hits(database, filter);
    benchmark::DoNotOptimize(core::tab_counts(database));
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    hits = page ? page->rows.size() : 0;
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto last = static_cast<double>(milliseconds.size() - 1);
  state.counters["hits"] = static_cast<double>(hits);
  state.counters["p50_ms"] = milliseconds[static_cast<std::size_t>(last * .5)];
  state.counters["p99_ms"] = milliseconds[static_cast<std::size_t>(last * .99)];
}

struct Case {
  const char* name;
  core::OrderFilter filter;
};

const std::vector<Case>& cases() {
  using core::OrderTab;
  static const std::vector<Case> all{
      {"all", {}},
      {"new", {.tab = OrderTab::fresh}},
      {"to_capture", {.tab = OrderTab::to_capture}},
      {"to_fulfil", {.tab = OrderTab::to_fulfil}},
      {"partially_paid", {.tab = OrderTab::partially_paid}},
      {"attention", {.tab = OrderTab::attention}},
      {"archived", {.tab = OrderTab::archived}},
      {"payment=paid", {.payment = "paid"}},
      {"payment=refunded", {.payment = "refunded"}},
      {"payment=voided (none)", {.payment = "voided"}},
      {"fulfilment=fulfilled", {.fulfilment = "fulfilled"}},
      {"fulfilment=unfulfilled", {.fulfilment = "unfulfilled"}},
      {"fulfilment=on_hold (none)", {.fulfilment = "on_hold"}},
      {"stage=open", {.stage = "open"}},
      {"stage=cancelled", {.stage = "cancelled"}},
      {"refunded and unfulfilled", {.payment = "refunded", .fulfilment = "unfulfilled"}},
      {"paid, partially fulfilled, cancelled",
       {.payment = "paid", .fulfilment = "partially_fulfilled", .stage = "cancelled"}},
      {"authorized, fulfilled", {.payment = "authorized", .fulfilment = "fulfilled"}},
      {"archived, partially paid, fulfilled",
       {.tab = OrderTab::archived, .payment = "partially_paid", .fulfilment = "fulfilled"}},
      {"text=whole number", {.text = "T1-012345"}},
      {"text=digits", {.text = "12345"}},
      {"text=T1", {.text = "T1"}},
      {"text=customer", {.text = "Kunde 77"}},
      {"text=@example.org", {.text = "@example.org"}},
      {"text=k", {.text = "k"}},
      {"text=inside a name", {.text = "nde 77123"}},
      {"text=SKU", {.text = "SKU-77"}},
      {"text=last four", {.text = "4243"}},
      {"text=nothing", {.text = "zzzz"}}};
  return all;
}

const bool registered = [] {
  for (const Case& one : cases()) {
    if (!one.filter.text.empty()) {
      benchmark::RegisterBenchmark(
          fmt::format("orders/{}/first hits", one.name).c_str(),
          [&one](benchmark::State& state) { first_hits_of(state, one.filter); })
          ->Iterations(benches::times(100))
          ->Unit(benchmark::kMillisecond);
    }
    for (const double where : {0.0, 0.5, 0.98}) {
      if (where > 0 && !one.filter.text.empty()) continue;
      benchmark::RegisterBenchmark(
          fmt::format("orders/{}/at {:.0f} %", one.name, where * 100).c_str(),
          [&one, where](benchmark::State& state) { page(state, one.filter, where); })
          ->Iterations(benches::times(100))
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
