// A window that is only looked at: the customer's, on the second screen. With
// one screen alone it is an ordinary window beside the till's; when its screen
// is unplugged it hides, and comes back with the screen. Headless it is memory.
// UI thread only; opened after the Window and closed before it.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "pos/ui/renderer.h"

struct SDL_Window;

namespace pos::ui {

class SecondWindow {
 public:
  // Fails with SDL's words.
  static core::Result<std::unique_ptr<SecondWindow>, std::string> open(const std::string& title,
                                                                       bool is_headless);
  ~SecondWindow();
  SecondWindow(const SecondWindow&) = delete;
  SecondWindow& operator=(const SecondWindow&) = delete;

  // After a screen came or went, or the window was moved, resized or uncovered.
  void settle();

  bool is_shown() const { return is_shown_; }
  int width() const { return width_; }  // pixels
  int height() const { return height_; }
  Renderer& renderer() { return *renderer_; }

 private:
  SecondWindow() = default;
  void place();

  SDL_Window* window_ = nullptr;
  std::unique_ptr<Renderer> renderer_;
  int width_ = 1024, height_ = 600;
  bool is_shown_ = true;
  bool had_own_screen_ = false;
};

}  // namespace pos::ui
