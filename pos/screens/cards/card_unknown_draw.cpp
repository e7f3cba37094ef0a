// How the unknown card payment looks: the state and the ways out on the left,
// how to find out and what happened on the right (below, in portrait).
#include <algorithm>

#include "pos/screens/cards/card_unknown.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/parts/sheet.h"
#include "pos/ui/buttons.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

// What a decision says about itself: icon in its colour, two lines, a lock.
ui::Button decision(const std::string& label, const std::string& second, ui::Icon icon,
                    ui::Colour ink) {
  return {.label = label,
          .kind = ui::ButtonKind::line,
          .icon = icon,
          .second = second,
          .size = ui::Size::t2,
          .align = ui::Align::left,
          .ink = ink,
          .trailing_icon = ui::icons::lock};
}

void draw_facts(ui::Ui& ui, const ui::Rect& rect, const CardUnknownView& view) {
  ui::strip(ui, rect);
  const int line = line_height(ui, ui::Size::t1);
  const int n = static_cast<int>(view.facts.size());
  for (int i = 0; i < n; ++i) {
    const auto& fact = view.facts[static_cast<std::size_t>(i)];
    const int x = rect.x + rect.w * i / n, width = rect.w / n - 24;
    const int y = rect.y + (rect.h - 2 * line) / 2;
    ui::text(ui, {x + 16, y, width, line}, fact.label, {.colour = ui::Colour::text_2});
    ui::text(ui, {x + 16, y + line, width, line}, fact.value, {.weight = ui::Weight::semibold});
    if (i > 0) ui::vertical_separator(ui, x, rect.y + 16, rect.h - 32);
  }
}

constexpr int phase_mark = 36;  // icon and gap

int phase_width(ui::Ui& ui, const CardUnknownView::Phase& phase) {
  const auto weight = phase.is_missing ? ui::Weight::semibold : ui::Weight::medium;
  return phase_mark + std::max(ui::text_width(ui, phase.title, ui::Size::t1, weight),
                               ui::text_width(ui, phase.time));
}

// The first and the last, and of what lies between the latest that there is room
// for: the log beside has them all.
std::vector<CardUnknownView::Phase> fitting_phases(ui::Ui& ui, int room,
                                                   std::vector<CardUnknownView::Phase> phases) {
  const auto needed = [&] {
    int width = 0;
    for (const auto& phase : phases) width += phase_width(ui, phase) + 4;
    return width;
  };
  while (phases.size() > 2 && needed() > room) phases.erase(phases.begin() + 1);
  return phases;
}

// Equal columns; where one of the phases needs more, each gets what it needs
// and a share of the rest.
std::vector<int> phase_widths(ui::Ui& ui, int room,
                              const std::vector<CardUnknownView::Phase>& phases) {
  const int n = static_cast<int>(phases.size()), equal = room / std::max(1, n);
  std::vector<int> widths;
  int needed = 0, widest = 0;
  for (const auto& phase : phases) {
    widths.push_back(phase_width(ui, phase) + 4);
    needed += widths.back();
    widest = std::max(widest, widths.back());
  }
  for (int& width : widths) width = widest <= equal ? equal : width + (room - needed) / n;
  return widths;
}

void draw_phases(ui::Ui& ui, const ui::Rect& rect, const CardUnknownView& view) {
  const auto phases = fitting_phases(ui, rect.w, view.phases);
  const std::vector<int> widths = phase_widths(ui, rect.w, phases);
  int x = rect.x;
  for (std::size_t i = 0; i < phases.size(); x += widths[i++]) {
    const auto& phase = phases[i];
    const ui::Colour ink = phase.is_missing ? ui::Colour::warn : ui::Colour::ok;
    ui::icon(ui, {x, rect.y, 28, rect.h},
             phase.is_missing ? ui::icons::help : ui::icons::check_circle, ink, 28);
    const ui::Rect words{x + phase_mark, rect.y, widths[i] - phase_mark, rect.h};
    const ui::TwoLines lines = ui::two_lines(ui, words, ui::Size::t1, ui::Size::t1);
    ui::text(ui, lines.first, phase.title,
             {.weight = phase.is_missing ? ui::Weight::semibold : ui::Weight::medium,
              .colour = phase.is_missing ? ui::Colour::warn : ui::Colour::text,
              .shrinks = true});
    ui::text(ui, lines.second, phase.time, {.colour = ui::Colour::text_2});
  }
}

