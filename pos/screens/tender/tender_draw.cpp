// How the tender screen looks: what is due and was paid on the left, how to pay
// in the middle, how much on the right; upright, the amount lies below.
#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/tender/tender_draw.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/notices.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

// The three cards under the title row.
struct Columns {
  ui::Rect order, methods, amount;
};

Columns columns_of(const ui::Ui& ui) {
  const ui::Rect body = below_title(page_of(ui));
  const int gap = card_gap(ui);
  if (ui.is_portrait()) {
    const int half = (body.w - gap) / 2, upper = methods_height(ui);
    const int lower = body.y + upper + gap;
    return {{body.x, body.y, half, upper},
            {body.x + half + gap, body.y, body.w - half - gap, upper},
            {body.x, lower, body.w, body.bottom() - lower}};
  }
  const int order = (body.w - 2 * gap) * 345 / 1000, methods = (body.w - 2 * gap) * 266 / 1000;
  const int amount_x = body.x + order + methods + 2 * gap;
  if (ui.is_left_handed()) {
    const int amount = body.right() - amount_x, methods_x = body.x + amount + gap;
    return {{body.right() - order, body.y, order, body.h},
            {methods_x, body.y, methods, body.h},
            {body.x, body.y, amount, body.h}};
  }
  return {{body.x, body.y, order, body.h},
          {body.x + order + gap, body.y, methods, body.h},
          {amount_x, body.y, body.right() - amount_x, body.h}};
}

TenderTap draw_title(ui::Ui& ui, const TenderView& view, const TenderInput& input) {
  ui::Rect row = title_row(page_of(ui));
  TenderTap tap;
  if (!view.discount.empty() && !view.card) {
    const ui::Button discount{.label = view.discount,
                              .icon = ui::icons::local_offer,
                              .enabled = view.discount_why_not.empty(),
                              .why_not = view.discount_why_not};
    const int width = ui::button_width(ui, discount);
    if (ui::button(ui, {row.right() - width, row.y, width, 56}, discount)) {
      tap.kind = TenderTap::Kind::discount;
    }
    row.w -= width + 16;
  }
  if (!view.tip.empty() && !view.card) {
    const ui::Button tip{.label = view.tip,
                         .icon = ui::icons::payments,
                         .enabled = view.tip_why_not.empty(),
                         .why_not = view.tip_why_not};
    const int width = ui::button_width(ui, tip);
    if (ui::button(ui, {row.right() - width, row.y, width, 56}, tip)) {
      tap.kind = TenderTap::Kind::tip;
    }
    row.w -= width + 8;
  }
  if (ui::button(ui, {row.x, row.y, 56, 56},
                 {.label = view.back,
                  .icon = ui::icons::arrow_back,
                  .key = view.card || view.text || view.part_choices || view.unlikely ||
                                 view.goods || input.discount
                             ? ui::Key::none
                             : ui::Key::escape,
                  .is_icon_only = true})) {
    tap.kind = TenderTap::Kind::back;
  }
  const int x = row.x + 72,
            title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  ui::text(ui, {x, row.y, row.right() - x, row.h}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  ui::text(ui, {x + title + 12, row.y + 2, row.right() - x - title - 12, row.h}, view.about,
           {.colour = ui::Colour::text_2});
  return tap;
}

void draw_empty(ui::Ui& ui, const ui::Rect& rect, const TenderView& view, TenderTap& tap) {
  ui::card(ui, rect);
  draw_emptiness(ui, {rect.x, rect.y, rect.w, rect.h - 88},
                 {ui::icons::shopping_basket, view.empty, view.empty_second});
  const int width = std::min(rect.w - 48, 400);
  if (ui::button(ui, {rect.x + (rect.w - width) / 2, rect.bottom() - 96, width, 72},
                 {.label = view.to_sale,
                  .kind = ui::ButtonKind::main,
                  .icon = ui::icons::shopping_basket,
                  .key = ui::Key::enter})) {
    tap.kind = TenderTap::Kind::back;
  }
}

// The sheet that asks into how many parts.
TenderTap draw_parts_sheet(ui::Ui& ui, const TenderView& view) {
  TenderTap tap;
  const auto& choices = *view.part_choices;
  const int columns = 3, rows = (static_cast<int>(choices.size()) + columns - 1) / columns;
  const ui::Rect at = sheet_of(ui, 560, 80 + rows * 80 + 16);
  const ui::Sheet sheet(ui, at, {.title = view.parts_title, .close_word = view.close});
  for (int row = 0; row < rows; ++row) {
    const auto places = side_by_side({at.x + 24, at.y + 80 + row * 80, at.w - 48, 72}, columns);
    for (int column = 0; column < columns; ++column) {
      const int index = row * columns + column;
      if (index >= static_cast<int>(choices.size())) break;
      const auto& choice = choices[static_cast<std::size_t>(index)];
      if (ui::button(ui, places[static_cast<std::size_t>(column)],
                     {.label = choice.label, .second = choice.detail, .size = ui::Size::t2})) {
        tap = {.kind = TenderTap::Kind::choose_parts, .index = index};
      }
    }
  }
  if (sheet.is_dismissed()) tap.kind = TenderTap::Kind::dismiss_sheet;
  return tap;
}

TenderTap draw_sheets(ui::Ui& ui, const TenderView& view, TenderInput& input) {
  if (view.part_choices) return draw_parts_sheet(ui, view);
  TenderTap tap;
  if (view.unlikely) {
    const AskTap asked = draw(ui, *view.unlikely);
    if (asked == AskTap::back) tap.kind = TenderTap::Kind::dismiss_sheet;
    if (asked == AskTap::go_on) tap.kind = TenderTap::Kind::take_unlikely;
    return tap;
  }
  if (view.goods) {
    const WaysTap way = draw(ui, *view.goods);
    if (way == WaysTap::cancel) tap.kind = TenderTap::Kind::dismiss_sheet;
    if (way == WaysTap::main) tap.kind = TenderTap::Kind::goods_usual;
    if (way == WaysTap::other) tap.kind = TenderTap::Kind::goods_otherwise;
    return tap;
  }
  if (!view.text) return tap;
  const TextSheetTap text = draw(ui, *view.text, input.text);
  if (text == TextSheetTap::confirm) tap.kind = TenderTap::Kind::confirm_text;
  if (text == TextSheetTap::dismiss) tap.kind = TenderTap::Kind::dismiss_sheet;
  return tap;
}

ui::Rect around(const ui::Rect& a, const ui::Rect& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

}  // namespace

TenderTap draw(ui::Ui& ui, const TenderView& view, TenderInput& input) {
  TenderTap tap;
  if (view.unknown) {
    tap.unknown = draw(ui, *view.unknown, input.unknown);
    return tap;
  }
  tap = draw_title(ui, view, input);
  const ui::Rect body = below_title(page_of(ui));
  if (!view.has_order) {
    draw_empty(ui, body, view, tap);
    return tap;
  }
  const Columns columns = columns_of(ui);
  const auto take = [&](const TenderTap& other) {
    if (other.kind != TenderTap::Kind::none) tap = other;
  };
  if (view.card) {
    const bool is_upright = ui.is_portrait();
    take(draw_order(ui, is_upright ? around(columns.order, columns.methods) : columns.order, view));
    tap.card =
        draw(ui, is_upright ? columns.amount : around(columns.methods, columns.amount), *view.card);
    return tap;
  }
  take(draw_order(ui, columns.order, view));
  take(draw_methods(ui, columns.methods, view));
  take(draw_amount(ui, columns.amount, view));
  take(draw_sheets(ui, view, input));
  return tap;
}

}  // namespace pos
