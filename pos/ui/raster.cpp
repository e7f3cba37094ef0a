#include "pos/ui/raster.h"

#include <algorithm>
#include <cmath>

namespace pos::ui {
namespace {

// `source` over `target` with alpha 0..255; two channels at a time, rounded
// like x / 255 (each 16-bit lane holds at most 255 * 255 + 128).
inline std::uint32_t blend(std::uint32_t target, std::uint32_t source, std::uint32_t alpha) {
  const std::uint32_t rest = 255 - alpha;
  std::uint32_t rb = (source & 0xFF00FF) * alpha + (target & 0xFF00FF) * rest + 0x800080;
  std::uint32_t g = ((source >> 8) & 0xFF) * alpha + ((target >> 8) & 0xFF) * rest + 0x80;
  rb = ((rb + ((rb >> 8) & 0xFF00FF)) >> 8) & 0xFF00FF;
  g = (g + (g >> 8)) & 0xFF00;
  return rb | g;
}

inline std::uint32_t times(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t t = a * b + 128;
  return (t + (t >> 8)) >> 8;
}

inline std::uint32_t tinted(std::uint32_t texel, std::uint32_t tint) {
  if (tint == 0xFFFFFFFF) return texel;
  std::uint32_t out = 0;
  for (int shift = 0; shift < 32; shift += 8)
    out |= times((texel >> shift) & 0xFF, (tint >> shift) & 0xFF) << shift;
  return out;
}

inline std::uint32_t over(std::uint32_t target, std::uint32_t source) {
  const std::uint32_t alpha = source >> 24;
  if (alpha == 255) return source & 0xFFFFFF;
  return alpha == 0 ? target : blend(target, source, alpha);
}

std::uint32_t texel_at(const Texture& texture, float u, float v) {
  const int x =
      std::clamp(static_cast<int>(u * static_cast<float>(texture.width)), 0, texture.width - 1);
  const int y =
      std::clamp(static_cast<int>(v * static_cast<float>(texture.height)), 0, texture.height - 1);
  const auto at = static_cast<std::size_t>(y * texture.width + x);
  if (texture.format == Texture::Format::rgba32) return texture.rgba[at];
  return 0xFFFFFF | static_cast<std::uint32_t>(texture.alpha[at]) << 24;
}

// Texel coordinates along one axis: a straight line in 1/65536 texels, exact
// for every pixel whatever the clip.
struct Axis {
  std::int64_t start, step;
  int last;

