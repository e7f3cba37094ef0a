#include "pos/screens/orders/orders_row.h"

#include <algorithm>

#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Rect;

constexpr int step_width = 168;

RowLayout table_layout(int width, int row) {
  // What is more than the drawn 1144 is shared, most of it for the customer.
  constexpr std::array<int, 8> least{136, 152, 112, 144, 136, 112, 80, step_width};
  constexpr std::array<int, 8> shares{1, 4, 1, 1, 1, 1, 0, 0};
  RowLayout layout{.row = row};
  int x = row_edge;
  const int spare = std::max(0, width - 1144);
  for (std::size_t i = 0; i < least.size(); ++i) {
    layout.x[i] = x;
    layout.w[i] = least[i] + spare * shares[i] / 9;
    x += layout.w[i] + (i == 6 ? ui::measure::margin : ui::measure::gap);
  }
  layout.x[7] = width - row_edge - step_width;
  layout.x[6] = layout.x[7] - ui::measure::margin - layout.w[6];
  return layout;
}

void two_lines(ui::Ui& ui, const Rect& rect, std::string_view first, const ui::Text& style,
               std::string_view second, ui::Colour second_colour) {
  const int high = line_height(ui, style.size), low = line_height(ui, ui::Size::t1);
  const int y = rect.y + (rect.h - high - low) / 2;
  ui::text(ui, {rect.x, y, rect.w, high}, first, style);
  ui::text(ui, {rect.x, y + high, rect.w, low}, second, {.colour = second_colour, .shrinks = true});
}

void draw_badge(ui::Ui& ui, const Rect& at, const BadgeView& view, bool is_new, bool has_fill,
                bool is_headed = false) {
  if (view.label.empty()) return;
  ui::Badge badge = drawn(view, has_fill);
  if (is_headed && !view.brief.empty()) badge.label = view.brief;
  badge.is_on_tint = is_new;
  ui::badge(ui, at.x, at.y, badge, at.w);
}

constexpr ui::Text number_style{
    .size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true};

ui::Text customer_style(const OrderRowView& row) {
  return {.weight = row.is_new ? ui::Weight::semibold : ui::Weight::medium};
}

ui::Colour detail_colour(const OrderRowView& row) {
  return row.is_detail_bad ? ui::Colour::bad : ui::Colour::text_2;
}

void draw_words(ui::Ui& ui, const Rect& rect, const RowLayout& layout, const OrderRowView& row) {
  const auto column = [&](std::size_t i) {
    return Rect{rect.x + layout.x[i], rect.y, layout.w[i], rect.h};
  };
  const int middle = rect.y + (rect.h - ui::measure::badge) / 2;
  const auto badge_in = [&](std::size_t i, int y) {
    return Rect{column(i).x, y, column(i).w, ui::measure::badge};
  };
  switch (layout.form) {
    case RowForm::table:
      two_lines(ui, column(0), row.number, number_style, row.origin, ui::Colour::text_2);
      two_lines(ui, column(1), row.customer, customer_style(row), row.detail, detail_colour(row));
      draw_badge(ui, badge_in(2, middle), row.order, row.is_new, true);
      draw_badge(ui, badge_in(3, middle), row.payment, row.is_new, true);
      draw_badge(ui, badge_in(4, middle), row.fulfilment, row.is_new, true, true);
      draw_badge(ui, badge_in(5, middle).moved(-8, 0), row.sync, row.is_new, false);
      ui::amount(ui, column(6), row.amount);
      break;
    case RowForm::blocks: {
      two_lines(ui, column(0), row.number, number_style, row.origin, ui::Colour::text_2);
      two_lines(ui, column(1), row.customer, customer_style(row), row.detail, detail_colour(row));
      // The short states stand left, the long ones right.
      const int top = rect.y + rect.h / 2 - 34, short_one = column(2).w * 43 / 100;
      const Rect left{column(2).x, top, short_one - 4, ui::measure::badge};
      const Rect right{column(2).x + short_one, top, column(2).w - short_one, left.h};
      draw_badge(ui, left, row.order, row.is_new, true);
      draw_badge(ui, right, row.payment, row.is_new, true);
      draw_badge(ui, left.moved(0, 36), row.sync, row.is_new, false);
      draw_badge(ui, right.moved(0, 36), row.fulfilment, row.is_new, true);
      ui::amount(ui, column(6), row.amount);
      break;
    }
    case RowForm::cards:
      break;
  }
}

