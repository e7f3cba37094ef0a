// How the cart is drawn.
#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/sell/cart_panel.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;

void draw_customer(ui::Ui& ui, const CartView& view, const Rect& rect, CartPanelTap& tap) {
  const ui::Touch touch = ui.touch(rect, view.customer + "##customer", ui::ItemKind::button);
  ui::box(ui, rect, touch.is_pressed ? ui::Colour::press : ui::Colour::sunken, ui::measure::radius);
  const Rect disc{rect.x + 8, rect.y + 8, 40, 40};
  if (view.has_customer)
    ui::avatar(ui, disc, view.initials,
               ui::category_of(view.customer.data(), view.customer.size()));
  else
    ui::icon(ui, disc, icons::person_add, ui::Colour::text_2);
  if (touch.is_tapped) tap.kind = CartPanelTap::Kind::customer;
  const int right = rect.right() - (view.has_customer ? 44 : 12);
  const ui::TwoLines lines = ui::two_lines(ui, {rect.x + 56, rect.y, right - rect.x - 56, rect.h},
                                           ui::Size::t1, ui::Size::t1);
  ui::text(ui, lines.first, view.customer, {.weight = ui::Weight::semibold});
  ui::text(ui, lines.second, view.customer_second, {.colour = ui::Colour::text_2});
  if (view.has_customer && ui::button(ui, {rect.right() - 56, rect.y, 56, 56},
                                      {.label = view.clear_word,
                                       .kind = ui::ButtonKind::ghost,
                                       .icon = icons::close,
                                       .ink = ui::Colour::text_2,
                                       .is_icon_only = true}))
    tap.kind = CartPanelTap::Kind::clear_customer;
}

CartPanelTap::Kind kind_of(ui::CartTap tap) {
  switch (tap) {
    case ui::CartTap::none:
      return CartPanelTap::Kind::none;
    case ui::CartTap::select:
      return CartPanelTap::Kind::select;
    case ui::CartTap::less:
      return CartPanelTap::Kind::less;
    case ui::CartTap::more:
      return CartPanelTap::Kind::more;
    case ui::CartTap::quantity:
      return CartPanelTap::Kind::quantity;
    case ui::CartTap::discount:
      return CartPanelTap::Kind::discount;
    case ui::CartTap::note:
      return CartPanelTap::Kind::note;
    case ui::CartTap::remove:
      return CartPanelTap::Kind::remove;
  }
  return CartPanelTap::Kind::none;
}

ui::CartTap draw_line(ui::Ui& ui, const Rect& rect, const CartView& view, const CartLineView& line,
                      bool has_separator) {
  return ui::cart_line(ui, rect,
                       {.quantity = line.quantity,
                        .name = line.name,
                        .second = line.second,
                        .amount = line.amount,
                        .old_amount = line.old_amount,
                        .discount = line.discount,
                        .note = line.note,
                        .is_selected = line.is_selected,
                        .has_separator = has_separator,
                        .can_have_less = line.can_have_less,
                        .can_have_more = line.can_have_more,
                        .id = line.id,
                        .discount_word = view.discount_word,
                        .note_word = view.note_word,
                        .void_word = view.void_word,
                        .less_word = view.less_word,
                        .more_word = view.more_word,
                        .discount_why_not = {},
                        .is_back = line.is_back});
}

void draw_empty(ui::Ui& ui, const CartView& view, const Rect& rect) {
  const int w = std::min(scaled(ui, 280), rect.w - 32), x = rect.x + (rect.w - w) / 2;
  const int title = line_height(ui, ui::Size::t2);
  const int words = ui::paragraph_height(ui, w, view.empty_words);
  // In a low cart the words come before the picture.
  const int disc = rect.h >= 80 + 16 + title + 8 + words ? 80 : 0, gap = disc > 0 ? 16 : 0;
  int y = rect.y + std::max(0, (rect.h - disc - gap - title - 8 - words) / 2);
  if (disc > 0) {
    const Rect at{rect.x + (rect.w - disc) / 2, y, disc, disc};
    ui::box(ui, at, ui::Colour::accent_tint, disc / 2);
    ui::icon(ui, at, icons::qr_code_scanner, ui::Colour::accent_text, disc / 2);
  }
  y += disc + gap;
  ui::text(ui, {rect.x + 16, y, rect.w - 32, title}, view.empty_title,
           {.size = ui::Size::t2,
            .weight = ui::Weight::semibold,
            .align = ui::Align::centre,
            .shrinks = true});
  ui::paragraph(ui, {x, y + title + 8, w, words}, view.empty_words,
                {.colour = ui::Colour::text_2, .align = ui::Align::centre});
}

