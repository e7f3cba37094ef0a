#include "core/base/clock.h"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

#include "core/base/text.h"

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

std::optional<Instant> from_iso(std::string_view text) {
  constexpr std::string_view form = "0000-00-00T00:00:00";
  if (text.size() <= form.size() || text.back() != 'Z') return {};
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] == '0' ? !is_digit(text[i]) : text[i] != form[i]) return {};
  }
  std::string_view fraction = text.substr(form.size(), text.size() - form.size() - 1);
  if (!fraction.empty()) {
    if (fraction[0] != '.' || fraction.size() > 4 || !are_digits(fraction.substr(1))) return {};
    fraction.remove_prefix(1);
  }
  std::int64_t milliseconds = number_of(fraction);
  for (std::size_t i = fraction.size(); i < 3; ++i) milliseconds *= 10;
  const auto number = [&](std::size_t at, std::size_t digits) {
    return static_cast<int>(number_of(text.substr(at, digits)));
  };
  const date::year_month_day day{date::year{number(0, 4)},
                                 date::month{static_cast<unsigned>(number(5, 2))},
                                 date::day{static_cast<unsigned>(number(8, 2))}};
  if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) return {};
  return Instant{date::sys_days{day}} + std::chrono::hours{number(11, 2)} +
         std::chrono::minutes{number(14, 2)} + std::chrono::seconds{number(17, 2)} +
         std::chrono::milliseconds{milliseconds};
}

}  // namespace core
