#include "core/reports/calendar.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/tax/tax.h"

namespace core {

namespace {

using std::chrono::days;

Day day_at(int year, unsigned month, unsigned day) {
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
}

Span month_of(std::chrono::year_month month) {
  return {SpanKind::month, Day(month / std::chrono::day(1)), Day(month / std::chrono::last)};
}

std::chrono::year_month month_at(Day day) {
  const std::chrono::year_month_day date(day);
  return date.year() / date.month();
}

}  // namespace

DayRule day_rule(const Settings& settings) {
  return {settings.shop.time_zone, static_cast<int>(settings.reports.day_start)};
}

Instant begin_of(Day day, const DayRule& rule) {
  return instant_at(day, rule.start_hour, rule.zone);
}

Day day_of(Instant moment, const DayRule& rule) {
  const LocalTime wall = local_time(moment, rule.zone);
  const Day day =
      day_at(wall.year, static_cast<unsigned>(wall.month), static_cast<unsigned>(wall.day));
  if (moment < begin_of(day, rule)) return day - days(1);
  return moment >= begin_of(day + days(1), rule) ? day + days(1) : day;
}

std::string to_iso(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Day> day_from(std::string_view text) {
  if (!is_iso_date(text)) return {};
  return day_at(static_cast<int>(number_of(text.substr(0, 4))),
                static_cast<unsigned>(number_of(text.substr(5, 2))),
                static_cast<unsigned>(number_of(text.substr(8, 2))));
}

Span span_of(SpanKind kind, Day day) {
  switch (kind) {
    case SpanKind::week: {
      const Day monday = day - (std::chrono::weekday(day) - std::chrono::Monday);
      return {kind, monday, monday + days(6)};
    }
    case SpanKind::month:
      return month_of(month_at(day));
    case SpanKind::day:
    case SpanKind::days:
      break;
  }
  return {SpanKind::day, day, day};
}

Span days_of(Day first, Day last) {
  return {first == last ? SpanKind::day : SpanKind::days, first, last};
}

Span span_before(const Span& span) {
  if (span.kind != SpanKind::day) return moved(span, -1);
  return {span.kind, span.first - days(7), span.last - days(7)};
}

Span moved(const Span& span, int by) {
  if (span.kind == SpanKind::month) {
    return month_of(month_at(span.first) + std::chrono::months(by));
  }
  const days step = (span.last - span.first + days(1)) * by;
  return {span.kind, span.first + step, span.last + step};
}

Instant same_moment(const Span& span, const Span& before, Instant now, const DayRule& rule) {
  const Day today = day_of(now, rule);
  const Instant then =
      begin_of(before.first + (today - span.first), rule) + (now - begin_of(today, rule));
  return std::min(then, begin_of(before.last + days(1), rule));
}

}  // namespace core
