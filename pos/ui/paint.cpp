#include "pos/ui/paint.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/text.h"

namespace pos::ui {
namespace {

ImU32 to_imgui(Rgba c) {
  return IM_COL32(c.r, c.g, c.b, c.a);
}
float to_f(int value) {
  return static_cast<float>(value);
}

// Pens stand on quarters of a pixel, which keeps the rhythm of small letters.
struct Pen {
  int pixel, quarter;
};
Pen pen_at(float x) {
  const int quarters = static_cast<int>(std::floor(x * 4 + .5F));
  const int pixel = static_cast<int>(std::floor(to_f(quarters) / 4));
  return {pixel, quarters - pixel * 4};
}

}  // namespace

void Painter::begin(ImDrawList* list, const Theme* theme, float scale) {
  list_ = list;
  theme_ = theme;
  scale_ = scale;
}

void Painter::part(const PixelRect& rect, float u0, float v0, float u1, float v1, Rgba colour) {
  if (rect.is_empty() || colour.a == 0) return;
  const Texture& atlas = fonts_.atlas();
  const float w = to_f(atlas.width), h = to_f(atlas.height);
  list_->PrimReserve(6, 4);
  list_->PrimRectUV({to_f(rect.x0), to_f(rect.y0)}, {to_f(rect.x1), to_f(rect.y1)},
                    {u0 / w, v0 / h}, {u1 / w, v1 / h}, to_imgui(colour));
}

void Painter::quad(const PixelRect& rect, const Glyph& g, Rgba colour) {
  part(rect, to_f(g.u), to_f(g.v), to_f(g.u + g.width), to_f(g.v + g.height), colour);
}

void Painter::fill(const PixelRect& rect, Rgba colour) {
  const float u = to_f(fonts_.white_texel_u()) + .5F, v = to_f(fonts_.white_texel_v()) + .5F;
  part(rect, u, v, u, v, colour);
}

void Painter::round(const PixelRect& rect, int radius, Rgba colour, Corners corners) {
  const int r = std::min({radius, (rect.x1 - rect.x0) / 2, (rect.y1 - rect.y0) / 2});
  if (r <= 0 || corners == Corners::none || colour.a == 0) return fill(rect, colour);
  const Glyph g = fonts_.corner({r, 0});
  const float u = to_f(g.u), v = to_f(g.v), e = to_f(r);
  const PixelRect& p = rect;
  const bool has_lower = corners == Corners::all;
  part({p.x0, p.y0, p.x0 + r, p.y0 + r}, u, v, u + e, v + e, colour);
  part({p.x1 - r, p.y0, p.x1, p.y0 + r}, u + e, v, u, v + e, colour);
  fill({p.x0 + r, p.y0, p.x1 - r, p.y0 + r}, colour);
  fill({p.x0, p.y0 + r, p.x1, has_lower ? p.y1 - r : p.y1}, colour);
  if (!has_lower) return;
  part({p.x0, p.y1 - r, p.x0 + r, p.y1}, u, v + e, u + e, v, colour);
  part({p.x1 - r, p.y1 - r, p.x1, p.y1}, u + e, v + e, u, v, colour);
  fill({p.x0 + r, p.y1 - r, p.x1 - r, p.y1}, colour);
}

void Painter::ring(const PixelRect& p, int radius, int thickness, Rgba colour) {
  const int r = std::min({radius, (p.x1 - p.x0) / 2, (p.y1 - p.y0) / 2}), t = thickness;
  if (r > 0) {
    const Glyph g = fonts_.corner({r, t});
    const float u = to_f(g.u), v = to_f(g.v), e = to_f(r);
    part({p.x0, p.y0, p.x0 + r, p.y0 + r}, u, v, u + e, v + e, colour);
    part({p.x1 - r, p.y0, p.x1, p.y0 + r}, u + e, v, u, v + e, colour);
    part({p.x0, p.y1 - r, p.x0 + r, p.y1}, u, v + e, u + e, v, colour);
    part({p.x1 - r, p.y1 - r, p.x1, p.y1}, u + e, v + e, u, v, colour);
  }
  const int inset = std::max(r, t);
  fill({p.x0 + r, p.y0, p.x1 - r, p.y0 + t}, colour);
  fill({p.x0 + r, p.y1 - t, p.x1 - r, p.y1}, colour);
  fill({p.x0, p.y0 + inset, p.x0 + t, p.y1 - inset}, colour);
  fill({p.x1 - t, p.y0 + inset, p.x1, p.y1 - inset}, colour);
}

void Painter::shadow(const PixelRect& rect, int radius, bool overlay) {
  const Fonts::Shadow s = fonts_.shadow(overlay, scale_, radius, theme_->shadow_factor);
  if (s.mask.width == 0) return;
  const Rgba colour = (*theme_)[Colour::shadow];
  const PixelRect out{rect.x0 - s.margin, rect.y0 - s.margin, rect.x1 + s.margin,
                      rect.y1 + s.margin};
  const int c = std::min({s.corner, (out.x1 - out.x0) / 2, (out.y1 - out.y0) / 2});
  const float u0 = to_f(s.mask.u), v0 = to_f(s.mask.v), e = to_f(c);
  const float u3 = to_f(s.mask.u + s.mask.width), v3 = to_f(s.mask.v + s.mask.height);
  // The middle of the mask, whose texels are all alike along the edge. One whole
  // texel, because SDL takes a part without width for a plain rectangle.
  const float um = u0 + to_f(s.corner), vm = v0 + to_f(s.corner);
  part({out.x0, out.y0, out.x0 + c, out.y0 + c}, u0, v0, u0 + e, v0 + e, colour);
  part({out.x1 - c, out.y0, out.x1, out.y0 + c}, u3 - e, v0, u3, v0 + e, colour);
  part({out.x0, out.y1 - c, out.x0 + c, out.y1}, u0, v3 - e, u0 + e, v3, colour);
  part({out.x1 - c, out.y1 - c, out.x1, out.y1}, u3 - e, v3 - e, u3, v3, colour);
  part({out.x0 + c, out.y0, out.x1 - c, out.y0 + c}, um, v0, um + 1, v0 + e, colour);
  part({out.x0 + c, out.y1 - c, out.x1 - c, out.y1}, um, v3 - e, um + 1, v3, colour);
  part({out.x0, out.y0 + c, out.x0 + c, out.y1 - c}, u0, vm, u0 + e, vm + 1, colour);
  part({out.x1 - c, out.y0 + c, out.x1, out.y1 - c}, u3 - e, vm, u3, vm + 1, colour);
}

void Painter::picture(const PixelRect& rect, const Texture& texture, Rgba tint) {
  list_->AddImage(const_cast<Texture*>(&texture), {to_f(rect.x0), to_f(rect.y0)},
                  {to_f(rect.x1), to_f(rect.y1)}, {0, 0}, {1, 1}, to_imgui(tint));
}

void Painter::slice(float x, float y, float radius, float from, float to, Rgba colour) {
  constexpr float quarter_turn = std::numbers::pi_v<float> / 2;
  list_->PathLineTo({x, y});
  list_->PathArcTo({x, y}, radius, from - quarter_turn, to - quarter_turn, 32);
  list_->PathFillConvex(to_imgui(colour));
}

void Painter::line(float x0, float y0, float x1, float y1, float thickness, Rgba colour) {
  list_->AddLine({x0, y0}, {x1, y1}, to_imgui(colour), thickness);
}

float Painter::glyphs(float x, int baseline, Face face, int pixels, std::string_view text,
                      Rgba colour) {
  for (const char32_t code_point : core::code_points(core::composed(text))) {
    const Pen pen = pen_at(x);
    const Glyph g = fonts_.glyph(face, pixels, code_point, pen.quarter);
    const int left = pen.pixel + g.left, top = baseline - g.top;
    quad({left, top, left + g.width, top + g.height}, g, colour);
    x += g.advance;
  }
  return x;
}

float Painter::width(Face face, int pixels, std::string_view text) {
  float sum = 0;
  for (const char32_t code_point : core::code_points(core::composed(text)))
    sum += fonts_.advance(face, pixels, code_point);
  return sum;
}

void Painter::icon(const PixelRect& box, int pixels, char32_t icon, Rgba colour) {
  const Glyph g = fonts_.glyph(Face::icons, pixels, icon);
  // The glyphs of the icon font fill a square that stands on the base line.
  const int x0 = box.x0 + (box.x1 - box.x0 - pixels) / 2;
  const int y0 = box.y0 + (box.y1 - box.y0 - pixels) / 2;
  const int left = x0 + g.left, top = y0 + pixels - g.top;
  quad({left, top, left + g.width, top + g.height}, g, colour);
}

void Painter::push_clip(const PixelRect& rect) {
  list_->PushClipRect({to_f(rect.x0), to_f(rect.y0)}, {to_f(rect.x1), to_f(rect.y1)}, true);
}

void Painter::pop_clip() {
  list_->PopClipRect();
}

}  // namespace pos::ui
