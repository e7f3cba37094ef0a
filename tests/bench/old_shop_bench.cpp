// What must not grow with the years, in a shop of 100,000 and of 1,000,000 receipts: opening
// the store, closing a day and a very long shift, and proving the latest part of the journal.
#include <benchmark/benchmark.h>

#include "pos/doctor/journal_check.h"
#include "tests/bench/old_shop.h"

namespace old_shop_bench {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto begun = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// The Z report, from the button to the next screen; the drawer is counted, as it is when the
// button can be pressed.
void day_closed(benchmark::State& state, std::int64_t sales) {
  auto& shop = benches::OldShop::with(benches::rows("TRESEN_BENCH_ORDERS", state.range(0)));
  for (auto _ : state) {
    shop.sell(sales);
    shop.open(core::Durability::full);
    const core::Money counted = shop.count();
    state.SetIterationTime(seconds_of([&] {
      if (!shop.till().handle(core::CloseShift{counted, ""})) state.SkipWithError("not closed");
      benchmark::DoNotOptimize(shop.till().snapshot());
    }));
    shop.open(core::Durability::none);
  }
}

void store_opened(benchmark::State& state) {
  auto& shop = benches::OldShop::with(benches::rows("TRESEN_BENCH_ORDERS", state.range(0)));
  shop.close();
  for (auto _ : state) {
    auto till = core::Register::open({shop.folder(), core::Durability::full, {}}, shop.clock());
    if (!till) {
      state.SkipWithError("not opened");
      break;
    }
    benchmark::DoNotOptimize((*till)->resume());
    benchmark::DoNotOptimize((*till)->snapshot());
  }
  shop.open(core::Durability::none);
}

void latest_journal_verified(benchmark::State& state) {
  auto& shop = benches::OldShop::with(benches::rows("TRESEN_BENCH_ORDERS", state.range(0)));
  const std::int64_t wanted = benches::is_brief() ? 200 : 10'100;
  while (shop.entries_of_late() < wanted) {
    shop.sell(benches::is_brief() ? 20 : 500);
    shop.end_day();
  }
  core::Database& database = shop.till().database();
  core::JournalPart part;
  for (auto _ : state) {
    part = benches::is_brief() ? core::latest_part(database, wanted / 2)
                               : pos::latest_part_of(database);
    const auto broken = core::verify_anchors(database, {core::anchor_of(database)});
    const auto verdict = core::verify_part(database, part);
    if (broken || !std::holds_alternative<core::JournalSound>(verdict)) {
      state.SkipWithError("not sound");
      break;
    }
  }
  state.counters["entries"] = static_cast<double>(part.last - part.after);
}

const bool registered = [] {
  for (const std::int64_t receipts : {100'000, 1'000'000}) {
    const auto add = [&](const char* name, const auto& measure, std::int64_t times) {
      return benchmark::RegisterBenchmark(name, measure)
          ->Arg(receipts)
          ->Iterations(benches::is_brief() ? 1 : times)
          ->Unit(benchmark::kMillisecond);
    };
    const std::int64_t usual = benches::is_brief() ? 20 : 500,
                       many = benches::is_brief() ? 50 : 10'000;
    add("store_opened", store_opened, 10)->UseRealTime();
    add(
        "day_closed", [usual](auto& state) { day_closed(state, usual); }, 3)
        ->UseManualTime();
    add("latest_journal_verified", latest_journal_verified, 3)->UseRealTime();
    add(
        "long_shift_closed", [many](auto& state) { day_closed(state, many); }, 1)
        ->UseManualTime();
  }
  return true;
}();

}  // namespace old_shop_bench
