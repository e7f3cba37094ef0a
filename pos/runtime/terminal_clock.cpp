#include "pos/runtime/terminal_clock.h"

#include <date/date.h>

#include <algorithm>

#include "sync/upstream/json/order_json.h"

namespace pos {

namespace {

using std::chrono::milliseconds;

using Wall = date::local_time<std::chrono::seconds>;

Wall wall_of(int year, int month, int day, std::chrono::seconds time) {
  const auto date_part = date::year{year} / month / day;
  return date::local_days{date_part} + time;
}

std::optional<int> two_digits(std::string_view text, std::size_t at) {
  const char tens = text[at], ones = text[at + 1];
  if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return {};
  return (tens - '0') * 10 + (ones - '0');
}

}  // namespace

std::optional<milliseconds> terminal_ahead(std::string_view moment, core::Instant now,
                                           std::string_view zone) {
  if (const auto at = syncing::instant_from(moment)) return *at - now;
  if (moment.size() != 10) return {};
  const auto month = two_digits(moment, 0), day = two_digits(moment, 2);
  const auto hour = two_digits(moment, 4), minute = two_digits(moment, 6),
             second = two_digits(moment, 8);
  if (!month || !day || !hour || !minute || !second) return {};
  if (!(date::year{2000} / *month / *day).ok()) return {};
  const core::LocalTime here = core::local_time(now, zone);
  const auto time =
      std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
  const Wall ours = wall_of(here.year, here.month, here.day,
                            std::chrono::hours{here.hour} + std::chrono::minutes{here.minute} +
                                std::chrono::seconds{here.second});
  // It says no year: the one that comes nearest.
  std::optional<milliseconds> nearest;
  for (const int year : {here.year - 1, here.year, here.year + 1}) {
    const milliseconds ahead = wall_of(year, *month, *day, time) - ours;
    if (!nearest || std::chrono::abs(ahead) < std::chrono::abs(*nearest)) nearest = ahead;
  }
  return nearest;
}

}  // namespace pos
