#include "pos/runtime/printer_thread.h"

#include <algorithm>
#include <charconv>

#include "drivers/printer/escpos_printer.h"
#include "drivers/printer/profiles.h"
#include "drivers/printer/simulated_printer.h"
#include "drivers/transport/file.h"
#include "drivers/transport/serial.h"
#include "drivers/transport/tcp.h"
#include "drivers/transport/usb_lp.h"
#include "pos/layout/card_slip.h"
#include "pos/layout/day_layout.h"
#include "pos/layout/label_slip.h"
#include "pos/layout/printer_words.h"
#include "pos/layout/report_layout.h"
#include "pos/layout/slip_logo.h"
#include "pos/layout/test_slip.h"

namespace pos {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds try_again_after{1500};
// One that stays away is tried less and less often, but no later than a person
// who has switched it on begins to wonder. A new slip is always tried at once.
constexpr int most_doublings = 2;
// A printer that another till uses: soon again, then less and less often, and
// not in step with the others that wait for it.
constexpr milliseconds shortest_back_off{300}, longest_back_off{5000};
// How often a printer is asked how it is when nothing is to print. Rarely where
// asking holds somebody up: another till that prints there, or the next slip,
// which would find a slow one still busy with the question.
constexpr milliseconds look_every{1500}, look_rarely{15000};
constexpr int rest_per_look = 20;
// The register writes to a disk; a disk may think.
constexpr milliseconds longest_noting{10000};
constexpr std::uint16_t raw_printing_port = 9100;

std::unique_ptr<drivers::Transport> tcp_link(const std::string& address) {
  const auto colon = address.rfind(':');
  std::uint16_t port = raw_printing_port;
  if (colon != std::string::npos) {
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  }
  return std::make_unique<drivers::TcpTransport>(address.substr(0, colon), port);
}

drivers::FlowControl flow_of(const std::string& word) {
  if (word == "none") return drivers::FlowControl::none;
  return word == "software" ? drivers::FlowControl::software : drivers::FlowControl::hardware;
}

std::unique_ptr<drivers::Transport> make_link(const core::PrinterSettings& settings) {
  if (settings.kind == "tcp") return tcp_link(settings.address);
  if (settings.kind == "usb") return std::make_unique<drivers::UsbLpTransport>(settings.address);
  if (settings.kind == "serial") {
    return std::make_unique<drivers::SerialTransport>(
        settings.address, static_cast<int>(settings.baud), flow_of(settings.flow));
  }
  return std::make_unique<drivers::FileTransport>(settings.address);
}

core::PrintFate fate_of(const drivers::PrintOutcome& outcome) {
  if (std::holds_alternative<drivers::Unsure>(outcome)) return core::PrintFate::unsure;
  if (const auto* printed = std::get_if<drivers::Printed>(&outcome)) {
    return printed->proof == drivers::Proof::confirmed ? core::PrintFate::printed
                                                       : core::PrintFate::sent;
  }
  return core::PrintFate::waiting;
}

}  // namespace

drivers::Profile profile_of(const core::PrinterSettings& settings) {
  drivers::ProfileChoices choices{.code_table = settings.code_table};
  if (settings.drawer_pin != "auto") choices.drawer_pin = settings.drawer_pin == "5" ? 1 : 0;
  choices.pulse_ms = static_cast<int>(settings.pulse_ms);
  return drivers::with(drivers::profile(settings.profile), choices);
}

std::unique_ptr<drivers::Printer> make_printer(const core::PrinterSettings& settings) {
  if (settings.kind == "none") return nullptr;
  if (settings.kind == "simulated") return std::make_unique<drivers::SimulatedPrinter>();
  return std::make_unique<drivers::EscposPrinter>(make_link(settings), profile_of(settings));
}

// Follows one slip for the thread, which goes on listening meanwhile.
class PrinterThread::Watch final : public drivers::PrintWatch {
 public:
  Watch(PrinterThread& thread, std::int64_t job) : thread_(thread), job_(job) {}

