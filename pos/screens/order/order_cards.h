// The cards of the order page, one above the other. Each is drawn at the pen,
// which moves down by the height of the card and the gap below it. UI thread.
#pragma once

#include "pos/screens/order/order_screen.h"

namespace pos {

// Where the next card of a column goes. `least_bottom`: the last card of a
// column reaches down to there, so that the columns end together.
struct Pen {
  ui::Ui& ui;
  int x, y, w;
};
inline constexpr int card_title = 56;
inline int line_height(const Pen& pen) {
  return line_height(pen.ui, ui::Size::t1);
}
inline int fact_height(const Pen& pen) {
  return line_height(pen) + 4;
}

// The ground and the title; returns where the content of the card begins and
// moves the pen below it.
ui::Rect begin_card(Pen& pen, int height, std::string_view title, const BadgeView* badge = nullptr);
void draw_facts(Pen& pen, ui::Rect& room, const std::vector<FactView>& facts);

void draw_trouble(Pen& pen, const OrderView& view, OrderTap& tap);
void draw_lines(Pen& pen, const OrderView& view, OrderTap& tap);
void draw_payment(Pen& pen, const OrderView& view, OrderTap& tap);
void draw_fulfilment(Pen& pen, const OrderView& view, OrderTap& tap);
void draw_completion(Pen& pen, const OrderView& view, OrderTap& tap, int least_bottom);
void draw_receipts(Pen& pen, const OrderView& view, OrderTap& tap, int least_bottom);
void draw_timeline(Pen& pen, const OrderView& view, OrderTap& tap, int least_bottom);

}  // namespace pos
