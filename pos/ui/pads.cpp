#include "pos/ui/pads.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/text.h"
#include "pos/ui/buttons.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

constexpr std::string_view digit_names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

PadKey digit(int value) {
  return static_cast<PadKey>(value);
}

std::string_view name_of(PadKey key, const Keypad& keypad) {
  switch (key) {
    case PadKey::double_zero:
      return "00";
    case PadKey::point:
      return ",";
    case PadKey::clear:
      return keypad.clear_word;
    case PadKey::backspace:
      return "⌫##backspace";
    case PadKey::none:
      return "";
    default:
      return digit_names[static_cast<std::size_t>(key)];
  }
}

PadKey typed_key(Ui& ui, const Keypad& keypad) {
  if (!ui.focused().empty() || !keypad.enabled) return PadKey::none;
  if (ui.key(Key::backspace)) return PadKey::backspace;
  if (ui.key(Key::del)) return PadKey::clear;
  // One digit a frame; the others wait their turn.
  const std::string typed = ui.take_text();
  if (typed.empty()) return PadKey::none;
  if (typed.size() > 1) {
    // Enter waits with them: it must not accept an amount that is half keyed.
    ui.type({.text = typed.substr(1)});
    if (ui.key(Key::enter)) ui.type({.key = Key::enter});
  }
  if (typed[0] >= '0' && typed[0] <= '9') return digit(typed[0] - '0');
  if ((typed[0] == ',' || typed[0] == '.') && keypad.left == PadKey::point) return PadKey::point;
  return PadKey::none;
}

bool pad_button(Ui& ui, const Rect& rect, PadKey key, const Keypad& keypad) {
  const std::string_view name = name_of(key, keypad);
  const Touch touch = ui.touch(rect, name, ItemKind::key, keypad.enabled, false, keypad.why_not);
  const Colour ink = keypad.enabled ? Colour::text : Colour::text_off;
  box(ui, rect, touch.is_pressed ? Colour::press : Colour::sunken, measure::radius);
  if (key == PadKey::backspace) {
    icon(ui, rect, icons::backspace, ink, measure::icon_large);
  } else {
    const bool is_word = key == PadKey::clear && keypad.clear_word.size() > 1;
    text(ui, rect, label_of(name),
         {.size = is_word ? Size::t2 : Size::t3,
          .weight = Weight::medium,
          .colour = ink,
          .align = Align::centre});
  }
  return touch.is_tapped;
}

}  // namespace

PadKey keypad(Ui& ui, const Rect& rect, const Keypad& keypad) {
  PadKey result = typed_key(ui, keypad);
  const int top = keypad.is_phone_order ? 1 : 7, step = keypad.is_phone_order ? 3 : -3;
  std::array<PadKey, 12> keys{};
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      keys[static_cast<std::size_t>(row * 3 + column)] = digit(top + row * step + column);
  keys[9] = keypad.left;
  keys[10] = PadKey::d0;
  keys[11] = PadKey::backspace;
  const int gap = measure::gap;
  for (int i = 0; i < 12; ++i) {
    const int column = i % 3, row = i / 3;
    const int x0 = rect.x + (rect.w + gap) * column / 3;
    const int x1 = rect.x + (rect.w + gap) * (column + 1) / 3 - gap;
    const int y0 = rect.y + (rect.h + gap) * row / 4;
    const int y1 = rect.y + (rect.h + gap) * (row + 1) / 4 - gap;
    const PadKey key = keys[static_cast<std::size_t>(i)];
    if (key == PadKey::none) continue;
    if (pad_button(ui, {x0, y0, x1 - x0, y1 - y0}, key, keypad)) result = key;
  }
  return result;
}

std::int64_t apply(PadKey key, std::int64_t value, std::int64_t most) {
  std::int64_t next = value;
  switch (key) {
    case PadKey::none:
    case PadKey::point:
      return value;
    case PadKey::clear:
      return 0;
    case PadKey::backspace:
      return value / 10;
    case PadKey::double_zero:
      if (value > most / 100) return value;
      next = value * 100;
      break;
    default:
      if (value > most / 10) return value;
      next = value * 10 + static_cast<std::int64_t>(key);
  }
  return next > most ? value : next;
}

void apply(PadKey key, std::string& entry, std::size_t most, char point) {
  switch (key) {
    case PadKey::none:
      return;
    case PadKey::clear:
      entry.clear();
      return;
    case PadKey::backspace:
      if (!entry.empty()) entry.pop_back();
      return;
    case PadKey::point:
      if (point != '\0' && entry.find(point) == std::string::npos && entry.size() < most)
        entry += entry.empty() ? std::string("0") + point : std::string(1, point);
      return;
    case PadKey::double_zero:
      if (entry.size() + 2 <= most) entry += "00";
      return;
    default:
      if (entry.size() < most) entry += static_cast<char>('0' + static_cast<int>(key));
  }
}

void pin_dots(Ui& ui, const Rect& rect, int entered, int length) {
  box(ui, rect, Colour::bg, measure::radius);
  const int size = 24, gap = 32, count = std::max(entered, length);
  int x = rect.x + (rect.w - count * size - (count - 1) * gap) / 2;
  const int y = rect.y + (rect.h - size) / 2;
  for (int i = 0; i < count; ++i, x += size + gap) {
    if (i < entered)
      box(ui, {x, y, size, size}, Colour::text, size / 2);
    else
      outline(ui, {x, y, size, size}, Colour::line_strong, 2, size / 2);
  }
  ui.note(ui.pixels(rect), std::to_string(entered) + " / " + std::to_string(length),
          ItemKind::text);
}

}  // namespace pos::ui
