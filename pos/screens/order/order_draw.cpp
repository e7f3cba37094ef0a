// How the detail of an order is drawn: a row of buttons and states that stays,
// and under it the cards, in two columns or, on an upright window, in one.
#include <algorithm>

#include "pos/screens/order/order_cards.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Rect;

using ui::measure::margin;
using ui::measure::target;
constexpr std::string_view scroll_id = "order detail";

struct Action {
  OrderTap::Kind kind;
  std::string_view label;
  ui::Icon icon;
  std::string_view why_not;
  ui::Key key;
  bool has_word = false;
};

// From the right edge to the left; returns the left edge used.
int draw_actions(ui::Ui& ui, const Rect& row, const OrderView& view, OrderTap& tap) {
  const bool is_wide = row.w >= scaled(ui, 1000);
  const std::array<Action, 4> actions{{
      {OrderTap::Kind::next, view.next, ui::icons::expand_more, view.next_why_not,
       ui::Key::page_down},
      {OrderTap::Kind::previous, view.previous, ui::icons::expand_less, view.previous_why_not,
       ui::Key::page_up},
      {OrderTap::Kind::menu, view.menu, ui::icons::more_vert, "", ui::Key::none},
      {OrderTap::Kind::print, view.print, ui::icons::print, view.print_why_not, ui::Key::none,
       is_wide},
  }};
  int right = row.right();
  for (const Action& action : actions) {
    const ui::Button button{.label = action.label,
                            .icon = action.icon,
                            .key = action.has_word ? action.key : ui::Key::none,
                            .enabled = action.why_not.empty(),
                            .why_not = action.why_not,
                            .is_icon_only = !action.has_word};
    const int width = action.has_word ? ui::button_width(ui, button) : target;
    right -= width;
    if (ui::button(ui, {right, row.y, width, target}, button) ||
        (action.why_not.empty() && ui.key(action.key))) {
      tap.kind = action.kind;
    }
    right -= ui::measure::gap;
  }
  return right;
}

int badges_width(ui::Ui& ui, const OrderView& view) {
  int width = 0;
  for (const BadgeView* badge : {&view.order, &view.payment, &view.fulfilment, &view.sync}) {
    if (!badge->label.empty()) width += ui::badge_width(ui, drawn(*badge)) + 8;
  }
  return width;
}

void draw_badges(ui::Ui& ui, int x, int y, const OrderView& view) {
  for (const BadgeView* badge : {&view.order, &view.payment, &view.fulfilment, &view.sync}) {
    if (badge->label.empty()) continue;
    x += ui::badge(ui, x, y, drawn(*badge, badge != &view.sync)) + 8;
  }
}

// Back, number, states and buttons; returns the height used.
int draw_header(ui::Ui& ui, const Rect& row, const OrderView& view, OrderTap& tap) {
  if (ui::button(ui, {row.x, row.y, target, target},
                 {.label = view.back, .icon = ui::icons::arrow_back, .is_icon_only = true})) {
    tap.kind = OrderTap::Kind::back;
  }
  if (ui.key(ui::Key::escape)) tap.kind = OrderTap::Kind::back;
  if (!view.is_there) return target;
  const int left = draw_actions(ui, row, view, tap);
  const int x = row.x + target + margin;
  const int number =
      std::min(left - x, ui::text_width(ui, view.number, ui::Size::t3, ui::Weight::semibold));
  ui::text(ui, {x, row.y, number, target}, view.number,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold, .shrinks = true});
  if (x + number + 12 + badges_width(ui, view) <= left) {
    draw_badges(ui, x + number + 12, row.y + 12, view);
    return target;
  }
  draw_badges(ui, row.x, row.y + target + 8, view);
  return target + 8 + ui::measure::badge;
}

// Draws the cards and returns where they end.
int draw_columns(ui::Ui& ui, const Rect& room, const OrderView& view, OrderTap& tap, int top) {
  Pen pen{ui, room.x, top, room.w};
  draw_trouble(pen, view, tap);
  if (ui.is_portrait() || room.w < scaled(ui, 800)) {
    draw_payment(pen, view, tap);
    draw_fulfilment(pen, view, tap);
    draw_completion(pen, view, tap, 0);
    draw_lines(pen, view, tap);
    draw_receipts(pen, view, tap, 0);
    draw_timeline(pen, view, tap, room.bottom());
    return pen.y;
  }
  const int right_width = std::clamp(room.w * 385 / 1000, scaled(ui, 336), 560);
  Pen left{ui, room.x, pen.y, room.w - right_width - margin};
  Pen right{ui, left.x + left.w + margin, pen.y, right_width};
  draw_lines(left, view, tap);
  draw_payment(right, view, tap);
  draw_fulfilment(right, view, tap);
  draw_timeline(left, view, tap, room.bottom());
  const bool has_receipts = !view.receipts.empty();
  draw_completion(right, view, tap, has_receipts ? 0 : room.bottom());
  draw_receipts(right, view, tap, room.bottom());
  return std::max(left.y, right.y);
}

}  // namespace

OrderTap draw(ui::Ui& ui, const OrderView& view, OrderInput& input) {
  const Rect page = page_of(ui);
  OrderTap tap;
  const int header = draw_header(ui, {page.x, page.y, page.w, target}, view, tap);
  const Rect below{page.x, page.y + header + 8, page.w, page.h - header - 8};
  if (!view.is_there) {
    draw_emptiness(ui, below, view.emptiness);
    return tap;
  }
  // The area is a little larger than the cards, for their shadows and the mark.
  const Rect area_rect{below.x - margin, below.y - 4, below.w + 2 * margin, below.h + 4 + margin};
  ui::ScrollArea area(ui, area_rect, scroll_id, input.content_height);
  const int end = draw_columns(ui, below, view, tap, area.y(below.y));
  const int height = end + area.offset() - area_rect.y;
  if (height != input.content_height) ui.ask_for_frame();
  input.content_height = height;
  return tap;
}

}  // namespace pos
