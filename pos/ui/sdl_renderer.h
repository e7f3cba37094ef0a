// The two renderers that show a frame in an SDL window.
// SurfaceRenderer paints with SoftwareRenderer into the window's own surface
// and hands out only the changed rectangles. GeometryRenderer lets SDL_Renderer
// draw, for machines with a GPU or with nothing but GLES. UI thread only.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "core/base/result.h"
#include "pos/ui/renderer.h"
#include "pos/ui/software_renderer.h"

struct SDL_Window;
struct SDL_Renderer;
struct SDL_Surface;
struct SDL_Texture;

namespace pos::ui {

class SurfaceRenderer final : public Renderer {
 public:
  explicit SurfaceRenderer(SDL_Window* window);  // the window outlives it

  void draw(const ImDrawData& frame) override;
  Image picture() override { return painter_.picture(); }
  void forget() override { painter_.forget(); }

 private:
  bool attach();

  SDL_Window* window_;
  SDL_Surface* surface_ = nullptr;
  bool is_direct_ = false;  // the surface has our pixel format
  SoftwareRenderer painter_{0, 0};
};

class GeometryRenderer final : public Renderer {
 public:
  // Fails with SDL's words where there is no renderer. The window outlives it.
  static core::Result<std::unique_ptr<GeometryRenderer>, std::string> open(SDL_Window* window);
  // Draws into a surface instead, for tests without a screen.
  static core::Result<std::unique_ptr<GeometryRenderer>, std::string> open(SDL_Surface* surface);
  ~GeometryRenderer() override;
  GeometryRenderer(const GeometryRenderer&) = delete;
  GeometryRenderer& operator=(const GeometryRenderer&) = delete;

  void draw(const ImDrawData& frame) override;
  Image picture() override;
  void forget() override {}

 private:
  struct Copy {
    SDL_Texture* texture;
    std::uint32_t revision;
    bool is_used;
  };

  explicit GeometryRenderer(SDL_Renderer* renderer) : renderer_(renderer) {}
  SDL_Texture* texture_for(const Texture& texture);
  void drop_unused();

  SDL_Renderer* renderer_;
  std::unordered_map<std::uint64_t, Copy> copies_;
};

}  // namespace pos::ui
