// A year of a busy shop as an export for the tax office: 300,000 receipts (budget: 60 s and
// 200 MB), and reading it again. The shop is made up as it is written, which is counted.
#include <benchmark/benchmark.h>

#include <fstream>

#include "pos/export/dsfinvk_file.h"
#include "tests/support/fiscal_shop.h"
#include "tests/support/temp_folder.h"

namespace dsfinvk_bench {

constexpr int days = 300;
constexpr int receipts_a_day = 1000;

double peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

bool write_year(const std::filesystem::path& zip) {
  tests::FiscalShop shop(1);
  pos::DsfinvkFile file(zip);
  if (!file.open()) return false;
  for (int day = 1; day <= days; ++day) {
    file.writer().begin(shop.closing(day));
    for (int i = 0; i < receipts_a_day; ++i) file.writer().add(shop.receipt());
    file.writer().end();
  }
  return file.save(core::Instant{}).has_value();
}

void year_written(benchmark::State& state) {
  const tests::TempFolder folder;
  for (auto _ : state) {
    if (!write_year(folder / "year.zip")) return state.SkipWithError("not written");
  }
  state.counters["peak_MiB"] = peak_mebibytes();
  state.counters["zip_MiB"] =
      static_cast<double>(std::filesystem::file_size(folder / "year.zip")) / (1 << 20);
}
BENCHMARK(year_written)->Unit(benchmark::kSecond)->Iterations(1);

void year_read_again(benchmark::State& state) {
  const tests::TempFolder folder;
  if (!write_year(folder / "year.zip")) return state.SkipWithError("not written");
  for (auto _ : state) {
    const auto report = pos::check_dsfinvk(folder / "year.zip");
    if (!report || !report->is_good()) return state.SkipWithError("it does not add up");
  }
  state.counters["peak_MiB"] = peak_mebibytes();
}
BENCHMARK(year_read_again)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace dsfinvk_bench
