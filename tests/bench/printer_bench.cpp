// What a slip costs: its bytes from the receipt, and the way from the decision
// to print to the first byte at a printer in the network, its answers included.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "drivers/printer/escpos_encoder.h"
#include "drivers/printer/escpos_printer.h"
#include "drivers/transport/tcp.h"
#include "tests/bench/size.h"
#include "tests/support/tcp_printer.h"

namespace {

using Clock = std::chrono::steady_clock;

drivers::Document slip_of(int lines) {
  drivers::Document slip;
  slip.add(drivers::Logo{512, 160, drivers::Bytes(64 * 160, 0x3C)});
  slip.add(drivers::centred("Feinkost Lindner", drivers::tall));
  for (int i = 0; i < lines; ++i) {
    slip.add(drivers::amount_row("Weißwurst süß-sauer " + std::to_string(i), "6,49 A"));
  }
  slip.add(drivers::Barcode{drivers::BarcodeKind::code128, "T1-R000123"});
  return slip.add(drivers::Cut{});
}

double p99(std::vector<double> times) {
  std::ranges::sort(times);
  return times.empty() ? 0 : times[times.size() * 99 / 100];
}

void document_built(benchmark::State& state) {
  const drivers::Document slip = slip_of(100);
  const drivers::Profile& profile = drivers::profile("epson-tm-t20");
  std::vector<double> times;
  for (auto _ : state) {
    const auto begun = Clock::now();
    benchmark::DoNotOptimize(drivers::escpos_bytes(slip, profile));
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
  }
  state.counters["p99_ms"] = p99(times);
}
BENCHMARK(document_built);

// Up to may_begin(): connected, asked, answered. The slip's first byte follows.
void first_byte(benchmark::State& state) {
  struct Stopwatch final : drivers::PrintWatch {
    Clock::time_point begun_at;
    bool may_begin() override {
      begun_at = Clock::now();
      return true;
    }
  };
  tests::TcpPrinter server{tests::FakePrinter{}};
  drivers::EscposPrinter printer(
      std::make_unique<drivers::TcpTransport>("127.0.0.1", server.port()),
      drivers::profile("epson-tm-t20"));
  const drivers::Document slip =
      drivers::Document{}.add(drivers::centred("Bon")).add(drivers::Cut{});
  std::vector<double> times;
  for (auto _ : state) {
    Stopwatch watch;
    const auto begun = Clock::now();
    printer.print(slip, watch);
    times.push_back(std::chrono::duration<double, std::milli>(watch.begun_at - begun).count());
  }
  state.counters["p99_ms"] = p99(times);
}
BENCHMARK(first_byte)->Iterations(benches::times(200));

void drawer_pulse(benchmark::State& state) {
  tests::TcpPrinter server{tests::FakePrinter{}};
  drivers::Profile profile = drivers::profile("generic-80");
  drivers::EscposPrinter printer(
      std::make_unique<drivers::TcpTransport>("127.0.0.1", server.port()), profile,
      {.drawer = drivers::Milliseconds{0}});
  std::vector<double> times;
  for (auto _ : state) {
    const auto begun = Clock::now();
    benchmark::DoNotOptimize(printer.open_drawer());
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
  }
  state.counters["p99_ms"] = p99(times);
}
BENCHMARK(drawer_pulse)->Iterations(benches::times(200));

}  // namespace
