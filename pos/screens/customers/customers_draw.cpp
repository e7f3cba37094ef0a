// How the Customers page is drawn: list and page side by side where there is room, one
// after the other where there is not.
#include <algorithm>

#include "pos/screens/customers/customers_screen.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/widgets.h"

namespace pos {

namespace {

using ui::Rect;
using Kind = CustomersTap::Kind;

constexpr int customer_row = ui::measure::row, page_edge = 20, two_panes_from = 840;

CustomersTap draw_rows(ui::Ui& ui, const Rect& room, const std::vector<CustomerRowView>& rows,
                       std::string_view id) {
  CustomersTap tap;
  ui::ScrollArea area(ui, room, id, static_cast<int>(rows.size()) * customer_row);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int y = room.y + static_cast<int>(i) * customer_row;
    if (!area.shows(y, customer_row)) continue;
    const CustomerRowView& row = rows[i];
    if (ui::row(ui, {room.x, area.y(y), room.w, customer_row},
                {.title = row.name,
                 .second = row.second,
                 .initials = row.initials,
                 .category = ui::category_of(row.name.data(), row.name.size()),
                 .trailing = ui::icons::chevron_right,
                 .is_selected = row.is_chosen})) {
      tap = {Kind::row, i};
    }
  }
  return tap;
}

CustomersTap draw_top(ui::Ui& ui, const Rect& row, const CustomersView& view,
                      CustomersInput& input) {
  CustomersTap tap;
  int right = row.right();
  ui::Button add{.label = view.add, .kind = ui::ButtonKind::main, .icon = ui::icons::person_add};
  int width = ui::button_width(ui, add);
  const int title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  if (width + title + 320 > row.w) {
    add.is_icon_only = true;
    width = 56;
  }
  right -= width;
  if (ui::button(ui, {right, row.y, width, 56}, add)) tap.kind = Kind::add;
  right -= 56 + ui::measure::gap;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.keyboard_word,
                  .icon = input.has_keyboard ? ui::icons::keyboard_hide : ui::icons::keyboard,
                  .is_icon_only = true})) {
    tap.kind = Kind::keyboard;
  }
  ui::text(ui, {row.x, row.y, title, 56}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  right -= ui::measure::margin;
  const int left = std::max(row.x + title + ui::measure::padding, right - scaled(ui, 432));
  const auto event = ui::field(ui, {left, row.y, right - left, 56}, input.text,
                               {.id = "customer-search",
                                .placeholder = view.search_hint,
                                .icon = ui::icons::search,
                                .key = ui::Key::f3});
  if (event != ui::FieldEvent::none) tap.kind = Kind::search;
  return tap;
}

// Sums side by side in a strip; two by two where they would be cut.
int draw_sums(ui::Ui& ui, const Rect& room, const std::vector<SumView>& sums) {
  const int columns = room.w >= 560 ? static_cast<int>(sums.size()) : 2;
  const int line = line_height(ui, ui::Size::t1), amount = line_height(ui, ui::Size::t2);
  const int height = line + amount + 20;
  const int lines = (static_cast<int>(sums.size()) + columns - 1) / columns;
  ui::strip(ui, {room.x, room.y, room.w, lines * height});
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const int w = (room.w - 24) / columns, n = static_cast<int>(i);
    const Rect at{room.x + 12 + n % columns * w, room.y + 10 + n / columns * height, w - 8, line};
    ui::text(ui, at, sums[i].label, {.colour = ui::Colour::text_2, .shrinks = true});
    ui::amount(ui, {at.x, at.bottom(), at.w, amount}, sums[i].value, {.align = ui::Align::left});
  }
  return lines * height;
}

int fact_height(ui::Ui& ui, int width, const SumView& fact) {
  return line_height(ui, ui::Size::t1) + ui::paragraph_height(ui, width, fact.value, {}) + 12;
}

// Label above, value below; two columns where there is room.
int draw_facts(ui::Ui& ui, const Rect& room, const std::vector<SumView>& facts) {
  const int columns = room.w >= 560 ? 2 : 1;
  const int w = (room.w - 16 * (columns - 1)) / columns, line = line_height(ui, ui::Size::t1);
  int y = room.y;
  for (std::size_t i = 0; i < facts.size(); i += static_cast<std::size_t>(columns)) {
    int height = 0;
    for (std::size_t j = i; j < std::min(facts.size(), i + static_cast<std::size_t>(columns));
         ++j) {
      const int x = room.x + static_cast<int>(j - i) * (w + 16);
      ui::text(ui, {x, y, w, line}, facts[j].label, {.colour = ui::Colour::text_2});
      ui::paragraph(ui, {x, y + line, w, line}, facts[j].value, {});
      height = std::max(height, fact_height(ui, w, facts[j]));
    }
    y += height;
  }
  return y - room.y;
}

int facts_height(ui::Ui& ui, int width, const std::vector<SumView>& facts) {
  const int columns = width >= 560 ? 2 : 1;
  const int w = (width - 16 * (columns - 1)) / columns;
  int height = 0;
  for (std::size_t i = 0; i < facts.size(); i += static_cast<std::size_t>(columns)) {
    int most = 0;
    for (std::size_t j = i; j < std::min(facts.size(), i + static_cast<std::size_t>(columns));
         ++j) {
      most = std::max(most, fact_height(ui, w, facts[j]));
    }
    height += most;
  }
  return height;
}

