// A window that is only looked at: the customer's. It lies on a screen that the
// till leaves free, or else beside the till where that leaves room; where the
// till has it all, as in a kiosk with one screen, it hides, for it would lie over
// the till. When its screen is unplugged it hides, and comes back with the
// screen. Headless it is memory.
// UI thread only; opened after the Window and closed before it.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "pos/ui/renderer.h"
#include "pos/ui/window.h"

namespace pos::ui {

class SecondWindow {
 public:
  // `till` outlives it; null: headless. Fails with SDL's words.
  static core::Result<std::unique_ptr<SecondWindow>, std::string> open(const std::string& title,
                                                                       SDL_Window* till);
  ~SecondWindow();
  SecondWindow(const SecondWindow&) = delete;
  SecondWindow& operator=(const SecondWindow&) = delete;

  // After a screen came or went, or a window was moved, resized or uncovered.
  void settle();

  bool is_shown() const { return is_shown_; }
  int width() const { return width_; }  // pixels
  int height() const { return height_; }
  Renderer& renderer() const { return *renderer_; }

 private:
  SecondWindow() = default;
  void place();

  SDL_Window* window_ = nullptr;
  SDL_Window* till_ = nullptr;
  std::unique_ptr<Renderer> renderer_;
  int width_ = 1024, height_ = 600;
  bool is_shown_ = true;
  bool had_own_screen_ = false;
};

}  // namespace pos::ui
