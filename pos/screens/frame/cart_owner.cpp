#include "pos/screens/frame/cart_owner.h"

#include "pos/ui/format.h"

namespace pos {

bool is_anothers_cart(const core::Snapshot& till) {
  const core::Order& order = till.order;
  return till.cashier && !till.collecting && !order.lines.empty() && !order.cashier.empty() &&
         order.cashier != till.cashier->name && !till.attempt;
}

WaysView present_cart_owner(const Scene& scene) {
  const Words& words = scene.words;
  const core::Snapshot& till = scene.till;
  WaysView view;
  view.title = words.fill("This is the cart of {}", {till.order.cashier});
  view.words = words.fill("{} item", "{} items", core::piece_count(till.order)) + " · " +
               money_text(till.totals.total, words.language());
  view.main = words("Take it over");
  view.other = words("Park it");
  view.cancel = words("Lock");
  view.icon = ui::icons::pause_circle_outline;
  return view;
}

Reaction react_cart_owner(WaysTap tap) {
  switch (tap) {
    case WaysTap::none:
      return {};
    case WaysTap::cancel:
      return say(core::SignOut{});
    case WaysTap::main:
      return say(core::TakeOverCart{});
    case WaysTap::other:
      return say(core::ParkOrder{});
  }
  return {};
}

Reaction run_cart_owner(ui::Ui& ui, const Scene& scene) {
  return react_cart_owner(draw(ui, present_cart_owner(scene)));
}

}  // namespace pos
