#include "pos/ui/second_window.h"

#include <SDL.h>

#include "pos/ui/sdl_renderer.h"
#include "pos/ui/software_renderer.h"

namespace pos::ui {

core::Result<std::unique_ptr<SecondWindow>, std::string> SecondWindow::open(
    const std::string& title, bool is_headless) {
  std::unique_ptr<SecondWindow> second(new SecondWindow);
  if (is_headless) {
    second->renderer_ = std::make_unique<SoftwareRenderer>(second->width_, second->height_);
    return second;
  }
  SDL_Window* till = SDL_GetKeyboardFocus();
  second->window_ = SDL_CreateWindow(
      title.c_str(), SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, second->width_,
      second->height_, SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | SDL_WINDOW_HIDDEN);
  if (second->window_ == nullptr) return tl::unexpected(std::string(SDL_GetError()));
  second->renderer_ = std::make_unique<SurfaceRenderer>(second->window_);
  second->is_shown_ = false;
  second->settle();
  // The keys stay with the till.
  if (till != nullptr) SDL_RaiseWindow(till);
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
  const bool has_own_screen = SDL_GetNumVideoDisplays() > 1;
  const bool is_wanted = has_own_screen || !had_own_screen_;
  if (has_own_screen && !had_own_screen_) {
    SDL_Rect screen{};
    SDL_GetDisplayBounds(1, &screen);
    SDL_SetWindowPosition(window_, screen.x, screen.y);
    SDL_SetWindowFullscreen(window_, SDL_WINDOW_FULLSCREEN_DESKTOP);
    had_own_screen_ = true;
  }
  if (is_wanted == is_shown_) return;
  // Without its screen it would lie over the till.
  is_wanted ? SDL_ShowWindow(window_) : SDL_HideWindow(window_);
  is_shown_ = is_wanted;
}

}  // namespace pos::ui
