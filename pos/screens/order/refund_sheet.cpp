#include "pos/screens/order/refund_sheet.h"

#include <algorithm>

#include "core/orders/refund.h"
#include "core/vouchers/voucher.h"
#include "pos/screens/order/order_verbs.h"
#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

// What is handed out; more than was paid stays as it was keyed, to be told.
core::Money refund_total(const Scene& scene, const core::OrderDetail& detail,
                         const RefundInput& input) {
  core::RefundWish wish = refund_wish(scene, detail, input);
  const std::vector<RefundWay> ways = refund_ways(detail.foreseen, scene.words);
  if (input.way < ways.size()) {
    wish.to_voucher = back_to_voucher(detail, wish, ways[input.way].tender);
  }
  const auto plan = core::plan_refund(detail.foreseen, wish);
  return plan ? plan->amount : core::Money{wish.amount.minor, detail.order.currency};
}

// What has been given back against this payment already.
core::Money returned(const core::Order& order, const core::Payment& payment) {
  core::Money sum{0, order.currency};
  for (const core::Payment& other : order.payments) {
    const bool is_of_it =
        other.kind == core::TransactionKind::refund && other.original == payment.id;
    if (is_of_it && core::stands(order, other)) sum += other.amount;
  }
  return sum;
}

std::string why_not(const RefundView& view, core::Money total, const RefundWay* way,
                    const Words& words) {
  if (view.lines.empty() && view.extras.empty() && !view.is_free) {
    return std::string(words("Everything has been given back already."));
  }
  if (total.minor <= 0) {
    return std::string(words(view.is_free ? "Key an amount." : "Choose at least one item."));
  }
  if (!way) return std::string(words("No payment is left to give back."));
  if (total > way->most) {
    return words.fill("No more than {} can be given back this way.",
                      {money_text(way->most, words.language())});
  }
  if (!view.reason) return std::string(words("Choose a reason first."));
  return {};
}

// Goods for goods: no way of giving back is asked for yet, and why is said by itself.
std::string exchange_why_not(const RefundInput& input, const Words& words) {
  if (chosen_of(input.picked).empty()) return std::string(words("Choose at least one item."));
  return {};
}

}  // namespace

std::vector<std::string> refund_reasons(const Words& words) {
  return {std::string(words("Customer changed their mind")), std::string(words("Damaged goods")),
          std::string(words("Wrong item")), std::string(words("Goodwill"))};
}

std::vector<RefundWay> refund_ways(const core::Order& order, const Words& words) {
  std::vector<RefundWay> ways;
  core::Money all{0, order.currency};
  for (const core::Payment& payment : order.payments) {
    const bool is_money = payment.kind == core::TransactionKind::sale ||
                          payment.kind == core::TransactionKind::capture;
    if (!is_money || !core::stands(order, payment)) continue;
    const core::Money left = payment.amount - returned(order, payment);
    if (left.minor <= 0) continue;
    all += left;
    // What a till's voucher has paid goes back onto it whichever way the rest goes.
    const bool is_own_voucher = order.channel == "till" && !payment.reference.empty() &&
                                payment.tender == core::Tender::gift_card;
    if (payment.tender != core::Tender::cash && !is_own_voucher)
      ways.push_back({payment.tender, payment.id, tender_name(payment, words), left});
  }
  all += core::returned_worth(order) - core::paid_out_sum(order);
  all = std::min(all, core::refundable_sum(order));
  if (all.minor <= 0) return ways;
  const core::Money by_voucher = core::only_by_voucher(order);
  ways.push_back({core::Tender::cash,
                  {},
                  std::string(words(by_voucher.is_zero() ? "Cash"
                                    : by_voucher >= all  ? "Onto the voucher"
                                                         : "Voucher, rest in cash")),
                  all});
  // Only a till's own vouchers can be made here.
  if (order.channel == "till") {
    ways.push_back({core::Tender::gift_card, {}, std::string(words("Store credit")), all});
  }
  return ways;
}

RefundInput refund_input(const core::OrderDetail& detail, core::LineId line) {
  const auto open = steps_of(detail).to_refund;
  RefundInput input{open, open};
  // Which of them comes back is the question: nothing is chosen beforehand,
  // unless there is only one, or one was tapped.
  for (core::LineQuantity& picked : input.picked) {
    if (picked.line == line) {
      if (picked.quantity.is_whole()) picked.quantity = core::pieces(1);
    } else if (open.size() > 1) {
      picked.quantity = {0};
    }
  }
  return input;
}