  std::uint32_t number() const override { return static_cast<std::uint32_t>(job_); }
  bool may_begin() override {
    const auto begun = thread_.has_begun(job_);
    is_withdrawn_ = begun && !*begun;
    return begun.value_or(false);
  }
  void stopped(std::optional<drivers::PrinterTrouble> trouble) override {
    thread_.show(trouble);
    thread_.line_.tell(core::PrintStopped{job_, trouble ? thread_.words_for(*trouble) : ""});
  }
  drivers::PrintWish wish() override {
    auto wish = drivers::PrintWish::go_on;
    while (auto message = thread_.messages_.try_pop()) {
      const auto* test = std::get_if<core::RunDeviceTest>(&*message);
      if (std::holds_alternative<core::OpenDrawer>(*message)) {
        wish = drivers::PrintWish::open_drawer;
      } else if (test && test->test == core::DeviceTest::recover_cutter) {
        wish = drivers::PrintWish::recover;
      } else if (auto* slip = std::get_if<core::PrintSlip>(&*message)) {
        thread_.take_in(std::move(*slip));
      } else if (auto* report = std::get_if<core::PrintReportSlip>(&*message)) {
        thread_.waiting_others_.emplace_back(std::move(*report));
      } else if (auto* labels = std::get_if<core::PrintLabelSlips>(&*message)) {
        thread_.waiting_others_.emplace_back(std::move(*labels));
      } else if (auto* use = std::get_if<UsePrinter>(&*message)) {
        thread_.next_settings_ = std::move(use->settings);
      }
    }
    const bool is_over = thread_.messages_.is_closed() || thread_.next_settings_;
    return is_over ? drivers::PrintWish::give_up : wish;
  }
  // The register said no: the slip is not this printer's any more.
  bool is_withdrawn() const { return is_withdrawn_; }

 private:
  PrinterThread& thread_;
  std::int64_t job_;
  bool is_withdrawn_ = false;
};

PrinterThread::PrinterThread(int number, const core::PrinterSettings& settings,
                             std::filesystem::path folder, const Translations& translations,
                             Latest<Devices>& devices, const core::Clock& clock, PostBack post_back,
                             Wake wake)
    : number_(number),
      settings_(settings),
      folder_(std::move(folder)),
      translations_(translations),
      devices_(devices),
      clock_(clock),
      line_(std::move(post_back)),
      wake_(std::move(wake)),
      printer_(make_printer(settings)) {
  show_untried();
  worker_ = Worker(number == 0 ? "printer" : "printer2", [this] { loop(); });
}

PrinterThread::~PrinterThread() {
  stop();
}

void PrinterThread::stop() {
  messages_.close();
  worker_.join();
}

void PrinterThread::loop() {
  for (;;) {
    const auto wait = patience();
    auto message = wait.count() > 0 ? messages_.pop(wait) : messages_.pop();
    if (!message && messages_.is_closed()) return;
    if (message) {
      deal_with(std::move(*message));
    } else if (waiting_.empty()) {
      look();
    }
    print_waiting();
    messages_.finished();
  }
}

// How long the printer is left alone when nobody says anything; 0: for ever.
milliseconds PrinterThread::patience() {
  if (line_.owes()) return try_again_after;
  if (!waiting_.empty() || !waiting_cards_.empty()) {
    if (trouble_ != drivers::PrinterTrouble::busy) return longer_and_longer(try_again_after);
    const auto most = std::min(longest_back_off, shortest_back_off * (1 << std::min(tries_, 5)));
    std::uniform_int_distribution<milliseconds::rep> spread(most.count() / 2, most.count());
    return milliseconds{spread(dice_)};
  }
  const bool can_tell =
      settings_.kind == "tcp" || settings_.kind == "usb" || settings_.kind == "serial";
  if (!can_tell) return milliseconds{0};
  if (is_shared_) return look_rarely;
  if (trouble_) return longer_and_longer(look_every);
  return std::clamp(rest_per_look * look_took_, look_every, look_rarely);
}

milliseconds PrinterThread::longer_and_longer(milliseconds pause) const {
  return pause * (1 << std::max(as_before_ - 1, 0));
}

void PrinterThread::deal_with(PrinterMessage message) {
  as_before_ = 0;
  if (auto* slip = std::get_if<core::PrintSlip>(&message)) {
    take_in(std::move(*slip));
  } else if (std::holds_alternative<core::OpenDrawer>(message)) {
    open_drawer();
  } else if (auto* card_slip = std::get_if<core::PrintTerminalSlip>(&message)) {
    waiting_cards_.push_back(std::move(*card_slip));
  } else if (auto* report = std::get_if<core::PrintReportSlip>(&message)) {
    waiting_others_.emplace_back(std::move(*report));
  } else if (auto* labels = std::get_if<core::PrintLabelSlips>(&message)) {
    waiting_others_.emplace_back(std::move(*labels));
  } else if (const auto* test = std::get_if<core::RunDeviceTest>(&message)) {
    try_out(test->test);
  } else {
    use(std::move(std::get<UsePrinter>(message).settings));
  }
}