  int at(int pixel) const {
    return static_cast<int>(std::clamp<std::int64_t>((start + pixel * step) >> 16, 0, last));
  }
  bool is_one_to_one(int from, int to) const {
    return step == 65536 && (start + from * step) >= 0 && ((start + (to - 1) * step) >> 16) <= last;
  }
};

Axis axis(float p0, float p1, float t0, float t1, int size) {
  const double texels = static_cast<double>(size);
  const double step = (static_cast<double>(t1) - static_cast<double>(t0)) * texels /
                      (static_cast<double>(p1) - static_cast<double>(p0));
  const double start = static_cast<double>(t0) * texels + (0.5 - static_cast<double>(p0)) * step;
  return {std::llround(start * 65536), std::llround(step * 65536), size - 1};
}

void fill(const Canvas& canvas, const PixelRect& area, std::uint32_t colour) {
  const std::uint32_t alpha = colour >> 24;
  for (int y = area.y0; y < area.y1; ++y) {
    std::uint32_t* row = canvas.pixels + static_cast<std::ptrdiff_t>(y) * canvas.stride;
    if (alpha == 255) {
      std::fill(row + area.x0, row + area.x1, colour & 0xFFFFFF);
    } else {
      for (int x = area.x0; x < area.x1; ++x) row[x] = blend(row[x], colour, alpha);
    }
  }
}

inline void cover(std::uint32_t& target, std::uint32_t mask, std::uint32_t colour) {
  const std::uint32_t alpha = times(mask, colour >> 24);
  if (alpha == 255) {
    target = colour & 0xFFFFFF;
  } else if (alpha != 0) {
    target = blend(target, colour, alpha);
  }
}

void blit_mask(const Canvas& canvas, const PixelRect& area, const Texture& texture, const Axis& u,
               const Axis& v, std::uint32_t colour) {
  const bool is_straight = u.is_one_to_one(area.x0, area.x1);
  for (int y = area.y0; y < area.y1; ++y) {
    std::uint32_t* row = canvas.pixels + static_cast<std::ptrdiff_t>(y) * canvas.stride;
    const std::uint8_t* source =
        texture.alpha.data() + static_cast<std::ptrdiff_t>(v.at(y)) * texture.width;
    if (is_straight) {
      const std::uint8_t* mask = source + u.at(area.x0);
      for (int x = area.x0; x < area.x1; ++x, ++mask)
        if (*mask != 0) cover(row[x], *mask, colour);
    } else {
      for (int x = area.x0; x < area.x1; ++x) cover(row[x], source[u.at(x)], colour);
    }
  }
}

void blit_picture(const Canvas& canvas, const PixelRect& area, const Texture& texture,
                  const Axis& u, const Axis& v, std::uint32_t tint) {
  for (int y = area.y0; y < area.y1; ++y) {
    std::uint32_t* row = canvas.pixels + static_cast<std::ptrdiff_t>(y) * canvas.stride;
    const std::uint32_t* source =
        texture.rgba.data() + static_cast<std::ptrdiff_t>(v.at(y)) * texture.width;
    for (int x = area.x0; x < area.x1; ++x) row[x] = over(row[x], tinted(source[u.at(x)], tint));
  }
}

void paint_rectangle(const Canvas& canvas, const Primitive& p, const PixelRect& area) {
  const auto& from = p.corner[0];
  const auto& to = p.corner[2];
  if (p.is_plain || p.texture == nullptr) return fill(canvas, area, from.colour);
  const Axis u = axis(from.x, to.x, from.u, to.u, p.texture->width);
  const Axis v = axis(from.y, to.y, from.v, to.v, p.texture->height);
  if (p.texture->format == Texture::Format::alpha8)
    blit_mask(canvas, area, *p.texture, u, v, from.colour);
  else
    blit_picture(canvas, area, *p.texture, u, v, from.colour);
}

// Values that change evenly over a triangle, such as a colour channel.
struct Plane {
  float at0, dx, dy;
  float at(float x, float y) const { return at0 + x * dx + y * dy; }
};

Plane plane(const Primitive::Corner (&c)[3], float area, float a, float b, float d) {
  const float dx = ((b - a) * (c[2].y - c[0].y) - (d - a) * (c[1].y - c[0].y)) / area;
  const float dy = ((d - a) * (c[1].x - c[0].x) - (b - a) * (c[2].x - c[0].x)) / area;
  return {a - c[0].x * dx - c[0].y * dy, dx, dy};
}

Plane channel(const Primitive::Corner (&c)[3], float area, int shift) {
  const auto value = [shift](const Primitive::Corner& corner) {
    return static_cast<float>((corner.colour >> shift) & 0xFF);
  };
  return plane(c, area, value(c[0]), value(c[1]), value(c[2]));
}

// Where the line through the centres of row `y` enters and leaves the triangle.
// An edge is always walked from its upper end, so that two triangles that share
// it agree on every pixel.
bool span(const Primitive::Corner (&c)[3], float y, float& left, float& right) {
  int crossings = 0;
  float at[3];
  for (int i = 0; i < 3; ++i) {
    const Primitive::Corner *a = &c[i], *b = &c[(i + 1) % 3];
    if (a->y > b->y || (a->y == b->y && a->x > b->x)) std::swap(a, b);
    if (y < a->y || y >= b->y) continue;
    at[crossings++] = a->x + (y - a->y) * (b->x - a->x) / (b->y - a->y);
  }
  if (crossings < 2) return false;
  left = std::min(at[0], at[1]);
  right = std::max(at[0], at[1]);
  return true;
}

void paint_triangle(const Canvas& canvas, const Primitive& p, const PixelRect& area) {
  const auto& c = p.corner;
  const float doubled =
      (c[1].x - c[0].x) * (c[2].y - c[0].y) - (c[2].x - c[0].x) * (c[1].y - c[0].y);
  if (doubled == 0) return;
  const bool is_even = c[0].colour == c[1].colour && c[1].colour == c[2].colour;
  const Plane planes[4] = {channel(c, doubled, 0), channel(c, doubled, 8), channel(c, doubled, 16),
                           channel(c, doubled, 24)};
  const Plane u = plane(c, doubled, c[0].u, c[1].u, c[2].u);
  const Plane v = plane(c, doubled, c[0].v, c[1].v, c[2].v);
  for (int y = area.y0; y < area.y1; ++y) {
    const float yc = static_cast<float>(y) + .5F;
    float left = 0, right = 0;
    if (!span(c, yc, left, right)) continue;
    std::uint32_t* row = canvas.pixels + static_cast<std::ptrdiff_t>(y) * canvas.stride;
    const int end = std::min(first_pixel(right), area.x1);
    for (int x = std::max(first_pixel(left), area.x0); x < end; ++x) {
      const float xc = static_cast<float>(x) + .5F;
      std::uint32_t colour = c[0].colour;
      if (!is_even) {
        colour = 0;
        for (int i = 0; i < 4; ++i)
          colour |= static_cast<std::uint32_t>(std::clamp(planes[i].at(xc, yc), 0.F, 255.F) + .5F)
                    << (8 * i);
      }
      if (!p.is_plain && p.texture != nullptr)
        colour = tinted(texel_at(*p.texture, u.at(xc, yc), v.at(xc, yc)), colour);
      row[x] = over(row[x], colour);
    }
  }
}

}  // namespace

int first_pixel(float edge) {
  return static_cast<int>(std::ceil(edge - .5F));
}

void paint(const Canvas& canvas, const Primitive& primitive, const PixelRect& clip) {
  const PixelRect area = intersection(primitive.bounds, clip);
  if (area.is_empty()) return;
  if (primitive.is_rectangle)
    paint_rectangle(canvas, primitive, area);
  else
    paint_triangle(canvas, primitive, area);
}

}  // namespace pos::ui
