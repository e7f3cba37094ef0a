// A wire from a till to a simulated Epson TSE in the same process: no sockets and no
// waiting, for what would never be answered has timed out at once. Several tills may be on
// it, each with a thread of its own.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>

#include "drivers/signing/epson/epson_tse.h"
#include "pos/tools/tse_sim_epson.h"
#include "tests/support/fake_clock.h"

namespace tests {

inline constexpr const char* tse_puk = "123456";
inline constexpr const char* tse_admin_pin = "12345";
inline constexpr const char* tse_time_admin_pin = "54321";

struct EpsonWire {
  // `folder`: what outlives the process lies there; empty: nothing does.
  explicit EpsonWire(pos::tse_sim::EpsonSettings settings = set_up_for("TILL-1"),
                     pos::tse_sim::Seconds begin = 1'795'000'000,
                     const std::filesystem::path& folder = {})
      : now(begin),
        host(std::move(*pos::tse_sim::Device::open(folder, pos::tse_sim::Curve::p256, begin)),
             std::move(settings), begin) {}

  static pos::tse_sim::EpsonSettings set_up_for(const std::string& client) {
    pos::tse_sim::EpsonSettings settings;
    settings.puk = tse_puk;
    settings.admin_pin = tse_admin_pin;
    settings.time_admin_pin = tse_time_admin_pin;
    settings.clients = {client};
    return settings;
  }
  std::string order(const std::string& line) {
    const std::lock_guard lock(mutex);
    return host.obey(line, now);
  }

  std::mutex mutex;
  pos::tse_sim::Seconds now;
  pos::tse_sim::EpsonHost host;
  bool is_plugged = true;
  int connections = 0;
};

class EpsonLine final : public drivers::Transport {
 public:
  explicit EpsonLine(EpsonWire& wire) : wire_(wire) {}
  ~EpsonLine() override { close(); }

  core::Result<core::Done, drivers::LinkError> open(drivers::Milliseconds) override {
    const std::lock_guard lock(wire_.mutex);
    if (!wire_.is_plugged) return tl::unexpected(drivers::LinkError::unreachable);
    number_ = ++wire_.connections;
    hear(wire_.host.connected(number_));
    return core::Done{};
  }
  core::Result<std::size_t, drivers::LinkError> write(drivers::ByteView bytes,
                                                      drivers::Milliseconds) override {
    const std::lock_guard lock(wire_.mutex);
    if (!wire_.is_plugged || is_over_) return tl::unexpected(drivers::LinkError::cut);
    hear(wire_.host.take(number_, {reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                         wire_.now));
    return bytes.size();
  }
  // In small pieces, as a network brings them.
  core::Result<drivers::Bytes, drivers::LinkError> read(drivers::Milliseconds) override {
    constexpr std::size_t piece = 700;
    if (arrived_.empty()) {
      return tl::unexpected(is_over_ ? drivers::LinkError::cut : drivers::LinkError::timed_out);
    }
    const std::string part = arrived_.substr(0, piece);
    arrived_.erase(0, part.size());
    return drivers::Bytes(part.begin(), part.end());
  }
  void close() override {
    const std::lock_guard lock(wire_.mutex);
    wire_.host.closed(number_, wire_.now);
  }
  bool answers() const override { return true; }

 private:
  void hear(const std::vector<pos::tse_sim::EpsonHost::Said>& all) {
    for (const auto& said : all) {
      arrived_ += said.bytes;
      is_over_ = is_over_ || said.is_over;
    }
  }

  EpsonWire& wire_;
  int number_ = 0;
  std::string arrived_;
  bool is_over_ = false;
};

inline drivers::EpsonSettings epson_settings() {
  drivers::EpsonSettings settings;
  settings.admin_pin = tse_admin_pin;
  settings.time_admin_pin = tse_time_admin_pin;
  settings.times.shortest_pause = drivers::Milliseconds{0};
  settings.times.longest_pause = drivers::Milliseconds{1};
  return settings;
}

inline std::unique_ptr<drivers::EpsonTse> epson_tse(
    EpsonWire& wire, const core::Clock& clock, drivers::EpsonSettings settings = epson_settings()) {
  return std::make_unique<drivers::EpsonTse>([&wire] { return std::make_unique<EpsonLine>(wire); },
                                             std::move(settings), clock);
}

}  // namespace tests
