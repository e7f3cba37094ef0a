#include "core/base/clock.h"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace core {

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

WaitingClock::WaitingClock(const Clock& wall, Elapsed elapsed)
    : wall_(wall), elapsed_(elapsed), last_(wall.now()), last_elapsed_(elapsed()) {}

Instant WaitingClock::now() const {
  const auto passed =
      std::chrono::duration_cast<std::chrono::milliseconds>(elapsed_() - last_elapsed_);
  last_elapsed_ += passed;
  last_ = std::max(last_ + passed, wall_.now());
  return last_;
}

bool is_time_zone(std::string_view zone) {
  if (zone == "UTC") return true;
  // The zone data base throws for a name that it does not know.
  try {
    return !zone.empty() && date::locate_zone(std::string(zone)) != nullptr;
  } catch (const std::exception&) {
    return false;
  }
}

LocalTime local_time(Instant instant, std::string_view zone) {
  auto wall = instant.time_since_epoch();
  if (!zone.empty() && zone != "UTC") {
    // The zone data base throws for a name that it does not know.
    try {
      wall += date::locate_zone(std::string(zone))->get_info(instant).offset;
    } catch (const std::exception&) {
    }
  }
  const auto local = date::local_time<std::chrono::milliseconds>(wall);
  const auto days = date::floor<date::days>(local);
  const date::year_month_day ymd{days};
  const date::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(local - days)};
  return {static_cast<int>(ymd.year()),
          static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count()),
          static_cast<int>(date::weekday{days}.c_encoding())};
}

Instant instant_at(std::chrono::sys_days day, int hour, std::string_view zone) {
  const auto wall =
      std::chrono::time_point_cast<std::chrono::seconds>(day) + std::chrono::hours(hour);
  if (zone.empty() || zone == "UTC") return wall;
  // The zone data base throws for a name that it does not know.
  try {
    const auto* known = date::locate_zone(std::string(zone));
    const date::local_seconds local(wall.time_since_epoch());
    return known->to_sys(local, date::choose::earliest);
  } catch (const std::exception&) {
    return wall;
  }
}

std::string to_iso(Instant instant) {
  return date::format("%FT%TZ", instant);
}

}  // namespace core
