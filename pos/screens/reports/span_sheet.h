// Chooses what a report is of: the usual spans with one tap, or a first and a last day in
// a calendar. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/reports/calendar.h"
#include "pos/desk/scene.h"
#include "pos/ui/ui.h"

namespace pos {

struct SpanSheetInput {
  core::Day month;  // whose calendar is shown: any day of it
  std::optional<core::Day> first, last;
};

struct SpanChoice {
  std::string word;
  core::Span span;
  friend bool operator==(const SpanChoice&, const SpanChoice&) = default;
};
struct CalendarDay {
  core::Day day;
  std::string word;
  bool is_of_month = true, is_chosen = false, is_today = false;
  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};
struct SpanSheetView {
  std::string title, close_word, earlier, later;
  std::vector<SpanChoice> usual;
  std::string month;
  std::vector<std::string> weekdays;
  std::vector<CalendarDay> days;  // six weeks from a Monday on
  std::string show, why_not;
  friend bool operator==(const SpanSheetView&, const SpanSheetView&) = default;
};
struct SpanSheetTap {
  enum class Kind : std::uint8_t { none, close, usual, earlier, later, day, show };
  Kind kind = Kind::none;
  std::size_t usual = 0;
  core::Day day;
};

SpanSheetView present(const Scene& scene, const SpanSheetInput& input, core::Day today);
SpanSheetTap draw(ui::Ui& ui, const SpanSheetView& view);
// The span that was chosen with this tap; nothing: none yet.
std::optional<core::Span> react(const SpanSheetTap& tap, const SpanSheetView& view,
                                SpanSheetInput& input);

}  // namespace pos
