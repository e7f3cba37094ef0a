#include "pos/ui/sdl_renderer.h"

#include <SDL.h>
#include <imgui.h>

#include <string_view>
#include <utility>
#include <vector>

namespace pos::ui {
namespace {

// The layout of our pixels: 0x00RRGGBB.
bool has_our_layout(const SDL_Surface& surface) {
  const SDL_PixelFormat& format = *surface.format;
  return format.BytesPerPixel == 4 && format.Rmask == 0xFF0000 && format.Gmask == 0xFF00 &&
         format.Bmask == 0xFF;
}

SDL_Rect to_sdl(const PixelRect& r) {
  return {r.x0, r.y0, r.x1 - r.x0, r.y1 - r.y0};
}

// Of the drivers for Linux in SDL 2.26 to 2.32 these have surfaces of their own.
// Elsewhere asking for one fails, and SDL never tries again in the process.
bool has_surfaces() {
  const char* driver = SDL_GetCurrentVideoDriver();
  const std::string_view name = driver != nullptr ? driver : "";
  return name == "x11" || name == "dummy" || name == "offscreen";
}

}  // namespace

std::string sdl_words() {
  std::string words = SDL_GetError();
  const char* driver = SDL_GetCurrentVideoDriver();
  if (!words.empty()) return words;
  return driver == nullptr ? "SDL gives no reason"
                           : "SDL gives no reason, its driver is " + std::string(driver);
}

std::uint32_t flags_for_renderer() {
  return has_surfaces() ? 0 : SDL_WINDOW_OPENGL;
}

core::Result<std::unique_ptr<Renderer>, std::string> open_renderer(SDL_Window* window) {
  if (!has_surfaces()) return TextureRenderer::open(window);
  // Without this SDL shows a window surface through OpenGL: 65 MiB and 7 ms.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  if (auto surface = SurfaceRenderer::open(window)) return surface;
  return TextureRenderer::open(window);
}

// --- a window's surface ---

core::Result<std::unique_ptr<Renderer>, std::string> SurfaceRenderer::open(SDL_Window* window) {
  std::unique_ptr<SurfaceRenderer> renderer(new SurfaceRenderer(window));
  if (!renderer->attach()) return tl::unexpected(sdl_words());
  return renderer;
}

void SurfaceRenderer::turn(Turn turn) {
  turn_ = turn;
  surface_ = nullptr;  // it is attached anew
}

// SDL throws the surface away when the window changes size.
bool SurfaceRenderer::attach() {
  SDL_Surface* surface = SDL_GetWindowSurface(window_);
  if (surface == nullptr) return false;
  if (surface == surface_) return true;
  surface_ = surface;
  is_direct_ = turn_ == Turn::none && has_our_layout(*surface) && !SDL_MUSTLOCK(surface);
  if (is_direct_)
    painter_.set_canvas(
        {static_cast<std::uint32_t*>(surface->pixels), surface->w, surface->h, surface->pitch / 4});
  else if (is_sideways(turn_))
    painter_.resize(surface->h, surface->w);
  else
    painter_.resize(surface->w, surface->h);
  return true;
}

void SurfaceRenderer::draw(const ImDrawData& frame) {
  trouble_ = attach() ? "" : sdl_words();
  if (!trouble_.empty()) return;
  painter_.draw(frame);
  if (painter_.damage().empty()) return;
  std::vector<SDL_Rect> changed;
  const Canvas& canvas = painter_.canvas();
  for (const PixelRect& rect : painter_.damage()) {
    SDL_Rect place = to_sdl(on_panel(rect, turn_, canvas.width, canvas.height));
    changed.push_back(place);
    if (is_direct_) continue;
    Image part = turned(canvas.pixels, canvas.stride, rect, turn_);
    SDL_Surface* copy = SDL_CreateRGBSurfaceWithFormatFrom(
        part.pixels.data(), part.width, part.height, 32, part.width * 4, SDL_PIXELFORMAT_RGB888);
    SDL_BlitSurface(copy, nullptr, surface_, &place);
    SDL_FreeSurface(copy);
  }
  if (SDL_UpdateWindowSurfaceRects(window_, changed.data(), static_cast<int>(changed.size())) != 0)
    trouble_ = sdl_words();
}

// --- a texture over the window ---

core::Result<std::unique_ptr<Renderer>, std::string> TextureRenderer::made(SDL_Renderer* renderer) {
  if (renderer == nullptr) return tl::unexpected(sdl_words());
  std::unique_ptr<TextureRenderer> made(new TextureRenderer(renderer));
  if (!made->attach()) return tl::unexpected(sdl_words());
  return made;
}

core::Result<std::unique_ptr<Renderer>, std::string> TextureRenderer::open(SDL_Window* window) {
  return made(SDL_CreateRenderer(window, -1, 0));
}

core::Result<std::unique_ptr<Renderer>, std::string> TextureRenderer::open(SDL_Surface* surface) {
  return made(SDL_CreateSoftwareRenderer(surface));
}

TextureRenderer::~TextureRenderer() {
  if (texture_ != nullptr) SDL_DestroyTexture(texture_);
  SDL_DestroyRenderer(renderer_);
}

void TextureRenderer::turn(Turn turn) {
  turn_ = turn;
  painter_.forget();
}

// A texture as large as the picture is now.
bool TextureRenderer::attach() {
  int width = 0, height = 0;
  if (SDL_GetRendererOutputSize(renderer_, &width, &height) != 0) return false;
  if (is_sideways(turn_)) std::swap(width, height);
  const Canvas& canvas = painter_.canvas();
  if (width <= 0 || height <= 0) return true;  // nothing to be seen, for now
  if (texture_ != nullptr && canvas.width == width && canvas.height == height) return true;
  if (texture_ != nullptr) SDL_DestroyTexture(texture_);
  texture_ = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING,
                               width, height);
  if (texture_ == nullptr) return false;
  painter_.resize(width, height);
  return true;
}

