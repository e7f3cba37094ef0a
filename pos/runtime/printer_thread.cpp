#include "pos/runtime/printer_thread.h"

#include <charconv>

#include "drivers/printer/escpos_printer.h"
#include "drivers/printer/profiles.h"
#include "drivers/printer/simulated_printer.h"
#include "drivers/transport/file.h"
#include "drivers/transport/serial.h"
#include "drivers/transport/tcp.h"
#include "drivers/transport/usb_lp.h"
#include "pos/layout/card_slip.h"
#include "pos/layout/receipt_layout.h"

namespace pos {

namespace {

constexpr std::chrono::milliseconds try_again_after{4000};
constexpr std::uint16_t raw_printing_port = 9100;

std::unique_ptr<drivers::Transport> tcp_link(const std::string& address) {
  const auto colon = address.rfind(':');
  std::uint16_t port = raw_printing_port;
  if (colon != std::string::npos) {
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  }
  return std::make_unique<drivers::TcpTransport>(address.substr(0, colon), port);
}

std::unique_ptr<drivers::Transport> make_link(const core::PrinterSettings& settings) {
  if (settings.kind == "tcp") return tcp_link(settings.address);
  if (settings.kind == "usb") return std::make_unique<drivers::UsbLpTransport>(settings.address);
  if (settings.kind == "serial") {
    return std::make_unique<drivers::SerialTransport>(settings.address,
                                                      static_cast<int>(settings.baud));
  }
  return std::make_unique<drivers::FileTransport>(settings.address);
}

core::PrintAnswered answered(std::int64_t job, const drivers::PrintOutcome& outcome) {
  const auto trouble = drivers::trouble_of(outcome);
  core::PrintAnswered answer{job, core::PrintFate::printed, ""};
  if (trouble) answer.reason = in_words(*trouble);
  if (std::holds_alternative<drivers::NotSent>(outcome) ||
      std::holds_alternative<drivers::Refused>(outcome)) {
    answer.fate = core::PrintFate::waiting;
  }
  if (std::holds_alternative<drivers::Unsure>(outcome)) answer.fate = core::PrintFate::unsure;
  return answer;
}

}  // namespace

std::string_view in_words(drivers::PrinterTrouble trouble) {
  switch (trouble) {
    case drivers::PrinterTrouble::unreachable:
      return "The printer cannot be reached.";
    case drivers::PrinterTrouble::busy:
      return "The printer is busy with another till.";
    case drivers::PrinterTrouble::missing:
      return "The printer is not plugged in.";
    case drivers::PrinterTrouble::no_permission:
      return "The printer may not be opened.";
    case drivers::PrinterTrouble::silent:
      return "The printer does not answer.";
    case drivers::PrinterTrouble::cut:
      return "The printer's cable came off.";
    case drivers::PrinterTrouble::paper_out:
      return "The printer is out of paper.";
    case drivers::PrinterTrouble::cover_open:
      return "The printer's cover is open.";
    case drivers::PrinterTrouble::cutter_jammed:
      return "The printer's cutter is stuck.";
    case drivers::PrinterTrouble::head_hot:
      return "The printer has to cool down.";
    case drivers::PrinterTrouble::fault:
      return "The printer reports a fault.";
  }
  return "The printer reports a fault.";
}

std::unique_ptr<drivers::Printer> make_printer(const core::PrinterSettings& settings) {
  if (settings.kind == "none") return nullptr;
  if (settings.kind == "simulated") return std::make_unique<drivers::SimulatedPrinter>();
  return std::make_unique<drivers::EscposPrinter>(make_link(settings),
                                                  drivers::profile(settings.profile));
}

PrinterThread::PrinterThread(const core::PrinterSettings& settings,
                             const Translations& translations, Latest<Devices>& devices,
                             PostBack post_back, Wake wake)
    : settings_(settings),
      translations_(translations),
      devices_(devices),
      post_back_(std::move(post_back)),
      wake_(std::move(wake)),
      printer_(make_printer(settings)) {
  show({});
  worker_ = Worker("printer", [this] { loop(); });
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
    auto message = waiting_.empty() && waiting_cards_.empty() ? messages_.pop()
                                                              : messages_.pop(try_again_after);
    if (!message && messages_.is_closed()) return;
    if (message) deal_with(std::move(*message));
    print_waiting();
    messages_.finished();
    wake_();
  }
}

void PrinterThread::deal_with(PrinterMessage message) {
  if (auto* slip = std::get_if<core::PrintSlip>(&message)) {
    waiting_.push_back(std::move(*slip));
  } else if (std::holds_alternative<core::OpenDrawer>(message)) {
    open_drawer();
  } else if (auto* card_slip = std::get_if<core::PrintTerminalSlip>(&message)) {
    waiting_cards_.push_back(std::move(*card_slip));
  } else if (auto& use = std::get<UsePrinter>(message); use.settings != settings_) {
    settings_ = std::move(use.settings);
    printer_ = make_printer(settings_);
    show(printer_ ? printer_->status().trouble : std::nullopt);
  }
}

void PrinterThread::open_drawer() {
  if (!printer_) return;
  const auto opened = printer_->open_drawer();
  if (!opened) show(opened.error());
}

void PrinterThread::print_waiting() {
  while (!waiting_.empty() && !messages_.is_closed() && print(waiting_.front())) {
    waiting_.pop_front();
  }
  while (!waiting_cards_.empty() && !messages_.is_closed() && print(waiting_cards_.front())) {
    waiting_cards_.pop_front();
  }
}

bool PrinterThread::print(const core::PrintTerminalSlip& slip) {
  if (!printer_) return true;
  const auto outcome = printer_->print(card_slip(slip.slip));
  const auto answer = answered(slip.slip.row, outcome);
  show(drivers::trouble_of(outcome));
  post_back_(core::TerminalSlipAnswered{answer.job, answer.fate, answer.reason});
  return answer.fate != core::PrintFate::waiting;
}

bool PrinterThread::print(const core::PrintSlip& slip) {
  if (!printer_) return true;
  const core::Receipt& receipt = slip.receipt;
  const std::string& wanted = receipt.order.customer.language;
  const Words& words =
      translations_(language_from(wanted.empty() ? receipt.shop.language : wanted));
  const auto outcome = printer_->print(
      receipt_slip(receipt, slip.form, words, drivers::profile(settings_.profile).columns));
  const auto answer = answered(slip.job, outcome);
  show(drivers::trouble_of(outcome));
  post_back_(answer);
  return answer.fate != core::PrintFate::waiting;
}

void PrinterThread::show(std::optional<drivers::PrinterTrouble> trouble) {
  DeviceState state{ui::State::ok, "Printer ready", settings_.kind != "none"};
  if (trouble) state = {ui::State::bad, std::string(in_words(*trouble)), true};
  devices_.update([&](Devices& devices) {
    devices.printer = state;
    devices.printer_kind = settings_.kind;
  });
  wake_();
}

}  // namespace pos