// Number and customer above, the states below, amount over the button.
void draw_card(ui::Ui& ui, const Rect& rect, const RowLayout& layout, const OrderRowView& row) {
  const int t1 = line_height(ui, ui::Size::t1), t2 = line_height(ui, ui::Size::t2);
  const int x = rect.x + layout.x[0], width = layout.w[0], y = rect.y + 10;
  const int number =
      std::min(width / 2, ui::text_width(ui, row.number, ui::Size::t2, ui::Weight::semibold));
  ui::text(ui, {x, y, number, t2}, row.number, number_style);
  ui::text(ui, {x + number + 12, y, width - number - 12, t2}, row.origin,
           {.colour = ui::Colour::text_2});
  const int customer =
      std::min(width * 2 / 3, ui::text_width(ui, row.customer, ui::Size::t1, ui::Weight::semibold));
  ui::text(ui, {x, y + t2, customer, t1}, row.customer, customer_style(row));
  ui::text(ui, {x + customer + 12, y + t2, width - customer - 12, t1}, row.detail,
           {.colour = detail_colour(row)});
  int at = x, top = rect.bottom() - 4 - layout.badge_lines * (ui::measure::badge + 8);
  for (const BadgeView* badge : {&row.order, &row.payment, &row.fulfilment, &row.sync}) {
    if (badge->label.empty()) continue;
    const int needed = ui::badge_width(ui, drawn(*badge));
    if (at > x && at + needed > x + width) {
      at = x;
      top += ui::measure::badge + 8;
    }
    draw_badge(ui, {at, top, x + width - at, ui::measure::badge}, *badge, row.is_new,
               badge != &row.sync);
    at += needed + 8;
  }
  ui::amount(ui, {rect.x + layout.x[7], y, layout.w[7], t2}, row.amount);
}

ui::Icon step_icon(NextStep step) {
  switch (step) {
    case NextStep::collect:
      return ui::icons::payments;
    case NextStep::capture:
      return ui::icons::credit_score;
    case NextStep::fulfil:
      return ui::icons::local_shipping;
    case NextStep::archive:
      return ui::icons::archive;
    case NextStep::mend:
      return ui::icons::build;
    case NextStep::open:
      break;
  }
  return ui::icons::chevron_right;
}

// A box with a tick takes the place of the button while orders are chosen.
void draw_choice(ui::Ui& ui, const Rect& place, const OrderRowView& row) {
  const Rect box{place.right() - 44, place.y + (place.h - 32) / 2, 32, 32};
  if (row.is_chosen) {
    ui::box(ui, box, ui::Colour::accent, ui::measure::small_radius);
    ui::icon(ui, box, ui::icons::check, ui::Colour::on_accent);
  } else {
    ui::outline(ui, box, ui::Colour::line_strong, 2, ui::measure::small_radius);
  }
}

}  // namespace

