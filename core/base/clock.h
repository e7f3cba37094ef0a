// Time is passed in: nothing in core, the codecs, the planner or the screens
// asks the machine what time it is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace core {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// The machine's clock. Any thread.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// For what waits: where the machine's clock is set back it goes on evenly, and where
// that is set forward it goes along. One thread.
class WaitingClock final : public Clock {
 public:
  using Steady = std::chrono::steady_clock;
  using Elapsed = Steady::time_point (*)();
  explicit WaitingClock(const Clock& wall, Elapsed elapsed = &Steady::now);
  Instant now() const override;

 private:
  const Clock& wall_;
  Elapsed elapsed_;
  mutable Instant last_;
  mutable Steady::time_point last_elapsed_;
};

// Local wall time of an instant in the shop's time zone.
struct LocalTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, weekday = 4;  // 0 = Sunday
};
// An unknown zone is UTC.
// Whether `zone` is a name that local_time() knows: "Europe/Berlin", "UTC".
bool is_time_zone(std::string_view zone);
LocalTime local_time(Instant instant, std::string_view zone);

// When the wall clock of `zone` shows a full hour of a day. Of an hour that comes twice the
// first; of one that is skipped, the moment at which it is.
Instant instant_at(std::chrono::sys_days day, int hour, std::string_view zone);

std::string to_iso(Instant instant);  // "2026-11-21T14:44:05.123Z"
// The same form, with up to three digits of a second or none. Nothing for a time that no
// clock shows.
std::optional<Instant> from_iso(std::string_view text);

}  // namespace core