core::RefundWish refund_wish(const Scene& scene, const core::OrderDetail& detail,
                             const RefundInput& input) {
  const std::vector<RefundWay> ways = refund_ways(detail.foreseen, scene.words);
  const std::int64_t coin = scene.till.settings.money.cash_step;
  const bool is_cash = input.way < ways.size() && ways[input.way].tender == core::Tender::cash;
  core::RefundWish wish{.amount = {0, detail.order.currency}};
  if (is_cash && coin > 1) wish.coin = coin;
  if (input.is_free) {
    wish.amount.minor = input.keyed.value();
    return wish;
  }
  wish.with_extras = input.with_extras;
  for (const core::LineQuantity& picked : chosen_of(input.picked))
    wish.lines.push_back({picked.line, picked.quantity, {}, input.restocks});
  return wish;
}

core::Money back_to_voucher(const core::OrderDetail& detail, core::RefundWish wish,
                            core::Tender tender) {
  const core::Money zero{0, detail.order.currency};
  if (tender == core::Tender::gift_card || tender == core::Tender::card) return zero;
  wish.coin = 1;
  const auto plan = core::plan_refund(detail.foreseen, wish);
  return plan ? std::min(core::only_by_voucher(detail.order), plan->amount) : zero;
}

RefundView present(const Scene& scene, const core::OrderDetail& detail, const RefundInput& input) {
  const Words& words = scene.words;
  RefundView view;
  view.title = words.fill("Refund of {}", {detail.order.number});
  view.lines = pick_lines(detail.order, input.open, input.picked, words);
  view.reason_word = words("Reason");
  view.way_word = words("Give back by");
  view.restock = words("Put the goods back into stock");
  view.restocks = input.restocks;
  const core::Money extras = core::refundable_extras(detail.foreseen);
  if (extras.minor > 0) {
    view.extras = words.fill("Shipping {}", {money_text(extras, words.language())});
    view.with_extras = input.with_extras;
  }
  view.is_free = input.is_free;
  view.is_refused = input.keyed.is_refused();
  view.amount_word = words("Amount");
  view.other_way = words(input.is_free ? "Choose items" : "Another amount …");
  view.reasons = refund_reasons(words);
  view.reason = input.reason;
  view.way = input.way;
  const std::vector<RefundWay> ways = refund_ways(detail.foreseen, words);
  for (const RefundWay& way : ways) view.ways.push_back(way.label);
  const core::Money total = refund_total(scene, detail, input);
  const RefundWay* way = input.way < ways.size() ? &ways[input.way] : nullptr;
  view.amount = money_text(total, words.language());
  if (!input.is_free && !scene.till.collecting) view.exchange = words("Into the cart");
  view.exchange_why_not = exchange_why_not(input, words);
  view.foot = foot(scene, words.fill("Refund {}", {money_text(total, words.language())}),
                   why_not(view, total, way, words));
  return view;
}

namespace {

// Reason, way and shelf; they scroll where the window is low.
void draw_choices_of(ui::Ui& ui, const ui::Rect& side, const RefundView& view, int height,
                     RefundTap& tap) {
  const ui::ScrollArea area(ui, side, "refund choices", height);
  int y = area.y(side.y);
  const int width = side.w - 8, high = line_height(ui, ui::Size::t1);
  const int ways = (static_cast<int>(view.ways.size()) + 1) / 2;
  ui::text(ui, {side.x, y, width, high}, view.reason_word, {.colour = ui::Colour::text_2});
  y += high + 8;
  tap.reason = draw_choices(ui, {side.x, y, width, 120}, 2, view.reasons, view.reason);
  y += 128;
  ui::text(ui, {side.x, y, width, high}, view.way_word, {.colour = ui::Colour::text_2});
  y += high + 8;
  tap.way = draw_choices(ui, {side.x, y, width, 64 * ways}, 2, view.ways, view.way);
  y += 64 * ways;
  if (view.is_free) return;
  if (!view.extras.empty()) {
    tap.is_extras =
        ui::toggle(ui, {side.x, y, width, 56}, {.label = view.extras, .is_on = view.with_extras});
    y += 64;
  }
  tap.is_restock =
      ui::toggle(ui, {side.x, y, width, 56}, {.label = view.restock, .is_on = view.restocks});
}

// What comes back: the items, or an amount on the keypad.
void draw_goods_of(ui::Ui& ui, ui::Rect at, const RefundView& view, RefundTap& tap) {
  tap.is_switched = ui::button(ui, {at.x, at.bottom() - 56, at.w, 56}, {.label = view.other_way});
  at.h -= 64;
  if (!view.is_free) {
    tap.pick = draw_picker(ui, at, view.lines);
    return;
  }
  ui::amount_field(ui, {at.x, at.y, at.w, 72},
                   {.value = view.amount, .label = view.amount_word, .has_error = view.is_refused});
  tap.key = ui::keypad(ui, {at.x, at.y + 80, at.w, at.h - 80}, {.is_refused = view.is_refused});
}

}  // namespace