RowLayout layout_of(const ui::Ui& ui, int width) {
  const int t1 = line_height(ui, ui::Size::t1), t2 = line_height(ui, ui::Size::t2);
  const int lines = std::max(ui::measure::row, t1 + t2 + 24);
  if (width >= scaled(ui, 1144)) return table_layout(width, lines);
  const int step = scaled(ui, step_width);
  RowLayout layout{.form = RowForm::blocks, .row = std::max(88, lines)};
  layout.x[7] = width - row_edge - step;
  layout.w[7] = step;
  if (width >= scaled(ui, 880)) {
    const int badges = scaled(ui, 272), amount = scaled(ui, 92);
    layout.x[6] = layout.x[7] - 16 - amount;
    layout.w[6] = amount;
    layout.x[2] = layout.x[6] - 8 - badges;
    layout.w[2] = badges;
    layout.x[0] = row_edge;
    layout.w[0] = scaled(ui, 140);
    layout.x[1] = row_edge + layout.w[0] + 8;
    layout.w[1] = layout.x[2] - 8 - layout.x[1];
    return layout;
  }
  layout.form = RowForm::cards;
  layout.x[0] = row_edge;
  layout.w[0] = layout.x[7] - 16 - row_edge;
  layout.badge_lines = layout.w[0] < scaled(ui, 480) ? 2 : 1;
  layout.row = t2 + t1 + 8 + layout.badge_lines * (ui::measure::badge + 8) + 20;
  return layout;
}

void draw_heads(ui::Ui& ui, const Rect& rect, const RowLayout& layout, const OrdersView& view) {
  for (std::size_t i = 0; i < view.heads.size(); ++i) {
    const ui::Align align = i == 6 ? ui::Align::right : ui::Align::left;
    // The head of a narrow column may begin further left than the column.
    const int more = i == 6 ? 40 : 0;
    ui::text(ui, {rect.x + layout.x[i] - more, rect.y, layout.w[i] + more, rect.h}, view.heads[i],
             {.weight = ui::Weight::medium, .colour = ui::Colour::text_2, .align = align});
  }
}

// The row and its button; what was tapped.
OrdersTap::Kind draw_row(ui::Ui& ui, const Rect& rect, const RowLayout& layout,
                         const OrderRowView& row, bool is_choosing) {
  OrdersTap::Kind kind = OrdersTap::Kind::none;
  const std::string name = row.number + "##order-" + row.number;
  if (ui::row_ground(ui, rect,
                     {.label = name,
                      .is_selected = row.is_new || row.is_chosen,
                      .needs_attention = row.needs_attention})) {
    kind = OrdersTap::Kind::row;
  }
  if (layout.form == RowForm::cards) {
    draw_card(ui, rect, layout, row);
  } else {
    draw_words(ui, rect, layout, row);
  }
  const int y =
      layout.form == RowForm::cards ? rect.bottom() - 12 - 56 : rect.y + (rect.h - 56) / 2;
  if (is_choosing) {
    draw_choice(ui, {rect.x + layout.x[7], y, layout.w[7], 56}, row);
    return kind;
  }
  const std::string label = row.step_label + "##step-" + row.number;
  ui::Button button{.label = label,
                    .kind = row.is_main ? ui::ButtonKind::main : ui::ButtonKind::neutral,
                    .icon = step_icon(row.step),
                    .size = ui::Size::t1,
                    .align = ui::Align::left,
                    .ground = row.is_new || row.is_chosen ? ui::Ground::tint : ui::Ground::card};
  // An amount is never cut: the icon makes room for one that would come closer
  // than 8 px to the edge.
  if (ui::button_width(ui, button) - 8 > layout.w[7]) button.icon = ui::icons::none;
  if (ui::button(ui, {rect.x + layout.x[7], y, layout.w[7], 56}, button)) {
    kind = OrdersTap::Kind::step;
  }
  return kind;
}

// A row that is being fetched keeps its place.
void draw_placeholder(ui::Ui& ui, const Rect& rect, const RowLayout& layout) {
  ui::box(ui, {rect.x + layout.x[0], rect.y + rect.h / 2 - 18, 104, 14}, ui::Colour::sunken, 6);
  ui::box(ui, {rect.x + layout.x[0], rect.y + rect.h / 2 + 6, 72, 10}, ui::Colour::sunken, 5);
  ui::separator(ui, rect.x + row_edge, rect.bottom() - 1, rect.w - 2 * row_edge);
}

}  // namespace pos
