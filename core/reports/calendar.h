// The days of a shop: each begins at an hour of the shop's own clock, so that what is sold
// after midnight can belong to the evening before. Pure; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/settings/settings.h"

namespace core {

// A day of the calendar, in no zone.
using Day = std::chrono::sys_days;

// When the days of a shop begin.
struct DayRule {
  std::string zone;
  int start_hour = 0;
  friend bool operator==(const DayRule&, const DayRule&) = default;
};
DayRule day_rule(const Settings& settings);
Instant begin_of(Day day, const DayRule& rule);
// The day that the moment belongs to.
Day day_of(Instant moment, const DayRule& rule);

std::string to_iso(Day day);                         // "2026-11-21"
std::optional<Day> day_from(std::string_view text);  // nothing: it is no day of the calendar

enum class SpanKind { day, week, month, days };
struct Span {
  SpanKind kind = SpanKind::day;
  Day first, last;  // both belong to it
  friend bool operator==(const Span&, const Span&) = default;
};
// The day, the week from Monday on or the month that `day` lies in.
Span span_of(SpanKind kind, Day day);
Span days_of(Day first, Day last);
// What it is compared with: the same weekday of the week before, the week or the month
// before, as many days right before.
Span span_before(const Span& span);
// The one that follows `by` spans later, or earlier.
Span moved(const Span& span, int by);

// As much of `before` as had passed of `span` at the moment `now`, which lies in it.
Instant same_moment(const Span& span, const Span& before, Instant now, const DayRule& rule);

}  // namespace core
