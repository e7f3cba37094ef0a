#include "pos/screens/parts/page.h"

#include <algorithm>

namespace pos {

ui::Rect page_of(const ui::Ui& ui) {
  namespace m = ui::measure;
  if (ui.is_portrait()) {
    return {m::padding, m::strip + m::gap, ui.width() - 2 * m::padding,
            ui.height() - m::strip - m::nav_entry - 2 * m::gap};
  }
  const int x = m::navigation + m::margin;
  return {x, m::strip + m::gap, ui.width() - x - m::margin,
          ui.height() - m::strip - m::gap - m::margin};
}

int line_height(const ui::Ui& ui, ui::Size size) {
  return ui.to_base(static_cast<float>(ui.line_pixels(size)));
}

int scaled(const ui::Ui& ui, int base) {
  return base * line_height(ui, ui::Size::t1) / ui::line_height_of(ui::Size::t1);
}

int sheet_top(int room, int height) {
  const bool leaves_strip = height + ui::measure::strip + ui::measure::gap <= room;
  return std::max((room - height) / 2, leaves_strip ? ui::measure::strip : 0);
}

ui::Rect sheet_of(const ui::Ui& ui, int width, int height) {
  const int w = std::min(width, ui.width() - 2 * ui::measure::margin);
  const int h = std::min(height, ui.height() - 2 * ui::measure::margin);
  return {(ui.width() - w) / 2, sheet_top(ui.height(), h), w, h};
}

void draw_emptiness(ui::Ui& ui, const ui::Rect& rect, const Emptiness& emptiness) {
  if (emptiness.title.empty()) return;
  const int title = line_height(ui, ui::Size::t2);
  const int width = std::min(rect.w - 32, scaled(ui, 480));
  const int second = ui::paragraph_height(ui, width, emptiness.second, {});
  const int y = rect.y + std::max(0, (rect.h - ui::measure::icon_head - 24 - title - second) / 2);
  ui::icon(ui, {rect.x, y, rect.w, ui::measure::icon_head}, emptiness.icon, ui::Colour::text_2,
           ui::measure::icon_head);
  const int x = rect.x + (rect.w - width) / 2;
  ui::text(ui, {x, y + ui::measure::icon_head + 16, width, title}, emptiness.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .align = ui::Align::centre});
  ui::paragraph(ui, {x, y + ui::measure::icon_head + 24 + title, width, second}, emptiness.second,
                {.colour = ui::Colour::text_2, .align = ui::Align::centre});
}

}  // namespace pos
