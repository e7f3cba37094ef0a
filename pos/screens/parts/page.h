// Where a screen that is not Sell puts what it shows: beside the navigation
// and under the status strip, or between strip and bottom navigation when the
// window stands upright. Base pixels. UI thread.
#pragma once

#include "pos/ui/text.h"
#include "pos/ui/ui.h"

namespace pos {

// Title row and cards lie within.
ui::Rect page_of(const ui::Ui& ui);

// How high a line of text is at the cashier's text size.
int line_height(const ui::Ui& ui, ui::Size size);

// `base` pixels that hold text, at the cashier's text size.
int scaled(const ui::Ui& ui, int base);

// The top of a sheet in the middle of `room`: below the status strip, where
// toasts come up, if the sheet leaves that much.
int sheet_top(int room, int height);
// A modal sheet in the middle of the window, never larger than it.
ui::Rect sheet_of(const ui::Ui& ui, int width, int height);

// "Nothing here yet": icon, title and a sentence in the middle of `rect`.
struct Emptiness {
  ui::Icon icon = ui::icons::none;
  std::string title, second;
  friend bool operator==(const Emptiness&, const Emptiness&) = default;
};
void draw_emptiness(ui::Ui& ui, const ui::Rect& rect, const Emptiness& emptiness);

}  // namespace pos
