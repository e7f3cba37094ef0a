#include "pos/ui/shapes.h"

#include <algorithm>

namespace pos::ui {

void box(Ui& ui, const Rect& rect, Colour fill, int radius, Corners corners) {
  ui.paint().round(ui.pixels(rect), ui.pixels(radius), ui.colour(fill), corners);
}

void outline(Ui& ui, const Rect& rect, Colour line, int thickness, int radius) {
  ui.paint().ring(ui.pixels(rect), ui.pixels(radius), std::max(1, ui.pixels(thickness)),
                  ui.colour(line));
}

void raised(Ui& ui, const Rect& rect, Colour fill, bool overlay) {
  ui.paint().shadow(ui.pixels(rect), ui.pixels(measure::radius), overlay);
  box(ui, rect, fill, measure::radius);
}

TwoLines two_lines(const Ui& ui, const Rect& rect, Size first, Size second) {
  int above = ui.to_base(static_cast<float>(ui.line_pixels(first)));
  int below = ui.to_base(static_cast<float>(ui.line_pixels(second)));
  if (above + below > rect.h) {
    above = rect.h * above / std::max(1, above + below);
    below = rect.h - above;
  }
  const int top = rect.y + (rect.h - above - below) / 2;
  return {{rect.x, top, rect.w, above}, {rect.x, top + above, rect.w, below}};
}

}  // namespace pos::ui