// The same job asked for twice is one slip.
void PrinterThread::take_in(core::PrintSlip slip) {
  told_.reset();
  const auto known = std::ranges::find(waiting_, slip.job, &core::PrintSlip::job);
  if (known != waiting_.end()) {
    *known = std::move(slip);
  } else {
    waiting_.push_back(std::move(slip));
  }
}

void PrinterThread::use(core::PrinterSettings settings) {
  if (settings == settings_) return;
  settings_ = std::move(settings);
  printer_ = make_printer(settings_);
  is_shared_ = false;
  show_untried();
  look();
}

void PrinterThread::look() {
  if (!printer_) return;
  const auto begun = std::chrono::steady_clock::now();
  const drivers::PrinterStatus status = printer_->status();
  look_took_ = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
  // Another till that prints is no trouble of this one while nothing waits.
  if (status.trouble == drivers::PrinterTrouble::busy && waiting_.empty()) {
    is_shared_ = true;
    return;
  }
  show(status.trouble, status.paper_low);
}

void PrinterThread::open_drawer() {
  if (!printer_) return;
  const auto opened = printer_->open_drawer();
  DeviceState state{ui::State::ok, "The drawer opens", true};
  if (!opened) {
    show(opened.error());
    state = {ui::State::bad, "The drawer could not be opened: use the key.", true};
  } else if (*opened == drivers::DrawerSeen::still_closed) {
    state = {ui::State::bad, "The drawer stays closed: use the key.", true};
  } else if (*opened == drivers::DrawerSeen::opened) {
    state.words = "The drawer is open";
  }
  devices_.update([&](Devices& devices) { devices.drawer = state; });
  wake_();
}

void PrinterThread::try_out(core::DeviceTest test) {
  if (!printer_) return;
  if (test == core::DeviceTest::printer_state) {
    look();
  } else if (test == core::DeviceTest::code_tables) {
    show(drivers::trouble_of(printer_->print_code_tables()));
  } else if (test == core::DeviceTest::print || test == core::DeviceTest::second_print) {
    show(drivers::trouble_of(printer_->print(test_slip(profile_of(settings_)))));
  }
}

void PrinterThread::print_waiting() {
  // What became of the slips before is on disk before the next one begins.
  line_.tell_owed();
  if (line_.owes()) return;
  while (!waiting_.empty() && !messages_.is_closed()) {
    // Slips that come meanwhile stand behind it, so the first one stays first.
    const core::PrintSlip slip = waiting_.front();
    const bool is_done = print(slip);
    if (next_settings_) use(std::move(*std::exchange(next_settings_, std::nullopt)));
    if (!is_done) return;
    waiting_.pop_front();
    if (line_.owes()) return;
  }
  while (!waiting_cards_.empty() && !messages_.is_closed() && print(waiting_cards_.front())) {
    waiting_cards_.pop_front();
  }
  while (!waiting_others_.empty() && !messages_.is_closed()) {
    std::visit([&](const auto& slip) { print(slip); }, waiting_others_.front());
    waiting_others_.pop_front();
  }
}

void PrinterThread::print(const core::PrintReportSlip& slip) {
  if (!printer_) return;
  const Words& words = translations_(language_from(slip.shop.language));
  show(drivers::trouble_of(printer_->print(report_slip(slip, words))));
}

void PrinterThread::print(const core::PrintLabelSlips& labels) {
  if (!printer_) return;
  const Words& words = translations_(language_from(labels.language));
  show(drivers::trouble_of(printer_->print(label_slips(labels, words))));
}

bool PrinterThread::print(const core::PrintTerminalSlip& slip) {
  if (!printer_ || is_still_away()) return !printer_;
  const auto outcome = printer_->print(card_slip(slip.slip));
  const auto trouble = drivers::trouble_of(outcome);
  show(trouble);
  const core::PrintFate fate = fate_of(outcome);
  line_.insist(core::TerminalSlipAnswered{slip.slip.row, fate, trouble ? words_for(*trouble) : ""});
  return fate != core::PrintFate::waiting;
}

std::optional<bool> PrinterThread::has_begun(std::int64_t job) {
  const auto reply = line_.ask(core::PrintBegins{job, number_}, longest_noting);
  if (!reply) return {};
  const bool is_refused = reply->has_value();
  if (is_refused && (*reply)->kind == core::RefusalKind::not_saved) return {};
  return !is_refused;
}

