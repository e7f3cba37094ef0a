// The cards with the three steps of an order: payment, fulfilment, completion.
#include <algorithm>

#include "pos/screens/order/order_cards.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Colour;
using ui::Rect;
using ui::Size;
using ui::Weight;
using Main = OrderView::Main;

constexpr int entry_indent = 36;
constexpr ui::Text entry_title{.weight = Weight::medium};
constexpr ui::Text entry_second{.colour = Colour::text_2};

// An address is read whole: who packs has nothing else to go by.
int entry_height(const Pen& pen, const EntryView& entry) {
  const int width = pen.w - 2 * ui::measure::padding - entry_indent;
  return ui::paragraph_height(pen.ui, width, entry.title, entry_title) +
         ui::paragraph_height(pen.ui, width, entry.second, entry_second) + 12;
}
int entries_height(const Pen& pen, const std::vector<EntryView>& entries) {
  int height = 0;
  for (const EntryView& entry : entries) height += entry_height(pen, entry);
  return height;
}

void draw_entries(Pen& pen, Rect& room, const std::vector<EntryView>& entries) {
  for (const EntryView& entry : entries) {
    const int row = entry_height(pen, entry);
    const bool is_plain = entry.state == ui::State::neutral;
    const Colour ink = is_plain ? Colour::text : ui::state_ink(entry.state);
    ui::icon(pen.ui, {room.x, room.y, 24, row}, entry.icon, is_plain ? Colour::text_2 : ink);
    const Rect words{room.x + entry_indent, room.y + 6, room.w - entry_indent, row - 12};
    ui::Text style = entry_title;
    style.colour = ink;
    const int title = ui::paragraph(pen.ui, words, entry.title, style);
    ui::paragraph(pen.ui, {words.x, words.y + title, words.w, words.h - title}, entry.second,
                  entry_second);
    room.y += row;
  }
}

struct StepButton {
  OrderTap::Kind kind;
  std::string_view label, id, why_not = {};
  ui::Icon icon = ui::icons::none;
  ui::Key key = ui::Key::none;
  ui::ButtonKind look = ui::ButtonKind::neutral;
  int share = 1;  // of the row
};

// Side by side, in the shares that they ask for; those without words are left out.
void draw_buttons(Pen& pen, const Rect& row, std::vector<StepButton> buttons, OrderTap& tap) {
  std::erase_if(buttons, [](const StepButton& one) { return one.label.empty(); });
  int shares = 0;
  for (const StepButton& one : buttons) shares += one.share;
  const int room = row.w - 8 * (static_cast<int>(buttons.size()) - 1);
  int x = row.x;
  for (const StepButton& one : buttons) {
    const bool is_last = &one == &buttons.back();
    const int width = is_last ? row.right() - x : room * one.share / shares;
    const std::string label = std::string(one.label) + "##" + std::string(one.id);
    ui::Button button{.label = label,
                      .kind = one.look,
                      .icon = one.icon,
                      .key = one.key,
                      .enabled = one.why_not.empty(),
                      .why_not = one.why_not};
    button.size = row.h >= 64 || one.share == 2 ? Size::t2 : Size::t1;
    fit(pen.ui, button, width);
    if (ui::button(pen.ui, {x, row.y, width, row.h}, button)) tap.kind = one.kind;
    x += width + 8;
  }
}

ui::ButtonKind look_of(const OrderView& view, Main main) {
  return view.main == main ? ui::ButtonKind::main : ui::ButtonKind::neutral;
}

// The parcel's number and whether the customer is told, side by side where
// there is room.
int parcel_height(const Pen& pen, const OrderView& view) {
  if (!view.has_parcel) return 0;
  return pen.w - 48 >= scaled(pen.ui, 360) ? 72 : 136;
}

void draw_parcel(Pen& pen, Rect& room, const OrderView& view, OrderTap& tap) {
  const int height = parcel_height(pen, view);
  if (height == 0) return;
  const bool is_wide = height < 100;
  const int half = is_wide ? room.w * 59 / 100 : room.w;
  if (ui::button(pen.ui, {room.x, room.y + 8, half, 56},
                 {.label = view.tracking + "##tracking",
                  .kind = ui::ButtonKind::line,
                  .icon = ui::icons::qr_code_scanner,
                  .size = Size::t1,
                  .align = ui::Align::left})) {
    tap.kind = OrderTap::Kind::tracking;
  }
  const Rect side = is_wide ? Rect{room.x + half + 12, room.y + 8, room.w - half - 12, 56}
                            : Rect{room.x, room.y + 72, room.w, 56};
  if (ui::toggle(pen.ui, side,
                 {.label = view.notify,
                  .is_on = view.tells_customer,
                  .enabled = view.notify_why_not.empty(),
                  .why_not = view.notify_why_not})) {
    tap.kind = OrderTap::Kind::notify;
  }
  room.y += height;
}

}  // namespace

