// How the page of unclear card payments looks: a card for each, with the state
// at its top and the ways out below.
#include <algorithm>

#include "pos/screens/cards/unresolved_screen.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/panels.h"

namespace pos {

namespace {

constexpr int row_padding = 24;

struct WayOut {
  const char* id;
  const std::string& label;
  UnresolvedTap::Kind kind;
  ui::ButtonKind look;
  ui::Icon icon;
  ui::Colour ink;
};

// The page has one main button: that of the first payment.
std::vector<WayOut> ways_out(const UnresolvedView& view, std::size_t index) {
  const bool is_first = index == 0;
  const bool is_in_hand = view.rows[index].is_in_hand;
  return {
      {"ask", view.ask, UnresolvedTap::Kind::ask,
       is_first ? ui::ButtonKind::main : ui::ButtonKind::line, ui::icons::sync, ui::Colour::none},
      {"paid", view.paid, UnresolvedTap::Kind::paid, ui::ButtonKind::line, ui::icons::check_circle,
       ui::Colour::ok},
      {"not-paid", view.not_paid, UnresolvedTap::Kind::not_paid, ui::ButtonKind::line,
       ui::icons::cancel, ui::Colour::bad},
      {is_in_hand ? "later" : "open", is_in_hand ? view.later : view.open,
       is_in_hand ? UnresolvedTap::Kind::later : UnresolvedTap::Kind::open, ui::ButtonKind::neutral,
       is_in_hand ? ui::icons::schedule : ui::icons::help, ui::Colour::none},
  };
}

int button_rows(int width) {
  return width >= 720 ? 1 : 2;
}

int row_height(const ui::Ui& ui, int width) {
  const int lines = line_height(ui, ui::Size::t2) + 2 * line_height(ui, ui::Size::t1) + 8;
  return 20 + std::max(56, lines) + 16 + button_rows(width) * 64 + 12;
}

UnresolvedTap draw_row(ui::Ui& ui, const ui::Rect& rect, const UnresolvedView& view,
                       std::size_t index) {
  const UnresolvedRow& row = view.rows[index];
  UnresolvedTap tap{UnresolvedTap::Kind::none, index};
  ui::card(ui, rect);
  const int title = line_height(ui, ui::Size::t2), line = line_height(ui, ui::Size::t1);
  ui::icon(ui, {rect.x + row_padding, rect.y + 20, 40, 40}, ui::icons::help, ui::Colour::warn, 40);
  const int amount = ui::text_width(ui, row.amount, ui::Size::t3, ui::Weight::semibold);
  const int x = rect.x + row_padding + 56, right = rect.right() - row_padding;
  int y = rect.y + 20;
  ui::amount(ui, {right - amount, y, amount, std::max(title, 32)}, row.amount,
             {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  ui::text(ui, {x, y, right - amount - 16 - x, title}, row.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  y += title + 4;
  ui::text(ui, {x, y, right - x, line}, row.second, {.colour = ui::Colour::text_2});
  y += line + 4;
  ui::text(ui, {x, y, right - x, line}, row.says,
           {.weight = ui::Weight::medium, .colour = ui::Colour::warn, .shrinks = true});
  const auto ways = ways_out(view, index);
  const int rows = button_rows(rect.w), in_row = static_cast<int>(ways.size()) / rows;
  y = rect.bottom() - 12 - rows * 64;
  for (int r = 0; r < rows; ++r) {
    const auto places =
        side_by_side({rect.x + row_padding, y + r * 64, right - rect.x - row_padding, 56}, in_row);
    for (int i = 0; i < in_row; ++i) {
      const WayOut& way = ways[static_cast<std::size_t>(r * in_row + i)];
      const std::string label = way.label + "##" + way.id + "-" + std::to_string(index);
      ui::Button button{
          .label = label, .kind = way.look, .icon = way.icon, .size = ui::Size::t1, .ink = way.ink};
      const ui::Rect& place = places[static_cast<std::size_t>(i)];
      fit(ui, button, place.w);
      if (ui::button(ui, place, button)) tap.kind = way.kind;
    }
  }
  return tap;
}

UnresolvedTap draw_list(ui::Ui& ui, const ui::Rect& body, const UnresolvedView& view) {
  UnresolvedTap tap;
  const int gap = card_gap(ui), row = row_height(ui, body.w);
  const int explained = ui::paragraph_height(ui, body.w - 16, view.explained) + gap;
  const int n = static_cast<int>(view.rows.size()), margin = 8;
  const ui::ScrollArea area(ui, {body.x - margin, body.y, body.w + 2 * margin, body.h},
                            "unresolved", explained + n * (row + gap));
  ui::paragraph(ui, {body.x + 8, area.y(body.y), body.w - 16, explained}, view.explained,
                {.colour = ui::Colour::text_2});
  for (int i = 0; i < n; ++i) {
    const ui::Rect at{body.x, area.y(body.y + explained + i * (row + gap)), body.w, row};
    const UnresolvedTap one = draw_row(ui, at, view, static_cast<std::size_t>(i));
    if (one.kind != UnresolvedTap::Kind::none) tap = one;
  }
  return tap;
}

}  // namespace

UnresolvedTap draw(ui::Ui& ui, const UnresolvedView& view, UnresolvedInput& input) {
  UnresolvedTap tap;
  const ui::Rect page = page_of(ui);
  const ui::Rect head = title_row(page), body = below_title(page);
  if (ui::button(ui, {head.x, head.y, 56, 56},
                 {.label = view.back,
                  .icon = ui::icons::arrow_back,
                  .key = ui::Key::escape,
                  .is_icon_only = true})) {
    tap.kind = UnresolvedTap::Kind::back;
  }
  ui::text(ui, {head.x + 72, head.y, head.w - 72, head.h}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  if (view.rows.empty()) {
    ui::card(ui, body);
    draw_emptiness(ui, body, view.emptiness);
    return tap;
  }
  const UnresolvedTap one = draw_list(ui, body, view);
  if (one.kind != UnresolvedTap::Kind::none) tap = one;
  if (view.reason) {
    const TextSheetTap reason = draw(ui, *view.reason, input.reason);
    if (reason == TextSheetTap::confirm) return {UnresolvedTap::Kind::confirm_reason, 0};
    if (reason == TextSheetTap::dismiss) return {UnresolvedTap::Kind::dismiss_reason, 0};
    return {};
  }
  return tap;
}

}  // namespace pos