// What was there before the last two frames is anyone's guess: the texture
// remembers what has not changed, and is shown whole.
bool TextureRenderer::show() {
  const Canvas& canvas = painter_.canvas();
  for (const PixelRect& rect : painter_.damage()) {
    const SDL_Rect place = to_sdl(rect);
    const std::uint32_t* first =
        canvas.pixels + static_cast<std::ptrdiff_t>(rect.y0) * canvas.stride + rect.x0;
    if (SDL_UpdateTexture(texture_, &place, first, canvas.stride * 4) != 0) return false;
  }
  // It is turned around its middle, which is the panel's.
  int width = 0, height = 0;
  SDL_GetRendererOutputSize(renderer_, &width, &height);
  const SDL_Rect place{(width - canvas.width) / 2, (height - canvas.height) / 2, canvas.width,
                       canvas.height};
  constexpr double quarter = 90;
  const double angle = quarter * static_cast<int>(turn_);
  if (SDL_RenderCopyEx(renderer_, texture_, nullptr, &place, angle, nullptr, SDL_FLIP_NONE) != 0) {
    return false;
  }
  SDL_RenderPresent(renderer_);
  return true;
}

void TextureRenderer::draw(const ImDrawData& frame) {
  trouble_ = attach() ? "" : sdl_words();
  if (!trouble_.empty()) return;
  painter_.draw(frame);
  if (!painter_.damage().empty() && !show()) trouble_ = sdl_words();
}

Image TextureRenderer::picture() {
  Image image;
  SDL_GetRendererOutputSize(renderer_, &image.width, &image.height);
  image.pixels.resize(static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height));
  SDL_RenderReadPixels(renderer_, nullptr, SDL_PIXELFORMAT_RGB888, image.pixels.data(),
                       image.width * 4);
  for (std::uint32_t& pixel : image.pixels) pixel &= 0xFFFFFF;
  return image;
}

}  // namespace pos::ui
