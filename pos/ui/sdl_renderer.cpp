#include "pos/ui/sdl_renderer.h"

#include <SDL.h>
#include <imgui.h>

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

std::vector<std::uint32_t> as_argb(const Texture& texture) {
  if (texture.format == Texture::Format::rgba32) return texture.rgba;
  std::vector<std::uint32_t> pixels;
  pixels.reserve(texture.alpha.size());
  for (const std::uint8_t alpha : texture.alpha)
    pixels.push_back(0xFFFFFF | static_cast<std::uint32_t>(alpha) << 24);
  return pixels;
}

}  // namespace

SurfaceRenderer::SurfaceRenderer(SDL_Window* window) : window_(window) {}

// SDL throws the surface away when the window changes size.
bool SurfaceRenderer::attach() {
  SDL_Surface* surface = SDL_GetWindowSurface(window_);
  if (surface == nullptr) return false;
  if (surface == surface_) return true;
  surface_ = surface;
  is_direct_ = has_our_layout(*surface) && !SDL_MUSTLOCK(surface);
  if (is_direct_)
    painter_.set_canvas(
        {static_cast<std::uint32_t*>(surface->pixels), surface->w, surface->h, surface->pitch / 4});
  else
    painter_.resize(surface->w, surface->h);
  return true;
}

void SurfaceRenderer::draw(const ImDrawData& frame) {
  if (!attach()) return;
  painter_.draw(frame);
  if (painter_.damage().empty()) return;
  std::vector<SDL_Rect> changed;
  for (const PixelRect& rect : painter_.damage()) changed.push_back(to_sdl(rect));
  if (!is_direct_) {
    Image image = painter_.picture();
    SDL_Surface* copy =
        SDL_CreateRGBSurfaceWithFormatFrom(image.pixels.data(), image.width, image.height, 32,
                                           image.width * 4, SDL_PIXELFORMAT_RGB888);
    for (SDL_Rect& rect : changed) {
      SDL_Rect place = rect;
      SDL_BlitSurface(copy, &rect, surface_, &place);
    }
    SDL_FreeSurface(copy);
  }
  SDL_UpdateWindowSurfaceRects(window_, changed.data(), static_cast<int>(changed.size()));
}

core::Result<std::unique_ptr<GeometryRenderer>, std::string> GeometryRenderer::open(
    SDL_Window* window) {
  SDL_Renderer* renderer = SDL_CreateRenderer(window, -1, 0);
  if (renderer == nullptr) return tl::unexpected(std::string(SDL_GetError()));
  return std::unique_ptr<GeometryRenderer>(new GeometryRenderer(renderer));
}

core::Result<std::unique_ptr<GeometryRenderer>, std::string> GeometryRenderer::open(
    SDL_Surface* surface) {
  SDL_Renderer* renderer = SDL_CreateSoftwareRenderer(surface);
  if (renderer == nullptr) return tl::unexpected(std::string(SDL_GetError()));
  return std::unique_ptr<GeometryRenderer>(new GeometryRenderer(renderer));
}

GeometryRenderer::~GeometryRenderer() {
  for (const auto& [serial, copy] : copies_) SDL_DestroyTexture(copy.texture);
  SDL_DestroyRenderer(renderer_);
}

SDL_Texture* GeometryRenderer::texture_for(const Texture& texture) {
  auto [found, is_new] = copies_.try_emplace(texture.serial, Copy{nullptr, 0, true});
  Copy& copy = found->second;
  copy.is_used = true;
  if (is_new) {
    copy.texture = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC,
                                     texture.width, texture.height);
    if (copy.texture == nullptr) return nullptr;
    SDL_SetTextureBlendMode(copy.texture, SDL_BLENDMODE_BLEND);
  }
  if (copy.texture != nullptr && (is_new || copy.revision != texture.revision)) {
    const std::vector<std::uint32_t> pixels = as_argb(texture);
    SDL_UpdateTexture(copy.texture, nullptr, pixels.data(), texture.width * 4);
    copy.revision = texture.revision;
  }
  return copy.texture;
}

void GeometryRenderer::drop_unused() {
  std::erase_if(copies_, [](const auto& entry) {
    if (!entry.second.is_used) SDL_DestroyTexture(entry.second.texture);
    return !entry.second.is_used;
  });
}

void GeometryRenderer::draw(const ImDrawData& frame) {
  for (auto& [serial, copy] : copies_) copy.is_used = false;
  SDL_SetRenderDrawColor(renderer_, 0, 0, 0, 255);
  SDL_RenderSetClipRect(renderer_, nullptr);
  SDL_RenderClear(renderer_);
  SDL_SetRenderDrawBlendMode(renderer_, SDL_BLENDMODE_BLEND);
  for (int l = 0; l < frame.CmdListsCount; ++l) {
    const ImDrawList& list = *frame.CmdLists[l];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback != nullptr || command.ElemCount == 0) continue;
      const SDL_Rect clip{static_cast<int>(command.ClipRect.x),
                          static_cast<int>(command.ClipRect.y),
                          static_cast<int>(command.ClipRect.z - command.ClipRect.x),
                          static_cast<int>(command.ClipRect.w - command.ClipRect.y)};
      if (clip.w <= 0 || clip.h <= 0) continue;
      SDL_RenderSetClipRect(renderer_, &clip);
      const auto* texture = static_cast<const Texture*>(command.TextureId);
      const ImDrawVert* first = list.VtxBuffer.Data + command.VtxOffset;
      const int count = list.VtxBuffer.Size - static_cast<int>(command.VtxOffset);
      constexpr int stride = static_cast<int>(sizeof(ImDrawVert));
      SDL_RenderGeometryRaw(renderer_, texture == nullptr ? nullptr : texture_for(*texture),
                            &first->pos.x, stride, reinterpret_cast<const SDL_Color*>(&first->col),
                            stride, &first->uv.x, stride, count,
                            list.IdxBuffer.Data + command.IdxOffset,
                            static_cast<int>(command.ElemCount), sizeof(ImDrawIdx));
    }
  }
  SDL_RenderPresent(renderer_);
  drop_unused();
}

Image GeometryRenderer::picture() {
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