void draw_payment(Pen& pen, const OrderView& view, OrderTap& tap) {
  const int facts = static_cast<int>(view.payments.size() + view.sums.size());
  const std::string& main = view.capture.empty() ? view.collect : view.capture;
  const int button = main.empty() ? view.refund.empty() ? 0 : 72 : 80;
  const int expiry = view.expiry.title.empty() ? 0 : line_height(pen) + 12;
  const int height = card_title + facts * fact_height(pen) + expiry +
                     entries_height(pen, view.payment_waits) + button + 16;
  Rect room = begin_card(pen, height, view.payment_title, &view.payment);
  draw_facts(pen, room, view.payments);
  draw_facts(pen, room, view.sums);
  if (expiry > 0) {
    const Colour ink = ui::state_ink(view.expiry.state);
    ui::icon(pen.ui, {room.x, room.y, 20, expiry}, view.expiry.icon, ink, 20);
    ui::text(pen.ui, {room.x + 28, room.y, room.w - 28, expiry}, view.expiry.title,
             {.weight = Weight::medium, .colour = ink});
    room.y += expiry;
  }
  draw_entries(pen, room, view.payment_waits);
  if (button == 0) return;
  const bool is_capture = !view.capture.empty();
  if (!main.empty()) {
    draw_buttons(pen, {room.x, room.y + 16, room.w, 64},
                 {{.kind = is_capture ? OrderTap::Kind::capture : OrderTap::Kind::collect,
                   .label = main,
                   .id = is_capture ? "capture" : "collect",
                   .icon = is_capture ? ui::icons::credit_score : ui::icons::payments,
                   .key = ui::Key::f9,
                   .look = look_of(view, Main::money)}},
                 tap);
    return;
  }
  draw_buttons(pen, {room.x, room.y + 16, room.w, 56},
               {{.kind = OrderTap::Kind::refund,
                 .label = view.refund,
                 .id = "refund",
                 .icon = ui::icons::undo}},
               tap);
}

void draw_fulfilment(Pen& pen, const OrderView& view, OrderTap& tap) {
  const bool has_buttons = !view.fulfil.empty() || !view.hand_over.empty();
  const int height = card_title + entries_height(pen, view.handover) +
                     entries_height(pen, view.fulfilment_waits) + parcel_height(pen, view) +
                     (has_buttons ? 64 : 0) + 12;
  Rect room = begin_card(pen, height, view.fulfilment_title, &view.fulfilment);
  draw_entries(pen, room, view.handover);
  draw_entries(pen, room, view.fulfilment_waits);
  draw_parcel(pen, room, view, tap);
  if (!has_buttons) return;
  draw_buttons(
      pen, {room.x, room.y + 8, room.w, 56},
      {{.kind = OrderTap::Kind::fulfil_some, .label = view.fulfil_some, .id = "fulfil-some"},
       {.kind = OrderTap::Kind::ready,
        .label = view.ready,
        .id = "ready",
        .icon = ui::icons::storefront},
       {.kind = OrderTap::Kind::hand_over,
        .label = view.hand_over,
        .id = "hand-over",
        .icon = ui::icons::check_circle,
        .key = ui::Key::f10,
        .look = look_of(view, Main::goods)},
       {.kind = OrderTap::Kind::fulfil,
        .label = view.fulfil,
        .id = "fulfil",
        .icon = ui::icons::local_shipping,
        .key = ui::Key::f10,
        .look = look_of(view, Main::goods),
        .share = 2}},
      tap);
}

void draw_completion(Pen& pen, const OrderView& view, OrderTap& tap, int least_bottom) {
  const bool has_buttons = !view.archive.empty() || !view.reopen.empty();
  const int content = entries_height(pen, view.completion_waits) + (has_buttons ? 64 : 0);
  const int height = std::max(card_title + content + 16, least_bottom - pen.y);
  Rect room = begin_card(pen, height, view.completion_title);
  const int title = ui::text_width(pen.ui, view.completion_title, Size::t2, Weight::semibold) + 16;
  ui::text(pen.ui, {room.x + title, room.y - card_title, room.w - title, card_title},
           view.steps_left, {.colour = Colour::text_2, .align = ui::Align::right});
  draw_entries(pen, room, view.completion_waits);
  if (!has_buttons) return;
  draw_buttons(pen, {room.x, room.y + 8, room.w, 56},
               {{.kind = OrderTap::Kind::archive,
                 .label = view.archive,
                 .id = "archive",
                 .why_not = view.archive_why_not,
                 .icon = ui::icons::archive,
                 .look = look_of(view, Main::archive),
                 .share = 2},
                {.kind = OrderTap::Kind::reopen,
                 .label = view.reopen,
                 .id = "reopen",
                 .icon = ui::icons::restart_alt},
                {.kind = OrderTap::Kind::all_steps,
                 .label = view.all_steps,
                 .id = "all-steps",
                 .icon = ui::icons::done_all,
                 .look = ui::ButtonKind::line,
                 .share = 3}},
               tap);
}

}  // namespace pos
