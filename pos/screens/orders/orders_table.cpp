// How the Orders page is drawn: search, tabs, and the list of rows that scrolls.
#include <algorithm>

#include "pos/screens/orders/orders_row.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Rect;

constexpr std::string_view list_id = "orders";

OrdersTap draw_list(ui::Ui& ui, const Rect& rect, const RowLayout& layout, const OrdersView& view,
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
    const OrdersTap::Kind kind = draw_row(ui, row, layout, view.rows[at], view.is_choosing);
    if (kind != OrdersTap::Kind::none) tap = {kind, at};
  }
  return tap;
}

void draw_footer(ui::Ui& ui, const Rect& rect, const OrdersView& view) {
  ui::separator(ui, rect.x + row_edge, rect.y, rect.w - 2 * row_edge);
  int right = rect.right() - row_edge;
  if (!view.sync_state.empty()) {
    const int width = std::min(rect.w / 2, ui::text_width(ui, view.sync_state));
    right -= width;
    ui::text(ui, {right, rect.y, width, rect.h}, view.sync_state, {.colour = ui::Colour::text_2});
    const bool is_fine = view.sync == ui::State::ok;
    right -= 28;
    ui::icon(ui, {right, rect.y, 20, rect.h},
             is_fine ? ui::icons::cloud_done : ui::icons::cloud_sync, ui::state_ink(view.sync), 20);
  }
  ui::text(ui, {rect.x + row_edge, rect.y, right - rect.x - row_edge - 16, rect.h}, view.footer,
           {.colour = ui::Colour::text_2});
}

// What can be done with the chosen orders, in place of the footer.
OrdersTap draw_bulk(ui::Ui& ui, const Rect& rect, const OrdersView& view) {
  OrdersTap tap;
  ui::separator(ui, rect.x + row_edge, rect.y, rect.w - 2 * row_edge);
  const int y = rect.y + (rect.h - 56) / 2;
  int right = rect.right() - row_edge;
  const auto place = [&](ui::Button button, OrdersTap::Kind kind, std::size_t index, int room) {
    int width = ui::button_width(ui, button);
    if (width > room) {
      button.icon = ui::icons::none;
      width = std::min(room, ui::button_width(ui, button));
    }
    right -= width;
    if (ui::button(ui, {right, y, width, 56}, button)) tap = {kind, index};
    right -= 8;
  };
  const int room = (rect.w - 2 * row_edge - 4 * 8) / 5;
  constexpr std::array<ui::Icon, 3> icons{ui::icons::credit_score, ui::icons::local_shipping,
                                          ui::icons::archive};
  bool has_main = false;
  for (std::size_t i = view.bulk.size(); i-- > 0;) {
    const OrdersView::Bulk& bulk = view.bulk[i];
    const bool is_first = std::none_of(view.bulk.begin(), view.bulk.begin() + static_cast<int>(i),
                                       [](const auto& one) { return one.why_not.empty(); });
    const bool is_main = bulk.why_not.empty() && is_first && !has_main;
    has_main = has_main || is_main;
    const std::string label = bulk.label + "##bulk-" + std::to_string(i);
    place({.label = label,
           .kind = is_main ? ui::ButtonKind::main : ui::ButtonKind::neutral,
           .icon = icons[i],
           .enabled = bulk.why_not.empty(),
           .why_not = bulk.why_not,
           .size = ui::Size::t1},
          OrdersTap::Kind::bulk, i, room);
  }
  place({.label = view.end_choosing + "##end-choosing", .kind = ui::ButtonKind::line},
        OrdersTap::Kind::choose, 0, room);
  place({.label = view.choose_shown, .kind = ui::ButtonKind::line}, OrdersTap::Kind::choose_shown,
        0, room);
  ui::text(ui, {rect.x + row_edge, rect.y, right - rect.x - row_edge, rect.h}, view.chosen_words,
           {.weight = ui::Weight::semibold, .shrinks = true});
  return tap;
}

// Title, search, filter, choose, refresh.
OrdersTap draw_top(ui::Ui& ui, const Rect& row, const OrdersView& view, OrdersInput& input) {
  OrdersTap tap;
  int right = row.right() - 56;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.sync_word, .icon = ui::icons::sync, .is_icon_only = true})) {
    tap.kind = OrdersTap::Kind::sync;
  }
  right -= 56 + ui::measure::gap;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.choose, .icon = ui::icons::fact_check, .is_icon_only = true})) {
    tap.kind = OrdersTap::Kind::choose;
  }
  const ui::Button filter{.label = view.filter_word,
                          .icon = ui::icons::tune,
                          .count = view.filters > 0 ? view.filters : -1};
  const int filter_width = ui::button_width(ui, filter);
  right -= filter_width + ui::measure::gap;
  if (ui::button(ui, {right, row.y, filter_width, 56}, filter)) tap.kind = OrdersTap::Kind::filters;
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
  if (event != ui::FieldEvent::none) tap.kind = OrdersTap::Kind::search;
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
  if (tab) tap = {OrdersTap::Kind::tab, static_cast<std::size_t>(*tab)};

  const Rect card{page.x, page.y + 136, page.w, page.h - 136};
  ui::card(ui, card);
  const RowLayout layout = layout_of(ui, card.w);
  const int head = layout.form == RowForm::table ? 40 : 8;
  const int foot = view.is_choosing ? 72 : 40;
  if (layout.form == RowForm::table) draw_heads(ui, {card.x, card.y, card.w, head}, layout, view);
  const Rect list{card.x, card.y + head, card.w, card.h - head - foot};
  if (view.emptiness.title.empty()) {
    const OrdersTap in_list = draw_list(ui, list, layout, view, input);
    if (in_list.kind != OrdersTap::Kind::none) tap = in_list;
  } else {
    draw_emptiness(ui, {list.x, list.y, list.w, list.h - 72}, view.emptiness);
    const ui::Button all{.label = view.show_all};
    const int width = ui::button_width(ui, all);
    if (!view.show_all.empty() &&
        ui::button(ui, {list.x + (list.w - width) / 2, list.bottom() - 72, width, 56}, all)) {
      tap.kind = OrdersTap::Kind::show_all;
    }
  }
  const Rect at_foot{card.x, card.bottom() - foot, card.w, foot};
  if (view.is_choosing) {
    const OrdersTap bulk = draw_bulk(ui, at_foot, view);
    if (bulk.kind != OrdersTap::Kind::none) tap = bulk;
  } else {
    draw_footer(ui, at_foot, view);
  }
  return tap;
}

}  // namespace pos
