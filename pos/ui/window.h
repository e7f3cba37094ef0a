// The window on the screen, or none at all: headless, frames are painted into
// memory and SDL opens no display. The loop is driven by events:
//
//   while (!window.is_closing()) {
//     window.wait(timeout);                 // sleeps until an event or a wake-up
//     do { draw one frame with window.next_input(); } while (window.has_input());
//   }
//
// UI thread only, but for `wake`.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "pos/ui/input.h"
#include "pos/ui/renderer.h"

struct SDL_Window;

namespace pos::ui {

struct WindowOptions {
  std::string title = "Tresen";
  int width = 1280, height = 800;
  bool is_headless = false;
  bool is_fullscreen = false;
};

class Window {
 public:
  // Fails with a sentence that says what to do: no display, or none to draw on.
  static core::Result<std::unique_ptr<Window>, std::string> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Sleeps until there is an event, a wake-up, or `timeout` is over (headless:
  // returns at once if nothing was asked of it). Returns false on the timeout.
  bool wait(std::chrono::milliseconds timeout);
  // Events that are there already.
  void poll();

  // Two frames follow every event: the second shows what the first one changed.
  bool has_input() const { return frames_due_ > 0 || !input_.is_empty(); }
  FrameInput next_input();

  // Makes `wait` return soon. Any thread, also before the window is open.
  static void wake();

  // Whether a screen, this window or another of ours has come, gone or changed
  // since this was asked last.
  bool take_other_changes() { return std::exchange(others_changed_, false); }

  // Why no key or touch can arrive, an English key; null: they can, or did.
  const char* why_nobody_can_work() const { return nobody_can_work_; }

  bool is_closing() const { return is_closing_; }  // closed, or SIGTERM, SIGINT
  void close() { is_closing_ = true; }

  int width() const { return width_; }  // pixels
  int height() const { return height_; }
  float scale() const { return scale_; }  // of the display; 1 at 96 dpi
  void resize(int width, int height);
  // How the picture lies on the panel. Headless there is none.
  void set_panel(const Panel& panel);
  double seconds() const;  // monotonic, for Frame::seconds
  bool is_headless() const { return window_ == nullptr; }

  Renderer& renderer() { return *renderer_; }
  SDL_Window* handle() const { return window_; }  // null: headless
  Input& input() { return input_; }               // the driver adds taps and keys here

 private:
  Window() = default;
  void take(const union SDL_Event& event);
  bool is_of_other_window(const union SDL_Event& event) const;
  void measure();

  SDL_Window* window_ = nullptr;
  std::unique_ptr<Renderer> renderer_;
  Input input_;
  Panel panel_;
  int width_ = 0, height_ = 0, frames_due_ = 2;
  float scale_ = 1;
  bool is_closing_ = false;
  bool others_changed_ = false;
  const char* nobody_can_work_ = nullptr;
};

}  // namespace pos::ui