// Whether a printer that could not be reached when it was tried last cannot be
// reached now: asked without making the slip, which costs more.
bool PrinterThread::is_still_away() {
  const bool was_away = trouble_ == drivers::PrinterTrouble::unreachable ||
                        trouble_ == drivers::PrinterTrouble::missing ||
                        trouble_ == drivers::PrinterTrouble::no_permission;
  if (!was_away || as_before_ == 0) return false;
  const drivers::PrinterStatus status = printer_->status();
  if (status.trouble == trouble_) show(trouble_);
  return status.trouble == trouble_;
}

const drivers::Logo* PrinterThread::logo_of(const core::PrintSlip& slip,
                                            const drivers::Profile& profile) {
  if (slip.logo != logo_.name || profile.dots != logo_.dots) {
    logo_ = {slip.logo, profile.dots, {}};
    if (!slip.logo.empty()) logo_.picture = slip_logo(folder_ / slip.logo, profile.dots);
  }
  return logo_.picture ? &*logo_.picture : nullptr;
}

bool PrinterThread::print(const core::PrintSlip& slip) {
  if (!printer_ || is_still_away()) return !printer_;
  const core::Receipt& receipt = slip.receipt;
  const std::string& wanted = receipt.order.customer.language;
  const Words& words =
      translations_(language_from(wanted.empty() ? receipt.shop.language : wanted));
  const drivers::Profile profile = profile_of(settings_);
  core::PrintSlip laid_out = slip;
  if (!profile.has_qr && !profile.has_raster) laid_out.code = "text";
  drivers::Document document =
      slip_document(laid_out, words, profile.columns, logo_of(slip, profile));
  if (slip.repeated && slip.form != core::SlipForm::copy &&
      slip.form != core::SlipForm::voucher_copy) {
    document.blocks.insert(document.blocks.begin(),
                           drivers::centred(std::string(words("*** COPY ***")), drivers::tall));
  }
  Watch watch(*this, slip.job);
  const auto outcome = printer_->print(document, watch);
  if (watch.is_withdrawn()) return true;
  const auto trouble = drivers::trouble_of(outcome);
  show(trouble);
  tries_ = trouble == drivers::PrinterTrouble::busy ? tries_ + 1 : 0;
  const core::PrintFate fate = fate_of(outcome);
  report({slip.job, fate, trouble ? words_for(*trouble) : ""});
  return fate != core::PrintFate::waiting;
}

// The register need not hear twice that a slip waits for the same reason.
void PrinterThread::report(const core::PrintAnswered& answer) {
  const bool is_known = told_ && told_->job == answer.job && told_->fate == answer.fate &&
                        told_->reason == answer.reason;
  told_ = answer;
  if (is_known && answer.fate == core::PrintFate::waiting) return;
  line_.insist(answer);
}

std::string PrinterThread::words_for(drivers::PrinterTrouble trouble) const {
  return std::string(in_words(trouble, settings_));
}

void PrinterThread::show(std::optional<drivers::PrinterTrouble> trouble, bool is_paper_low) {
  as_before_ = trouble && trouble == trouble_ ? std::min(as_before_ + 1, most_doublings + 1) : 0;
  trouble_ = trouble;
  if (trouble == drivers::PrinterTrouble::busy) is_shared_ = true;
  DeviceState state{ui::State::ok, "Printer ready", true};
  if (is_paper_low) state = {ui::State::warn, "The paper is nearly out", true};
  if (trouble) state = {ui::State::bad, words_for(*trouble), true};
  state.seen = std::chrono::floor<std::chrono::minutes>(clock_.now());
  publish(state);
}

void PrinterThread::show_untried() {
  trouble_.reset();
  publish({ui::State::neutral, "", true});
}

void PrinterThread::publish(const DeviceState& found) {
  DeviceState state = found;
  state.is_there = settings_.kind != "none";
  state.is_simulated = settings_.kind == "simulated";
  const auto known = devices_.get();
  const DeviceState& before = number_ == 0 ? known->printer : known->printer2;
  if (before == state) return;
  devices_.update([&](Devices& devices) {
    (number_ == 0 ? devices.printer : devices.printer2) = state;
    if (number_ == 0) devices.printer_kind = settings_.kind;
  });
  // Found as before, a minute later: no frame for that alone.
  if (before.words != state.words || before.state != state.state) wake_();
}

}  // namespace pos
