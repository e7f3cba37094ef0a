#include "pos/runtime/scale_thread.h"

#include "drivers/scale/toledo8217.h"
#include "drivers/transport/serial.h"

namespace pos {

namespace {

constexpr std::chrono::milliseconds between_weights{300};
// Without a simulated hand nothing changes on a simulated scale.
constexpr std::chrono::milliseconds between_simulated_weights{5000};

std::unique_ptr<drivers::Scale> make_scale(const core::ScaleSettings& settings) {
  if (settings.kind == "none") return nullptr;
  if (settings.kind == "simulated") return std::make_unique<drivers::SimulatedScale>();
  return std::make_unique<drivers::ToledoScale>(std::make_unique<drivers::SerialTransport>(
      settings.address, static_cast<int>(settings.baud), drivers::FlowControl::none,
      drivers::Framing::seven_even));
}

}  // namespace

ScaleThread::ScaleThread(const core::ScaleSettings& settings, Latest<Devices>& devices, Wake wake)
    : settings_(settings), devices_(devices), wake_(std::move(wake)), scale_(make_scale(settings)) {
  worker_ = Worker("scale", [this] { loop(); });
}

ScaleThread::~ScaleThread() {
  stop();
}

void ScaleThread::stop() {
  messages_.close();
  worker_.join();
}

void ScaleThread::loop() {
  for (;;) {
    const auto wait = settings_.kind == "simulated" ? between_simulated_weights : between_weights;
    auto message = scale_ ? messages_.pop(wait) : messages_.pop();
    if (!message && messages_.is_closed()) return;
    if (message) deal_with(std::move(*message));
    weigh();
    messages_.finished();
  }
}

void ScaleThread::deal_with(ScaleMessage message) {
  if (auto* use = std::get_if<UseScale>(&message)) {
    if (use->settings == settings_) return;
    settings_ = std::move(use->settings);
    scale_ = make_scale(settings_);
    rule_ = {};
  } else if (std::holds_alternative<WeightTaken>(message)) {
    rule_.taken();
  } else if (const auto* test = std::get_if<core::RunDeviceTest>(&message);
             scale_ && test->test == core::DeviceTest::scale_zero) {
    [[maybe_unused]] const auto sent = scale_->set_zero();
  }
}

void ScaleThread::weigh() {
  if (!scale_) return report({ui::State::neutral, "", false}, {});
  const auto reading = scale_->read();
  if (!reading) {
    const bool may_not = reading.error() == drivers::LinkError::no_permission;
    return report({ui::State::bad,
                   may_not ? "The scale may not be opened: add the till's user to the group "
                             "dialout."
                           : "The scale does not answer: check its cable and baud rate.",
                   true},
                  {});
  }
  const bool is_stable = reading->state == drivers::ScaleState::stable;
  report({is_stable ? ui::State::ok : ui::State::warn,
          std::string(drivers::in_words(reading->state)), true},
         rule_.seen(*reading));
}

void ScaleThread::report(const DeviceState& state, std::optional<core::Quantity> weight) {
  const auto known = devices_.get();
  if (known->scale == state && known->weight == weight) return;
  devices_.update([&](Devices& devices) {
    devices.scale = state;
    devices.weight = weight;
  });
  wake_();
}

}  // namespace pos
