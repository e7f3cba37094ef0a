#include "pos/ui/second_window.h"

#include <SDL.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "pos/ui/sdl_renderer.h"
#include "pos/ui/software_renderer.h"

namespace pos::ui {
namespace {

SDL_Rect place_of(SDL_Window* window) {
  SDL_Rect place{};
  SDL_GetWindowPosition(window, &place.x, &place.y);
  SDL_GetWindowSize(window, &place.w, &place.h);
  return place;
}

int screen_of(SDL_Window* window) {
  return std::max(0, SDL_GetWindowDisplayIndex(window));
}

// Another screen, whose middle the till leaves free: a compositor may lay the till
// over all of them.
std::optional<SDL_Rect> screen_beside(SDL_Window* till, const SDL_Rect& place) {
  for (int i = 0; i < SDL_GetNumVideoDisplays(); ++i) {
    SDL_Rect screen{};
    if (i == screen_of(till) || SDL_GetDisplayBounds(i, &screen) != 0) continue;
    const SDL_Point middle{screen.x + screen.w / 2, screen.y + screen.h / 2};
    if (!SDL_PointInRect(&middle, &place)) return screen;
  }
  return {};
}

bool leaves_room(SDL_Window* till, const SDL_Rect& place) {
  // There a screen shows one window.
  if (std::string_view(SDL_GetCurrentVideoDriver()) == "KMSDRM") return false;
  SDL_Rect screen{};
  if (SDL_GetDisplayBounds(screen_of(till), &screen) != 0) return false;
  return place.w < screen.w || place.h < screen.h;
}

}  // namespace

core::Result<std::unique_ptr<SecondWindow>, std::string> SecondWindow::open(
    const std::string& title, SDL_Window* till) {
  std::unique_ptr<SecondWindow> second(new SecondWindow);
  if (till == nullptr) {
    second->renderer_ = std::make_unique<SoftwareRenderer>(second->width_, second->height_);
    return second;
  }
  second->till_ = till;
  second->window_ = SDL_CreateWindow(
      title.c_str(), SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, second->width_,
      second->height_,
      SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | SDL_WINDOW_HIDDEN | flags_for_renderer());
  if (second->window_ == nullptr) return tl::unexpected(sdl_words());
  auto renderer = open_renderer(second->window_);
  if (!renderer) return tl::unexpected(renderer.error());
  second->renderer_ = std::move(*renderer);
  second->is_shown_ = false;
  second->settle();
  // The keys stay with the till.
  SDL_RaiseWindow(till);
  return second;
}

SecondWindow::~SecondWindow() {
  renderer_.reset();
  if (window_ != nullptr) SDL_DestroyWindow(window_);
}

void SecondWindow::settle() {
  if (window_ == nullptr) return;
  place();
  SDL_GetWindowSizeInPixels(window_, &width_, &height_);
  renderer_->forget();
}

void SecondWindow::place() {
  const SDL_Rect till = place_of(till_);
  const auto screen = screen_beside(till_, till);
  const bool is_wanted = screen || (!had_own_screen_ && leaves_room(till_, till));
  if (screen && !had_own_screen_) {
    SDL_SetWindowPosition(window_, screen->x, screen->y);
    SDL_SetWindowFullscreen(window_, SDL_WINDOW_FULLSCREEN_DESKTOP);
    had_own_screen_ = true;
  }
  if (is_wanted == is_shown_) return;
  is_wanted ? SDL_ShowWindow(window_) : SDL_HideWindow(window_);
  is_shown_ = is_wanted;
}

}  // namespace pos::ui
