#include "pos/ui/software_renderer.h"

#include <imgui.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "pos/ui/raster.h"

namespace pos::ui {
namespace {

constexpr int tile_side = 64;

std::uint32_t from_imgui(ImU32 c) {  // 0xAABBGGRR -> 0xAARRGGBB
  return (c & 0xFF00FF00) | ((c & 0xFF) << 16) | ((c >> 16) & 0xFF);
}

Primitive::Corner corner(const ImDrawVert& v, ImVec2 origin) {
  return {v.pos.x - origin.x, v.pos.y - origin.y, v.uv.x, v.uv.y, from_imgui(v.col)};
}

// Whether two triangles a b c, a c d are one upright rectangle of one colour.
bool is_rectangle(const ImDrawVert* v, const ImDrawIdx* i) {
  if (i[0] != i[3] || i[2] != i[4]) return false;
  const ImDrawVert &a = v[i[0]], &b = v[i[1]], &c = v[i[2]], &d = v[i[5]];
  return a.col == b.col && b.col == c.col && c.col == d.col && a.pos.y == b.pos.y &&
         b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x && a.pos.x < c.pos.x &&
         a.pos.y < c.pos.y && a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y &&
         d.uv.x == a.uv.x;
}

bool has_white_texel(const Texture& texture, const Primitive::Corner& c) {
  if (texture.format != Texture::Format::alpha8) return false;
  const int x = static_cast<int>(c.u * static_cast<float>(texture.width));
  const int y = static_cast<int>(c.v * static_cast<float>(texture.height));
  if (x < 0 || y < 0 || x >= texture.width || y >= texture.height) return false;
  return texture.alpha[static_cast<std::size_t>(y * texture.width + x)] == 255;
}

void find_bounds(Primitive& p) {
  const auto& c = p.corner;
  const auto [left, right] = std::minmax({c[0].x, c[1].x, c[2].x});
  const auto [top, bottom] = std::minmax({c[0].y, c[1].y, c[2].y});
  // A broken coordinate (infinite, not a number) must not become an int.
  constexpr float most = 1e6F;
  if (!(left > -most && right < most && top > -most && bottom < most)) {
    p.bounds = {};
    return;
  }
  p.bounds = intersection(
      {first_pixel(left), first_pixel(top), first_pixel(right), first_pixel(bottom)}, p.clip);
}

class Hash {
 public:
  void add(std::uint64_t value) {
    value_ = (std::rotl(value_, 27) ^ value) * 0x9E3779B97F4A7C15ULL;
  }
  void add(float a, float b) {
    add(std::uint64_t{std::bit_cast<std::uint32_t>(a)} << 32 | std::bit_cast<std::uint32_t>(b));
  }
  std::uint64_t value() const { return value_ ^ (value_ >> 29); }

 private:
  std::uint64_t value_ = 0x243F6A8885A308D3ULL;
};

std::uint64_t hash_of(const Primitive& p) {
  Hash hash;
  hash.add(p.texture == nullptr || p.is_plain ? 0 : p.texture->serial);
  hash.add(static_cast<float>(p.clip.x0), static_cast<float>(p.clip.y0));
  hash.add(static_cast<float>(p.clip.x1), static_cast<float>(p.clip.y1));
  for (int i = 0; i < 3; ++i) {
    const Primitive::Corner& c = p.corner[i];
    hash.add(c.x, c.y);
    if (!p.is_plain) hash.add(c.u, c.v);
    hash.add(c.colour | (p.is_rectangle ? 0 : std::uint64_t{1} << 32));
  }
  return hash.value();
}

}  // namespace

SoftwareRenderer::SoftwareRenderer(int width, int height) {
  resize(width, height);
}

void SoftwareRenderer::set_canvas(const Canvas& canvas) {
  canvas_ = canvas;
  memory_ = {};
  forget();
}

void SoftwareRenderer::resize(int width, int height) {
  memory_.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  canvas_ = {memory_.data(), width, height, width};
  forget();
}

void SoftwareRenderer::collect(const ImDrawData& frame) {
  primitives_.clear();
  const PixelRect all{0, 0, canvas_.width, canvas_.height};
  for (int l = 0; l < frame.CmdListsCount; ++l) {
    const ImDrawList& list = *frame.CmdLists[l];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
      const auto* texture = static_cast<const Texture*>(command.TextureId);
      const ImVec2 origin = frame.DisplayPos;
      const PixelRect clip = intersection(
          all,
          {first_pixel(command.ClipRect.x - origin.x), first_pixel(command.ClipRect.y - origin.y),
           first_pixel(command.ClipRect.z - origin.x), first_pixel(command.ClipRect.w - origin.y)});
      if (clip.is_empty()) continue;
      const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
      const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
      for (unsigned i = 0; i + 3 <= command.ElemCount; i += 3) {
        Primitive p;
        p.clip = clip;
        p.texture = texture;
        p.is_rectangle = i + 6 <= command.ElemCount && is_rectangle(vertices, indices + i);
        for (unsigned k = 0; k < 3; ++k) p.corner[k] = corner(vertices[indices[i + k]], origin);
        if (p.is_rectangle) i += 3;
        const auto& c = p.corner;
        p.is_plain =
            texture == nullptr || (c[0].u == c[1].u && c[0].u == c[2].u && c[0].v == c[1].v &&
                                   c[0].v == c[2].v && has_white_texel(*texture, c[0]));
        find_bounds(p);
        const bool is_clear = ((c[0].colour | c[1].colour | c[2].colour) & 0xFF000000) == 0;
        if (!p.bounds.is_empty() && !is_clear) primitives_.push_back(p);
      }
    }
  }
}

