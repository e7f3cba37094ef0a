#include "pos/ui/pictures.h"

#include <stb_image.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace pos::ui {
namespace {

constexpr int decoded_per_frame = 4;
// A picture file that says it is larger is not a product picture.
constexpr int largest_side = 8192;
constexpr std::int64_t most_pixels = std::int64_t{16} << 20;

std::size_t bytes_of(const std::unique_ptr<Texture>& texture) {
  return texture == nullptr ? 0 : texture->rgba.size() * 4;
}

// The share of a pixel at (x, y) that a rounded corner leaves.
float kept(int x, int y, int width, int height, int radius, Corners corners) {
  const bool is_left = x < radius, is_right = x >= width - radius;
  const bool is_top = y < radius, is_bottom = y >= height - radius;
  if (!(is_left || is_right) || !(is_top || (is_bottom && corners == Corners::all))) return 1;
  const auto r = static_cast<float>(radius);
  const float cx = is_left ? r : static_cast<float>(width) - r;
  const float cy = is_top ? r : static_cast<float>(height) - r;
  const float distance =
      std::hypot(static_cast<float>(x) + .5F - cx, static_cast<float>(y) + .5F - cy);
  return std::clamp(r - distance + .5F, 0.F, 1.F);
}

void round_corners(Texture& texture, Corners corners, int radius) {
  if (corners == Corners::none || radius <= 0) return;
  for (int y = 0; y < texture.height; ++y)
    for (int x = 0; x < texture.width; ++x) {
      const float share = kept(x, y, texture.width, texture.height, radius, corners);
      if (share >= 1) continue;
      std::uint32_t& pixel = texture.rgba[static_cast<std::size_t>(y * texture.width + x)];
      const auto alpha = static_cast<float>(pixel >> 24) * share + .5F;
      pixel = (pixel & 0xFFFFFF) | static_cast<std::uint32_t>(alpha) << 24;
    }
}

}  // namespace

std::unique_ptr<Texture> load_picture(const std::string& path) {
  int width = 0, height = 0, channels = 0;
  if (stbi_info(path.c_str(), &width, &height, &channels) == 0) return nullptr;
  if (width < 1 || height < 1 || width > largest_side || height > largest_side ||
      std::int64_t{width} * height > most_pixels)
    return nullptr;
  stbi_uc* bytes = stbi_load(path.c_str(), &width, &height, &channels, 4);
  if (bytes == nullptr) return nullptr;
  auto texture = std::make_unique<Texture>(Texture::Format::rgba32, width, height);
  const stbi_uc* at = bytes;
  for (std::uint32_t& pixel : texture->rgba) {
    pixel = static_cast<std::uint32_t>(at[3]) << 24 | static_cast<std::uint32_t>(at[0]) << 16 |
            static_cast<std::uint32_t>(at[1]) << 8 | at[2];
    at += 4;
  }
  stbi_image_free(bytes);
  return texture;
}

std::unique_ptr<Texture> cover(const Texture& source, int width, int height) {
  auto target = std::make_unique<Texture>(Texture::Format::rgba32, width, height);
  const double scale = std::min(source.width / static_cast<double>(width),
                                source.height / static_cast<double>(height));
  const double left = (source.width - width * scale) / 2,
               top = (source.height - height * scale) / 2;
  const auto last = [](double end, int size) {
    return std::min(static_cast<int>(std::ceil(end - 1e-6)), size);
  };
  for (int y = 0; y < height; ++y) {
    const double y0 = top + y * scale, y1 = y0 + scale;
    for (int x = 0; x < width; ++x) {
      const double x0 = left + x * scale, x1 = x0 + scale;
      // The average of what lies under the pixel, by area; colours by their alpha.
      double sums[4] = {0, 0, 0, 0}, area = 0;
      for (int sy = static_cast<int>(y0); sy < last(y1, source.height); ++sy) {
        const double h = std::min(y1, sy + 1.0) - std::max(y0, static_cast<double>(sy));
        for (int sx = static_cast<int>(x0); sx < last(x1, source.width); ++sx) {
          const double share = h * (std::min(x1, sx + 1.0) - std::max(x0, static_cast<double>(sx)));
          const std::uint32_t pixel = source.rgba[static_cast<std::size_t>(sy * source.width + sx)];
          const double alpha = share * (pixel >> 24);
          for (int i = 0; i < 3; ++i) sums[i] += alpha * ((pixel >> (8 * i)) & 0xFF);
          sums[3] += alpha;
          area += share;
        }
      }
      std::uint32_t out = 0;
      if (sums[3] > 0 && area > 0) {
        for (int i = 0; i < 3; ++i)
          out |= static_cast<std::uint32_t>(sums[i] / sums[3] + .5) << (8 * i);
        out |= static_cast<std::uint32_t>(std::min(sums[3] / area + .5, 255.0)) << 24;
      }
      target->rgba[static_cast<std::size_t>(y * width + x)] = out;
    }
  }
  return target;
}

Pictures::Pictures(std::size_t capacity_bytes) : capacity_(capacity_bytes) {}

void Pictures::begin_frame() {
  ++frame_;
  budget_ = decoded_per_frame;
  waiting_ = false;
  trim();
}

// Never drops what the last frame showed: its draw data names the textures.
void Pictures::trim() {
  while (bytes_ > capacity_ && !entries_.empty() && entries_.back().used_in + 1 < frame_) {
    bytes_ -= bytes_of(entries_.back().texture);
    index_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

const Texture* Pictures::find(const std::string& path, int width, int height, Corners corners,
                              int radius) {
  if (path.empty() || width <= 0 || height <= 0) return nullptr;
  const std::string key = path + '\n' + std::to_string(width) + 'x' + std::to_string(height) + ':' +
                          std::to_string(static_cast<int>(corners)) + ':' + std::to_string(radius);
  auto found = index_.find(key);
  if (found == index_.end()) {
    if (budget_ == 0) {
      waiting_ = true;
      return nullptr;
    }
    --budget_;
    std::unique_ptr<Texture> texture;
    if (const auto source = load_picture(path)) {
      texture = cover(*source, width, height);
      round_corners(*texture, corners, radius);
    }
    bytes_ += bytes_of(texture);
    entries_.push_front({key, std::move(texture), frame_});
    found = index_.emplace(key, entries_.begin()).first;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  found->second->used_in = frame_;
  return found->second->texture.get();
}

}  // namespace pos::ui
