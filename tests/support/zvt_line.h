// A wire from the till to a simulated ZVT terminal in the same process. It can
// be cut before, inside or after the n-th message of either side. Nothing waits:
// what would take time has timed out at once.
#pragma once

#include <deque>
#include <limits>
#include <memory>

#include "drivers/terminal/zvt/link.h"
#include "drivers/terminal/zvt/simulator.h"

namespace tests {

enum class WireCut { before, inside, after };

// The state of the wire; outlives its connections.
struct ZvtWire {
  static constexpr int never = std::numeric_limits<int>::max();

  explicit ZvtWire(drivers::zvt::SimulatorSettings settings = {}) : terminal(std::move(settings)) {}

  drivers::zvt::Simulator terminal;
  bool is_plugged = true;
  int cut_at = never;  // counted over both sides, from 0; once
  WireCut how = WireCut::before;
  int messages = 0;                                                // so far
  std::size_t fragment = std::numeric_limits<std::size_t>::max();  // bytes in one read
  bool was_cut = false;

  // Counts the message; what is left of it after a cut, and whether it was cut.
  struct Passed {
    std::size_t bytes;
    bool is_cut;
  };
  Passed pass(std::size_t size) {
    if (messages++ != cut_at) return {size, false};
    was_cut = true;
    return {how == WireCut::before ? 0 : how == WireCut::inside ? size / 2 : size, true};
  }
};

class ZvtLine final : public drivers::Transport {
 public:
  explicit ZvtLine(ZvtWire& wire) : wire_(wire) {}
  ~ZvtLine() override {
    if (is_open_) wire_.terminal.link_lost();
  }

  core::Result<core::Done, drivers::LinkError> open(drivers::Milliseconds) override {
    if (!wire_.is_plugged) return tl::unexpected(drivers::LinkError::unreachable);
    is_open_ = true;
    return core::Done{};
  }

  core::Result<std::size_t, drivers::LinkError> write(drivers::ByteView bytes,
                                                      drivers::Milliseconds) override {
    if (!is_open_) return tl::unexpected(drivers::LinkError::cut);
    const auto passed = wire_.pass(bytes.size());
    reader_.feed(bytes.first(passed.bytes));
    while (auto apdu = reader_.next()) {
      // What the terminal says to a message that cuts the line is lost with it.
      auto answers = wire_.terminal.take(*apdu);
      if (passed.is_cut) break;
      for (const auto& answer : answers) deliver(drivers::zvt::encode(answer));
    }
    if (passed.is_cut) hang_up();
    return bytes.size();
  }

  core::Result<drivers::Bytes, drivers::LinkError> read(drivers::Milliseconds) override {
    if (!arrived_.empty()) {
      const std::size_t size = std::min(wire_.fragment, arrived_.size());
      drivers::Bytes bytes(arrived_.begin(), arrived_.begin() + static_cast<std::ptrdiff_t>(size));
      arrived_.erase(arrived_.begin(), arrived_.begin() + static_cast<std::ptrdiff_t>(size));
      return bytes;
    }
    return tl::unexpected(is_open_ ? drivers::LinkError::timed_out : drivers::LinkError::cut);
  }
  void close() override { hang_up(); }
  bool answers() const override { return true; }

 private:
  void deliver(const drivers::Bytes& message) {
    if (!is_open_) return;
    const auto passed = wire_.pass(message.size());
    arrived_.insert(arrived_.end(), message.begin(),
                    message.begin() + static_cast<std::ptrdiff_t>(passed.bytes));
    if (passed.is_cut) hang_up();
  }
  void hang_up() {
    if (is_open_) wire_.terminal.link_lost();
    is_open_ = false;
  }

  ZvtWire& wire_;
  bool is_open_ = false;
  drivers::zvt::ApduReader reader_;
  std::deque<std::uint8_t> arrived_;
};

inline std::unique_ptr<drivers::zvt::Link> link_to(ZvtWire& wire) {
  return std::make_unique<drivers::zvt::TcpLink>(
      [&wire] { return std::make_unique<ZvtLine>(wire); });
}

}  // namespace tests
