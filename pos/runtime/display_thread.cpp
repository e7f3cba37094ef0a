#include "pos/runtime/display_thread.h"

#include "drivers/transport/serial.h"

namespace pos {

namespace {

constexpr std::chrono::milliseconds between_frames{100};
constexpr std::chrono::milliseconds display_try_again{3000};

std::unique_ptr<drivers::LineDisplay> make_display(const core::DisplaySettings& settings) {
  if (settings.kind == "none") return nullptr;
  const auto dialect =
      settings.kind == "cd5220" ? drivers::DisplayDialect::cd5220 : drivers::DisplayDialect::epson;
  return std::make_unique<drivers::LineDisplay>(
      std::make_unique<drivers::SerialTransport>(settings.address, static_cast<int>(settings.baud),
                                                 drivers::FlowControl::none),
      dialect);
}

}  // namespace

DisplayThread::DisplayThread(const core::DisplaySettings& settings, Latest<Devices>& devices,
                             Wake wake)
    : settings_(settings),
      devices_(devices),
      wake_(std::move(wake)),
      display_(make_display(settings)) {
  worker_ = Worker("display", [this] { loop(); });
}

DisplayThread::~DisplayThread() {
  stop();
}

void DisplayThread::stop() {
  messages_.close();
  pause_.close();
  worker_.join();
}

void DisplayThread::loop() {
  for (;;) {
    auto message = is_failing_ ? messages_.pop(display_try_again) : messages_.pop();
    if (!message && messages_.is_closed()) return;
    // Of many texts the latest is enough.
    for (; message; message = messages_.try_pop()) {
      if (auto* text = std::get_if<drivers::DisplayText>(&*message)) {
        wanted_ = std::move(*text);
      } else if (auto& use = std::get<UseDisplay>(*message); use.settings != settings_) {
        settings_ = std::move(use.settings);
        display_ = make_display(settings_);
        is_failing_ = false;
      }
    }
    show();
    messages_.finished();
    // Ten frames a second are enough for any eye; the next text waits so long.
    if (display_ && !messages_.is_closed()) pause_.pop(between_frames);
  }
}

void DisplayThread::show() {
  if (!display_) return report("", ui::State::neutral);
  if (!wanted_) return;
  const auto shown = display_->show(*wanted_);
  is_failing_ = !shown;
  if (shown) {
    report("Connected", ui::State::ok);
  } else if (shown.error() == drivers::LinkError::no_permission) {
    report("The display may not be opened: add the till's user to the group dialout.",
           ui::State::bad);
  } else {
    report("The display cannot be reached.", ui::State::bad);
  }
}

void DisplayThread::report(std::string_view words, ui::State state) {
  const DeviceState now{state, std::string(words), settings_.kind != "none"};
  if (devices_.get()->display == now) return;
  devices_.update([&](Devices& devices) { devices.display = now; });
  wake_();
}

}  // namespace pos
