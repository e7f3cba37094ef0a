// Wires for tests: a perfect one to a fake printer, and one that spoils
// another. Neither waits: what would take time returns `timed_out` at once.
#pragma once

#include <algorithm>
#include <deque>
#include <limits>
#include <memory>
#include <optional>

#include "drivers/transport/transport.h"
#include "tests/support/fake_printer.h"

namespace tests {

// The printer must outlive it.
class ScriptedTransport final : public drivers::Transport {
 public:
  explicit ScriptedTransport(FakePrinter& printer) : printer_(printer) {}

  std::optional<drivers::LinkError> open_error;
  bool two_way = true;

  core::Result<core::Done, drivers::LinkError> open(drivers::Milliseconds) override {
    if (open_error) return tl::unexpected(*open_error);
    is_open_ = true;
    return core::Done{};
  }
  core::Result<std::size_t, drivers::LinkError> write(drivers::ByteView bytes,
                                                      drivers::Milliseconds) override {
    if (!is_open_) return tl::unexpected(drivers::LinkError::cut);
    for (const std::uint8_t byte : printer_.receive(bytes)) answers_.push_back(byte);
    return bytes.size();
  }
  // One byte at a time: answers come in fragments.
  core::Result<drivers::Bytes, drivers::LinkError> read(drivers::Milliseconds) override {
    if (!is_open_) return tl::unexpected(drivers::LinkError::cut);
    if (answers_.empty()) return tl::unexpected(drivers::LinkError::timed_out);
    const drivers::Bytes first{answers_.front()};
    answers_.pop_front();
    return first;
  }
  void close() override { is_open_ = false; }
  bool answers() const override { return two_way; }

 private:
  FakePrinter& printer_;
  bool is_open_ = false;
  std::deque<std::uint8_t> answers_;
};

// What goes wrong, counted in bytes and reads over the life of the wire.
struct Faults {
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  std::size_t cut_after = never;    // bytes written, then the connection is gone
  std::size_t stall_after = never;  // bytes written, then nothing is accepted
  std::size_t at_once = never;      // bytes accepted by one write
  int silent_reads = 0;             // before each answer
  bool answers_twice = false;
};

class FlakyTransport final : public drivers::Transport {
 public:
  FlakyTransport(std::unique_ptr<drivers::Transport> inner, Faults faults)
      : inner_(std::move(inner)), faults_(faults) {}

  core::Result<core::Done, drivers::LinkError> open(drivers::Milliseconds patience) override {
    return inner_->open(patience);
  }

  core::Result<std::size_t, drivers::LinkError> write(drivers::ByteView bytes,
                                                      drivers::Milliseconds patience) override {
    if (written_ >= faults_.cut_after) return tl::unexpected(drivers::LinkError::cut);
    if (written_ >= faults_.stall_after) return tl::unexpected(drivers::LinkError::timed_out);
    const std::size_t room = std::min(faults_.cut_after, faults_.stall_after) - written_;
    const auto accepted =
        inner_->write(bytes.first(std::min({bytes.size(), faults_.at_once, room})), patience);
    if (accepted) written_ += *accepted;
    return accepted;
  }

  core::Result<drivers::Bytes, drivers::LinkError> read(drivers::Milliseconds patience) override {
    if (written_ >= faults_.cut_after) return tl::unexpected(drivers::LinkError::cut);
    if (silent_ < faults_.silent_reads) {
      ++silent_;
      return tl::unexpected(drivers::LinkError::timed_out);
    }
    auto arrived = inner_->read(patience);
    if (!arrived) return arrived;
    silent_ = 0;
    const drivers::Bytes once = *arrived;
    if (faults_.answers_twice) arrived->insert(arrived->end(), once.begin(), once.end());
    return arrived;
  }

  void close() override { inner_->close(); }
  bool answers() const override { return inner_->answers(); }
  std::size_t written() const { return written_; }

 private:
  std::unique_ptr<drivers::Transport> inner_;
  Faults faults_;
  std::size_t written_ = 0;
  int silent_ = 0;
};

}  // namespace tests
