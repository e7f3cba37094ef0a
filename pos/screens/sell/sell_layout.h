// Where things stand on the Sell screen, in base pixels, for every window: the
// grid grows by columns, a small window gets closer rows and a cart of 352, and
// an upright one has the cart under the tiles. Pure.
#pragma once

#include "pos/ui/ui.h"

namespace pos {

enum class CellStyle : std::uint8_t { tiles, list };

struct SellShape {
  int width = 1280, height = 800;  // of the window
  int text_percent = 100;
  CellStyle style = CellStyle::tiles;
  bool has_keyboard = false;    // the on-screen keyboard takes the lower part of the products
  bool is_left_handed = false;  // the cart lies at the left
  friend bool operator==(const SellShape&, const SellShape&) = default;
};

struct SellLayout {
  bool is_upright = false, is_small = false;
  bool is_left_handed = false;

  ui::Rect search, keyboard_button, style_button, chips, grid, actions, keyboard;
  int columns = 5, rows = 3;
  ui::Rect cell(int index) const;  // of the grid, row by row
  int page_size() const { return columns * rows; }

  ui::Rect panel, customer, menu, lines, totals, due, cash, card, notes;
  ui::Rect done;  // the Done card, over the cart
};
SellLayout sell_layout(const SellShape& shape);

}  // namespace pos
