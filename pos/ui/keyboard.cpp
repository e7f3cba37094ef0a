#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "pos/ui/buttons.h"
#include "pos/ui/pads.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

using Rows = std::array<std::string_view, 4>;

// One letter a key; upper case is found by the shift key.
constexpr Rows german = {"1234567890ß", "qwertzuiopü", "asdfghjklöä", "yxcvbnm,.-"};
constexpr Rows english = {"1234567890", "qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"};
constexpr Rows symbols = {"1234567890", "!\"§$%&/()=?", "@#€*+~<>[]", "_:;'\\|{}^"};
constexpr Rows numbers = {"123", "456", "789", ",0-"};

std::string upper_case(char32_t letter) {
  std::string bytes;
  if (letter >= U'a' && letter <= U'z') letter -= 32;
  if (letter == U'ä') letter = U'Ä';
  if (letter == U'ö') letter = U'Ö';
  if (letter == U'ü') letter = U'Ü';
  core::append_utf8(bytes, letter);
  return bytes;
}

struct Special {
  std::string_view label;
  Icon icon = icons::none;
  bool is_selected = false;
};

bool special_key(Ui& ui, const Rect& rect, const Special& key) {
  const Touch touch = ui.touch(rect, key.label, ItemKind::key, true, key.is_selected);
  const Colour fill = touch.is_pressed  ? Colour::press
                      : key.is_selected ? Colour::accent_tint
                                        : Colour::sunken;
  const Colour ink = key.is_selected ? Colour::accent_text : Colour::text;
  box(ui, rect, fill, measure::radius);
  if (key.icon != icons::none)
    icon(ui, rect, key.icon, ink);
  else
    text(ui, rect, label_of(key.label),
         {.size = Size::t2, .weight = Weight::medium, .colour = ink, .align = Align::centre});
  return touch.is_tapped;
}

// Cuts `rect` into parts of these relative widths, 8 px apart.
std::vector<Rect> split(const Rect& rect, const std::vector<int>& shares) {
  int total = 0, before = 0;
  for (const int share : shares) total += share;
  std::vector<Rect> parts;
  for (const int share : shares) {
    const int x0 = rect.x + (rect.w + measure::gap) * before / total;
    before += share;
    const int x1 = rect.x + (rect.w + measure::gap) * before / total - measure::gap;
    parts.push_back({x0, rect.y, x1 - x0, rect.h});
  }
  return parts;
}

void letter_row(Ui& ui, const Rect& rect, std::string_view letters, KeyboardState& state) {
  const std::vector<char32_t> keys = core::code_points(letters);
  const auto places = split(rect, std::vector<int>(keys.size(), 1));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::string letter;
    core::append_utf8(letter, keys[i]);
    if (state.is_shifted) letter = upper_case(keys[i]);
    if (!special_key(ui, places[i], {.label = letter})) continue;
    ui.type({.text = letter});
    state.is_shifted = false;
  }
}

// The third and fourth letter rows stand between keys of their own.
void lower_row(Ui& ui, const Rect& rect, std::string_view letters, KeyboardState& state) {
  const int side = std::max(measure::target, rect.w / 9);
  if (special_key(
          ui, {rect.x, rect.y, side, rect.h},
          {.label = "##shift", .icon = icons::arrow_upward, .is_selected = state.is_shifted}))
    state.is_shifted = !state.is_shifted;
  if (special_key(ui, {rect.right() - side, rect.y, side, rect.h},
                  {.label = "##erase", .icon = icons::backspace}))
    ui.type({.key = Key::backspace});
  letter_row(ui, {rect.x + side + 8, rect.y, rect.w - 2 * side - 16, rect.h}, letters, state);
}

bool last_row(Ui& ui, const Rect& rect, KeyboardState& state, KeyboardKind kind) {
  const bool is_email = kind == KeyboardKind::email;
  const auto places =
      is_email ? split(rect, {3, 2, 2, 3, 3, 6, 3, 3}) : split(rect, {3, 2, 12, 3, 3});
  std::size_t next = 0;
  const auto types = [&](std::string_view label, std::string_view letters) {
    if (special_key(ui, places[next++], {.label = label})) ui.type({.text = std::string(letters)});
  };
  if (special_key(ui, places[next++],
                  {.label = state.shows_symbols ? "ABC##symbols" : "?123##symbols"}))
    state.shows_symbols = !state.shows_symbols;
  types("@", "@");
  if (is_email) {
    types(".", ".");
    types(".de", ".de");
    types(".com", ".com");
  }
  types(" ##space", " ");
  if (special_key(ui, places[next++], {.label = "##return", .icon = icons::keyboard_return}))
    ui.type({.key = Key::enter});
  return special_key(ui, places[next], {.label = "##hide", .icon = icons::keyboard_hide});
}

bool number_board(Ui& ui, const Rect& rect, KeyboardState& state) {
  const int row_height = (rect.h - 3 * measure::gap) / 4;
  const Rect pad{rect.x, rect.y, rect.w * 3 / 4 - measure::gap, rect.h};
  int y = rect.y;
  for (const std::string_view letters : numbers) {
    letter_row(ui, {pad.x, y, pad.w, row_height}, letters, state);
    y += row_height + measure::gap;
  }
  const int x = pad.right() + measure::gap, width = rect.right() - x;
  const int step = row_height + measure::gap;
  if (special_key(ui, {x, rect.y, width, row_height},
                  {.label = "##erase", .icon = icons::backspace}))
    ui.type({.key = Key::backspace});
  if (special_key(ui, {x, rect.y + step, width, 2 * row_height + measure::gap},
                  {.label = "##return", .icon = icons::keyboard_return}))
    ui.type({.key = Key::enter});
  return special_key(ui, {x, rect.y + 3 * step, width, row_height},
                     {.label = "##hide", .icon = icons::keyboard_hide});
}

}  // namespace

bool keyboard(Ui& ui, const Rect& rect, KeyboardState& state, KeyboardLayout layout,
              KeyboardKind kind) {
  const Overlay ground(ui, rect);
  const Rect room = rect.inset(measure::gap);
  if (kind == KeyboardKind::number) return number_board(ui, room, state);
  const Rows& rows = state.shows_symbols                ? symbols
                     : layout == KeyboardLayout::german ? german
                                                        : english;
  const int gap = room.h >= 5 * measure::target + 4 * measure::gap ? measure::gap : 4;
  const int row_height = (room.h - 4 * gap) / 5;
  int y = room.y;
  for (std::size_t i = 0; i < 4; ++i) {
    const Rect place{room.x, y, room.w, row_height};
    if (i < 3)
      letter_row(ui, place, rows[i], state);
    else
      lower_row(ui, place, rows[i], state);
    y += row_height + gap;
  }
  return last_row(ui, {room.x, y, room.w, room.bottom() - y}, state, kind);
}

}  // namespace pos::ui
