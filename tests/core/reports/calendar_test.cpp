#include "core/reports/calendar.h"

#include <doctest/doctest.h>

namespace calendar_tests {

using namespace core;
using std::chrono::hours;

namespace {

Day day(std::string_view text) {
  return day_from(text).value();
}
const DayRule berlin{"Europe/Berlin", 0};

std::string text(const Span& span) {
  return to_iso(span.first) + " " + to_iso(span.last);
}

}  // namespace

TEST_CASE("calendar: a day has 23 hours when the clock is set forward and 25 when it is set back") {
  const auto length = [](std::string_view date, const DayRule& rule) {
    return begin_of(day(date) + std::chrono::days(1), rule) - begin_of(day(date), rule);
  };
  CHECK(length("2026-03-29", berlin) == hours(23));
  CHECK(length("2026-10-25", berlin) == hours(25));
  CHECK(length("2026-11-21", berlin) == hours(24));
  // A day that begins at 4 has the skipped hour in the day before.
  CHECK(length("2026-03-28", {"Europe/Berlin", 4}) == hours(23));
  CHECK(length("2026-11-21", {"UTC", 0}) == hours(24));
  CHECK(length("2026-11-21", {"", 0}) == hours(24));
  CHECK(length("2026-11-21", {"Nowhere/Land", 0}) == hours(24));
}

TEST_CASE("calendar: each moment belongs to the day that began last, whatever the clock does") {
  for (int start = 0; start <= 12; ++start) {
    const DayRule rule{"Europe/Berlin", start};
    for (const char* date :
         {"2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25", "2027-01-01"}) {
      CAPTURE(date);
      CAPTURE(start);
      const Instant begin = begin_of(day(date), rule);
      const Instant end = begin_of(day(date) + std::chrono::days(1), rule);
      CHECK(day_of(begin, rule) == day(date));
      CHECK(day_of(begin - std::chrono::milliseconds(1), rule) == day(date) - std::chrono::days(1));
      CHECK(day_of(end - std::chrono::milliseconds(1), rule) == day(date));
    }
  }
  // The hour from 2 to 3 is skipped: a day that begins then begins at 3.
  CHECK(to_iso(begin_of(day("2026-03-29"), {"Europe/Berlin", 2})) == "2026-03-29T01:00:00.000Z");
}

TEST_CASE("calendar: spans begin on Mondays and firsts, and what they are compared with fits") {
  CHECK(text(span_of(SpanKind::week, day("2026-11-22"))) == "2026-11-16 2026-11-22");
  CHECK(text(span_of(SpanKind::week, day("2026-11-23"))) == "2026-11-23 2026-11-29");
  CHECK(text(span_of(SpanKind::month, day("2028-02-05"))) == "2028-02-01 2028-02-29");
  CHECK(text(span_before(span_of(SpanKind::day, day("2026-11-21")))) == "2026-11-14 2026-11-14");
  CHECK(text(span_before(span_of(SpanKind::month, day("2026-03-31")))) == "2026-02-01 2026-02-28");
  CHECK(text(span_before(span_of(SpanKind::month, day("2026-01-01")))) == "2025-12-01 2025-12-31");
  CHECK(text(span_before(days_of(day("2026-11-03"), day("2026-11-05")))) ==
        "2026-10-31 2026-11-02");
  CHECK(text(moved(span_of(SpanKind::day, day("2026-11-21")), 1)) == "2026-11-22 2026-11-22");
  CHECK(days_of(day("2026-11-21"), day("2026-11-21")).kind == SpanKind::day);
}

TEST_CASE("calendar: the same moment of the span before is at the same time of its day") {
  const Span week = span_of(SpanKind::week, day("2026-10-28"));  // the clock was set back before it
  const Instant now = begin_of(day("2026-10-28"), berlin) + hours(15);
  CHECK(same_moment(week, span_before(week), now, berlin) ==
        begin_of(day("2026-10-21"), berlin) + hours(15));
  // The month before may be over by then.
  const Span march = span_of(SpanKind::month, day("2026-03-31"));
  const Instant late = begin_of(day("2026-03-31"), berlin) + hours(15);
  CHECK(same_moment(march, span_before(march), late, berlin) ==
        begin_of(day("2026-03-01"), berlin));
}

TEST_CASE("calendar: what is no day is none") {
  for (const char* wrong : {"", "2026-02-29", "2026-13-01", "21.11.2026", "2026-11-21 ", "today"}) {
    CHECK_FALSE(day_from(wrong));
  }
  CHECK(to_iso(day("2026-11-21")) == "2026-11-21");
}

}  // namespace calendar_tests
