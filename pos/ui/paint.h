// Drawing in window pixels, below the widgets: filled and rounded rectangles,
// rings, shadows, pictures and runs of glyphs. Almost everything becomes an
// axis-aligned rectangle of one texture, which the software renderer blits.
// UI thread only; valid between Ui::begin and Ui::end.
#pragma once

#include <string_view>

#include "pos/ui/fonts.h"
#include "pos/ui/pictures.h"
#include "pos/ui/renderer.h"
#include "pos/ui/theme.h"

struct ImDrawList;

namespace pos::ui {

class Painter {
 public:
  explicit Painter(Fonts& fonts) : fonts_(fonts) {}
  void begin(ImDrawList* list, const Theme* theme, float scale);

  void fill(const PixelRect& rect, Rgba colour);
  void round(const PixelRect& rect, int radius, Rgba colour, Corners corners = Corners::all);
  void ring(const PixelRect& rect, int radius, int thickness, Rgba colour);
  void shadow(const PixelRect& rect, int radius, bool overlay);
  void picture(const PixelRect& rect, const Texture& texture, Rgba tint);
  // A filled polygon or a line with soft edges, for charts; radians clockwise
  // from the top.
  void slice(float x, float y, float radius, float from, float to, Rgba colour);
  void line(float x0, float y0, float x1, float y1, float thickness, Rgba colour);

  // Sets `text` with its pen at (x, base line) and returns the pen's end.
  float glyphs(float x, int baseline, Face face, int pixels, std::string_view text, Rgba colour);
  float width(Face face, int pixels, std::string_view text);
  void icon(const PixelRect& box, int pixels, char32_t icon, Rgba colour);  // centred

  void push_clip(const PixelRect& rect);
  void pop_clip();

  Fonts& fonts() { return fonts_; }
  const Theme& theme() const { return *theme_; }

 private:
  void quad(const PixelRect& rect, const Glyph& part, Rgba colour);
  void part(const PixelRect& rect, float u0, float v0, float u1, float v1, Rgba colour);

  Fonts& fonts_;
  ImDrawList* list_ = nullptr;
  const Theme* theme_ = nullptr;
  float scale_ = 1;
};

}  // namespace pos::ui
