#include "pos/screens/reports/span_sheet.h"

#include <algorithm>

#include "pos/layout/report_words.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {

namespace {

using core::SpanKind;
using std::chrono::days;
using ui::Rect;

constexpr int cell = ui::measure::target, columns = 7, weeks = 6;
constexpr int usual_width = 232;

bool is_between(const SpanSheetInput& input, core::Day day) {
  if (!input.first) return false;
  return day >= *input.first && day <= input.last.value_or(*input.first);
}

std::vector<SpanChoice> usual_spans(core::Day today, const Words& words) {
  const core::Span day = core::span_of(SpanKind::day, today);
  const core::Span week = core::span_of(SpanKind::week, today);
  const core::Span month = core::span_of(SpanKind::month, today);
  const auto word = [&](const char* english) { return std::string(words.with("report", english)); };
  return {{word("Today"), day},        {word("Yesterday"), core::moved(day, -1)},
          {word("This week"), week},   {word("Last week"), core::moved(week, -1)},
          {word("This month"), month}, {word("Last month"), core::moved(month, -1)}};
}

void draw_day(ui::Ui& ui, const Rect& rect, const CalendarDay& day, SpanSheetTap& tap) {
  const std::string label = day.word + "##day-" + core::to_iso(day.day);
  const ui::Touch touch = ui.touch(rect, label, ui::ItemKind::chip, true, day.is_chosen);
  const ui::Colour fill = touch.is_pressed ? ui::Colour::press
                          : day.is_chosen  ? ui::Colour::accent_tint
                                           : ui::Colour::none;
  if (fill != ui::Colour::none) ui::box(ui, rect.inset(2), fill, ui::measure::radius);
  if (day.is_today) ui::outline(ui, rect.inset(4), ui::Colour::line_strong, 1, 8);
  ui::text(ui, rect, day.word,
           {.weight = day.is_chosen ? ui::Weight::semibold : ui::Weight::regular,
            .colour = day.is_chosen     ? ui::Colour::accent_text
                      : day.is_of_month ? ui::Colour::text
                                        : ui::Colour::text_off,
            .align = ui::Align::centre});
  if (touch.is_tapped) tap = {SpanSheetTap::Kind::day, 0, day.day};
}

void draw_calendar(ui::Ui& ui, const Rect& at, const SpanSheetView& view, SpanSheetTap& tap) {
  if (ui::button(ui, {at.x, at.y, cell, cell},
                 {.label = view.earlier + "##month-earlier",
                  .icon = ui::icons::chevron_left,
                  .is_icon_only = true})) {
    tap.kind = SpanSheetTap::Kind::earlier;
  }
  if (ui::button(ui, {at.right() - cell, at.y, cell, cell},
                 {.label = view.later + "##month-later",
                  .icon = ui::icons::chevron_right,
                  .is_icon_only = true})) {
    tap.kind = SpanSheetTap::Kind::later;
  }
  ui::text(ui, {at.x + cell, at.y, at.w - 2 * cell, cell}, view.month,
           {.size = ui::Size::t2,
            .weight = ui::Weight::semibold,
            .align = ui::Align::centre,
            .shrinks = true});
  const int heads = 28;
  for (int i = 0; i < columns; ++i) {
    ui::text(ui, {at.x + i * cell, at.y + cell, cell, heads},
             view.weekdays[static_cast<std::size_t>(i)],
             {.colour = ui::Colour::text_2, .align = ui::Align::centre});
  }
  for (int i = 0; i < columns * weeks; ++i) {
    const Rect place{at.x + i % columns * cell, at.y + cell + heads + i / columns * cell, cell,
                     cell};
    draw_day(ui, place, view.days[static_cast<std::size_t>(i)], tap);
  }
}

}  // namespace

