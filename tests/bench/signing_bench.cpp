// A sale with a security device that takes half a second for each answer, of which a step has
// several: the device is `tresen tse-sim epson` over the wire, the printer at another socket notes
// when bytes come, and the till between them is the real one, threads and screens and all. Nobody
// waits for the device: not the line on the screen, not the drawer; the slip for as long as it
// takes.
#include <benchmark/benchmark.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

#include "core/store/catalogue_store.h"
#include "core/store/master_store.h"
#include "pos/config/make_signing.h"
#include "pos/screens/stage.h"
#include "tests/bench/size.h"
#include "tests/support/tcp_printer.h"
#include "tests/support/temp_folder.h"

namespace signing_bench {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

constexpr const char* other = "BENCH";  // the client that asks the device without a till
constexpr const char* puk = "123456";
constexpr const char* admin_pin = "12345";
constexpr const char* time_admin_pin = "54321";

// The simulator, as a program of its own; it takes orders from its stdin.
class SlowTse {
 public:
  explicit SlowTse(const std::string& client) {
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0) return;
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      for (const int end : {in[0], in[1], out[0], out[1]}) ::close(end);
      execl(TRESEN_PROGRAM, "tresen", "tse-sim", "epson", "--curve", "p256", "--client",
            client.c_str(), "--client", other, "--puk", puk, "--admin-pin", admin_pin,
            "--time-admin-pin", time_admin_pin, nullptr);
      _exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    orders_ = in[1];
    FILE* said = fdopen(out[0], "r");
    if (!said || fscanf(said, "listening on 127.0.0.1:%d", &port_) != 1) port_ = 0;
    said_ = said;
  }
  SlowTse(const SlowTse&) = delete;
  SlowTse& operator=(const SlowTse&) = delete;
  ~SlowTse() {
    if (child_ > 0) kill(child_, SIGTERM);
    ::close(orders_);
    if (said_) fclose(said_);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  int port() const { return port_; }
  // From now on, for each answer.
  void takes(std::chrono::milliseconds answer) {
    const std::string order = "late " + std::to_string(answer.count()) + "\n";
    [[maybe_unused]] const auto sent = ::write(orders_, order.data(), order.size());
  }

 private:
  pid_t child_ = -1;
  int orders_ = -1, port_ = 0;
  FILE* said_ = nullptr;
};

// When the drawer's pulse and the first line of a slip came to the printer.
class Paper {
 public:
  Paper() : printer_(tests::FakePrinter{}, [this](drivers::ByteView bytes) { hear(bytes); }) {}
  std::uint16_t port() const { return printer_.port(); }
  void begin() {
    const std::lock_guard lock(mutex_);
    said_.clear();
    drawer_.reset();
    slip_.reset();
  }
  std::optional<Moment> drawer() const {
    const std::lock_guard lock(mutex_);
    return drawer_;
  }
  std::optional<Moment> slip() const {
    const std::lock_guard lock(mutex_);
    return slip_;
  }

 private:
  void hear(drivers::ByteView bytes) {
    const std::lock_guard lock(mutex_);
    said_.append(bytes.begin(), bytes.end());
    if (!drawer_ && said_.find("\x1Bp") != said_.npos) drawer_ = Clock::now();
    if (!slip_ && said_.find("Krimi") != said_.npos) slip_ = Clock::now();
  }
  mutable std::mutex mutex_;
  std::string said_;
  std::optional<Moment> drawer_, slip_;
  tests::TcpPrinter printer_;  // the last to be made: its thread uses the others
};

// The till with its screens, without a window.
class Till {
 public:
  // The device knows the till by the serial that a new store is given.
  std::string make_store() {
    auto till = core::Register::open({folder_.path(), core::Durability::full, {}}, clock_);
    if (!till) std::abort();
    core::Variant variant;
    variant.product_title = variant.sku = "Krimi";
    variant.barcodes = {"4000001000020"};
    variant.price = {1400, core::eur};
    variant.tax_code = "reduced";
    core::Transaction transaction((*till)->database());
    core::put_product((*till)->database(), {"Krimi", "Krimi", {variant}}, "bench");
    if (!transaction.commit()) std::abort();
    std::ofstream(folder_ / "secrets.toml")
        << "[signing]\nadmin_pin = \"" << admin_pin << "\"\ntime_admin_pin = \"" << time_admin_pin
        << "\"\n";
    std::filesystem::permissions(folder_ / "secrets.toml", std::filesystem::perms::owner_read);
    return core::till_serial((*till)->database());
  }
  bool start(int tse, int printer) {
    const auto at = [](int port) { return "127.0.0.1:" + std::to_string(port); };
    auto fonts = pos::ui::Fonts::open();
    auto runtime = pos::Runtime::start({folder_.path(),
                                        {{"shop.country", "DE"},
                                         {"fiscal.device", "epson"},
                                         {"fiscal.address", at(tse)},
                                         {"printer.kind", "tcp"},
                                         {"printer.address", at(printer)},
                                         {"upstream.kind", "none"}},
                                        ""},
                                       clock_, translations_, pos::ui::Window::wake);
    auto window = pos::ui::Window::open(
        {.title = "bench", .width = 1280, .height = 800, .is_headless = true});
    if (!fonts || !runtime || !window) return false;
    fonts_ = std::move(*fonts);
    runtime_ = std::move(*runtime);
    window_ = std::move(*window);
    stage_ = std::make_unique<pos::Stage>(*runtime_, *window_, *fonts_, translations_, clock_,
                                          folder_.path(), std::nullopt);
    return until([&] { return runtime_->snapshot()->signing.device.has_value(); });
  }

