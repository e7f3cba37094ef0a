// What a frame is given, and the small values that widgets share. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "pos/ui/input.h"
#include "pos/ui/theme.h"

namespace pos::ui {

// Base pixels.
struct Rect {
  int x = 0, y = 0, w = 0, h = 0;
  int right() const { return x + w; }
  int bottom() const { return y + h; }
  Rect inset(int by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
  Rect moved(int dx, int dy) const { return {x + dx, y + dy, w, h}; }
};

struct Look {
  Appearance appearance = Appearance::light;
  float scale = 1;              // of everything: the DPI of the screen
  float text_scale = 1;         // of the letters alone: the cashier's text size, 1 to 1.5
  bool is_left_handed = false;  // cart and keys lie at the left
};

struct Frame {
  int width = 1280, height = 800;  // window pixels
  double seconds = 0;              // monotonic; only differences count
  FrameInput input = {};
  Look look = {};
};

// What the finger does to a widget in this frame.
struct Touch {
  bool is_pressed = false;  // draw it pressed
  bool is_tapped = false;
  bool is_held = false;  // once, after 0.6 s; no tap follows
};

// The ground that a widget lies on decides its fill: a neutral button is sunken
// on a card and raised on the background.
enum class Ground : std::uint8_t { automatic, bg, card, tint };

// What lies on what: a sheet is modal, Done and a toast let the rest stay live.
enum class Layer : std::uint8_t { beside, modal };

// "Cash##exact" -> "Cash" and "exact".
std::string_view label_of(std::string_view text);
std::string_view id_of(std::string_view text);

}  // namespace pos::ui
