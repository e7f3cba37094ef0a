// How the Orders page is drawn: as a table where there is room, with the four
// states in two lines on a small window, and as cards on an upright one.
#include <algorithm>

#include "pos/screens/orders_screen.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Rect;
using Kind = OrdersTap::Kind;

constexpr std::string_view list_id = "orders";
constexpr int edge = 20;  // from the card's edge to the text of a row
constexpr int step_width = 160;

enum class Form : std::uint8_t { table, blocks, cards };

// Where the parts of a row stand, from the left edge of the card; `row` is its height.
struct Layout {
  Form form = Form::table;
  int row = ui::measure::row;
  std::array<int, 8> x{}, w{};
};

Layout table_layout(int width, int row) {
  // What is more than the drawn 1144 is shared, most of it for the customer.
  constexpr std::array<int, 8> least{136, 152, 112, 144, 136, 120, 80, step_width};
  constexpr std::array<int, 8> shares{1, 4, 1, 1, 1, 1, 0, 0};
  Layout layout{.row = row};
  int x = edge;
  const int spare = std::max(0, width - 1144);
  for (std::size_t i = 0; i < least.size(); ++i) {
    layout.x[i] = x;
    layout.w[i] = least[i] + spare * shares[i] / 9;
    x += layout.w[i] + (i == 6 ? ui::measure::margin : ui::measure::gap);
  }
  layout.x[7] = width - edge - step_width;
  layout.x[6] = layout.x[7] - ui::measure::margin - layout.w[6];
  return layout;
}

Layout layout_of(ui::Ui& ui, int width) {
  const int t1 = line_height(ui, ui::Size::t1), t2 = line_height(ui, ui::Size::t2);
  const int lines = std::max(ui::measure::row, t1 + t2 + 24);
  if (width >= scaled(ui, 1144)) return table_layout(width, lines);
  Layout layout{.form = Form::blocks, .row = std::max(88, lines)};
  layout.x[7] = width - edge - step_width;
  layout.w[7] = step_width;
  if (width >= scaled(ui, 880)) {
    const int badges = scaled(ui, 272), amount = scaled(ui, 92);
    layout.x[6] = layout.x[7] - 16 - amount;
    layout.w[6] = amount;
    layout.x[2] = layout.x[6] - 8 - badges;
    layout.w[2] = badges;
    layout.x[0] = edge;
    layout.w[0] = scaled(ui, 140);
    layout.x[1] = edge + layout.w[0] + 8;
    layout.w[1] = layout.x[2] - 8 - layout.x[1];
    return layout;
  }
  layout.form = Form::cards;
  layout.x[0] = edge;
  layout.w[0] = layout.x[7] - 16 - edge;
  layout.row = t2 + t1 + 8 + ui::measure::badge + 28;
  return layout;
}

void two_lines(ui::Ui& ui, const Rect& rect, std::string_view first, const ui::Text& style,
               std::string_view second, ui::Colour second_colour) {
  const int high = line_height(ui, style.size), low = line_height(ui, ui::Size::t1);
  const int y = rect.y + (rect.h - high - low) / 2;
  ui::text(ui, {rect.x, y, rect.w, high}, first, style);
  ui::text(ui, {rect.x, y + high, rect.w, low}, second, {.colour = second_colour});
}

void draw_badge(ui::Ui& ui, int x, int y, const BadgeView& view, bool is_new, bool has_fill) {
  if (view.label.empty()) return;
  ui::Badge badge = drawn(view, has_fill);
  badge.is_on_tint = is_new;
  ui::badge(ui, x, y, badge);
}

constexpr ui::Text number_style{.size = ui::Size::t2, .weight = ui::Weight::semibold};

ui::Text customer_style(const OrderRowView& row) {
  return {.weight = row.is_new ? ui::Weight::semibold : ui::Weight::medium};
}

ui::Colour detail_colour(const OrderRowView& row) {
  return row.is_detail_bad ? ui::Colour::bad : ui::Colour::text_2;
}

void draw_words(ui::Ui& ui, const Rect& rect, const Layout& layout, const OrderRowView& row) {
  const auto column = [&](std::size_t i) {
    return Rect{rect.x + layout.x[i], rect.y, layout.w[i], rect.h};
  };
  const int middle = rect.y + (rect.h - ui::measure::badge) / 2;
  switch (layout.form) {
    case Form::table:
      two_lines(ui, column(0), row.number, number_style, row.origin, ui::Colour::text_2);
      two_lines(ui, column(1), row.customer, customer_style(row), row.detail, detail_colour(row));
      draw_badge(ui, column(2).x, middle, row.order, row.is_new, true);
      draw_badge(ui, column(3).x, middle, row.payment, row.is_new, true);
      draw_badge(ui, column(4).x, middle, row.fulfilment, row.is_new, true);
      draw_badge(ui, column(5).x - 8, middle, row.sync, row.is_new, false);
      ui::amount(ui, column(6), row.amount);
      break;
    case Form::blocks: {
      two_lines(ui, column(0), row.number, number_style, row.origin, ui::Colour::text_2);
      two_lines(ui, column(1), row.customer, customer_style(row), row.detail, detail_colour(row));
      const int x = column(2).x, second = x + column(2).w * 45 / 100;
      const int top = rect.y + rect.h / 2 - 34;
      draw_badge(ui, x, top, row.order, row.is_new, true);
      draw_badge(ui, second, top, row.payment, row.is_new, true);
      draw_badge(ui, x, top + 36, row.fulfilment, row.is_new, true);
      draw_badge(ui, second, top + 36, row.sync, row.is_new, false);
      ui::amount(ui, column(6), row.amount);
      break;
    }
    case Form::cards:
      break;
  }
}

