// One row of the Orders page: as a line of the table where there is room, with
// the four states in two lines on a small window, and as a card on an upright
// one. UI thread.
#pragma once

#include "pos/screens/orders/orders_screen.h"

namespace pos {

enum class RowForm : std::uint8_t { table, blocks, cards };

// From the card's edge to the text of a row.
inline constexpr int row_edge = 20;

// Where the parts of a row stand, from the left edge of the card: number,
// customer, order, payment, fulfilment, sync, amount, next step.
struct RowLayout {
  RowForm form = RowForm::table;
  int row = ui::measure::row;  // height
  int badge_lines = 1;         // of a card: the states break onto a second line
  std::array<int, 8> x{}, w{};
};
RowLayout layout_of(const ui::Ui& ui, int width);

void draw_heads(ui::Ui& ui, const ui::Rect& rect, const RowLayout& layout, const OrdersView& view);
// What was tapped: nothing, the row, or its button. While orders are chosen a
// box takes the place of the button.
OrdersTap::Kind draw_row(ui::Ui& ui, const ui::Rect& rect, const RowLayout& layout,
                         const OrderRowView& row, bool is_choosing);
// A row that is being fetched keeps its place.
void draw_placeholder(ui::Ui& ui, const ui::Rect& rect, const RowLayout& layout);

}  // namespace pos
