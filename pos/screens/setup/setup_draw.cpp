// How the first start looks: the steps at the left, the one at hand at the right, its buttons
// at the foot; upright the steps are left out.
#include <algorithm>

#include "pos/screens/help/help_button.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/parts/slip_sheet.h"
#include "pos/screens/setup/setup_screen.h"
#include "pos/ui/widgets.h"

namespace pos {

namespace {

using ui::Rect;

Rect page_without_frame(const ui::Ui& ui) {
  namespace m = ui::measure;
  const int margin = ui.is_portrait() ? m::padding : m::margin;
  return {margin, m::strip + m::gap, ui.width() - 2 * margin,
          ui.height() - m::strip - m::gap - m::margin};
}

void draw_strip(ui::Ui& ui, const SetupView& view, SetupTap& tap) {
  const Rect strip{0, 0, ui.width(), ui::measure::strip};
  ui::panel(ui, strip, ui::Edge::bottom);
  int right = strip.right() - 4;
  if (draw_help_button(ui, right, view.help_word)) tap.kind = SetupTap::Kind::help;
  right -= ui::measure::target + 4;
  if (!view.leave.empty()) {
    const int width = ui::text_width(ui, view.leave, ui::Size::t1, ui::Weight::semibold) + 32;
    if (ui::text_button(ui, {right - width, 0, width, strip.h}, view.leave))
      tap.kind = SetupTap::Kind::leave;
    right -= width + 8;
  }
  if (!view.place.empty()) {
    const int width = ui::text_width(ui, view.place);
    ui::text(ui, {right - width - 8, 0, width, strip.h}, view.place,
             {.colour = ui::Colour::text_2});
    right -= width + 16;
  }
  ui::text(ui, {16, 0, right - 24, strip.h}, view.head, {.weight = ui::Weight::semibold});
}

// A door: icon, title, what lies behind it; the first one is the usual way.
bool draw_door(ui::Ui& ui, const Rect& at, const SetupView::Door& door, bool is_wide) {
  ui::card(ui, at);
  const bool is_tapped = ui::row_ground(ui, at, {.label = door.title, .has_separator = false});
  const int title = line_height(ui, ui::Size::t2);
  if (is_wide) {
    const int words = at.w - 48;
    const int second = ui::paragraph_height(ui, words, door.second);
    int y = at.y + (at.h - 72 - 24 - title - 8 - second) / 2;
    ui::icon_plate(ui, {at.x + (at.w - 72) / 2, y, 72, 72}, door.icon);
    y += 72 + 24;
    ui::text(ui, {at.x + 16, y, at.w - 32, title}, door.title,
             {.size = ui::Size::t2,
              .weight = ui::Weight::semibold,
              .align = ui::Align::centre,
              .shrinks = true});
    ui::paragraph(ui, {at.x + 24, y + title + 8, words, second}, door.second,
                  {.colour = ui::Colour::text_2, .align = ui::Align::centre});
    return is_tapped;
  }
  const int words = at.w - 112, second = ui::paragraph_height(ui, words, door.second);
  const int y = at.y + (at.h - title - second) / 2;
  ui::icon_plate(ui, {at.x + 20, at.y + (at.h - 56) / 2, 56, 56}, door.icon);
  ui::text(ui, {at.x + 92, y, words, title}, door.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  ui::paragraph(ui, {at.x + 92, y + title, words, second}, door.second,
                {.colour = ui::Colour::text_2});
  return is_tapped;
}

SetupTap draw_doors(ui::Ui& ui, const SetupView& view) {
  SetupTap tap;
  draw_strip(ui, view, tap);
  Rect page = page_without_frame(ui);
  int right = page.right();
  for (std::size_t i = view.languages.size(); i-- > 0;) {
    const ui::Chip chip{.label = view.languages[i].label,
                        .icon = ui::icons::language,
                        .is_selected = view.languages[i].is_selected};
    const int width = ui::chip_width(ui, chip);
    if (ui::chip(ui, {right - width, page.y, width, 56}, chip)) tap = {SetupTap::Kind::language, i};
    right -= width + 8;
  }
  const int title = line_height(ui, ui::Size::t3);
  ui::text(ui, {page.x, page.y, right - page.x - 8, 56}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold, .shrinks = true});
  const int explained = ui::paragraph_height(ui, page.w, view.explained);
  int y = page.y + std::max(56, title) + 8;
  ui::paragraph(ui, {page.x, y, page.w, explained}, view.explained, {.colour = ui::Colour::text_2});
  y += explained + 16;
  const bool is_wide = !ui.is_portrait();
  const int n = static_cast<int>(view.doors.size()), gap = card_gap(ui);
  const Rect room{page.x, y, page.w, std::min(page.bottom() - y, is_wide ? 400 : n * 168)};
  for (int i = 0; i < n; ++i) {
    const int w = (room.w - (n - 1) * gap) / n, h = (room.h - (n - 1) * gap) / n;
    const Rect at = is_wide ? Rect{room.x + i * (w + gap), room.y, w, room.h}
                            : Rect{room.x, room.y + i * (h + gap), room.w, h};
    const auto index = static_cast<std::size_t>(i);
    if (draw_door(ui, at, view.doors[index], is_wide)) tap = {SetupTap::Kind::door, index};
  }
  return tap;
}

SetupTap draw_steps(ui::Ui& ui, const Rect& rect, const SetupView& view) {
  SetupTap tap;
  ui::card(ui, rect);
  const int n = static_cast<int>(view.steps.size());
  const int step = std::clamp((rect.h - 16) / std::max(n, 1), 56, 64);
  const ui::ScrollArea area(ui, {rect.x, rect.y + 8, rect.w, rect.h - 16}, "setup-steps", n * step);
  for (int i = 0; i < n; ++i) {
    const auto& entry = view.steps[static_cast<std::size_t>(i)];
    const Rect at{rect.x + 8, area.y(rect.y + 8 + i * step), rect.w - 16, 56};
    if (ui::row_ground(ui, at,
                       {.label = entry.label + "##step-" + std::to_string(i + 1),
                        .is_selected = entry.is_here,
                        .has_separator = false})) {
      tap = {SetupTap::Kind::step, static_cast<std::size_t>(i)};
    }
    ui::icon(ui, {at.x + 12, at.y, 24, at.h},
             entry.is_done ? ui::icons::check_circle : ui::icons::radio_button_unchecked,
             entry.is_done ? ui::Colour::ok : ui::Colour::text_2);
    ui::folded_text(ui, {at.x + 48, at.y, at.w - 56, at.h}, entry.label,
                    {.weight = entry.is_here ? ui::Weight::semibold : ui::Weight::medium,
                     .colour = entry.is_here ? ui::Colour::accent_text : ui::Colour::text,
                     .shrinks = true});
  }
  return tap;
}

void draw_foot(ui::Ui& ui, const Rect& foot, const SetupView& view, SetupTap& tap) {
  int left = foot.x, right = foot.right();
  if (!view.back.empty()) {
    const ui::Button back{.label = view.back, .icon = ui::icons::arrow_back, .size = ui::Size::t1};
    const int width = ui::button_width(ui, back);
    if (ui::button(ui, {left, foot.y, width, foot.h}, back)) tap = {.kind = SetupTap::Kind::back};
    left += width + 8;
  }
  if (!view.next.empty()) {
    const ui::Button next{
        .label = view.next,
        .kind = view.is_next_main ? ui::ButtonKind::main : ui::ButtonKind::neutral};
    const int width = std::max(200, ui::button_width(ui, next) + 32);
    if (ui::button(ui, {right - width, foot.y, width, foot.h}, next))
      tap = {.kind = SetupTap::Kind::next};
    right -= width + 8;
  }
  if (!view.without.empty()) {
    ui::Button without{.label = view.without, .kind = ui::ButtonKind::line, .size = ui::Size::t1};
    const int width = std::min(ui::button_width(ui, without), right - left);
    if (ui::button(ui, {right - width, foot.y, width, foot.h}, without)) {
      tap = {.kind = SetupTap::Kind::without};
    }
  }
}

}  // namespace

SetupTap draw(ui::Ui& ui, const SetupView& view, const SetupInput& input, int title_button,
              SetupPlaces& places) {
  if (!view.doors.empty()) return draw_doors(ui, view);
  SetupTap tap;
  draw_strip(ui, view, tap);
  Rect page = page_without_frame(ui);
  const int gap = card_gap(ui);
  if (!ui.is_portrait() && !view.steps.empty()) {
    const int list = std::min(has_large_text(ui) ? 296 : 240, page.w / 4);
    const SetupTap step = draw_steps(ui, {page.x, page.y, list, page.h}, view);
    if (step.kind != SetupTap::Kind::none) tap = step;
    page.x += list + gap;
    page.w -= list + gap;
  }
  const int foot = 64;
  places.page.title = title_row(page);
  ui::text(ui, {page.x, page.y, page.w - title_button, 56}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold, .shrinks = true});
  const int explained = ui::paragraph_height(ui, page.w, view.explained);
  int y = page.y + 56;
  ui::paragraph(ui, {page.x, y, page.w, explained}, view.explained, {.colour = ui::Colour::text_2});
  y += explained + 12;
  Rect body{page.x, y, page.w, page.bottom() - foot - gap - y};
  draw_foot(ui, {page.x, page.bottom() - foot, page.w, foot}, view, tap);
  if (view.opening) {
    const int width = std::min(body.w, 480);
    tap.opening =
        draw_opening(ui, {body.x + (body.w - width) / 2, body.y, width, body.h}, *view.opening);
  }
  if (!view.is_open.empty()) {
    ui::card(ui, body);
    draw_emptiness(ui, body, {ui::icons::check_circle, view.is_open, ""});
  }
  if (!view.slip_waits.empty()) {
    const bool is_upright = ui.is_portrait();
    const int share = is_upright ? body.h / 2 : std::clamp(body.w * 2 / 5, 280, 440);
    Rect side = is_upright ? Rect{body.x, body.bottom() - share, body.w, share}
                           : Rect{body.right() - share, body.y, share, body.h};
    ui::card(ui, side);
    draw_paper(ui, side.inset(8), view.slip_waits, input.slip);
    (is_upright ? body.h : body.w) -= share + gap;
  }
  places.page.body = body;
  return tap;
}

}  // namespace pos
