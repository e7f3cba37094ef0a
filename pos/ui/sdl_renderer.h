// The two renderers that show a frame in an SDL window. Both paint it with
// SoftwareRenderer and hand out only the rectangles that changed, so that every
// display shows the same pixels. SurfaceRenderer paints into the window's own
// surface. Wayland and KMSDRM have none: there TextureRenderer lays a texture
// over the window. UI thread only.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "pos/ui/panel.h"
#include "pos/ui/renderer.h"
#include "pos/ui/software_renderer.h"

struct SDL_Window;
struct SDL_Renderer;
struct SDL_Surface;
struct SDL_Texture;

namespace pos::ui {

// SDL's words for what went wrong last; it does not always have some.
std::string sdl_words();

// What a window has to be made with, beside its own flags, so that it is not
// taken down and made anew when it is first drawn into. After SDL_Init.
std::uint32_t flags_for_renderer();
// The way that the display has. Fails with SDL's words where it has none. The
// window outlives the renderer.
core::Result<std::unique_ptr<Renderer>, std::string> open_renderer(SDL_Window* window);

class SurfaceRenderer final : public Renderer {
 public:
  static core::Result<std::unique_ptr<Renderer>, std::string> open(SDL_Window* window);

  void draw(const ImDrawData& frame) override;
  std::string_view trouble() const override { return trouble_; }
  Image picture() override { return painter_.picture(); }
  void forget() override { painter_.forget(); }
  void turn(Turn turn) override;

 private:
  explicit SurfaceRenderer(SDL_Window* window) : window_(window) {}
  bool attach();

  SDL_Window* window_;
  SDL_Surface* surface_ = nullptr;
  bool is_direct_ = false;  // it is painted into: it has our pixels, and is not turned
  Turn turn_ = Turn::none;
  SoftwareRenderer painter_{0, 0};
  std::string trouble_;
};

class TextureRenderer final : public Renderer {
 public:
  static core::Result<std::unique_ptr<Renderer>, std::string> open(SDL_Window* window);
  // Shows in a surface instead, for tests without a screen.
  static core::Result<std::unique_ptr<Renderer>, std::string> open(SDL_Surface* surface);
  ~TextureRenderer() override;
  TextureRenderer(const TextureRenderer&) = delete;
  TextureRenderer& operator=(const TextureRenderer&) = delete;

  void draw(const ImDrawData& frame) override;
  std::string_view trouble() const override { return trouble_; }
  // As SDL has it, so that a test sees what a person would see.
  Image picture() override;
  void forget() override { painter_.forget(); }
  void turn(Turn turn) override;

 private:
  explicit TextureRenderer(SDL_Renderer* renderer) : renderer_(renderer) {}
  static core::Result<std::unique_ptr<Renderer>, std::string> made(SDL_Renderer* renderer);
  bool attach();
  bool show();

  SDL_Renderer* renderer_;
  SDL_Texture* texture_ = nullptr;
  Turn turn_ = Turn::none;
  SoftwareRenderer painter_{0, 0};
  std::string trouble_;
};

}  // namespace pos::ui
