#include "pos/ui/buttons.h"

#include <algorithm>
#include <string>

#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

struct Dress {
  Colour fill, ink, line = Colour::none;
  bool is_raised = false;
};

Dress dress_of(const Button& button, Ground ground, bool is_pressed) {
  const Colour words = button.enabled ? Colour::text : Colour::text_off;
  switch (button.kind) {
    case ButtonKind::main:
      if (!button.enabled) return {Colour::sunken, Colour::text_off};
      return {is_pressed ? Colour::accent_press : Colour::accent, Colour::on_accent};
    case ButtonKind::line:
      return {is_pressed ? Colour::press : Colour::surface, words, Colour::line_strong};
    case ButtonKind::ghost:
      return {is_pressed ? Colour::press : Colour::none, words};
    case ButtonKind::neutral:
      break;
  }
  if (is_pressed) return {Colour::press, words, Colour::none, ground == Ground::bg};
  if (ground == Ground::card) return {Colour::sunken, words};
  return {Colour::surface, words, Colour::none, ground == Ground::bg};
}

// The key stands after the second line, or small after the only one.
std::string second_line(const Button& button) {
  std::string words(button.second);
  if (button.key != Key::none) words += " · " + std::string(key_name(button.key));
  return words;
}

Size label_size(const Button& button, int height) {
  if (button.size) return *button.size;
  if (!button.second.empty()) return height >= 88 ? Size::t3 : Size::t2;
  return height >= 64 ? Size::t2 : Size::t1;
}

// The widths of what stands side by side in a button.
struct Parts {
  Size size;
  int icon = 0, gap = 0, label = 0, second = 0, hint = 0, pill = 0;
  int words() const { return std::max(label + (hint > 0 ? hint + 8 : 0), second); }
  int total() const { return icon + gap + words() + (pill > 0 ? pill + 10 : 0); }
};

Parts parts_of(Ui& ui, const Button& button, int height) {
  Parts parts{label_size(button, height)};
  const bool has_words = !button.is_icon_only && !label_of(button.label).empty();
  if (button.icon != icons::none) {
    const bool is_large = button.kind == ButtonKind::main && height >= 64;
    parts.icon = is_large ? measure::icon_large : measure::icon;
    if (has_words) parts.gap = button.second.empty() ? 8 : 12;
  }
  if (!has_words) return parts;
  parts.label = text_width(ui, button.label, parts.size, Weight::semibold);
  if (!button.second.empty())
    parts.second = text_width(ui, second_line(button), Size::t1, Weight::medium);
  else if (button.key != Key::none)
    parts.hint = text_width(ui, key_name(button.key), Size::t1, Weight::medium);
  if (button.count >= 0)
    parts.pill =
        std::max(26, text_width(ui, std::to_string(button.count), Size::t1, Weight::medium) + 16);
  return parts;
}

void draw_words(Ui& ui, const Rect& room, const Button& button, const Parts& parts,
                const Dress& dress) {
  const Colour quiet =
      button.kind == ButtonKind::main || !button.enabled ? dress.ink : Colour::text_2;
  const Text label{
      .size = parts.size, .weight = Weight::semibold, .colour = dress.ink, .shrinks = true};
  if (!button.second.empty()) {
    const TwoLines lines = two_lines(ui, room, parts.size, Size::t1);
    text(ui, lines.first, label_of(button.label), label);
    text(ui, lines.second, second_line(button),
         {.weight = Weight::medium, .colour = quiet, .shrinks = true});
    return;
  }
  if (parts.label > room.w && parts.hint == 0) {
    const bool is_centred = button.icon == icons::none && button.align != Align::left;
    Text folded = label;
    folded.align = is_centred ? Align::centre : Align::left;
    folded_text(ui, room, label_of(button.label), folded);
    return;
  }
  const int width = std::min(parts.label, room.w - (parts.hint > 0 ? parts.hint + 8 : 0));
  text(ui, {room.x, room.y, width, room.h}, label_of(button.label), label);
  if (parts.hint > 0)
    text(ui, {room.x + width + 8, room.y, parts.hint, room.h}, key_name(button.key),
         {.weight = Weight::medium, .colour = quiet});
}

void draw_content(Ui& ui, const Rect& rect, const Button& button, const Dress& dress) {
  const Parts parts = parts_of(ui, button, rect.h);
  const bool has_trailing = button.trailing_icon != icons::none || !button.trailing.empty();
  // A label that fills the button may come within 8 px of the edge.
  int right = rect.right() - (has_trailing ? 16 : 8);
  if (button.trailing_icon != icons::none) {
    icon(ui, {right - 20, rect.y, 20, rect.h}, button.trailing_icon, Colour::text_2, 20);
    right -= 28;
  }
  if (!button.trailing.empty()) {
    const int width = text_width(ui, button.trailing);
    text(ui, {right - width, rect.y, width, rect.h}, button.trailing, {.colour = Colour::text_2});
    right -= width + 8;
  }
  const bool is_left = button.align == Align::left || !button.trailing.empty();
  const int least = rect.x + (parts.icon > 0 || is_left ? 16 : 8);
  int x = is_left ? rect.x + 16 : rect.x + (rect.w - parts.total()) / 2;
  if (!is_left) x = std::max(x, std::min(least, rect.x + 8));
  if (button.is_icon_only) x = rect.x + (rect.w - parts.icon) / 2;
  if (parts.icon > 0) {
    const Colour ink = button.ink != Colour::none && button.enabled ? button.ink : dress.ink;
    icon(ui, {x, rect.y, parts.icon, rect.h}, button.icon, ink, parts.icon);
  }
  if (parts.label == 0) return;
  x += parts.icon + parts.gap;
  const int after = parts.pill > 0 ? parts.pill + 10 : 0;
  const int room = std::min(parts.words(), right - x - after);
  draw_words(ui, {x, rect.y, room, rect.h}, button, parts, dress);
  if (parts.pill > 0) {
    const Rect pill{x + room + 10, rect.y + (rect.h - 26) / 2, parts.pill, 26};
    box(ui, pill, dress.fill == Colour::sunken ? Colour::surface : Colour::sunken, 13);
    text(ui, pill, std::to_string(button.count),
         {.weight = Weight::medium, .colour = Colour::text_2, .align = Align::centre});
  }
}

}  // namespace

