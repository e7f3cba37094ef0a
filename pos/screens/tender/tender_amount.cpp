#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/tender/tender_draw.h"
#include "pos/ui/buttons.h"
#include "pos/ui/fields.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

TenderTap draw_quick(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  TenderTap tap;
  if (view.quick_are_labels) {
    std::vector<ui::Chip> chips;
    for (const auto& quick : view.quick) {
      chips.push_back({.label = quick.label, .is_selected = quick.is_selected});
    }
    const auto chosen = ui::chips(ui, rect, chips, "tender-labels");
    if (chosen) tap = {.kind = TenderTap::Kind::quick, .index = *chosen};
    return tap;
  }
  const int n = static_cast<int>(view.quick.size());
  const auto places = side_by_side(rect, n);
  for (int i = 0; i < n; ++i) {
    const auto& quick = view.quick[static_cast<std::size_t>(i)];
    const ui::Rect& place = places[static_cast<std::size_t>(i)];
    const int width = ui::text_width(ui, quick.label, ui::Size::t1, ui::Weight::semibold);
    const std::string& label = width + 16 <= place.w ? quick.label : quick.amount;
    if (ui::button(ui, place, {.label = label, .size = ui::Size::t1})) {
      tap = {.kind = TenderTap::Kind::quick, .index = i};
    }
  }
  return tap;
}

// The amount with its name and what it leaves or gives back; returns the height.
int draw_entry(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  const int line = line_height(ui, ui::Size::t1);
  const bool has_change = !view.change.empty();
  const std::string& note = has_change ? view.change : view.most;
  const ui::Text note_style{.weight = has_change ? ui::Weight::semibold : ui::Weight::regular,
                            .colour = has_change ? ui::Colour::ok : ui::Colour::text_2,
                            .align = ui::Align::right};
  const ui::AmountField field{.value = view.amount, .has_error = view.is_refused};
  if (is_low(ui)) {
    // One line for all of it: large letters are taken one size smaller.
    const ui::Size size = has_large_text(ui) ? ui::Size::t3 : ui::Size::t4;
    ui::strip(ui, {rect.x, rect.y, rect.w, 56});
    const ui::Colour frame = view.is_refused ? ui::Colour::bad_dot : ui::Colour::accent;
    ui::outline(ui, {rect.x, rect.y, rect.w, 56}, frame, 2, ui::measure::radius);
    ui::amount(ui, {rect.x + 16, rect.y, rect.w - 36, 56}, view.amount, {.size = size});
    const std::string& words = has_change ? view.change : view.amount_label;
    const int amount = ui::text_width(ui, view.amount, size, ui::Weight::semibold);
    const int room = std::max(0, rect.w - amount - 48);
    // Half words would be read wrong; the question about such a sum says it whole.
    if (ui::text_width(ui, words, ui::Size::t1, note_style.weight) <= 2 * room) {
      ui::text(ui, {rect.x + 12, rect.y, room, 56}, words,
               {.weight = note_style.weight, .colour = note_style.colour, .shrinks = true});
    }
    return 56;
  }
  const int width = ui::text_width(ui, note, ui::Size::t1, note_style.weight) + 8;
  ui::text(ui, {rect.x, rect.y, rect.w - width - 8, line}, view.amount_label,
           {.colour = ui::Colour::text_2});
  ui::text(ui, {rect.right() - width, rect.y, width, line}, note, note_style);
  const int height = std::max(72, line_height(ui, ui::Size::t4) + 8);
  ui::amount_field(ui, {rect.x, rect.y + line + 4, rect.w, height}, field);
  return line + 4 + height;
}

}  // namespace

TenderTap draw_amount(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  TenderTap tap;
  ui::card(ui, rect);
  const int padding = card_gap(ui);
  const ui::Rect inner = rect.inset(padding);
  int y = inner.y + draw_entry(ui, inner, view) + 8;
  const TenderTap quick = draw_quick(ui, {inner.x, y, inner.w, 56}, view);
  y += 56 + padding;
  const int main = is_low(ui) ? 56 : has_large_text(ui) ? 64 : 80;
  const int bottom = inner.bottom() - main - padding;
  const ui::PadKey key =
      ui::keypad(ui, {inner.x, y, inner.w, bottom - y}, {.is_refused = view.is_refused});
  if (key != ui::PadKey::none) tap = {.kind = TenderTap::Kind::key, .key = key};
  ui::Button button{.label = view.main,
                    .kind = ui::ButtonKind::main,
                    .icon = view.main_icon,
                    .key = ui::Key::enter,
                    .enabled = view.can_take,
                    .why_not = view.why_not,
                    .size = ui::Size::t2};
  // The key works even where there is no room to say so.
  const bool is_keyed = ui.key(ui::Key::enter);
  if (ui::button_width(ui, button) > inner.w) button.key = ui::Key::none;
  fit(ui, button, inner.w);
  if (is_keyed && !view.can_take) ui.refuse(view.why_not);
  const ui::Rect place{inner.x, inner.bottom() - main, inner.w, main};
  if (ui::button(ui, place, button) || (is_keyed && view.can_take)) {
    tap.kind = TenderTap::Kind::take;
  }
  return quick.kind == TenderTap::Kind::none ? tap : quick;
}

}  // namespace pos