CustomersTap draw_visits(ui::Ui& ui, const Rect& room, const CustomerPageView& page) {
  CustomersTap tap;
  for (std::size_t i = 0; i < page.visits.size(); ++i) {
    const VisitView& visit = page.visits[i];
    const Rect at{room.x, room.y + static_cast<int>(i) * customer_row, room.w, customer_row};
    if (ui::row(ui, at,
                {.title = visit.number,
                 .second = visit.when,
                 .amount = visit.amount,
                 .icon = visit.payment.icon,
                 .trailing = ui::icons::chevron_right})) {
      tap = {Kind::visit, i};
    }
  }
  return tap;
}

CustomersTap draw_buttons(ui::Ui& ui, const Rect& room, const CustomerPageView& page) {
  CustomersTap tap;
  struct Action {
    const std::string& label;
    ui::Icon icon;
    Kind kind;
  };
  const Action all[] = {{page.edit, ui::icons::edit_note, Kind::edit},
                        {page.merge, ui::icons::groups, Kind::merge},
                        {page.write, ui::icons::download, Kind::write},
                        {page.remove, ui::icons::delete_outline, Kind::remove}};
  const auto places = side_by_side(room, 4);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string label = all[i].label + "##customer-" + std::to_string(i);
    ui::Button button{.label = label, .icon = all[i].icon};
    fit(ui, button, places[i].w);
    if (ui::button(ui, places[i], button)) tap.kind = all[i].kind;
  }
  return tap;
}

CustomersTap draw_page(ui::Ui& ui, const Rect& card, const CustomerPageView& page,
                       bool has_way_back) {
  CustomersTap tap;
  ui::card(ui, card);
  const Rect inner{card.x + page_edge, card.y + 16, card.w - 2 * page_edge, card.h - 32};
  int x = inner.x;
  if (has_way_back) {
    if (ui::button(ui, {x, inner.y, 56, 56},
                   {.label = page.back, .icon = ui::icons::arrow_back, .is_icon_only = true})) {
      tap.kind = Kind::back;
    }
    x += 64;
  }
  if (!page.initials.empty()) {
    ui::avatar(ui, {x, inner.y + 8, 40, 40}, page.initials,
               ui::category_of(page.name.data(), page.name.size()));
    x += 56;
  }
  const int name = line_height(ui, ui::Size::t2), line = line_height(ui, ui::Size::t1);
  ui::text(ui, {x, inner.y, inner.right() - x, name}, page.name,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  ui::text(ui, {x, inner.y + name, inner.right() - x, line}, page.second,
           {.colour = ui::Colour::text_2});
  const bool has_buttons = !page.edit.empty();
  const int top = inner.y + std::max(56, name + line) + 12;
  const Rect room{inner.x, top, inner.w, inner.bottom() - top - (has_buttons ? 72 : 0)};
  const int sums = (room.w >= 560 ? 1 : 2) * (line + name + 20);
  const int facts = facts_height(ui, room.w, page.facts);
  const int history =
      line + 8 + (page.visits.empty() ? 40 : static_cast<int>(page.visits.size()) * customer_row);
  {
    const std::string id = "customer-page-" + page.name + page.second;
    // Rows reach nearly to the card's edges: a tap there is one of theirs.
    const Rect wide{room.x - page_edge + 4, room.y, room.w + 2 * page_edge - 8, room.h};
    ui::ScrollArea area(ui, wide, id, sums + 16 + facts + 8 + history);
    int y = area.y(room.y);
    y += draw_sums(ui, {room.x, y, room.w, sums}, page.sums) + 16;
    y += draw_facts(ui, {room.x, y, room.w, facts}, page.facts) + 8;
    ui::text(ui, {room.x, y, room.w, line}, page.history_label, {.weight = ui::Weight::semibold});
    y += line + 8;
    if (page.visits.empty()) {
      ui::text(ui, {room.x, y, room.w, 40}, page.no_history, {.colour = ui::Colour::text_2});
    }
    const CustomersTap visit = draw_visits(ui, {wide.x, y, wide.w, 0}, page);
    if (visit.kind != Kind::none) tap = visit;
  }
  if (has_buttons) {
    const CustomersTap button = draw_buttons(ui, {inner.x, inner.bottom() - 56, inner.w, 56}, page);
    if (button.kind != Kind::none) tap = button;
  }
  return tap;
}

CustomersTap draw_list(ui::Ui& ui, const Rect& card, const CustomersView& view,
                       CustomersInput& input) {
  ui::card(ui, card);
  if (input.to_top) {
    ui.scroll("customers") = {};
    input.to_top = false;
  }
  if (view.rows.empty()) {
    draw_emptiness(ui, card, view.emptiness);
    return {};
  }
  return draw_rows(ui, {card.x, card.y + 8, card.w, card.h - 16}, view.rows, "customers");
}

SheetResult run_merge(ui::Ui& ui, const Scene& scene, MergeInput& input) {
  const MergeView view = present(scene, input);
  if (view.question) {
    const AskTap tap = draw(ui, *view.question);
    if (tap == AskTap::back) input.other.reset();
    if (tap == AskTap::go_on) {
      return close_with(core::MergeCustomers{input.into, input.other->id});
    }
    return {};
  }
  SheetResult result;
  const Rect at = sheet_place(ui, 640, 560, input.keyboard.is_shown);
  const ui::Sheet sheet(ui, at,
                        {.title = view.title, .close_word = view.cancel, .can_dismiss = false});
  if (sheet.is_dismissed() || is_left(ui, at, input.keyboard)) result.is_closed = true;
  const int line = line_height(ui, ui::Size::t1);
  int y = at.y + 68;
  if (at.h > 320) {
    ui::text(ui, {at.x + 24, y, at.w - 48, line}, view.explained, {.colour = ui::Colour::text_2});
    y += line + 8;
  }
  if (!ui.has_focus("merge-search") && input.keyboard.is_shown) ui.focus("merge-search");
  ui::field(ui, {at.x + 24, y, at.w - 48, 56}, input.text,
            {.id = "merge-search", .placeholder = view.search_hint, .icon = ui::icons::search});
  y += 64;
  const CustomersTap row =
      draw_rows(ui, {at.x + 4, y, at.w - 8, at.bottom() - y - 8}, view.rows, "merge");
  if (row.kind == Kind::row) {
    for (const core::CustomerRecord& record : scene.found.records.rows) {
      if (record.id == view.rows[row.index].id) input.other = record;
    }
    ui.blur();
  }
  if (!input.other) draw_keyboard(ui, input.keyboard, scene.words);
  return result;
}

SheetResult run_removal(ui::Ui& ui, const Scene& scene, const RemovalInput& input) {
  const AskTap tap = draw(ui, present(scene, input));
  if (tap == AskTap::back) return close_sheet();
  if (tap == AskTap::go_on) return close_with(core::RemoveCustomer{input.customer});
  return {};
}

SheetResult run_sheet(ui::Ui& ui, const Scene& scene, CustomersInput& input) {
  if (auto* edit = std::get_if<CustomerEditInput>(&input.sheet)) {
    const bool is_new = edit->record.id == 0;
    const std::string name = shown_name(record_on(*edit));
    SheetResult result = run(ui, scene, *edit);
    // Who was written down just now stands there.
    if (result.is_closed && is_new && edit->sent_at != 0) input.text = name;
    return result;
  }
  if (auto* merge = std::get_if<MergeInput>(&input.sheet)) {
    SheetResult result = run_merge(ui, scene, *merge);
    if (result.is_closed) ui.blur();
    return result;
  }
  if (const auto* removal = std::get_if<RemovalInput>(&input.sheet)) {
    return run_removal(ui, scene, *removal);
  }
  return {};
}

}  // namespace

