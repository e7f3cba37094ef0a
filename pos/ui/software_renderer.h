// Draws ImGui's draw lists without a GPU: opaque rectangles, axis-aligned
// blits of glyphs and pictures, and span-filled triangles for the rest.
// A hash of what touches each tile of 64 x 64 pixels is kept; only tiles whose
// hash differs from the last frame's are painted again. A frame that paints
// part of the window leaves the same pixels as one that paints all of it.
// UI thread only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pos/ui/renderer.h"

struct ImDrawList;
struct ImDrawCmd;

namespace pos::ui {

// Where pixels go: rows of 0x00RRGGBB, `stride` pixels apart.
struct Canvas {
  std::uint32_t* pixels = nullptr;
  int width = 0, height = 0, stride = 0;
};

// One thing to paint, taken from a draw list: a rectangle or a triangle.
struct Primitive {
  struct Corner {
    float x, y, u, v;
    std::uint32_t colour;  // 0xAARRGGBB
  };
  bool is_rectangle = false;  // corners 0 (top left) and 2 (bottom right) matter, one colour
  PixelRect clip;             // of its draw command
  PixelRect bounds;           // pixels that it can touch, inside the clip
  const Texture* texture = nullptr;
  bool is_plain = false;  // textured with the white pixel alone
  Corner corner[3];
};

class SoftwareRenderer final : public Renderer {
 public:
  // Paints into memory of its own, for headless use and tests.
  SoftwareRenderer(int width, int height);

  // Paints into `canvas` from now on; everything counts as changed.
  void set_canvas(const Canvas& canvas);
  void resize(int width, int height);  // memory of its own

  void draw(const ImDrawData& frame) override;
  Image picture() override;
  void forget() override { tiles_.clear(); }

  // Where it has painted.
  const Canvas& canvas() const { return canvas_; }
  // What the last draw changed, in pixels, without overlap.
  std::span<const PixelRect> damage() const { return damage_; }

 private:
  void collect(const ImDrawData& frame);
  void find_damage();

  Canvas canvas_;
  std::vector<std::uint32_t> memory_;
  std::vector<Primitive> primitives_;
  std::vector<std::uint64_t> tiles_, fresh_tiles_;
  std::vector<PixelRect> damage_;
};

}  // namespace pos::ui
