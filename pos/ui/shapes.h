// Plain shapes in base pixels, for widgets and the charts of a screen. They
// are not noted in the item log and cannot be touched.
#pragma once

#include "pos/ui/ui.h"

namespace pos::ui {

void box(Ui& ui, const Rect& rect, Colour fill, int radius = 0, Corners corners = Corners::all);
void outline(Ui& ui, const Rect& rect, Colour line, int thickness, int radius);
// A filled box with shadow 1 or 2 around it.
void raised(Ui& ui, const Rect& rect, Colour fill, bool overlay = false);
// Two lines of text stacked in the middle of `rect`, 20 or 24 px each, closer
// together if they would not fit: the rectangles of the two.
struct TwoLines {
  Rect first, second;
};
TwoLines two_lines(const Ui& ui, const Rect& rect, Size first, Size second);

}  // namespace pos::ui