CustomersTap draw(ui::Ui& ui, const CustomersView& view, CustomersInput& input,
                  const Words& words) {
  const Rect page = page_of(ui);
  CustomersTap tap = draw_top(ui, title_row(page), view, input);
  const Rect room = below_title(page);
  CustomersTap below;
  if (room.w >= two_panes_from) {
    const int list = std::clamp(room.w * 2 / 5, 320, 440), gap = card_gap(ui);
    const Rect left{room.x, room.y, list, room.h};
    const Rect right{left.right() + gap, room.y, room.w - list - gap, room.h};
    below = draw_list(ui, left, view, input);
    if (view.page) {
      const CustomersTap on_page = draw_page(ui, right, *view.page, false);
      if (on_page.kind != Kind::none) below = on_page;
    } else {
      ui::card(ui, right);
      draw_emptiness(ui, right, {ui::icons::person, view.nobody, view.nobody_second});
    }
  } else if (view.page) {
    below = draw_page(ui, room, *view.page, true);
  } else {
    below = draw_list(ui, room, view, input);
  }
  if (below.kind != Kind::none) tap = below;
  if (input.has_keyboard) {
    if (!ui.has_focus("customer-search")) ui.focus("customer-search");
    const ui::KeyboardLayout layout = words.language() == Language::german
                                          ? ui::KeyboardLayout::german
                                          : ui::KeyboardLayout::english;
    if (ui::keyboard(ui, keyboard_place(ui), input.keyboard, layout)) input.has_keyboard = false;
  }
  return tap;
}

Reaction run(ui::Ui& ui, const Scene& scene, CustomersInput& input) {
  // A sheet is drawn from the frame after its tap on, as on the sell screen.
  const bool was_open = !takes_scan(input);
  Reaction reaction = react(draw(ui, present(scene, input), input, scene.words), scene, input);
  if (!was_open) {
    if (!takes_scan(input)) input.has_keyboard = false;
    return reaction;
  }
  SheetResult sheet = run_sheet(ui, scene, input);
  if (sheet.is_closed) input.sheet = {};
  return sheet.reaction.is_empty() ? reaction : sheet.reaction;
}

}  // namespace pos
