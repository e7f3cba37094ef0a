// How the till's picture lies on the panel that shows it: a screen may hang on its side or
// upside down, and its touch layer may be off. The till turns its own picture and sets its own
// touches right, so that it needs no tool of the display's. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pos/ui/renderer.h"

namespace pos::ui {

// Clockwise, as the picture is seen on the panel.
enum class Turn : std::uint8_t { none, right, half, left };
Turn turn_from(std::string_view degrees);  // "90"; what it does not know is none
inline bool is_sideways(Turn turn) {
  return turn == Turn::right || turn == Turn::left;
}

struct Spot {
  float x = 0, y = 0;
  friend bool operator==(const Spot&, const Spot&) = default;
};

// `width`, `height`: of the picture, as it is drawn, in pixels.
PixelRect on_panel(const PixelRect& rect, Turn turn, int width, int height);
Spot on_panel(Spot spot, Turn turn, int width, int height);
Spot on_picture(Spot panel, Turn turn, int width, int height);
// The pixels of `rect` as they lie on the panel, row by row. `first` is the picture's first
// pixel, `stride` pixels are in its rows.
Image turned(const std::uint32_t* first, int stride, const PixelRect& rect, Turn turn);

// x' = a x + b y + c, y' = d x + e y + f, in parts of the panel's width and height.
struct TouchMatrix {
  std::array<float, 6> of{1, 0, 0, 0, 1, 0};
  Spot operator()(Spot touched) const;
  friend bool operator==(const TouchMatrix&, const TouchMatrix&) = default;
};
std::string to_text(const TouchMatrix& matrix);        // six numbers; what changes nothing: ""
TouchMatrix touch_matrix_from(std::string_view text);  // what cannot be read changes nothing

// Where something was to be touched, and where that was felt; in parts of the panel.
struct Touched {
  Spot wanted, felt;
};
// The matrix that brings what was felt to what was wanted, by least squares. Nothing: three
// of them lie in a line, or one is further off than a finger is wide.
std::optional<TouchMatrix> touch_matrix_for(std::span<const Touched> touches);
// `next` after `first`.
TouchMatrix combined(const TouchMatrix& next, const TouchMatrix& first);

struct Panel {
  Turn turn = Turn::none;
  TouchMatrix touch = {};
  friend bool operator==(const Panel&, const Panel&) = default;
};

}  // namespace pos::ui