RefundTap draw(ui::Ui& ui, const RefundView& view) {
  RefundTap tap;
  const int high = line_height(ui, ui::Size::t1);
  const bool is_wide = ui.width() >= 900;
  const int ways = (static_cast<int>(view.ways.size()) + 1) / 2;
  const int below = high + 8 + 128 + high + 8 + 64 * ways + (view.extras.empty() ? 64 : 128);
  const int picked = std::max(72, 2 * high + 16) * static_cast<int>(view.lines.size());
  const int list = 64 + (view.is_free ? 352 : picked);
  const int height = is_wide ? 72 + std::max(std::min(list, 484), below) + 16 + 64 + 24
                             : 72 + std::min(list, 416) + 16 + below + 16 + 64 + 24;
  const ui::Rect at = sheet_place(ui, is_wide ? 960 : 640, height, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.foot.cancel});
  const ui::Rect foot{at.x + 24, at.bottom() - 24 - 64, at.w - 48, 64};
  ui::Rect lines{at.x + 24, at.y + 72, at.w - 48, foot.y - 16 - at.y - 72};
  ui::Rect side = lines;
  if (is_wide) {
    side.w = 416;
    side.x = lines.right() - side.w;
    lines.w -= side.w + 24;
  } else {
    lines.h -= below + 16;
    side.y = lines.bottom() + 16;
    side.h = below;
  }
  draw_goods_of(ui, lines, view, tap);
  draw_choices_of(ui, side, view, below, tap);
  if (!view.exchange.empty()) {
    const ui::Rect aside{foot.x, foot.y, std::min(220, foot.w / 3), foot.h};
    tap.is_exchange = ui::button(ui, aside,
                                 {.label = view.exchange,
                                  .icon = ui::icons::shopping_cart,
                                  .enabled = view.exchange_why_not.empty(),
                                  .why_not = view.exchange_why_not});
    tap.foot = draw_foot(ui, {aside.right() + 8, foot.y, foot.w - aside.w - 8, foot.h}, view.foot);
  } else {
    tap.foot = draw_foot(ui, foot, view.foot);
  }
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

namespace {

// The lines stand in the cart with a minus; new goods are scanned beside them.
SheetResult into_cart(const Scene& scene, const core::OrderDetail& detail,
                      const RefundInput& input) {
  const RefundView view = present(scene, detail, input);
  if (!view.exchange_why_not.empty()) return {};
  core::TakeBack back{
      detail.order.id,
      {},
      view.reason ? view.reasons.at(*view.reason) : std::string(scene.words("Exchange"))};
  for (const core::LineQuantity& picked : chosen_of(input.picked)) {
    back.lines.push_back({picked.line, picked.quantity,
                          input.restocks ? core::Shelf::restock : core::Shelf::damaged});
  }
  Reaction reaction = show(Screen::sell);
  reaction.commands.emplace_back(std::move(back));
  return {std::move(reaction), true};
}

}  // namespace

SheetResult react(const RefundTap& tap, const Scene& scene, const core::OrderDetail& detail,
                  RefundInput& input) {
  react(tap.pick, input.open, input.picked);
  if (tap.reason) input.reason = *tap.reason;
  if (tap.way) input.way = *tap.way;
  if (tap.is_switched) input.is_free = !input.is_free;
  const ui::Keying keying = amount_keying(detail.order.currency);
  Reaction refused = key_in(tap.key, input.keyed, keying, scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.is_extras) input.with_extras = !input.with_extras;
  if (tap.is_restock) input.restocks = !input.restocks;
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.is_exchange) return into_cart(scene, detail, input);
  if (tap.foot != SheetTap::accept) return {};
  if (!present(scene, detail, input).foot.why_not.empty()) return {};
  return {refund(scene, detail, input), true};
}

}  // namespace pos
