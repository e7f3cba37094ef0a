#include "pos/screens/sell/cart_menu.h"

#include <algorithm>

namespace pos {

CartMenuView present(const Scene& scene, const CartMenuInput& input) {
  const Words& words = scene.words;
  const bool is_empty = scene.till.order.lines.empty() && scene.till.order.returns.empty();
  const std::string empty = is_empty ? std::string(words("The cart is empty.")) : "";
  std::string no_line = empty;
  if (no_line.empty() && input.line.is_nil()) no_line = words("Tap a line first.");
  namespace icons = ui::icons;
  using enum CartMenuChoice;
  CartMenuView view{.title = std::string(words("Cart")), .close = std::string(words("Close"))};
  view.rows = {
      {discount, std::string(words("Discount on the cart")), empty, icons::local_offer},
      {price, std::string(words("Change the price of the line")), no_line, icons::sell},
      {customer, std::string(words("Customer")), "", icons::person},
      {voucher, std::string(words("Sell a voucher …")), "", icons::card_giftcard},
      {comes_back, std::string(words("Comes back without a receipt …")), no_line, icons::undo},
      {drawer, std::string(words("Open drawer")), "", icons::inbox},
      {void_cart, std::string(words("Void cart")), empty, icons::delete_outline}};
  return view;
}

CartMenuTap draw(ui::Ui& ui, const CartMenuView& view, const ui::Rect& below) {
  const int rows = static_cast<int>(view.rows.size()), width = 360;
  const int height = 80 + rows * 56 + 16;
  const ui::Rect at{std::max(8, below.right() - width),
                    std::min(below.bottom() + 8, ui.height() - height - 8), width, height};
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  CartMenuTap tap{.is_cancelled = sheet.is_dismissed()};
  int y = at.y + 80;
  for (const CartMenuRow& row : view.rows) {
    if (ui::row(ui, {at.x + 12, y, at.w - 24, 56},
                {.title = row.word,
                 .icon = row.icon,
                 .has_separator = &row != &view.rows.back(),
                 .enabled = row.why_not.empty(),
                 .why_not = row.why_not}))
      tap.choice = row.choice;
    y += 56;
  }
  return tap;
}

}  // namespace pos
