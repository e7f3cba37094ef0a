// Keypad, PIN pad and the on-screen keyboard. All of them also take the real
// keys: digits, Backspace, Enter, unless a text field has the focus.
#pragma once

#include <cstdint>
#include <string_view>

#include "pos/ui/fields.h"
#include "pos/ui/keyed.h"
#include "pos/ui/ui.h"

namespace pos::ui {

enum class PadKey : std::uint8_t {
  d0,
  d1,
  d2,
  d3,
  d4,
  d5,
  d6,
  d7,
  d8,
  d9,
  double_zero,
  point,
  clear,
  backspace,
  none,
  unknown  // a letter was typed that no pad has: refused, never left out
};

struct Keypad {
  bool is_phone_order = false;        // 1 2 3 on top (PIN) instead of 7 8 9
  PadKey left = PadKey::double_zero;  // the key left of 0
  std::string_view clear_word = "C";  // translated, for PadKey::clear
  char point = ',';                   // how PadKey::point is written
  bool is_refused = false;            // the entry is; Enter must not accept what is left of it
  bool enabled = true;
  std::string_view why_not = {};
};
// 3 x 4 keys, 8 px apart, filling the rectangle. Draw it before the button that
// Enter taps. Both decimal signs are PadKey::point: number blocks have either.
PadKey keypad(Ui& ui, const Rect& rect, const Keypad& keypad = {});

inline constexpr std::size_t shortest_pin = 4, longest_pin = 12;
// What a key does to a PIN. False if it was refused: the PIN is empty then, since
// what is left of it would be another one.
bool apply(PadKey key, std::string& pin);

// Dots for the digits entered so far, in a sunken strip.
void pin_dots(Ui& ui, const Rect& rect, int entered, int length);

enum class KeyboardLayout : std::uint8_t { german, english };
enum class KeyboardKind : std::uint8_t { text, email, number };

// What an on-screen keyboard remembers; the screen keeps it.
struct KeyboardState {
  bool is_shifted = false;
  bool shows_symbols = false;
};
// Types into the focused field in the next frame. True when its hide key was
// tapped. At least 328 high, for keys of 56; it lies above the screen, which
// stays live beside it.
bool keyboard(Ui& ui, const Rect& rect, KeyboardState& state, KeyboardLayout layout,
              KeyboardKind kind = KeyboardKind::text);

}  // namespace pos::ui