// Both of its lines of words, and below them the tools of the selected one.
int height_of(const ui::Ui& ui, const CartLineView& line) {
  const int words = std::max(ui::measure::cart_line, 2 * line_height(ui, ui::Size::t1) + 8);
  const int tools = ui::measure::cart_line_selected - ui::measure::cart_line;
  return line.is_selected ? words + tools : words;
}

void draw_lines(ui::Ui& ui, const CartView& view, const Rect& rect, CartPanelTap& tap) {
  if (view.lines.empty()) return draw_empty(ui, view, rect);
  int content = 0;
  std::optional<ui::Part> reveal;
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    const int height = height_of(ui, view.lines[i]);
    if (static_cast<int>(i) == view.reveal) reveal = {rect.y + content, height};
    content += height;
  }
  const ui::ScrollArea area(ui, rect, "cart", content, reveal);
  const int width = content > rect.h ? rect.w - 8 : rect.w;  // beside the scroll mark
  int y = rect.y;
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    const int height = height_of(ui, view.lines[i]);
    if (area.shows(y, height)) {
      const bool has_next = i + 1 < view.lines.size() && !view.lines[i + 1].is_selected;
      const ui::CartTap line =
          draw_line(ui, {rect.x, area.y(y), width, height}, view, view.lines[i], has_next);
      if (line != ui::CartTap::none) tap = {kind_of(line), i};
    }
    y += height;
  }
}

void draw_facts(ui::Ui& ui, const CartView& view, const Rect& rect, int step) {
  int y = rect.y;
  for (const CartFact& fact : view.facts) {
    const int room = rect.w - ui::text_width(ui, fact.value) - 16;
    const bool is_long = !fact.short_label.empty() && ui::text_width(ui, fact.label) > room;
    ui::fact(ui, {rect.x, y, rect.w, step}, is_long ? fact.short_label : fact.label, fact.value,
             ui::Colour::text_2);
    y += step;
  }
}

void draw_due(ui::Ui& ui, const CartView& view, const Rect& rect) {
  if (view.gives_back) {
    const Rect band{rect.x - 8, rect.y, rect.w + 16, rect.h};
    ui::box(ui, band, ui::Colour::warn_tint, ui::measure::radius);
  }
  const bool is_stacked = view.is_upright;
  // In a low window large letters leave no room for the words beside the largest ones.
  const ui::Size size = view.is_small && has_large_text(ui) ? ui::Size::t3 : ui::Size::t4;
  const int width = ui::text_width(ui, view.due, size, ui::Weight::semibold);
  const ui::Amount amount{.size = size,
                          .colour = view.lines.empty() ? ui::Colour::text_2
                                    : view.gives_back  ? ui::Colour::warn
                                                       : ui::Colour::text};
  if (is_stacked) {
    ui::text(ui, {rect.x, rect.y, rect.w, 24}, view.due_label,
             {.size = ui::Size::t2, .weight = ui::Weight::semibold});
    return ui::amount(ui, {rect.x, rect.bottom() - 48, rect.w, 48}, view.due, amount);
  }
  const int room = std::max(40, rect.w - width - 12);
  const Rect words{rect.x, rect.y, room, rect.h};
  const ui::Text label{.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true};
  if (view.due_second.empty()) {
    ui::text(ui, words, view.due_label, label);
  } else {
    const ui::TwoLines lines = ui::two_lines(ui, words, ui::Size::t2, ui::Size::t1);
    ui::text(ui, lines.first, view.due_label, label);
    ui::text(ui, lines.second, view.due_second, {.colour = ui::Colour::text_2});
  }
  ui::amount(ui, {rect.right() - (rect.w - 80), rect.y, rect.w - 80, rect.h}, view.due, amount);
}

bool draw_tender(ui::Ui& ui, const Rect& rect, const TenderButtonView& tender, ui::Button button) {
  button.label = tender.label;
  button.second = tender.second;
  button.enabled = tender.why_not.empty();
  button.why_not = tender.why_not;
  return ui::button(ui, rect, button);
}

