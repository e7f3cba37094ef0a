#include "pos/screens/sell/sell_layout.h"

#include <algorithm>

namespace pos {

namespace {

using ui::Rect;
using ui::measure::gap;
using ui::measure::keyboard_height;
constexpr int highest = 216;       // a cell
constexpr int wide_window = 1200;  // from here on the cart is 392 wide
constexpr int page_left = ui::measure::navigation;

// `base` pixels that hold a line of text.
int scaled(int base, const SellShape& shape) {
  return base * shape.text_percent / 100;
}

// How many parts of at least `least` fit side by side.
int parts_in(int room, int least) {
  return std::max(1, (room + gap) / (least + gap));
}

void place_grid(SellLayout& at, const SellShape& shape) {
  const int larger = shape.text_percent - 100;
  if (shape.style == CellStyle::list) {
    at.columns = parts_in(at.grid.w, 340 + larger * 2);
    at.rows = parts_in(at.grid.h, 56 + larger / 4);
    return;
  }
  const int least = shape.width < wide_window && !at.is_upright ? 128 : 136;
  at.columns = parts_in(at.grid.w, least + larger * 2 / 3);
  // In a low window large letters cost the picture height, not the second row.
  at.rows = parts_in(at.grid.h, at.is_small ? 160 : 160 + larger * 3 / 4);
}

void place_products(SellLayout& at, const SellShape& shape, const Rect& area) {
  const int x = area.x, w = area.w;
  at.search = {x, area.y, w - 2 * 64, 56};
  at.keyboard_button = {at.search.right() + gap, area.y, 56, 56};
  at.style_button = {at.keyboard_button.right() + gap, area.y, 56, 56};
  at.chips = {x, area.y + 64, w, 56};
  const int top = at.chips.bottom() + (at.is_small ? gap : 2 * gap);
  at.actions = {x, area.bottom() - 56, w, 56};
  at.grid = {x, top, w, at.actions.y - gap - top};
  if (shape.has_keyboard) {
    at.keyboard = {x - gap, area.bottom() - keyboard_height + gap, w + 2 * gap, keyboard_height};
    at.grid.h = std::max(64, at.keyboard.y - gap - top);
  }
  place_grid(at, shape);
}

void place_side_cart(SellLayout& at, const SellShape& shape) {
  // Larger letters widen the cart, at the cost of a column of tiles.
  const int larger = shape.text_percent - 100;
  const int width = shape.width >= wide_window ? 392 + larger * 5 / 4 : 352 + larger * 3 / 4;
  at.panel = {shape.width - width, 56, width, shape.height - 56};
  const int inner = at.panel.x + (at.is_small ? gap : 2 * gap);
  const int right = at.panel.right() - (at.is_small ? gap : 2 * gap);
  const int w = right - inner;
  at.customer = {inner, 64, w - 64, 56};
  at.menu = {right - 56, 64, 56, 56};
  // Two lines of words, and some air.
  const int tender = std::max(at.is_small ? 56 : 64, scaled(44, shape) + 8);
  const int bottom = at.panel.bottom() - gap, x = at.is_small ? inner + gap : inner;
  const int end = at.is_small ? right - gap : right;
  at.notes = {x, bottom - 56, end - x, 56};
  const int half = (end - x - gap) / 2;
  at.cash = {x, at.notes.y - gap - tender, half, tender};
  at.card = {end - half, at.cash.y, half, tender};
  const int due = scaled(48, shape);
  at.due = {x, at.cash.y - gap - due, end - x, due};
  const int facts = at.is_small ? 0 : scaled(72, shape) + 8;
  at.totals = {x, at.due.y - facts, end - x, facts};
  const int top = at.customer.bottom() + gap;
  at.lines = {inner - gap, top, w + 2 * gap, at.totals.y - top};
  at.done = {at.panel.x + gap, 64, at.panel.w - 2 * gap, shape.height - 72};
}

void place_cart_below(SellLayout& at, const SellShape& shape, int top) {
  const int bottom = shape.height - 72;
  at.panel = {0, top, shape.width, bottom - top};
  const int left = 24, right = shape.width - 24;
  at.customer = {left, top + 16, right - left - 64, 56};
  at.menu = {right - 56, top + 16, 56, 56};
  const int side = std::max(320, (right - left) * 2 / 5);
  const int x = right - side, upper = at.customer.bottom() + 16;
  at.lines = {left - gap, upper, x - 24 - 16 - (left - gap), bottom - gap - upper};
  at.notes = {x, bottom - 24 - 72, side, 72};
  at.card = {x, at.notes.y - gap - 72, side, 72};
  at.cash = {x, at.card.y - gap - 72, side, 72};
  at.due = {x, at.cash.y - gap - 76, side, 76};
  at.totals = {x, upper, side, at.due.y - 16 - upper};
  at.done = {gap, top + gap, shape.width - 2 * gap, bottom - top - 2 * gap};
}

// The cart under the other hand: both parts change places.
void change_sides(SellLayout& at) {
  const int cart = at.panel.w, way = at.panel.x - page_left;
  for (Rect* part : {&at.panel, &at.customer, &at.menu, &at.lines, &at.totals, &at.due, &at.cash,
                     &at.card, &at.notes, &at.done})
    part->x -= way;
  for (Rect* part : {&at.search, &at.keyboard_button, &at.style_button, &at.chips, &at.grid,
                     &at.actions, &at.keyboard})
    part->x += cart;
}

}  // namespace

Rect SellLayout::cell(int index) const {
  const int column = index % columns, row = index / columns;
  // A short page keeps tiles of a good shape rather than filling all of it.
  const int room = std::min(grid.h + gap, (highest + gap) * rows);
  const int x0 = (grid.w + gap) * column / columns, y0 = room * row / rows;
  const int x1 = (grid.w + gap) * (column + 1) / columns, y1 = room * (row + 1) / rows;
  return {grid.x + x0, grid.y + y0, x1 - x0 - gap, y1 - y0 - gap};
}

SellLayout sell_layout(const SellShape& shape) {
  SellLayout at;
  at.is_upright = shape.height > shape.width;
  at.is_small = !at.is_upright && shape.height < 800;
  if (at.is_upright) {
    const int split = std::max(400, (shape.height - 72) * 52 / 100);
    place_products(at, shape, {24, 72, shape.width - 48, split - 16 - 72});
    place_cart_below(at, shape, split);
  } else {
    place_side_cart(at, shape);
    const int top = at.is_small ? 64 : 72;
    const int right = at.panel.x - 16;
    place_products(at, shape, {120, top, right - 120, shape.height - gap - top});
    at.is_left_handed = shape.is_left_handed;
    if (at.is_left_handed) change_sides(at);
  }
  return at;
}

}  // namespace pos
