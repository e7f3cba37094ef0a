// What systemd is told of the till that it started (sd_notify(3)): that it is ready, and
// from time to time that it still works. Where nobody asked, nothing is said. A datagram
// each to the socket that the environment names; the watchdog's name for the main process
// is not looked at, which is a display server's. One thread.
#pragma once

#include <chrono>
#include <string>

namespace pos {

class ServiceNotice {
 public:
  using Clock = std::chrono::steady_clock;
  ServiceNotice();

  void ready();
  // Half of what the watchdog allows after the last time, where the till is well.
  void alive(bool is_well, Clock::time_point now);
  bool is_watched() const { return every_.count() > 0; }
  // How long nothing has to be said.
  std::chrono::milliseconds patience(Clock::time_point now) const;

 private:
  void say(const std::string& words) const;

  std::string socket_;
  std::chrono::milliseconds every_{0};
  Clock::time_point next_{};
};

}  // namespace pos
