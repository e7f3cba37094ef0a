// How a frame becomes pixels: our software rasteriser paints it, and what was
// painted is shown in whichever way the display has (sdl_renderer.h).
//
// A texture is named in a draw command by its address (ImTextureID); it must
// live until the frame that uses it has been drawn. UI thread only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

struct ImDrawData;

namespace pos::ui {

enum class Turn : std::uint8_t;  // panel.h

// A picture or the glyph atlas. Alpha8 counts as white with that alpha; rgba32
// is 0xAARRGGBB, straight alpha. `serial` is never used twice in a process.
struct Texture {
  enum class Format : std::uint8_t { alpha8, rgba32 };

  Texture(Format format, int width, int height);

  Format format;
  int width = 0, height = 0;
  std::vector<std::uint8_t> alpha;  // width * height, alpha8 only
  std::vector<std::uint32_t> rgba;  // width * height, rgba32 only
  bool opaque = false;              // rgba32 without a see-through pixel
  std::uint64_t serial = 0;
  // Grows whenever pixels are added; those already drawn from never change
  // without a new serial.
  std::uint32_t revision = 0;
};
std::uint64_t next_texture_serial();

struct PixelRect {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // x1 and y1 are outside
  bool is_empty() const { return x0 >= x1 || y0 >= y1; }
  friend bool operator==(const PixelRect&, const PixelRect&) = default;
};
PixelRect intersection(const PixelRect& a, const PixelRect& b);

// 0x00RRGGBB, row by row.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;
};

class Renderer {
 public:
  virtual ~Renderer() = default;
  // Draws the frame, showing what changed since the last one.
  virtual void draw(const ImDrawData& frame) = 0;
  // Why the last frame could not be shown, in the words of what shows it; empty:
  // it was.
  virtual std::string_view trouble() const { return {}; }
  // What is on the screen now.
  virtual Image picture() = 0;
  // The next frame is drawn in full: the window was covered or resized.
  virtual void forget() = 0;
  // How the picture lies on the panel from now on. Without a panel it stays as it is.
  virtual void turn(Turn) {}
};

enum class ImageError { cannot_write };
core::Result<core::Done, ImageError> save_png(const Image& image, const std::string& path);

}  // namespace pos::ui
