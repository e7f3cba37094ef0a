// How the products are drawn.
#include <algorithm>

#include "pos/screens/sell/sell_products.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;
constexpr std::string_view search_id = "search";

// Letters typed while nothing has the focus go into the search.
void catch_typing(ui::Ui& ui, ProductsInput& input, ProductsTap& tap) {
  if (!ui.focused().empty()) return;
  const std::string typed = ui.take_text();
  if (typed.empty()) return;
  input.search += typed;
  ui.focus(search_id);
  tap.kind = ProductsTap::Kind::searched;
}

void draw_search(ui::Ui& ui, const ProductsView& view, const SellLayout& at, ProductsInput& input,
                 ProductsTap& tap) {
  catch_typing(ui, input, tap);
  const bool leaves = ui.has_focus(search_id) && !input.search.empty() && ui.key(ui::Key::escape);
  const ui::FieldEvent event = ui::field(ui, at.search, input.search,
                                         {.id = search_id,
                                          .placeholder = view.placeholder,
                                          .icon = icons::search,
                                          .key = ui::Key::f3,
                                          .most_bytes = 100});
  if (event == ui::FieldEvent::changed) tap.kind = ProductsTap::Kind::searched;
  if (event == ui::FieldEvent::submitted) tap.kind = ProductsTap::Kind::submitted;
  if (event == ui::FieldEvent::cleared || leaves) {
    input.search.clear();
    ui.blur();
    tap.kind = ProductsTap::Kind::searched;
  }
  if (ui::button(ui, at.keyboard_button,
                 {.label = view.keyboard_word,
                  .icon = view.shape.has_keyboard ? icons::keyboard_hide : icons::keyboard,
                  .is_icon_only = true})) {
    tap.kind = ProductsTap::Kind::keyboard;
    if (!view.shape.has_keyboard) ui.focus(search_id);
  }
  const bool is_list = view.shape.style == CellStyle::list;
  if (ui::button(ui, at.style_button,
                 {.label = view.style_word,
                  .icon = is_list ? icons::grid_view : icons::view_list,
                  .is_icon_only = true}))
    tap.kind = ProductsTap::Kind::style;
}

void draw_categories(ui::Ui& ui, const ProductsView& view, const SellLayout& at, ProductsTap& tap) {
  std::vector<ui::Chip> chips;
  for (const CategoryView& category : view.categories)
    chips.push_back(
        {.label = category.name, .icon = category.icon, .is_selected = category.is_selected});
  if (const auto chosen = ui::chips(ui, at.chips, chips, "categories"))
    tap = {ProductsTap::Kind::category, static_cast<std::size_t>(*chosen)};
}

ui::Press draw_tile(ui::Ui& ui, const Rect& rect, const CellView& cell) {
  return ui::tile(ui, rect,
                  {.name = cell.name,
                   .price = cell.price,
                   .unit = cell.unit,
                   .low = cell.low,
                   .picture = cell.picture,
                   .initials = cell.initials,
                   .category = cell.category});
}

ui::Press draw_row(ui::Ui& ui, const Rect& rect, const CellView& cell) {
  const ui::Touch touch = ui.touch(rect, cell.name, ui::ItemKind::row);
  ui::raised(ui, rect, touch.is_pressed ? ui::Colour::press : ui::Colour::surface);
  const int side = std::min(48, rect.h - 8);
  ui::thumbnail(ui, {rect.x + 8, rect.y + (rect.h - side) / 2, side, side},
                {cell.picture, cell.initials, cell.category});
  const int unit = cell.unit.empty() ? 0 : ui::text_width(ui, cell.unit);
  const int price = ui::text_width(ui, cell.price, ui::Size::t2, ui::Weight::semibold);
  const int right = rect.right() - 12, x = rect.x + side + 20;
  ui::text(ui, {right - unit, rect.y, unit, rect.h}, cell.unit, {.colour = ui::Colour::text_2});
  ui::amount(ui, {right - unit - price, rect.y, price, rect.h}, cell.price);
  const Rect room{x, rect.y, right - unit - price - 8 - x, rect.h};
  const ui::TwoLines lines = ui::two_lines(ui, room, ui::Size::t1, ui::Size::t1);
  ui::text(ui, lines.first, cell.name, {.weight = ui::Weight::medium});
  const bool is_low = !cell.low.empty();
  ui::text(ui, lines.second, is_low ? cell.low : cell.second,
           {.colour = is_low ? ui::Colour::warn : ui::Colour::text_2});
  return touch.is_held ? ui::Press::hold : touch.is_tapped ? ui::Press::tap : ui::Press::none;
}

void draw_empty(ui::Ui& ui, const ProductsView& view, const Rect& rect) {
  if (view.empty_title.empty()) return;
  const int w = std::min(440, rect.w), x = rect.x + (rect.w - w) / 2;
  int y = rect.y + std::max(0, (rect.h - 160) / 2);
  if (rect.h >= 160) {
    ui::icon(ui, {x, y, w, 56}, icons::search, ui::Colour::text_2, 56);
    y += 72;
  }
  ui::text(ui, {x, y, w, 24}, view.empty_title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .align = ui::Align::centre});
  ui::paragraph(ui, {x, y + 32, w, 60}, view.empty_words,
                {.colour = ui::Colour::text_2, .align = ui::Align::centre});
}

