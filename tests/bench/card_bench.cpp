// What a card payment costs beside the card: from the tap to the first byte on
// the wire (budget: 5 ms and one fsync), and what the driver adds to each answer
// of the terminal (1 ms and its fsync). The terminal is the model in the same
// process, so that nothing is waited for. `raw_fsync` is the disk's own part.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/register.h"
#include "core/store/catalogue_store.h"
#include "drivers/terminal/zvt/terminal.h"
#include "tests/bench/size.h"
#include "tests/support/nexo_line.h"
#include "tests/support/temp_folder.h"
#include "tests/support/zvt_line.h"

namespace card_bench {

struct QuickHooks final : drivers::CardHooks {
  bool before_send(const std::string&) override { return true; }
};

// The driver alone: a whole payment, by message.
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
BENCHMARK(zvt_payment)->Unit(benchmark::kMicrosecond);

void nexo_payment(benchmark::State& state) {
  const core::SystemClock clock;
  core::IdSource ids(1);
  std::int64_t messages = 0, number = 0;
  for (auto _ : state) {
    state.PauseTiming();
    tests::NexoWire wire;
    const auto till = tests::nexo_terminal(wire, clock);
    QuickHooks hooks;
    drivers::CardIntent intent{{ids.next({})}, drivers::CardKind::sale, {1234, core::eur}, {}};
    intent.number = ++number;
    state.ResumeTiming();
    benchmark::DoNotOptimize(till->authorize(intent, hooks));
    messages += wire.messages;
  }
  state.SetItemsProcessed(messages);
}
BENCHMARK(nexo_payment)->Unit(benchmark::kMicrosecond);

// A till with one product, as durable as in a shop.
class BenchTill {
 public:
  BenchTill() {
    auto opened = core::Register::open({folder_.path(), core::Durability::full, {}}, clock_);
    till_ = std::move(*opened);
    core::Variant variant;
    variant.product_title = variant.sku = "Krimi";
    variant.barcodes = {"4000001000020"};
    variant.price = {1400, core::eur};
    variant.tax_code = "reduced";
    core::Transaction transaction(till_->database());
    core::put_product(till_->database(), {"Krimi", "Krimi", {variant}}, "bench");
    if (!transaction.commit()) std::abort();
  }
  core::Effects must(const core::Command& command) {
    auto handled = till_->handle(command);
    if (!handled) std::abort();
    return std::move(*handled);
  }
  bool may(const core::Command& command) { return till_->handle(command).has_value(); }

 private:
  core::SystemClock clock_;
  tests::TempFolder folder_;
  std::unique_ptr<core::Register> till_;
};

// Ends the payment when its first byte is on the wire.
class FirstByte final : public drivers::Transport {
 public:
  core::Result<core::Done, drivers::LinkError> open(drivers::Milliseconds) override {
    return core::Done{};
  }
  core::Result<std::size_t, drivers::LinkError> write(drivers::ByteView,
                                                      drivers::Milliseconds) override {
    return tl::unexpected(drivers::LinkError::cut);
  }
  core::Result<drivers::Bytes, drivers::LinkError> read(drivers::Milliseconds) override {
    return tl::unexpected(drivers::LinkError::cut);
  }
  void close() override {}
  bool answers() const override { return true; }
};

const core::AuthorizeCard* authorize_in(const core::Effects& effects) {
  for (const core::Effect& effect : effects) {
    if (const auto* found = std::get_if<core::AuthorizeCard>(&effect)) return found;
  }
  return nullptr;
}

void tap_to_first_byte(benchmark::State& state) {
  BenchTill till;
  drivers::ZvtTerminal terminal(
      std::make_unique<drivers::zvt::TcpLink>([] { return std::make_unique<FirstByte>(); }), {});
  for (auto _ : state) {
    state.PauseTiming();
    till.must(core::Scan{"4000001000020"});
    QuickHooks hooks;
    state.ResumeTiming();
    const auto effects = till.must(core::StartCard{{1400, core::eur}});
    const core::CardAttempt attempt = authorize_in(effects)->attempt;
    benchmark::DoNotOptimize(
        terminal.authorize({attempt.id, drivers::CardKind::sale, attempt.amount, {}}, hooks));
    state.PauseTiming();
    till.must(core::CardAnswered{attempt.id, {core::CardPhase::not_started, {}, "", ""}});
    till.must(core::DismissCard{attempt.id});
    till.must(core::VoidOrder{"next"});
    state.ResumeTiming();
  }
}
BENCHMARK(tap_to_first_byte)->Unit(benchmark::kMicrosecond)->Iterations(benches::times(300));

// A whole payment with every step made durable, by message.
struct DurableHooks final : drivers::CardHooks {
  BenchTill& till;
  core::AttemptId attempt;
  int records = 0;
  DurableHooks(BenchTill& bench_till, core::AttemptId id) : till(bench_till), attempt(id) {}
  bool reach(core::CardStep step, const std::string& key = "") {
    ++records;
    return till.may(core::CardReached{attempt, step, "", key, {}});
  }
  bool before_send(const std::string& key) override { return reach(core::CardStep::sent, key); }
  void started() override { reach(core::CardStep::started); }
  drivers::Verdict on_result(const drivers::Approved&) override {
    return reach(core::CardStep::result) ? drivers::Verdict::accept : drivers::Verdict::refuse;
  }
  void acknowledged() override { reach(core::CardStep::ack_sent); }
};

void zvt_payment_with_journal(benchmark::State& state) {
  BenchTill till;
  tests::ZvtWire wire;
  drivers::ZvtTerminal terminal(tests::link_to(wire), {});
  std::int64_t messages = 0, records = 0;
  for (auto _ : state) {
    state.PauseTiming();
    wire.terminal.read_book("0 700 1 0 1 0\n");
    wire.messages = 0;
    till.must(core::Scan{"4000001000020"});
    const auto effects = till.must(core::StartCard{{1400, core::eur}});
    const core::CardAttempt attempt = authorize_in(effects)->attempt;
    DurableHooks hooks(till, attempt.id);
    state.ResumeTiming();
    benchmark::DoNotOptimize(
        terminal.authorize({attempt.id, drivers::CardKind::sale, attempt.amount, {}}, hooks));
    state.PauseTiming();
    messages += wire.messages;
    records += hooks.records;
    till.must(core::CardAnswered{attempt.id, {core::CardPhase::not_started, {}, "", ""}});
    till.must(core::DismissCard{attempt.id});
    till.must(core::VoidOrder{"next"});
    state.ResumeTiming();
  }
  state.SetItemsProcessed(messages);
  state.counters["fsyncs"] =
      benchmark::Counter(static_cast<double>(records), benchmark::Counter::kAvgIterations);
}
BENCHMARK(zvt_payment_with_journal)->Unit(benchmark::kMicrosecond)->Iterations(benches::times(200));

void raw_fsync(benchmark::State& state) {
  const tests::TempFolder folder;
  const int file = ::open((folder.path() / "raw").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const std::string page(4096, 'x');
  for (auto _ : state) {
    benchmark::DoNotOptimize(::pwrite(file, page.data(), page.size(), 0));
    benchmark::DoNotOptimize(::fdatasync(file));
  }
  ::close(file);
}
BENCHMARK(raw_fsync)->Unit(benchmark::kMicrosecond)->Iterations(benches::times(300));

}  // namespace card_bench
