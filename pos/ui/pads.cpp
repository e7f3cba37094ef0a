#include "pos/ui/pads.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

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
      return keypad.point == ',' ? "," : ".";
    case PadKey::clear:
      return keypad.clear_word;
    case PadKey::backspace:
      return "⌫##backspace";
    case PadKey::none:
    case PadKey::unknown:
      return "";
    default:
      return digit_names[static_cast<std::size_t>(key)];
  }
}

PadKey key_of(char32_t letter) {
  if (letter >= U'0' && letter <= U'9') return digit(static_cast<int>(letter - U'0'));
  return letter == U',' || letter == U'.' ? PadKey::point : PadKey::unknown;
}

PadKey typed_key(Ui& ui, const Keypad& keypad) {
  if (!ui.focused().empty() || !keypad.enabled) return PadKey::none;
  if (ui.key(Key::backspace)) return PadKey::backspace;
  if (ui.key(Key::del)) return PadKey::clear;
  if (keypad.is_refused && ui.key(Key::enter)) return PadKey::unknown;
  // One letter a frame; the others wait their turn.
  const std::vector<char32_t> typed = core::code_points(ui.take_text());
  if (typed.empty()) return PadKey::none;
  std::string rest;
  for (std::size_t i = 1; i < typed.size(); ++i) core::append_utf8(rest, typed[i]);
  if (!rest.empty()) ui.type({.text = std::move(rest)});
  return key_of(typed.front());
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
    text(ui, rect.inset(4), label_of(name),
         {.size = is_word ? Size::t2 : Size::t3,
          .weight = Weight::medium,
          .colour = ink,
          .align = Align::centre,
          .shrinks = is_word});
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

bool apply(PadKey key, std::string& pin) {
  if (key == PadKey::none) return true;
  if (key == PadKey::backspace) {
    if (!pin.empty()) pin.pop_back();
    return true;
  }
  const bool is_digit = key <= PadKey::d9;
  if (is_digit && pin.size() < longest_pin) {
    pin += static_cast<char>('0' + static_cast<int>(key));
    return true;
  }
  pin.clear();
  return key == PadKey::clear;
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