CardUnknownTap draw_ways_out(ui::Ui& ui, const ui::Rect& rect, const CardUnknownView& view,
                             bool is_small, bool has_help) {
  CardUnknownTap tap = CardUnknownTap::none;
  const int line = line_height(ui, ui::Size::t1);
  const int main = is_small ? 64 : 88, pair = is_small ? 64 : 80, gap = is_small ? 8 : 16;
  int y = rect.y;
  if (ui::button(ui, {rect.x, y, rect.w, main},
                 {.label = view.ask,
                  .kind = ui::ButtonKind::main,
                  .icon = ui::icons::sync,
                  .second = view.ask_second,
                  .key = ui::Key::enter,
                  .size = is_small ? ui::Size::t2 : ui::Size::t3})) {
    tap = CardUnknownTap::ask;
  }
  y += main + gap;
  ui::text(ui, {rect.x, y, rect.w, line}, view.decide, {.colour = ui::Colour::text_2});
  y += line + (is_small ? 4 : 12);
  const auto halves = side_by_side({rect.x, y, rect.w, pair}, 2);
  if (ui::button(ui, halves[0],
                 decision(view.paid, view.paid_second, ui::icons::check_circle, ui::Colour::ok))) {
    tap = CardUnknownTap::paid;
  }
  if (ui::button(
          ui, halves[1],
          decision(view.not_paid, view.not_paid_second, ui::icons::cancel, ui::Colour::bad))) {
    tap = CardUnknownTap::not_paid;
  }
  y += pair + gap;
  // Without the cards beside it, how to find out is one tap away.
  const auto last = side_by_side({rect.x, y, rect.w, 56}, has_help ? 2 : 1);
  if (has_help && ui::button(ui, last[1], {.label = view.how, .icon = ui::icons::help})) {
    tap = CardUnknownTap::help;
  }
  if (ui::button(ui, last[0],
                 {.label = view.later,
                  .icon = ui::icons::schedule,
                  .key = ui::Key::escape,
                  .size = ui::Size::t2})) {
    tap = CardUnknownTap::later;
  }
  y += 56 + gap;
  if (rect.bottom() - y >= 2 * line) {
    ui::icon(ui, {rect.x, y, 24, 2 * line}, ui::icons::verified_user, ui::Colour::ok);
    ui::paragraph(ui, {rect.x + 36, y, rect.w - 36, rect.bottom() - y}, view.reassurance,
                  {.colour = ui::Colour::text_2});
  }
  return tap;
}

