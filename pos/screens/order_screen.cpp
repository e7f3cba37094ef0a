#include "pos/screens/order_screen.h"

#include "pos/screens/order_neighbours.h"
#include "pos/screens/order_words.h"

namespace pos {
namespace {

const core::OrderDetail* detail_of(const Scene& scene, const OrderInput& input) {
  const core::FoundOrder& found = scene.found.order;
  return found.asked == input.order && found.detail ? &*found.detail : nullptr;
}

Reaction turn_to(std::optional<core::OrderId> order) {
  return order ? show_order(*order) : Reaction{};
}

Reaction print_copy(core::OrderId order, const Words& words) {
  Reaction reaction = say(core::PrintAgain{order, core::SlipForm::copy});
  reaction.toast = words("A copy of the receipt is being printed.");
  return reaction;
}

}  // namespace

void open_order(OrderInput& input, core::OrderId order) {
  if (input.order == order) return;
  input = {.order = order};
}

Questions wants(const Scene& scene, const OrderInput& input) {
  if (input.order.is_nil()) return {};
  return {core::AskOrder{input.order}, core::AskOrders{window_around(scene, input)}};
}

Reaction react(const OrderTap& tap, const Scene& scene, OrderInput& input) {
  using Kind = OrderTap::Kind;
  const core::OrderDetail* detail = detail_of(scene, input);
  if (tap.kind == Kind::back) return show(Screen::orders);
  if (!detail) return {};
  switch (tap.kind) {
    case Kind::none:
    case Kind::back:
      break;
    case Kind::print:
      return print_copy(input.order, scene.words);
    case Kind::mail:
      input.mail = {true, detail->order.customer.email};
      break;
    case Kind::previous:
      return turn_to(neighbours_of(scene, input).previous);
    case Kind::next:
      return turn_to(neighbours_of(scene, input).next);
    case Kind::mend:
      return show(Screen::outbox);
    case Kind::collect: {
      Reaction reaction = say(core::CollectPayment{input.order});
      reaction.go = Screen::tender;
      return reaction;
    }
    case Kind::receipt: {
      Reaction reaction;
      reaction.slip = SlipWish{detail->receipts[tap.index], core::SlipForm::original};
      return reaction;
    }
  }
  return {};
}

Reaction run(ui::Ui& ui, const Scene& scene, OrderInput& input) {
  remember_place(scene, input);
  const core::OrderDetail* detail = detail_of(scene, input);
  if (detail && detail->order.is_new) input.was_new = true;
  const OrderView view = present(scene, input);
  OrderTap tap = draw(ui, view, input);
  if (tap.kind == OrderTap::Kind::receipt) tap.index = view.receipts[tap.index].index;
  const bool is_mailing = input.mail.is_open;  // the tap that opens the sheet is not for it
  Reaction reaction = react(tap, scene, input);
  if (detail && is_mailing) {
    Reaction mailed = run(ui, scene, detail->order, input.mail);
    if (!mailed.is_empty()) reaction = std::move(mailed);
  }
  if (detail && detail->order.is_new && input.marked != input.order) {
    input.marked = input.order;
    reaction.commands.push_back(core::MarkSeen{input.order});
  }
  return reaction;
}

}  // namespace pos
