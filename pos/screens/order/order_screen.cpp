#include "pos/screens/order/order_screen.h"

#include <algorithm>
#include <iterator>

#include "core/catalogue/barcode.h"
#include "pos/screens/order/order_neighbours.h"
#include "pos/screens/order/order_verbs.h"
#include "pos/screens/order/refund_done_sheet.h"
#include "pos/screens/parts/order_words.h"

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
  input = {.order = order, .told_refund = input.told_refund};
}

bool take_label(const Scene& scene, const std::string& code, OrderInput& input) {
  constexpr std::size_t longest_label = 64;
  const core::OrderDetail* detail = detail_of(scene, input);
  if (!detail || code.empty() || code.size() > longest_label) return false;
  auto* entry = std::get_if<EntryInput>(&input.sheet);
  const bool is_asked = entry && entry->what == OrderEntry::tracking;
  // The barcode of a product or of one of our receipts is no parcel's.
  const bool is_product = code.size() <= 13 && core::has_good_check_digit(code);
  const bool is_receipt = code.starts_with(scene.till.settings.till.id + "-");
  if (!is_asked && (is_product || is_receipt)) return false;
  const bool is_parcel = detail->order.delivery == core::Delivery::shipping;
  if (!is_parcel || steps_of(*detail).to_fulfil.empty()) return false;
  input.parcel.tracking_number = code;
  if (is_asked) entry->text.value = code;
  return true;
}

HelpTopic help_topic(const OrderInput& input) {
  return std::holds_alternative<RefundInput>(input.sheet) ? HelpTopic::returns : HelpTopic::orders;
}

bool takes_scan(const Scene& scene, const OrderInput& input) {
  const bool has_sheet = input.sheet.index() > 0 && !std::holds_alternative<MenuInput>(input.sheet);
  return !has_sheet && !input.mail.is_open && !gives_back(scene, input.order) &&
         !has_refund_to_tell(scene, input.order, input.told_refund);
}

Questions wants(const Scene& scene, const OrderInput& input) {
  if (input.order.is_nil()) return {};
  Questions questions{core::AskOrder{input.order}, core::AskOrders{window_around(scene, input)}};
  if (const auto* customer = std::get_if<CustomerInput>(&input.sheet)) {
    std::ranges::move(wants(scene, *customer), std::back_inserter(questions));
  }
  return questions;
}

namespace {

// What takes money or gives goods away.
bool is_costly(OrderTap::Kind kind) {
  using Kind = OrderTap::Kind;
  return kind == Kind::capture || kind == Kind::collect || kind == Kind::fulfil ||
         kind == Kind::fulfil_some || kind == Kind::ready || kind == Kind::hand_over ||
         kind == Kind::all_steps;
}

}  // namespace

Reaction react(const OrderTap& tap, const Scene& scene, OrderInput& input) {
  const core::OrderDetail* detail = detail_of(scene, input);
  if (tap.kind == OrderTap::Kind::back) return show(Screen::orders);
  if (!detail) return {};
  if (!detail->order.attention.empty() && is_costly(tap.kind)) {
    input.sheet = AskInput{tap};
    return {};
  }
  return act(tap, scene, *detail, input);
}

Reaction act(const OrderTap& tap, const Scene& scene, const core::OrderDetail& detail,
             OrderInput& input) {
  using Kind = OrderTap::Kind;
  const core::Order& order = detail.order;
  switch (tap.kind) {
    case Kind::none:
    case Kind::back:
      break;
    case Kind::print:
      return print_copy(input.order, scene.words);
    case Kind::menu:
      input.sheet = MenuInput{};
      break;
    case Kind::previous:
      return turn_to(neighbours_of(scene, input).previous);
    case Kind::next:
      return turn_to(neighbours_of(scene, input).next);
    case Kind::mend:
      if (!conflict_of(detail)) return show(Screen::outbox);
      input.sheet = ConflictInput{};
      break;
    case Kind::capture:
      return capture_all(detail);
    case Kind::collect: {
      Reaction reaction = say(core::CollectPayment{input.order});
      reaction.go = Screen::tender;
      return reaction;
    }
    case Kind::refund:
      return choose(OrderVerb::refund, scene, detail, input);
    case Kind::tracking:
      input.sheet = EntryInput{OrderEntry::tracking, {input.parcel.tracking_number, {}}};
      break;
    case Kind::notify:
      input.parcel.tells_customer = !input.parcel.tells_customer;
      break;
    case Kind::fulfil_some:
      input.sheet = fulfil_input(detail);
      break;
    case Kind::fulfil:
      return fulfil(order, {}, input.parcel);
    case Kind::ready:
      return verb(core::MarkReady{order.id});
    case Kind::hand_over:
      input.sheet = EntryInput{OrderEntry::hand_over, {order.customer.name, {}}};
      break;
    case Kind::archive:
      return verb(core::ArchiveOrder{order.id});
    case Kind::reopen:
      return verb(core::ReopenOrder{order.id});
    case Kind::all_steps:
      return all_steps(detail, input.parcel);
    case Kind::note:
      return choose(OrderVerb::note, scene, detail, input);
    case Kind::line:
      if (tap.index < order.lines.size()) {
        input.sheet = refund_input(detail, order.lines[tap.index].id);
      }
      break;
    case Kind::receipt: {
      Reaction reaction;
      reaction.slip = SlipWish{detail.receipts[tap.index], core::SlipForm::original};
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
  // The tap that opens a sheet is not for the sheet.
  const bool has_mail = input.mail.is_open;
  const bool has_sheet = input.sheet.index() > 0;
  Reaction reaction = react(tap, scene, input);
  if (gives_back(scene, input.order)) {
    Reaction at_terminal = run(ui, scene, input.card);
    if (!at_terminal.is_empty()) reaction = std::move(at_terminal);
  } else if (has_refund_to_tell(scene, input.order, input.told_refund)) {
    if (draw(ui, present_refund_done(scene))) input.told_refund = scene.till.refunded->count;
  } else if (detail && (has_mail || has_sheet)) {
    Reaction in_sheet =
        has_mail ? run(ui, scene, detail->order, input.mail) : run_sheet(ui, scene, *detail, input);
    if (!in_sheet.is_empty()) reaction = std::move(in_sheet);
  }
  if (detail && detail->order.is_new && input.marked != input.order) {
    input.marked = input.order;
    reaction.commands.push_back(core::MarkSeen{input.order});
  }
  return reaction;
}

}  // namespace pos