void draw_cells(ui::Ui& ui, const ProductsView& view, const SellLayout& at, ProductsTap& tap) {
  if (view.cells.empty()) return draw_empty(ui, view, at.grid);
  for (std::size_t i = 0; i < view.cells.size(); ++i) {
    const Rect rect = at.cell(static_cast<int>(i));
    const bool is_list = view.shape.style == CellStyle::list;
    const ui::Press press =
        is_list ? draw_row(ui, rect, view.cells[i]) : draw_tile(ui, rect, view.cells[i]);
    if (press == ui::Press::tap) tap = {ProductsTap::Kind::cell, i};
    if (press == ui::Press::hold) tap = {ProductsTap::Kind::edit, i};
  }
}

// Buttons from the left that show their keys where there is room for them.
void draw_tools(ui::Ui& ui, const ProductsView& view, const Rect& rect, int right,
                ProductsTap& tap) {
  const ui::Button tools[] = {{.label = view.open_item_word, .icon = icons::add},
                              {.label = view.park_word,
                               .icon = icons::pause,
                               .enabled = view.park_why_not.empty(),
                               .why_not = view.park_why_not},
                              {.label = view.parked_word,
                               .icon = icons::layers,
                               .count = view.parked,
                               .enabled = view.parked_why_not.empty(),
                               .why_not = view.parked_why_not}};
  constexpr ProductsTap::Kind kinds[] = {ProductsTap::Kind::open_item, ProductsTap::Kind::park,
                                         ProductsTap::Kind::parked};
  constexpr ui::Key keys[] = {ui::Key::f6, ui::Key::f7, ui::Key::f8};
  const std::string number = std::to_string(view.parked) + "##" + view.parked_word;
  int all = 0, x = rect.x;
  for (const ui::Button& tool : tools) all += ui::button_width(ui, tool) + 8;
  // Where room is short, words go from the right on and leave their icons.
  std::size_t with_words = std::size(tools);
  while (with_words > 0 && x + all - 8 > right) {
    const ui::Button& tool = tools[--with_words];
    all -= ui::button_width(ui, tool) - (tool.count > 0 ? 76 : 56);
  }
  constexpr int hint = 30;  // what showing its key costs a button
  const bool shows_keys = x + all - 8 + hint * static_cast<int>(std::size(tools)) <= right;
  for (std::size_t i = 0; i < std::size(tools); ++i) {
    ui::Button tool = tools[i];
    if (shows_keys && tool.count < 0) tool.key = keys[i];
    int width = ui::button_width(ui, tool) + (tool.key != ui::Key::none ? 8 : 0);
    if (i >= with_words && tool.count > 0) {
      tool.label = number;  // the count instead of the word
      tool.count = -1;
      width = 76;
    } else if (i >= with_words) {
      tool.is_icon_only = true;
      width = 56;
    }
    const bool is_keyed = tool.enabled && ui.key(keys[i]);
    if (ui::button(ui, {x, rect.y, width, rect.h}, tool) || is_keyed) tap.kind = kinds[i];
    x += width + 8;
  }
}

void draw_actions(ui::Ui& ui, const ProductsView& view, const Rect& rect, ProductsTap& tap) {
  const int text =
      std::max(48, ui::text_width(ui, view.page_text, ui::Size::t1, ui::Weight::medium)) + 16;
  const int left = rect.right() - 2 * 56 - 16 - text;
  if (ui::button(ui, {left, rect.y, 56, 56},
                 {.label = view.back_word,
                  .icon = icons::chevron_left,
                  .enabled = view.can_go_back,
                  .is_icon_only = true}) ||
      (view.can_go_back && ui.key(ui::Key::page_up)))
    tap.kind = ProductsTap::Kind::back;
  ui::text(ui, {left + 64, rect.y, text, 56}, view.page_text,
           {.weight = ui::Weight::medium, .align = ui::Align::centre});
  if (ui::button(ui, {rect.right() - 56, rect.y, 56, 56},
                 {.label = view.forward_word,
                  .icon = icons::chevron_right,
                  .enabled = view.can_go_on,
                  .is_icon_only = true}) ||
      (view.can_go_on && ui.key(ui::Key::page_down)))
    tap.kind = ProductsTap::Kind::forward;
  draw_tools(ui, view, rect, left - 8, tap);
}

}  // namespace

ProductsTap draw(ui::Ui& ui, const ProductsView& view, const SellLayout& at, ProductsInput& input) {
  ProductsTap tap;
  draw_search(ui, view, at, input, tap);
  draw_categories(ui, view, at, tap);
  draw_cells(ui, view, at, tap);
  if (!view.shape.has_keyboard) {
    draw_actions(ui, view, at.actions, tap);
  } else if (ui::keyboard(
                 ui, at.keyboard, input.keyboard,
                 view.is_german ? ui::KeyboardLayout::german : ui::KeyboardLayout::english)) {
    tap.kind = ProductsTap::Kind::keyboard;
    ui.blur();
  }
  return tap;
}

}  // namespace pos