bool button(Ui& ui, const Rect& rect, const Button& button) {
  const Touch touch =
      ui.touch(rect, button.label, ItemKind::button, button.enabled, false, button.why_not);
  const bool is_keyed = ui.key(button.key);
  if (is_keyed && !button.enabled) ui.refuse(button.why_not);
  const Ground ground = button.ground == Ground::automatic ? ui.ground_at(rect) : button.ground;
  const Dress dress = dress_of(button, ground, touch.is_pressed || (is_keyed && button.enabled));
  if (dress.is_raised)
    raised(ui, rect, dress.fill);
  else
    box(ui, rect, dress.fill, measure::radius);
  if (dress.line != Colour::none) outline(ui, rect, dress.line, 1, measure::radius);
  draw_content(ui, rect, button, dress);
  return button.enabled && (touch.is_tapped || is_keyed);
}

int button_width(Ui& ui, const Button& button) {
  const Parts parts = parts_of(ui, button, measure::target);
  const int trailing = button.trailing.empty() ? 0 : text_width(ui, button.trailing) + 16;
  return std::max(measure::target, parts.total() + trailing + 32);
}

bool text_button(Ui& ui, const Rect& rect, std::string_view label, Icon which) {
  const Touch touch = ui.touch(rect, label, ItemKind::button);
  if (touch.is_pressed) box(ui, rect, Colour::press, measure::radius);
  const int mark = which == icons::none ? 0 : measure::icon_small + 8;
  text(ui, {rect.x, rect.y, rect.w - mark, rect.h}, label_of(label),
       {.weight = Weight::semibold, .colour = Colour::accent_text, .align = Align::right});
  if (mark > 0)
    icon(ui, {rect.right() - measure::icon_small, rect.y, measure::icon_small, rect.h}, which,
         Colour::accent_text, measure::icon_small);
  return touch.is_tapped;
}

bool nav_entry(Ui& ui, const Rect& rect, const NavEntry& entry) {
  const Touch touch = ui.touch(rect, entry.label, ItemKind::entry, true, entry.is_selected);
  if (touch.is_pressed || entry.is_selected)
    box(ui, rect, touch.is_pressed ? Colour::press : Colour::accent_tint, measure::radius);
  const Colour ink = entry.is_selected ? Colour::accent_text : Colour::text_2;
  icon(ui, {rect.x, rect.y + 10, rect.w, 28}, entry.icon, ink, measure::icon_large);
  text(ui, {rect.x, rect.y + 42, rect.w, 20}, label_of(entry.label),
       {.weight = entry.is_selected ? Weight::semibold : Weight::medium,
        .colour = ink,
        .align = Align::centre,
        .shrinks = true,
        .shrinks_as = entry.widest});
  if (entry.count > 0) {
    const std::string number = entry.count > 99 ? "99+" : std::to_string(entry.count);
    const int width = std::max(24, text_width(ui, number, Size::t1, Weight::semibold) + 14);
    const Rect pill{rect.x + rect.w / 2 + 10, rect.y + 2, width, 24};
    box(ui, pill, Colour::accent, 12);
    text(ui, pill, number,
         {.weight = Weight::semibold, .colour = Colour::on_accent, .align = Align::centre});
  }
  return touch.is_tapped;
}

StripTap strip_entry(Ui& ui, int right, int y, const StripEntry& entry) {
  const int words = text_width(ui, entry.label, Size::t1, Weight::medium);
  const int mark = entry.icon == icons::none ? 0 : measure::icon_small + 8;
  const int width = 12 + mark + words + (entry.has_dot ? 18 : 0) + 12;
  const Rect rect{right - width, y, width, measure::strip};
  const Touch touch = ui.touch(rect, entry.label, ItemKind::entry);
  if (touch.is_pressed) box(ui, rect, Colour::press, measure::radius);
  int x = rect.x + 12;
  icon(ui, {x, y, measure::icon_small, rect.h}, entry.icon, Colour::text_2, measure::icon_small);
  x += mark;
  text(ui, {x, y, words, rect.h}, label_of(entry.label), {.weight = Weight::medium});
  if (entry.has_dot) dot(ui, x + words + 13, y + rect.h / 2, state_dot(entry.state));
  return {rect.x, touch.is_tapped};
}

}  // namespace pos::ui