// Number and customer above, the states below, amount over the button.
void draw_card(ui::Ui& ui, const Rect& rect, const Layout& layout, const OrderRowView& row) {
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
  int at = x;
  for (const BadgeView* badge : {&row.order, &row.payment, &row.fulfilment, &row.sync}) {
    if (badge->label.empty()) continue;
    const bool has_fill = badge != &row.sync;
    const int needed = ui::badge_width(ui, drawn(*badge));
    if (at + needed > x + width) break;
    draw_badge(ui, at, rect.bottom() - 12 - ui::measure::badge, *badge, row.is_new, has_fill);
    at += needed + 8;
  }
  ui::amount(ui, {rect.x + layout.x[7], y, layout.w[7], t2}, row.amount);
}

void draw_heads(ui::Ui& ui, const Rect& rect, const Layout& layout, const OrdersView& view) {
  for (std::size_t i = 0; i < view.heads.size(); ++i) {
    const ui::Align align = i == 6 ? ui::Align::right : ui::Align::left;
    // The head of a narrow column may begin further left than the column.
    const int more = i == 6 ? 40 : 0;
    ui::text(ui, {rect.x + layout.x[i] - more, rect.y, layout.w[i] + more, rect.h}, view.heads[i],
             {.weight = ui::Weight::medium, .colour = ui::Colour::text_2, .align = align});
  }
}

ui::Icon step_icon(NextStep step) {
  if (step == NextStep::collect) return ui::icons::payments;
  return step == NextStep::mend ? ui::icons::build : ui::icons::chevron_right;
}

// The row and its button; what was tapped.
Kind draw_row(ui::Ui& ui, const Rect& rect, const Layout& layout, const OrderRowView& row) {
  Kind kind = Kind::none;
  const std::string name = row.number + "##order-" + row.number;
  if (ui::row_ground(
          ui, rect,
          {.label = name, .is_selected = row.is_new, .needs_attention = row.needs_attention})) {
    kind = Kind::row;
  }
  if (layout.form == Form::cards) {
    draw_card(ui, rect, layout, row);
  } else {
    draw_words(ui, rect, layout, row);
  }
  const int y = layout.form == Form::cards ? rect.bottom() - 12 - 56 : rect.y + (rect.h - 56) / 2;
  const std::string label = row.step_label + "##step-" + row.number;
  if (ui::button(ui, {rect.x + layout.x[7], y, layout.w[7], 56},
                 {.label = label,
                  .kind = row.is_main ? ui::ButtonKind::main : ui::ButtonKind::neutral,
                  .icon = step_icon(row.step),
                  .align = ui::Align::left,
                  .ground = row.is_new ? ui::Ground::tint : ui::Ground::card})) {
    kind = Kind::step;
  }
  return kind;
}

// A row that is being fetched keeps its place.
void draw_placeholder(ui::Ui& ui, const Rect& rect, const Layout& layout) {
  ui::box(ui, {rect.x + layout.x[0], rect.y + rect.h / 2 - 18, 104, 14}, ui::Colour::sunken, 6);
  ui::box(ui, {rect.x + layout.x[0], rect.y + rect.h / 2 + 6, 72, 10}, ui::Colour::sunken, 5);
  ui::separator(ui, rect.x + edge, rect.bottom() - 1, rect.w - 2 * edge);
}

OrdersTap draw_list(ui::Ui& ui, const Rect& rect, const Layout& layout, const OrdersView& view,
                    OrdersInput& input) {
  OrdersTap tap;
  if (input.to_top) {
    ui.scroll(list_id) = {};
    input.to_top = false;
  }
  if (ui.key(ui::Key::page_down))
    ui.scroll(list_id).offset += static_cast<float>(ui.pixels(rect.h));
  if (ui.key(ui::Key::page_up)) ui.scroll(list_id).offset -= static_cast<float>(ui.pixels(rect.h));
  if (ui.key(ui::Key::home)) input.to_top = true;
  const int content = static_cast<int>(view.total) * layout.row;
  ui::ScrollArea area(ui, rect, list_id, content);
  input.first = area.offset() / layout.row;
  input.visible = std::max(1, rect.h / layout.row);

  const std::int64_t end = std::min(view.total, input.first + input.visible + 2);
  std::size_t at = 0;
  for (std::int64_t place = input.first; place < end; ++place) {
    const int y = area.y(rect.y + static_cast<int>(place) * layout.row);
    const Rect row{rect.x, y, rect.w, layout.row};
    while (at < view.rows.size() && view.rows[at].place < place) ++at;
    if (at == view.rows.size() || view.rows[at].place != place) {
      draw_placeholder(ui, row, layout);
      continue;
    }
    const Kind kind = draw_row(ui, row, layout, view.rows[at]);
    if (kind != Kind::none) tap = {kind, at};
  }
  return tap;
}

