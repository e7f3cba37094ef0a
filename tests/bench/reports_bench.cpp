// The Reports page of a shop with 1,000,000 orders (TRESEN_BENCH_ORDERS for another number):
// 1,000 a day, three lines each of 5,000 articles, one in ten an online order, one in fifty
// given back. Today against the week before, this week, this month, a year; with the sums of
// days that are over as the till keeps them, and without. Filled by SQL: what is measured is
// how it is read. What one day's sums cost to make is measured as well.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/store/report_store.h"
#include "tests/bench/size.h"
#include "tests/support/temp_folder.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t orders_a_day = 1000;
const core::DayRule rule{"Europe/Berlin", 0};

std::int64_t order_count() {
  return benches::rows("TRESEN_BENCH_ORDERS", 1'000'000);
}

core::Day first_day() {
  return core::day_from("2024-01-01").value();
}
core::Day last_day() {
  return first_day() + std::chrono::days(order_count() / orders_a_day - 1);
}
// In the afternoon of the last day.
core::Instant now() {
  return core::begin_of(last_day(), rule) + std::chrono::hours(18);
}

constexpr const char* numbers =
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {} - 1), "
    "t(i, at) AS (SELECT i, {} + i / 1000 * 86400000 + 25200000 + i % 1000 * 36000 FROM n) ";
constexpr const char* tables[] = {
    "INSERT INTO variants (product_id, title, sku, price_minor, currency, unit, tax_code, stock, "
    "low_stock, picture, digital, gift_card, favourite, words, change_id) "
    "SELECT 1, '', 'SKU-' || i, 1999, 'EUR', 0, 'standard', i * 1000 % 90000, 3000, '', 0, 0, 0, "
    "'', 1 FROM t WHERE i < 5000",
    "INSERT INTO orders (row, id, number, channel, stage, tax_added, currency, fulfilment, "
    "created, "
    "placed, version, payment, total, paid, pieces, last_receipt) "
    "SELECT i + 1, CAST(printf('%016d', i) AS BLOB), printf('T1-%07d', i), "
    "iif(i % 10, 'till', 'online'), 'archived', 0, 'EUR', 'fulfilled', at, at, 1, 'paid', 3297, "
    "3297, 3, iif(i % 10, i + 1, 0) FROM t",
    "INSERT INTO order_lines (order_row, id, variant, title, sku, barcode, by_weight, unit_price, "
    "quantity, tax_code, tax_rate, note, flags, category) "
    "SELECT i + 1, CAST(printf('%08d%08d', i, k) AS BLOB), (i * 7 + k * 1301) % 5000 + 1, "
    "'Artikel ' || ((i * 7 + k * 1301) % 5000), 'SKU-' || ((i * 7 + k * 1301) % 5000), "
    "'4006381333931', 0, 1099, 1000, iif(k, 'standard', 'reduced'), iif(k, 1900, 700), '', 0, "
    "'Gruppe ' || ((i * 7 + k * 1301) % 12) FROM t, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2)",
    "INSERT INTO transactions (order_row, id, outside, position, kind, tender, state, amount, "
    "given, label, reference, at, version, upstream_id, expires) "
    "SELECT i + 1, CAST(printf('%016d', i) AS BLOB), i % 10 = 0, 1, 0, i % 2, 0, 3297, 3297, '', "
    "'', at, 1, '', 0 FROM t",
    "INSERT INTO receipts (row, id, code, kind, order_row, order_version, shop, till, cashier, "
    "started, finished, cash_rounding, total, paid_before, amount, taxes, journal_seq) "
    "SELECT i + 1, CAST(printf('%016d', i) AS BLOB), printf('T1-R%07d', i), 0, i + 1, 1, "
    "'Feinkost Lindner Lindenallee 12 50668 Köln', 'T1', 'Kasse ' || (i % 4), at - 60000, at, 0, "
    "3297, 0, 3297, '[[1900,1847,351,2198],[700,1027,72,1099]]', i * 4 + 4 FROM t WHERE i % 10",
    "INSERT INTO journal (seq, at, actor, kind, subject, content, hash) "
    "SELECT i * 4 + k, at - 40000 + k * 10000, 'Jana', "
    "iif(k = 4, 'receipt', iif(i % 25 = 0 AND k = 1, 'void line', 'sign in')), '', "
    "iif(k = 4, printf('%.900c', 'x'), '1 x Artikel at 10.99, Wrong price'), printf('%.64c', 'a') "
    "FROM t, (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)"};

