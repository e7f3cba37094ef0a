// What the ZVT driver itself costs: a whole payment against the terminal model in
// the same process, with nothing to wait for. Budget: under 1 ms an answer.
#include <benchmark/benchmark.h>

#include "drivers/terminal/zvt_terminal.h"
#include "tests/support/zvt_line.h"

namespace {

struct QuickHooks final : drivers::CardHooks {
  bool before_send(const std::string&) override { return true; }
};

void zvt_payment(benchmark::State& state) {
  tests::ZvtWire wire;
  drivers::ZvtTerminal till(tests::link_to(wire), {});
  core::IdSource ids(1);
  std::int64_t messages = 0;
  for (auto _ : state) {
    QuickHooks hooks;
    wire.messages = 0;
    wire.terminal.read_book("0 700 1 0 1 0\n");
    const drivers::CardIntent intent{
        {ids.next({})}, drivers::CardKind::sale, {1234, core::eur}, {}};
    benchmark::DoNotOptimize(till.authorize(intent, hooks));
    messages += wire.messages;
  }
  state.SetItemsProcessed(messages);
}
BENCHMARK(zvt_payment);

}  // namespace
