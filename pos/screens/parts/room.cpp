#include "pos/screens/parts/room.h"

#include "pos/screens/parts/page.h"

namespace pos {

bool has_large_text(const ui::Ui& ui) {
  return line_height(ui, ui::Size::t1) > 24;
}

void fit(ui::Ui& ui, ui::Button& button, int width) {
  if (ui::button_width(ui, button) > width) button.size = ui::Size::t1;
  if (ui::button_width(ui, button) > width) button.icon = ui::icons::none;
}

ui::Rect title_row(const ui::Rect& page) {
  return {page.x, page.y, page.w, ui::measure::target};
}

ui::Rect below_title(const ui::Rect& page) {
  const int top = page.y + ui::measure::target + ui::measure::gap;
  return {page.x, top, page.w, page.bottom() - top};
}

std::vector<ui::Rect> side_by_side(const ui::Rect& rect, int n) {
  const int gap = ui::measure::gap;
  std::vector<ui::Rect> parts;
  for (int i = 0; i < n; ++i) {
    const int x0 = rect.x + (rect.w + gap) * i / n;
    const int x1 = rect.x + (rect.w + gap) * (i + 1) / n - gap;
    parts.push_back({x0, rect.y, x1 - x0, rect.h});
  }
  return parts;
}

}  // namespace pos