// One store for all benchmarks, filled before the first one.
class Shop {
 public:
  Shop() : database_(make()) {
    const core::Instant begin = core::begin_of(first_day(), rule);
    run("INSERT INTO catalogue_changes VALUES (1, 'bench');"
        "INSERT INTO products VALUES (1, 'bench', 'Artikel')");
    for (const char* table : tables) {
      const auto head =
          fmt::format(fmt::runtime(numbers), order_count(), begin.time_since_epoch().count());
      run((head + table).c_str());
    }
    database_.checkpoint();
  }
  // As the screens' reader has it.
  core::Database& reader() {
    static core::Database database =
        std::move(core::Database::open(folder_ / "till.db", core::Access::read).value());
    return database;
  }
  void run(const char* sql) {
    if (const auto done = database_.execute(sql); !done) {
      fmt::print(stderr, "{}\n", done.error().detail);
      std::abort();
    }
  }
  // As the till does while it rests; how long each took, in milliseconds.
  std::vector<double> keep_days() {
    std::vector<double> all;
    core::DaySums sums;
    for (bool has_more = true; has_more;) {
      const auto start = Clock::now();
      has_more = sums.make_one(database_, rule, core::eur, now());
      if (has_more) {
        all.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      }
    }
    return all;
  }

 private:
  core::Database make() {
    auto made =
        core::Database::open(folder_ / "till.db", core::Access::write, core::Durability::none);
    if (!made) std::abort();
    return std::move(*made);
  }
  tests::TempFolder folder_;
  core::Database database_;
};

Shop& shop() {
  static Shop made;
  return made;
}

void tell(benchmark::State& state, std::vector<double> milliseconds) {
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto last = static_cast<double>(milliseconds.size() - 1);
  state.counters["p50_ms"] = milliseconds[static_cast<std::size_t>(last * .5)];
  state.counters["p99_ms"] = milliseconds[static_cast<std::size_t>(last * .99)];
}

void page(benchmark::State& state, const core::Span& span) {
  core::Database& database = shop().reader();
  const core::ReportAsk ask = core::report_ask(span, rule, core::eur, now());
  std::vector<double> milliseconds;
  std::int64_t sales = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const core::ReportPage read = core::report_page(database, ask);
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    sales = read.report.sales();
  }
  state.counters["sales"] = static_cast<double>(sales);
  tell(state, std::move(milliseconds));
}

void make_sums(benchmark::State& state) {
  for (auto _ : state) tell(state, shop().keep_days());
}

const bool registered = [] {
  const auto add = [](const char* name, core::Span span, int times) {
    benchmark::RegisterBenchmark(name, [span](benchmark::State& state) { page(state, span); })
        ->Iterations(benches::times(times))
        ->Unit(benchmark::kMillisecond);
  };
  const core::Span day = core::span_of(core::SpanKind::day, last_day());
  const core::Span month = core::span_of(core::SpanKind::month, last_day());
  add("reports/today, nothing kept", day, 20);
  add("reports/month, nothing kept", month, 3);
  benchmark::RegisterBenchmark("reports/sums of one day", make_sums)->Iterations(1);
  add("reports/today", day, 50);
  add("reports/week", core::span_of(core::SpanKind::week, last_day()), 50);
  add("reports/month", month, 50);
  add("reports/year", core::days_of(last_day() - std::chrono::days(364), last_day()), 5);
  return true;
}();

}  // namespace
