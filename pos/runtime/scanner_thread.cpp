#include "pos/runtime/scanner_thread.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace pos {

namespace {

constexpr std::chrono::milliseconds try_scanner_again{1000};
// While it is open it is listened to; the queue is looked at in between.
constexpr std::chrono::milliseconds listen_for{500};

bool set_raw(int descriptor) {
  termios line{};
  if (::tcgetattr(descriptor, &line) != 0) return false;
  ::cfmakeraw(&line);
  line.c_cflag |= CLOCAL | CREAD;
  ::cfsetispeed(&line, B9600);
  ::cfsetospeed(&line, B9600);
  return ::tcsetattr(descriptor, TCSANOW, &line) == 0;
}

}  // namespace

ScannerThread::ScannerThread(const core::ScannerSettings& settings, Latest<Devices>& devices,
                             Queue<UiMessage>& to_ui, Wake wake)
    : settings_(settings), devices_(devices), to_ui_(to_ui), wake_(std::move(wake)) {
  worker_ = Worker("scanner", [this] { loop(); });
}

ScannerThread::~ScannerThread() {
  stop();
}

void ScannerThread::stop() {
  messages_.close();
  worker_.join();
}

void ScannerThread::loop() {
  report("Scanner ready", ui::State::ok);
  for (;;) {
    const bool is_keyboard = settings_.kind == "keyboard";
    std::optional<UseScanner> use;
    if (is_keyboard) {
      use = messages_.pop();
    } else if (device_.is_open()) {
      use = messages_.try_pop();
    } else {
      use = messages_.pop(try_scanner_again);
    }
    if (messages_.is_closed()) return;
    if (use) {
      settings_ = std::move(use->settings);
      device_.reset();
      if (settings_.kind == "keyboard") report("Scanner ready", ui::State::ok);
    }
    if (settings_.kind != "keyboard") {
      if (!device_.is_open()) open();
      if (device_.is_open()) read();
    }
    messages_.finished();
  }
}

void ScannerThread::open() {
  auto opened = drivers::open_file(settings_.address, O_RDONLY | O_NOCTTY);
  if (!opened) {
    const bool may_not = opened.error() == drivers::LinkError::no_permission;
    return report(may_not ? "The scanner may not be opened: add the till's user to the groups "
                            "input and dialout."
                          : "The scanner is not plugged in.",
                  ui::State::bad);
  }
  // Grabbed: what it types must not also land in a field.
  const bool is_ready = settings_.kind == "evdev"    ? ::ioctl(opened->number(), EVIOCGRAB, 1) == 0
                        : settings_.kind == "serial" ? set_raw(opened->number())
                                                     : true;
  if (!is_ready) return report("What is at this address is no such scanner.", ui::State::bad);
  device_ = std::move(*opened);
  report("Scanner ready", ui::State::ok);
}

void ScannerThread::read() {
  const auto arrived = device_.read(listen_for);
  if (!arrived) {
    if (arrived.error() != drivers::LinkError::timed_out) {
      report("The scanner is not plugged in.", ui::State::bad);
    }
    return;
  }
  if (settings_.kind == "hidraw") return take(hid_.feed(*arrived));
  if (settings_.kind == "serial") {
    for (const std::uint8_t byte : *arrived) take(lines_.feed(byte));
    return;
  }
  // The kernel gives whole events.
  for (std::size_t at = 0; at + sizeof(input_event) <= arrived->size(); at += sizeof(input_event)) {
    input_event event{};
    std::memcpy(&event, arrived->data() + at, sizeof event);
    if (event.type == EV_KEY) take(keys_.feed(event.code, event.value));
  }
}

void ScannerThread::take(std::optional<std::string> code) {
  if (!code) return;
  to_ui_.push(Scanned{std::move(*code)});
  wake_();
}

void ScannerThread::report(std::string_view words, ui::State state) {
  const DeviceState now{state, std::string(words), true};
  if (devices_.get()->scanner == now) return;
  devices_.update([&](Devices& devices) { devices.scanner = now; });
  wake_();
}

}  // namespace pos
