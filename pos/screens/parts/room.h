// How closely things stand together in this window, beyond pos/screens/parts/page.h.
// Base pixels. Pure.
#pragma once

#include <vector>

#include "pos/ui/buttons.h"
#include "pos/ui/ui.h"

namespace pos {

// A low window (1024x600) gets closer rows.
inline bool is_low(const ui::Ui& ui) {
  return ui.height() < 700;
}
// The cashier reads large letters: what is said twice is said once.
bool has_large_text(const ui::Ui& ui);
// Words of a button that must be read whole: smaller, then without its icon.
void fit(ui::Ui& ui, ui::Button& button, int width);
// Between two cards, and inside one.
inline int card_gap(const ui::Ui& ui) {
  return is_low(ui) ? ui::measure::gap : ui::measure::margin;
}
// The row with the title at the top of a page, and what is left under it.
ui::Rect title_row(const ui::Rect& page);
ui::Rect below_title(const ui::Rect& page);

// `n` equal parts side by side, 8 px apart.
std::vector<ui::Rect> side_by_side(const ui::Rect& rect, int n);

}  // namespace pos