CardUnknownTap draw_main(ui::Ui& ui, const ui::Rect& rect, const CardUnknownView& view,
                         bool is_small, bool has_help = false) {
  ui::card(ui, rect);
  const int head = is_small ? 72 : 96, gap = is_small ? 8 : 16;
  ui::head(ui, {rect.x, rect.y, rect.w, head},
           {.state = ui::State::warn,
            .icon = ui::icons::help,
            .title = view.title,
            .second = view.second});
  const ui::Rect inner{rect.x + 24, rect.y + head + gap, rect.w - 48,
                       rect.h - head - gap - (is_small ? 8 : 16)};
  const int amount_width = inner.w / 2, line = line_height(ui, ui::Size::t1);
  const int title = line_height(ui, ui::Size::t2);
  int y = inner.y;
  ui::text(ui, {inner.x, y, inner.w - amount_width, title}, view.label,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  ui::text(ui, {inner.x, y + title, inner.w - amount_width, line}, view.order,
           {.colour = ui::Colour::text_2});
  ui::amount(ui, {inner.right() - amount_width, y, amount_width, 56}, view.amount,
             {.size = ui::Size::t4});
  y += 56 + gap;
  const int facts = std::max(is_small ? 56 : 72, 2 * line + 8);
  draw_facts(ui, {inner.x, y, inner.w, facts}, view);
  y += facts + gap;
  if (!is_small) {
    draw_phases(ui, {inner.x, y, inner.w, 56}, view);
    y += 56 + gap;
  }
  return draw_ways_out(ui, {inner.x, y, inner.w, inner.bottom() - y}, view, is_small, has_help);
}

// Beside the number; what a step asks may take two lines of a narrow card.
constexpr int step_margins = 24 + 40 + 16 + 16;
constexpr ui::Text step_label{.weight = ui::Weight::semibold};

int step_words_height(ui::Ui& ui, int width, const CardUnknownView::Fact& step) {
  return ui::paragraph_height(ui, width - step_margins, step.label, step_label) +
         ui::paragraph_height(ui, width - step_margins, step.value);
}

int steps_height(ui::Ui& ui, int width, const CardUnknownView& view) {
  if (view.alike) return lookalike_height(ui, *view.alike);
  int height = 64 + 8;
  for (const auto& step : view.steps) {
    height += std::max(56, step_words_height(ui, width, step)) + 8;
  }
  return height;
}

void draw_steps(ui::Ui& ui, const ui::Rect& rect, const CardUnknownView& view) {
  if (view.alike) return draw(ui, rect, *view.alike);
  ui::text(ui, {rect.x + 24, rect.y + 12, rect.w - 48, 40}, view.how,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  int y = rect.y + 56, number = 0;
  for (const auto& step : view.steps) {
    const int words = step_words_height(ui, rect.w, step), row = std::max(56, words) + 8;
    const ui::Rect disc{rect.x + 24, y + (row - 40) / 2, 40, 40};
    ui::box(ui, disc, ui::Colour::sunken, 20);
    ui::text(ui, disc, std::to_string(++number),
             {.size = ui::Size::t2, .weight = ui::Weight::semibold, .align = ui::Align::centre});
    const int x = disc.right() + 16, width = rect.right() - 16 - x, top = y + (row - words) / 2;
    const int label = ui::paragraph(ui, {x, top, width, words}, step.label, step_label);
    ui::paragraph(ui, {x, top + label, width, words - label}, step.value,
                  {.colour = ui::Colour::text_2});
    y += row;
  }
}

void draw_events(ui::Ui& ui, const ui::Rect& rect, const CardUnknownView& view) {
  const int badge =
      ui::badge_right(ui, rect.right() - 24, rect.y + 20,
                      {.label = view.saved, .icon = ui::icons::save, .state = ui::State::ok});
  ui::text(ui, {rect.x + 24, rect.y + 16, rect.w - 56 - badge, 40}, view.what_happened,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  draw(ui, {rect.x, rect.y + 64, rect.w, rect.h - 72}, view.events);
}

void draw_sides(ui::Ui& ui, const ui::Rect& steps, const ui::Rect& events,
                const CardUnknownView& view) {
  ui::card(ui, steps);
  draw_steps(ui, steps, view);
  ui::card(ui, events);
  draw_events(ui, events, view);
}

// What the cards say, where the page is too small for them.
CardUnknownTap draw_help(ui::Ui& ui, const CardUnknownView& view) {
  const ui::Rect at = sheet_place(ui, ui.width(), ui.height(), false);
  const ui::Sheet sheet(ui, at, {.title = "", .close_word = view.close});
  const ui::Rect inner{at.x, at.y + 8, at.w - 72, at.h - 16};
  const int half = inner.w / 2;
  draw_steps(ui, {inner.x, inner.y, half, inner.h}, view);
  draw_events(ui, {inner.x + half, inner.y, inner.w - half, inner.h}, view);
  return sheet.is_dismissed() ? CardUnknownTap::close_help : CardUnknownTap::none;
}

}  // namespace

CardUnknownTap draw(ui::Ui& ui, const CardUnknownView& view, CardUnknownInput& input) {
  // This state has the title row's room as well.
  const ui::Rect page = page_of(ui);
  const int top = is_low(ui) ? 0 : 8;
  const ui::Rect all{page.x, page.y + top, page.w, page.h - top};
  const int gap = card_gap(ui);
  CardUnknownTap tap = CardUnknownTap::none;
  if (ui.is_portrait()) {
    const int half = (all.w - gap) / 2;
    const int main = std::min(all.h - steps_height(ui, half, view) - gap, 720);
    tap = draw_main(ui, {all.x, all.y, all.w, main}, view, false);
    const int y = all.y + main + gap, rest = all.bottom() - y;
    draw_sides(ui, {all.x, y, half, rest}, {all.x + half + gap, y, half, rest}, view);
  } else if (is_low(ui) && has_large_text(ui)) {
    tap = draw_main(ui, all, view, true, true);
    if (input.shows_help && !view.reason) tap = draw_help(ui, view);
  } else {
    const int side = std::clamp(all.w * 37 / 100, 312, 520);
    const int main = all.w - side - gap;
    tap = draw_main(ui, {all.x, all.y, main, all.h}, view, is_low(ui));
    const int x = all.x + main + gap, steps = steps_height(ui, side, view);
    draw_sides(ui, {x, all.y, side, steps}, {x, all.y + steps + gap, side, all.h - steps - gap},
               view);
  }
  if (view.reason) {
    const TextSheetTap reason = draw(ui, *view.reason, input.reason);
    if (reason == TextSheetTap::confirm) return CardUnknownTap::confirm_reason;
    if (reason == TextSheetTap::dismiss) return CardUnknownTap::dismiss_reason;
    return CardUnknownTap::none;
  }
  return tap;
}

}  // namespace pos