// Adjacent changed tiles of one row are one rectangle, and equal ones of
// neighbouring rows are joined.
void SoftwareRenderer::find_damage() {
  const int columns = (canvas_.width + tile_side - 1) / tile_side,
            rows = (canvas_.height + tile_side - 1) / tile_side;
  fresh_tiles_.assign(static_cast<std::size_t>(columns * rows), 1);
  for (const Primitive& p : primitives_) {
    const std::uint64_t hash = hash_of(p);
    for (int y = p.bounds.y0 / tile_side; y <= (p.bounds.y1 - 1) / tile_side; ++y)
      for (int x = p.bounds.x0 / tile_side; x <= (p.bounds.x1 - 1) / tile_side; ++x) {
        std::uint64_t& sum = fresh_tiles_[static_cast<std::size_t>(y * columns + x)];
        sum = (std::rotl(sum, 7) ^ hash) * 0xD6E8FEB86659FD93ULL;
      }
  }
  damage_.clear();
  const bool is_new = tiles_.size() != fresh_tiles_.size();
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const auto changed = [&](int column) {
        const auto at = static_cast<std::size_t>(y * columns + column);
        return is_new || tiles_[at] != fresh_tiles_[at];
      };
      if (!changed(x)) continue;
      const int first = x;
      while (x < columns && changed(x)) ++x;
      const PixelRect run{first * tile_side, y * tile_side, std::min(x * tile_side, canvas_.width),
                          std::min((y + 1) * tile_side, canvas_.height)};
      const auto above = std::find_if(damage_.begin(), damage_.end(), [&](const PixelRect& r) {
        return r.x0 == run.x0 && r.x1 == run.x1 && r.y1 == run.y0;
      });
      if (above == damage_.end())
        damage_.push_back(run);
      else
        above->y1 = run.y1;
    }
  }
  tiles_.swap(fresh_tiles_);
}

void SoftwareRenderer::draw(const ImDrawData& frame) {
  damage_.clear();
  if (canvas_.pixels == nullptr || canvas_.width <= 0 || canvas_.height <= 0) return;
  collect(frame);
  find_damage();
  for (const PixelRect& area : damage_) {
    for (int y = area.y0; y < area.y1; ++y) {
      std::uint32_t* row = canvas_.pixels + static_cast<std::ptrdiff_t>(y) * canvas_.stride;
      std::fill(row + area.x0, row + area.x1, 0U);
    }
    for (const Primitive& p : primitives_) paint(canvas_, p, area);
  }
}

Image SoftwareRenderer::picture() {
  Image image{canvas_.width, canvas_.height, {}};
  image.pixels.reserve(static_cast<std::size_t>(canvas_.width) *
                       static_cast<std::size_t>(canvas_.height));
  for (int y = 0; y < canvas_.height; ++y) {
    const std::uint32_t* row = canvas_.pixels + static_cast<std::ptrdiff_t>(y) * canvas_.stride;
    for (int x = 0; x < canvas_.width; ++x) image.pixels.push_back(row[x] & 0xFFFFFF);
  }
  return image;
}

}  // namespace pos::ui