void draw_footer(ui::Ui& ui, const Rect& rect, const OrdersView& view) {
  ui::separator(ui, rect.x + edge, rect.y, rect.w - 2 * edge);
  int right = rect.right() - edge;
  if (!view.sync_state.empty()) {
    const int width = std::min(rect.w / 2, ui::text_width(ui, view.sync_state));
    right -= width;
    ui::text(ui, {right, rect.y, width, rect.h}, view.sync_state, {.colour = ui::Colour::text_2});
    const bool is_fine = view.sync == ui::State::ok;
    right -= 28;
    ui::icon(ui, {right, rect.y, 20, rect.h},
             is_fine ? ui::icons::cloud_done : ui::icons::cloud_sync, ui::state_ink(view.sync), 20);
  }
  ui::text(ui, {rect.x + edge, rect.y, right - rect.x - edge - 16, rect.h}, view.footer,
           {.colour = ui::Colour::text_2});
}

// Title, search, filter, refresh.
OrdersTap draw_top(ui::Ui& ui, const Rect& row, const OrdersView& view, OrdersInput& input) {
  OrdersTap tap;
  int right = row.right() - 56;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.sync_word, .icon = ui::icons::sync, .is_icon_only = true})) {
    tap.kind = Kind::sync;
  }
  const ui::Button filter{.label = view.filter_word,
                          .icon = ui::icons::tune,
                          .count = view.filters > 0 ? view.filters : -1};
  const int filter_width = ui::button_width(ui, filter);
  right -= filter_width + ui::measure::margin;
  if (ui::button(ui, {right, row.y, filter_width, 56}, filter)) tap.kind = Kind::filters;
  const int title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  ui::text(ui, {row.x, row.y, title, 56}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  right -= ui::measure::margin;
  const int left = std::max(row.x + title + ui::measure::padding, right - scaled(ui, 432));
  const auto event = ui::field(ui, {left, row.y, right - left, 56}, input.filter.text,
                               {.id = "order-search",
                                .placeholder = view.search_hint,
                                .icon = ui::icons::search,
                                .key = ui::Key::f3});
  if (event != ui::FieldEvent::none) tap.kind = Kind::search;
  return tap;
}

}  // namespace

OrdersTap draw(ui::Ui& ui, const OrdersView& view, OrdersInput& input) {
  const Rect page = page_of(ui);
  OrdersTap tap = draw_top(ui, {page.x, page.y, page.w, 56}, view, input);

  std::vector<ui::Chip> tabs;
  for (std::size_t i = 0; i < view.tabs.size(); ++i) {
    const OrdersTabView& tab = view.tabs[i];
    tabs.push_back({.label = tab.label,
                    .is_selected = i == view.tab,
                    .count = tab.count,
                    .state = tab.state,
                    .count_icon = tab.icon});
  }
  const auto tab = ui::tabs(ui, {page.x, page.y + 64, page.w, 64}, tabs, "order-tabs");
  if (tab) tap = {Kind::tab, static_cast<std::size_t>(*tab)};

  const Rect card{page.x, page.y + 136, page.w, page.h - 136};
  ui::card(ui, card);
  const Layout layout = layout_of(ui, card.w);
  const int head = layout.form == Form::table ? 40 : 8, foot = 40;
  if (layout.form == Form::table) draw_heads(ui, {card.x, card.y, card.w, head}, layout, view);
  const Rect list{card.x, card.y + head, card.w, card.h - head - foot};
  if (view.emptiness.title.empty()) {
    const OrdersTap in_list = draw_list(ui, list, layout, view, input);
    if (in_list.kind != Kind::none) tap = in_list;
  } else {
    draw_emptiness(ui, {list.x, list.y, list.w, list.h - 72}, view.emptiness);
    const ui::Button all{.label = view.show_all};
    const int width = ui::button_width(ui, all);
    if (!view.show_all.empty() &&
        ui::button(ui, {list.x + (list.w - width) / 2, list.bottom() - 72, width, 56}, all)) {
      tap.kind = Kind::show_all;
    }
  }
  draw_footer(ui, {card.x, card.bottom() - foot, card.w, foot}, view);
  return tap;
}

}  // namespace pos
