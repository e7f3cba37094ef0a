#include "pos/layout/slip_logo.h"

#include <algorithm>
#include <vector>

#include "pos/ui/pictures.h"

namespace pos {

namespace {

// How bright a pixel is on white paper, 0 to 255.
int brightness(std::uint32_t pixel) {
  const auto part = [&](int shift) { return static_cast<int>((pixel >> shift) & 0xFF); };
  const int grey = (part(16) * 299 + part(8) * 587 + part(0) * 114) / 1000;
  return 255 - (255 - grey) * part(24) / 255;
}

// Floyd and Steinberg, "An adaptive algorithm for spatial greyscale", 1976: what a dot is
// darker or brighter than it should be is made good by its neighbours.
drivers::Logo dithered(const ui::Texture& picture) {
  const int width = picture.width, height = picture.height;
  drivers::Logo logo{width, height, {}};
  const int stride = (width + 7) / 8;
  logo.bits.assign(static_cast<std::size_t>(stride * height), 0);
  std::vector<int> here(static_cast<std::size_t>(width) + 2), below(here.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto at = static_cast<std::size_t>(x) + 1;
      const int wanted =
          here[at] / 16 + brightness(picture.rgba[static_cast<std::size_t>(y * width + x)]);
      const bool is_black = wanted < 128;
      if (is_black) {
        logo.bits[static_cast<std::size_t>(y * stride + x / 8)] |=
            static_cast<std::uint8_t>(0x80 >> x % 8);
      }
      const int rest = wanted - (is_black ? 0 : 255);
      here[at + 1] += rest * 7;
      below[at - 1] += rest * 3;
      below[at] += rest * 5;
      below[at + 1] += rest;
    }
    std::swap(here, below);
    std::ranges::fill(below, 0);
  }
  return logo;
}

}  // namespace

std::optional<drivers::Logo> slip_logo(const std::filesystem::path& picture, int dots) {
  const auto read = ui::load_picture(picture.string());
  if (!read) return {};
  const double widest = dots * 2.0 / 3, highest = widest / 3;
  const double scale = std::min({widest / read->width, highest / read->height, 2.0});
  const int width = std::max(static_cast<int>(read->width * scale), 1);
  const int height = std::max(static_cast<int>(read->height * scale), 1);
  return dithered(*ui::cover(*read, width, height));
}

}  // namespace pos
