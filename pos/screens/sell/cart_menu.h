// What else can be done with the cart: behind the three dots.
#pragma once

#include <string>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct CartMenuInput {
  core::LineId line;  // the chosen one, whose price may be changed
};
enum class CartMenuChoice : std::uint8_t {
  discount,
  price,
  customer,
  voucher,
  comes_back,
  drawer,
  void_cart
};

struct CartMenuRow {
  CartMenuChoice choice;
  std::string word, why_not;
  ui::Icon icon;
  friend bool operator==(const CartMenuRow&, const CartMenuRow&) = default;
};
struct CartMenuView {
  std::string title, close;
  std::vector<CartMenuRow> rows = {};
  friend bool operator==(const CartMenuView&, const CartMenuView&) = default;
};
struct CartMenuTap {
  bool is_cancelled = false;
  std::optional<CartMenuChoice> choice = {};
};

CartMenuView present(const Scene& scene, const CartMenuInput& input);
CartMenuTap draw(ui::Ui& ui, const CartMenuView& view, const ui::Rect& below);

}  // namespace pos