SpanSheetView present(const Scene& scene, const SpanSheetInput& input, core::Day today) {
  const Words& words = scene.words;
  SpanSheetView view;
  view.title = words.with("report", "Which days?");
  view.close_word = words("Close");
  view.earlier = words.with("report", "Earlier");
  view.later = words.with("report", "Later");
  view.usual = usual_spans(today, words);
  const core::Span month = core::span_of(SpanKind::month, input.month);
  view.month = span_words(month, words);
  const core::Day begin = core::span_of(SpanKind::week, month.first).first;
  for (int i = 0; i < columns; ++i) {
    const auto name = weekday_name((i + 1) % columns, words.language());
    view.weekdays.emplace_back(name.substr(0, words.language() == Language::german ? 2 : 3));
  }
  for (int i = 0; i < columns * weeks; ++i) {
    const core::Day day = begin + days(i);
    const std::chrono::year_month_day date(day);
    view.days.push_back({day, std::to_string(static_cast<unsigned>(date.day())),
                         day >= month.first && day <= month.last, is_between(input, day),
                         day == today});
  }
  view.show = words("Show");
  if (input.first) {
    view.show =
        short_span_words(core::days_of(*input.first, input.last.value_or(*input.first)), words);
  } else {
    view.why_not = words.with("report", "Please tap the first day and the last one.");
  }
  return view;
}

SpanSheetTap draw(ui::Ui& ui, const SpanSheetView& view) {
  SpanSheetTap tap;
  const int padding = ui::measure::padding, head = 64;
  const int width = usual_width + ui::measure::margin + columns * cell + 2 * padding;
  const Rect rect = sheet_of(ui, width, head + 28 + (weeks + 1) * cell + padding + 32);
  ui::Sheet sheet(ui, rect, {.title = view.title, .close_word = view.close_word});
  if (sheet.is_dismissed()) tap.kind = SpanSheetTap::Kind::close;
  const int top = rect.y + head, left = rect.x + padding;
  const int calendar = columns * cell;
  const int narrow = rect.w - 2 * padding - calendar - ui::measure::margin;
  const auto count = static_cast<int>(view.usual.size());
  const int step = std::min(cell + 8, (rect.bottom() - padding - 64 - top) / count);
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (ui::button(ui, {left, top + i * step, narrow, step - 8},
                   {.label = view.usual[at].word, .size = ui::Size::t1})) {
      tap = {SpanSheetTap::Kind::usual, at, {}};
    }
  }
  draw_calendar(ui, {rect.right() - padding - calendar, top, calendar, 0}, view, tap);
  if (ui::button(ui, {left, rect.bottom() - padding - cell, narrow, cell},
                 {.label = view.show + "##show-span",
                  .kind = ui::ButtonKind::main,
                  .key = ui::Key::enter,
                  .enabled = view.why_not.empty(),
                  .why_not = view.why_not,
                  .size = ui::Size::t1})) {
    tap.kind = SpanSheetTap::Kind::show;
  }
  return tap;
}

std::optional<core::Span> react(const SpanSheetTap& tap, const SpanSheetView& view,
                                SpanSheetInput& input) {
  const core::Span month = core::span_of(SpanKind::month, input.month);
  switch (tap.kind) {
    case SpanSheetTap::Kind::none:
    case SpanSheetTap::Kind::close:
      break;
    case SpanSheetTap::Kind::usual:
      return view.usual[tap.usual].span;
    case SpanSheetTap::Kind::earlier:
      input.month = core::moved(month, -1).first;
      break;
    case SpanSheetTap::Kind::later:
      input.month = core::moved(month, 1).first;
      break;
    case SpanSheetTap::Kind::day:
      if (!input.first || input.last || tap.day < *input.first) {
        input.first = tap.day;
        input.last.reset();
      } else {
        input.last = tap.day;
      }
      break;
    case SpanSheetTap::Kind::show:
      if (input.first) return core::days_of(*input.first, input.last.value_or(*input.first));
      break;
  }
  return {};
}

}  // namespace pos
