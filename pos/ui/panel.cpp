#include "pos/ui/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace pos::ui {

Turn turn_from(std::string_view degrees) {
  if (degrees == "90") return Turn::right;
  if (degrees == "180") return Turn::half;
  return degrees == "270" ? Turn::left : Turn::none;
}

Spot on_panel(Spot spot, Turn turn, int width, int height) {
  const auto w = static_cast<float>(width), h = static_cast<float>(height);
  switch (turn) {
    case Turn::right:
      return {h - spot.y, spot.x};
    case Turn::half:
      return {w - spot.x, h - spot.y};
    case Turn::left:
      return {spot.y, w - spot.x};
    case Turn::none:
      break;
  }
  return spot;
}

Spot on_picture(Spot panel, Turn turn, int width, int height) {
  const auto w = static_cast<float>(width), h = static_cast<float>(height);
  switch (turn) {
    case Turn::right:
      return {panel.y, h - panel.x};
    case Turn::half:
      return {w - panel.x, h - panel.y};
    case Turn::left:
      return {w - panel.y, panel.x};
    case Turn::none:
      break;
  }
  return panel;
}

PixelRect on_panel(const PixelRect& rect, Turn turn, int width, int height) {
  const auto corner = [&](int x, int y) {
    const Spot at =
        on_panel(Spot{static_cast<float>(x), static_cast<float>(y)}, turn, width, height);
    return std::pair{static_cast<int>(at.x), static_cast<int>(at.y)};
  };
  const auto [x0, y0] = corner(rect.x0, rect.y0);
  const auto [x1, y1] = corner(rect.x1, rect.y1);
  return {std::min(x0, x1), std::min(y0, y1), std::max(x0, x1), std::max(y0, y1)};
}

Image turned(const std::uint32_t* first, int stride, const PixelRect& rect, Turn turn) {
  const int width = rect.x1 - rect.x0, height = rect.y1 - rect.y0;
  Image image{width, height, {}};
  if (is_sideways(turn)) std::swap(image.width, image.height);
  image.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  auto* to = image.pixels.data();
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      int from_x = x, from_y = y;
      if (turn == Turn::right) from_x = y, from_y = height - 1 - x;
      if (turn == Turn::half) from_x = width - 1 - x, from_y = height - 1 - y;
      if (turn == Turn::left) from_x = width - 1 - y, from_y = x;
      *to++ = first[static_cast<std::ptrdiff_t>(rect.y0 + from_y) * stride + rect.x0 + from_x];
    }
  }
  return image;
}

Spot TouchMatrix::operator()(Spot touched) const {
  return {of[0] * touched.x + of[1] * touched.y + of[2],
          of[3] * touched.x + of[4] * touched.y + of[5]};
}

std::string to_text(const TouchMatrix& matrix) {
  if (matrix == TouchMatrix{}) return "";
  return fmt::format("{:.5f}", fmt::join(matrix.of, " "));
}

TouchMatrix touch_matrix_from(std::string_view text) {
  TouchMatrix matrix;
  const std::string whole(text);
  const char* at = whole.c_str();
  for (float& number : matrix.of) {
    char* end = nullptr;
    number = std::strtof(at, &end);
    // A panel that is more than mirrored and stretched a little is a number gone wrong.
    constexpr float largest = 4;
    if (end == at || !std::isfinite(number) || std::abs(number) > largest) return {};
    at = end;
  }
  const float area = matrix.of[0] * matrix.of[4] - matrix.of[1] * matrix.of[3];
  constexpr float smallest = 0.1F;
  return std::abs(area) < smallest ? TouchMatrix{} : matrix;
}

std::optional<TouchMatrix> touch_matrix_for(std::span<const Touched> touches) {
  // The normal equations of both rows: the same left side, solved by Cramer's rule.
  double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
  double u[3] = {0, 0, 0}, v[3] = {0, 0, 0};
  for (const auto& [wanted, felt] : touches) {
    const double fx = felt.x, fy = felt.y;
    n += 1, x += fx, y += fy, xx += fx * fx, xy += fx * fy, yy += fy * fy;
    u[0] += fx * wanted.x, u[1] += fy * wanted.x, u[2] += wanted.x;
    v[0] += fx * wanted.y, v[1] += fy * wanted.y, v[2] += wanted.y;
  }
  const auto determinant = [](double a, double b, double c, double d, double e, double f, double g,
                              double h, double i) {
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  };
  const double all = determinant(xx, xy, x, xy, yy, y, x, y, n);
  constexpr double in_a_line = 1e-6;
  if (std::abs(all) < in_a_line) return {};
  const auto row = [&](const double(&to)[3]) {
    return std::array{determinant(to[0], xy, x, to[1], yy, y, to[2], y, n) / all,
                      determinant(xx, to[0], x, xy, to[1], y, x, to[2], n) / all,
                      determinant(xx, xy, to[0], xy, yy, to[1], x, y, to[2]) / all};
  };
  TouchMatrix matrix;
  const auto first = row(u), second = row(v);
  for (std::size_t i = 0; i < 3; ++i) {
    matrix.of[i] = static_cast<float>(first[i]);
    matrix.of[i + 3] = static_cast<float>(second[i]);
  }
  constexpr float finger = 0.04F;
  const bool fits = std::ranges::all_of(touches, [&](const Touched& touched) {
    const Spot at = matrix(touched.felt);
    return std::hypot(at.x - touched.wanted.x, at.y - touched.wanted.y) < finger;
  });
  if (!fits) return {};
  return matrix;
}

TouchMatrix combined(const TouchMatrix& next, const TouchMatrix& first) {
  const auto& a = next.of;
  const auto& b = first.of;
  return {{a[0] * b[0] + a[1] * b[3], a[0] * b[1] + a[1] * b[4], a[0] * b[2] + a[1] * b[5] + a[2],
           a[3] * b[0] + a[4] * b[3], a[3] * b[1] + a[4] * b[4], a[3] * b[2] + a[4] * b[5] + a[5]}};
}

}  // namespace pos::ui