void draw_tenders(ui::Ui& ui, const CartView& view, const SellLayout& at, CartPanelTap& tap) {
  if (draw_tender(ui, at.cash, view.cash,
                  {.kind = ui::ButtonKind::main, .icon = icons::payments, .key = ui::Key::f9}))
    tap.kind = CartPanelTap::Kind::cash;
  if (draw_tender(ui, at.card, view.card,
                  {.kind = ui::ButtonKind::line, .icon = icons::contactless, .key = ui::Key::f10}))
    tap.kind = CartPanelTap::Kind::card;
  // Four places, so that nothing moves when fewer notes are likely; the last
  // one leads to all other tenders.
  constexpr int places = 4;
  const int last = static_cast<int>(view.notes.size()) - 1;
  const int more = at.notes.w * 26 / 100, each = (at.notes.w - more) / (places - 1);
  for (int i = 0; i <= last; ++i) {
    const int x0 = i == last ? at.notes.w - more : each * i;
    const int width = i == last ? more : each - 8;
    const std::string& note = view.notes[static_cast<std::size_t>(i)];
    if (ui::button(ui, {at.notes.x + x0, at.notes.y, width, at.notes.h},
                   {.label = note,
                    .enabled = view.cash.why_not.empty(),
                    .why_not = view.cash.why_not,
                    .size = ui::Size::t2}))
      tap = {i == last ? CartPanelTap::Kind::more_tenders : CartPanelTap::Kind::note_paid,
             static_cast<std::size_t>(i)};
  }
  if (view.cash.why_not.empty() && ui.key(ui::Key::f11))
    tap.kind = CartPanelTap::Kind::more_tenders;
}

// The keys that work on lines: arrows choose one, the rest change it.
void take_keys(ui::Ui& ui, const CartView& view, CartPanelTap& tap) {
  if (ui.key(ui::Key::up)) tap.kind = CartPanelTap::Kind::up;
  if (ui.key(ui::Key::down)) tap.kind = CartPanelTap::Kind::down;
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    const CartLineView& line = view.lines[i];
    if (!line.is_selected) continue;
    if (line.can_have_more && ui.key(ui::Key::right)) tap = {CartPanelTap::Kind::more, i};
    if (line.can_have_less && ui.key(ui::Key::left)) tap = {CartPanelTap::Kind::less, i};
    if (ui.key(ui::Key::del)) tap = {CartPanelTap::Kind::remove, i};
  }
}

// What the facts need, the lines give.
struct Middle {
  Rect lines, facts;
};
int fact_height(const ui::Ui& ui) {
  return line_height(ui, ui::Size::t1) + 4;
}
Middle middle_of(const ui::Ui& ui, const CartView& view, const SellLayout& at) {
  if (view.is_upright) return {at.lines, at.totals};
  if (view.is_small) {
    Rect lines = at.lines;
    return {lines, {}};
  }
  const int facts =
      view.facts.empty() ? 0 : fact_height(ui) * static_cast<int>(view.facts.size()) + 8;
  const int top = at.due.y - facts;
  return {{at.lines.x, at.lines.y, at.lines.w, top - at.lines.y},
          {at.due.x, top + 8, at.due.w, facts - 8}};
}

}  // namespace

CartPanelTap draw(ui::Ui& ui, const CartView& view, const SellLayout& at) {
  CartPanelTap tap;
  ui::panel(ui, at.panel,
            view.is_upright     ? ui::Edge::top
            : at.is_left_handed ? ui::Edge::right
                                : ui::Edge::left);
  take_keys(ui, view, tap);
  draw_customer(ui, view, at.customer, tap);
  if (ui::button(ui, at.menu,
                 {.label = view.menu_word, .icon = icons::more_vert, .is_icon_only = true}))
    tap.kind = CartPanelTap::Kind::menu;
  Middle middle = middle_of(ui, view, at);
  if (!view.notice.empty()) {
    const Rect place{at.customer.x, middle.lines.y, at.menu.right() - at.customer.x, 64};
    if (ui::banner(
            ui, view.is_upright ? Rect{middle.lines.x, place.y, middle.lines.w, 64} : place,
            {.words = view.notice, .action = view.notice_action, .state = ui::State::accent}) ==
        ui::NoticeTap::action)
      tap.kind = CartPanelTap::Kind::stop_collecting;
    middle.lines.y += 72;
    middle.lines.h -= 72;
  }
  draw_lines(ui, view, middle.lines, tap);
  if (view.is_upright) {
    ui::vertical_separator(ui, at.due.x - 24, at.totals.y, at.panel.bottom() - 16 - at.totals.y);
    draw_facts(ui, view, middle.facts, line_height(ui, ui::Size::t1) + 8);
    ui::separator(ui, at.due.x, at.due.y - 16, at.due.w);
  } else {
    ui::separator(ui, at.due.x, middle.lines.bottom(), at.due.w);
    if (!view.is_small) draw_facts(ui, view, middle.facts, fact_height(ui));
  }
  draw_due(ui, view, at.due);
  draw_tenders(ui, view, at, tap);
  return tap;
}

}  // namespace pos
