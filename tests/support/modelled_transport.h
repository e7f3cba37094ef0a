// A wire to a PrinterModel, whose time passes with every read: 50 ms each. Can
// be pulled out for good, or refuse to open.
#pragma once

#include <functional>
#include <optional>

#include "drivers/printer/printer_model.h"
#include "drivers/transport/transport.h"

namespace tests {

class ModelledTransport final : public drivers::Transport {
 public:
  // The printer must outlive it.
  explicit ModelledTransport(drivers::PrinterModel& printer) : printer_(printer) {}

  std::optional<drivers::LinkError> open_error;
  std::optional<std::size_t> pulled_after;  // bytes written to it, ever
  std::function<void(int)> on_read;         // with the count of reads so far
  int openings = 0;
  std::size_t written = 0;

  core::Result<core::Done, drivers::LinkError> open(drivers::Milliseconds) override {
    if (open_error) return tl::unexpected(*open_error);
    ++openings;
    is_open_ = true;
    printer_.connection_opened();
    return core::Done{};
  }
  core::Result<std::size_t, drivers::LinkError> write(drivers::ByteView bytes,
                                                      drivers::Milliseconds) override {
    if (!is_open_ || is_pulled()) return tl::unexpected(drivers::LinkError::cut);
    if (pulled_after) bytes = bytes.first(std::min(bytes.size(), *pulled_after - written));
    const std::size_t taken = printer_.receive(bytes);
    written += taken;
    printer_.run(drivers::Milliseconds{0});
    if (taken > 0) return taken;
    pass();
    return tl::unexpected(drivers::LinkError::timed_out);
  }
  core::Result<drivers::Bytes, drivers::LinkError> read(drivers::Milliseconds patience) override {
    if (!is_open_ || is_pulled()) return tl::unexpected(drivers::LinkError::cut);
    if (patience.count() > 0) pass();
    auto answers = printer_.take_answers();
    if (answers.empty()) return tl::unexpected(drivers::LinkError::timed_out);
    return answers;
  }
  void close() override { is_open_ = false; }
  bool answers() const override { return true; }

 private:
  bool is_pulled() const { return pulled_after && written >= *pulled_after; }
  void pass() {
    printer_.run(drivers::Milliseconds{50});
    if (on_read) on_read(++reads_);
  }

  drivers::PrinterModel& printer_;
  bool is_open_ = false;
  int reads_ = 0;
};

}  // namespace tests