  // Frames are drawn as they are due, until `holds`. False: it never did.
  bool until(const std::function<bool()>& holds) {
    const auto end = Clock::now() + std::chrono::seconds{20};
    for (stage_->draw_due_frames(); !holds(); stage_->draw_due_frames()) {
      if (Clock::now() > end) return false;
      window_->wait(std::chrono::milliseconds{20});
    }
    return true;
  }
  bool shows_line() const { return stage_->log().find("Krimi", pos::ui::ItemKind::line); }
  void scan() { stage_->scan("4000001000020"); }
  void pay() { runtime_->post(core::TakeCash{runtime_->snapshot()->due}); }
  void live_for(std::chrono::milliseconds time) {
    const auto end = Clock::now() + time;
    until([&] { return Clock::now() >= end; });
  }

 private:
  tests::TempFolder folder_;
  core::SystemClock clock_;
  pos::Translations translations_ = pos::Translations::load(TRESEN_LOCALE);
  std::unique_ptr<pos::ui::Fonts> fonts_;
  std::unique_ptr<pos::ui::Window> window_;
  std::unique_ptr<pos::Runtime> runtime_;
  std::unique_ptr<pos::Stage> stage_;
};

double share(std::vector<double> all, double of) {
  std::ranges::sort(all);
  return all.empty() ? 0 : all[static_cast<std::size_t>(static_cast<double>(all.size() - 1) * of)];
}

// What the driver takes to end a transaction there, with nothing around it; 0: it cannot.
double time_of_device(SlowTse& tse, std::chrono::milliseconds answer) {
  const tests::TempFolder folder;
  const core::SystemClock clock;
  core::FiscalSettings settings;
  settings.device = "epson";
  settings.address = "127.0.0.1:" + std::to_string(tse.port());
  const auto device =
      pos::make_signing_device(settings, {admin_pin, time_admin_pin, "", ""}, folder.path(), clock);
  if (!device || !device->prepare(other, clock.now())) return 0;
  tse.takes(answer);
  std::vector<double> times;
  for (int i = 0; i < 3; ++i) {
    drivers::SigningStep step;
    step.verb = drivers::SigningVerb::start;
    step.client = other;
    const auto start = device->start(step);
    if (!start) return 0;
    step.verb = drivers::SigningVerb::finish;
    step.transaction = start->transaction;
    step.process_type = "Kassenbeleg-V1";
    step.process_data = "Beleg^0.00_14.00_0.00_0.00_0.00^14.00:Bar";
    step.last_counter = start->counter;
    const Moment begun = Clock::now();
    if (!device->finish(step)) return 0;
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
  }
  tse.takes(std::chrono::milliseconds{0});
  return share(times, .5);
}

void slow_tse_sale(benchmark::State& state) {
  Till till;
  SlowTse tse(till.make_store());
  Paper paper;
  const std::chrono::milliseconds answer{benches::is_brief() ? 50 : 500};
  const double device = tse.port() == 0 ? 0 : time_of_device(tse, answer);
  if (device == 0 || !till.start(tse.port(), paper.port())) {
    return state.SkipWithError("the till does not find its device");
  }
  tse.takes(answer);
  std::vector<double> line, drawer, slip;
  for (auto _ : state) {
    paper.begin();
    const auto since = [](Moment begun, Moment end) {
      return std::chrono::duration<double, std::milli>(end - begun).count();
    };
    const Moment scanned = Clock::now();
    till.scan();
    const bool is_shown = till.until([&] { return till.shows_line(); });
    line.push_back(since(scanned, Clock::now()));
    // The device has said that it began, by the time that the customer has found the money.
    till.live_for(4 * answer);
    const Moment paid = Clock::now();
    till.pay();
    if (!is_shown || !till.until([&] { return paper.drawer() && paper.slip(); })) {
      return state.SkipWithError("no line, no drawer or no slip");
    }
    drawer.push_back(since(paid, *paper.drawer()));
    slip.push_back(since(paid, *paper.slip()) - device);
    till.live_for(4 * answer);
  }
  for (const auto& [name, all] :
       {std::pair("line", &line), {"drawer", &drawer}, {"slip_over", &slip}}) {
    state.counters[std::string(name) + "_p50_ms"] = share(*all, .5);
    state.counters[std::string(name) + "_p99_ms"] = share(*all, .99);
  }
  state.counters["device_ms"] = device;
}
BENCHMARK(slow_tse_sale)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(benches::is_brief() ? 1 : 30);

}  // namespace signing_bench
