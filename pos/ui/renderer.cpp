#include "pos/ui/renderer.h"

#include <stb_image_write.h>

#include <algorithm>
#include <atomic>

namespace pos::ui {

std::uint64_t next_texture_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

Texture::Texture(Format format_, int width_, int height_)
    : format(format_), width(width_), height(height_), serial(next_texture_serial()) {
  const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (format == Format::alpha8)
    alpha.resize(size);
  else
    rgba.resize(size);
}

PixelRect intersection(const PixelRect& a, const PixelRect& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

core::Result<core::Done, ImageError> save_png(const Image& image, const std::string& path) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(image.pixels.size() * 3);
  for (const std::uint32_t pixel : image.pixels)
    for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<std::uint8_t>(pixel >> shift));
  if (image.width <= 0 || image.height <= 0 ||
      stbi_write_png(path.c_str(), image.width, image.height, 3, bytes.data(), image.width * 3) ==
          0)
    return tl::unexpected(ImageError::cannot_write);
  return core::Done{};
}

}  // namespace pos::ui
