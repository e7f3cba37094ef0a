#include "pos/ui/window.h"

#include <SDL.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "pos/ui/input_devices.h"
#include "pos/ui/sdl_renderer.h"
#include "pos/ui/software_renderer.h"

namespace pos::ui {
namespace {

std::atomic<std::uint32_t> wake_event{0};

tl::unexpected<std::string> no_display(std::string_view why) {
  return tl::unexpected(fmt::format(
      "there is no display ({}); start it in a desktop session, or use --headless", why));
}

// There is a display, and no way to bring a picture there.
tl::unexpected<std::string> cannot_draw(std::string_view driver, std::string_view why) {
  return tl::unexpected(
      fmt::format("nothing can be drawn through {} ({}); install libgl1-mesa-dri, or start it "
                  "under X with SDL_VIDEODRIVER=x11",
                  driver, why));
}

// A screen of 96 dpi or less is drawn as it is; a finer one is enlarged in
// steps of a quarter, which keeps lines sharp.
float scale_of_display(SDL_Window* window, int pixel_width) {
  int width = 0;
  SDL_GetWindowSize(window, &width, nullptr);
  if (width > 0 && pixel_width > width)
    return static_cast<float>(pixel_width) / static_cast<float>(width);
  return 1;
}

}  // namespace

core::Result<std::unique_ptr<Window>, std::string> Window::open(const WindowOptions& options) {
  std::unique_ptr<Window> window(new Window);
  if (options.is_headless) {
    if (SDL_Init(SDL_INIT_EVENTS) != 0) return tl::unexpected(std::string(SDL_GetError()));
    window->width_ = options.width;
    window->height_ = options.height;
    window->renderer_ = std::make_unique<SoftwareRenderer>(options.width, options.height);
    wake_event = SDL_RegisterEvents(1);
    return window;
  }
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  // With it a window never appears under compositors for kiosks, and where there is
  // no plugin that draws its frame; others draw the frame themselves.
  SDL_SetHint(SDL_HINT_VIDEO_WAYLAND_ALLOW_LIBDECOR, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return no_display(sdl_words());
  // Where there is no display SDL falls back on one that nobody can see.
  const std::string driver = SDL_GetCurrentVideoDriver();
  if (SDL_getenv("SDL_VIDEODRIVER") == nullptr && (driver == "offscreen" || driver == "dummy")) {
    return no_display("nothing to draw on");
  }
  std::uint32_t flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | flags_for_renderer();
  if (options.is_fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  window->window_ = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED,
                                     SDL_WINDOWPOS_CENTERED, options.width, options.height, flags);
  if (window->window_ == nullptr) return cannot_draw(driver, sdl_words());
  SDL_SetWindowMinimumSize(window->window_, 640, 480);
  auto renderer = open_renderer(window->window_);
  if (!renderer) return cannot_draw(driver, renderer.error());
  window->renderer_ = std::move(*renderer);
  wake_event = SDL_RegisterEvents(1);
  window->measure();
  if (driver == "KMSDRM") window->nobody_can_work_ = ui::why_nobody_can_work(input_devices());
  SDL_StartTextInput();
  return window;
}

Window::~Window() {
  renderer_.reset();
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  SDL_Quit();
}

void Window::measure() {
  if (window_ == nullptr) return;
  SDL_GetWindowSizeInPixels(window_, &width_, &height_);
  scale_ = scale_of_display(window_, width_);
  if (is_sideways(panel_.turn)) std::swap(width_, height_);
}

void Window::set_panel(const Panel& panel) {
  if (window_ == nullptr || panel == panel_) return;
  panel_ = panel;
  input_.set_panel(panel);
  renderer_->turn(panel.turn);
  measure();
  frames_due_ = 2;
}

void Window::resize(int width, int height) {
  if (window_ != nullptr) {
    SDL_SetWindowSize(window_, width, height);
    measure();
  } else {
    width_ = width;
    height_ = height;
    static_cast<SoftwareRenderer&>(*renderer_).resize(width, height);
  }
  frames_due_ = 2;
}

// What only looks at the till must not be touched in its place. Keys belong to
// the till whichever window has them.
bool Window::is_of_other_window(const SDL_Event& event) const {
  const std::uint32_t own = window_ != nullptr ? SDL_GetWindowID(window_) : 0;
  switch (event.type) {
    case SDL_WINDOWEVENT:
      return event.window.windowID != own;
    case SDL_MOUSEMOTION:
      return event.motion.windowID != own;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      return event.button.windowID != own;
    case SDL_MOUSEWHEEL:
      return event.wheel.windowID != own;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
      // 0: SDL could not tell.
      return event.tfinger.windowID != own && event.tfinger.windowID != 0;
    default:
      return false;
  }
}

void Window::take(const SDL_Event& event) {
  if (event.type == SDL_DISPLAYEVENT) others_changed_ = true;
  if (window_ != nullptr && is_of_other_window(event)) {
    others_changed_ = others_changed_ || event.type == SDL_WINDOWEVENT;
    return;
  }
  if (event.type == SDL_QUIT) {
    is_closing_ = true;  // also SIGTERM and SIGINT, which SDL turns into this
  } else if (event.type == wake_event) {
    frames_due_ = std::max(frames_due_, 1);
  } else if (event.type == SDL_WINDOWEVENT) {
    switch (event.window.event) {
      // SDL tells of the end only with the last window.
      case SDL_WINDOWEVENT_CLOSE:
        is_closing_ = true;
        break;
      case SDL_WINDOWEVENT_SIZE_CHANGED:
      case SDL_WINDOWEVENT_EXPOSED:
      case SDL_WINDOWEVENT_SHOWN:
      case SDL_WINDOWEVENT_RESTORED:
        measure();
        renderer_->forget();
        others_changed_ = true;  // the customer's window looks for its place again
        frames_due_ = 2;
        break;
      default:
        break;
    }
  } else if (input_.take(event, scale_, width_, height_)) {
    nobody_can_work_ = nullptr;
    frames_due_ = 2;
  }
}

void Window::poll() {
  SDL_Event event;
  while (SDL_PollEvent(&event) != 0) take(event);
}

bool Window::wait(std::chrono::milliseconds timeout) {
  SDL_Event event;
  if (has_input()) {
    poll();
    return true;
  }
  if (SDL_WaitEventTimeout(&event, static_cast<int>(timeout.count())) == 0) return false;
  take(event);
  poll();
  return true;
}

FrameInput Window::next_input() {
  if (input_.is_empty())
    frames_due_ = std::max(0, frames_due_ - 1);
  else
    frames_due_ = 1;
  return input_.next();
}

void Window::wake() {
  const std::uint32_t type = wake_event;
  if (type == 0 || type == static_cast<std::uint32_t>(-1)) return;
  SDL_Event event{};
  event.type = type;
  SDL_PushEvent(&event);
}

double Window::seconds() const {
  return static_cast<double>(SDL_GetPerformanceCounter()) /
         static_cast<double>(SDL_GetPerformanceFrequency());
}

}  // namespace pos::ui
