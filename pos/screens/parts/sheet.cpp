#include "pos/screens/parts/sheet.h"

#include <algorithm>

#include "pos/screens/parts/page.h"

namespace pos {

namespace {

using ui::Rect;
using ui::measure::gap;
using ui::measure::keyboard_height;

std::vector<std::string> translated(const Words& words,
                                    std::initializer_list<std::string_view> keys) {
  std::vector<std::string> all;
  for (const std::string_view key : keys) all.emplace_back(words(key));
  return all;
}

}  // namespace

FootView foot(const Scene& scene, std::string_view accept, std::string_view why_not) {
  return {std::string(accept), std::string(scene.words("Cancel")), std::string(why_not), {}};
}

SheetTap draw_foot(ui::Ui& ui, const Rect& rect, const FootView& view) {
  SheetTap tap = SheetTap::none;
  const int parts = view.remove.empty() ? 2 : 3, side = (rect.w - 8 * parts) / (parts + 1);
  int x = rect.x;
  const auto place = [&](int width) {
    const Rect at{x, rect.y, width, rect.h};
    x += width + gap;
    return at;
  };
  if (ui::button(ui, place(side), {.label = view.cancel, .size = ui::Size::t1}))
    tap = SheetTap::cancel;
  if (!view.remove.empty() &&
      ui::button(ui, place(side),
                 {.label = view.remove, .kind = ui::ButtonKind::line, .size = ui::Size::t1}))
    tap = SheetTap::remove;
  if (ui::button(ui, place(rect.right() - x),
                 {.label = view.accept,
                  .kind = ui::ButtonKind::main,
                  .key = ui::Key::enter,
                  .enabled = view.why_not.empty(),
                  .why_not = view.why_not}))
    tap = SheetTap::accept;
  return tap;
}

Rect sheet_place(const ui::Ui& ui, int width, int height, bool has_keyboard) {
  const int w = std::min(width, ui.width() - 16);
  const int room = has_keyboard ? keyboard_place(ui).y - gap : ui.height();
  const int h = std::min(height, room - 8);
  return {(ui.width() - w) / 2, sheet_top(room, h), w, h};
}

PadPlaces pad_places(const ui::Ui& ui) {
  PadPlaces at;
  at.sheet = sheet_place(ui, 752, std::min(544, ui.height() - ui::measure::strip - gap), false);
  const int x = at.sheet.x + 24, top = at.sheet.y + 72;
  at.foot = {x, at.sheet.bottom() - 24 - 64, at.sheet.w - 48, 64};
  const int pad = 320, height = at.foot.y - 16 - top;
  at.left = {x, top, at.foot.w - pad - 24, height};
  at.pad = {at.foot.right() - pad, top, pad, height};
  if (ui.is_left_handed()) {
    at.pad.x = x;
    at.left.x = x + pad + 24;
  }
  return at;
}

Rect keyboard_place(const ui::Ui& ui) {
  const int width = std::min(ui.width(), 1040);
  return {(ui.width() - width) / 2, ui.height() - keyboard_height, width, keyboard_height};
}

void draw_keyboard(ui::Ui& ui, SheetKeyboard& keyboard, const Words& words, ui::KeyboardKind kind) {
  if (!keyboard.is_shown) return;
  const auto layout = words.language() == Language::german ? ui::KeyboardLayout::german
                                                           : ui::KeyboardLayout::english;
  if (ui::keyboard(ui, keyboard_place(ui), keyboard.state, layout, kind)) keyboard.is_shown = false;
}

bool is_left(ui::Ui& ui, const Rect& sheet, const SheetKeyboard& keyboard) {
  if (ui.key(ui::Key::escape)) return true;
  return ui.is_tapped_outside(sheet) &&
         (!keyboard.is_shown || ui.is_tapped_outside(keyboard_place(ui)));
}

std::optional<std::size_t> draw_choices(ui::Ui& ui, const Rect& rect, int columns,
                                        const std::vector<std::string>& words,
                                        std::optional<std::size_t> chosen) {
  std::optional<std::size_t> tapped;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
    const int x0 = (rect.w + gap) * column / columns, x1 = (rect.w + gap) * (column + 1) / columns;
    const Rect at{rect.x + x0, rect.y + row * 64, x1 - x0 - gap, 56};
    const bool is_chosen = chosen == i;
    const ui::Touch touch = ui.touch(at, words[i], ui::ItemKind::chip, true, is_chosen);
    const ui::Colour fill = touch.is_pressed ? ui::Colour::press
                            : is_chosen      ? ui::Colour::accent_tint
                                             : ui::Colour::sunken;
    ui.paint().round(ui.pixels(at), ui.pixels(ui::measure::radius), ui.colour(fill));
    ui::folded_text(ui, at.inset(4), words[i],
                    {.weight = is_chosen ? ui::Weight::semibold : ui::Weight::medium,
                     .colour = is_chosen ? ui::Colour::accent_text : ui::Colour::text,
                     .align = ui::Align::centre,
                     .shrinks = true});
    if (touch.is_tapped) tapped = i;
  }
  return tapped;
}

std::vector<std::string> discount_reasons(const Words& words) {
  return translated(words, {"Regular customer", "Slightly damaged", "Short date", "Goodwill"});
}

std::vector<std::string> void_reasons(const Words& words) {
  return translated(words, {"Keyed by mistake", "Customer changed their mind", "Wrong price",
                            "Damaged goods", "Training"});
}

}  // namespace pos
