#include "pos/ui/input.h"

#include <SDL.h>

#include <array>
#include <cctype>
#include <utility>

namespace pos::ui {
namespace {

constexpr std::size_t key_count = static_cast<std::size_t>(Key::minus) + 1;
constexpr std::array<std::string_view, key_count> names = {
    "",     "F1",    "F2",    "F3",   "F4",    "F5",  "F6",        "F7",       "F8",
    "F9",   "F10",   "F11",   "F12",  "Enter", "Esc", "Backspace", "Del",      "Tab",
    "Left", "Right", "Up",    "Down", "Home",  "End", "PageUp",    "PageDown", "SelectAll",
    "Copy", "Cut",   "Paste", "Undo", "Redo",  "+",   "−"};

Key key_of(SDL_Keycode code) {
  if (code >= SDLK_F1 && code <= SDLK_F12)
    return static_cast<Key>(static_cast<int>(Key::f1) + (code - SDLK_F1));
  switch (code) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return Key::enter;
    case SDLK_ESCAPE:
      return Key::escape;
    case SDLK_BACKSPACE:
      return Key::backspace;
    case SDLK_DELETE:
      return Key::del;
    case SDLK_TAB:
      return Key::tab;
    case SDLK_LEFT:
      return Key::left;
    case SDLK_RIGHT:
      return Key::right;
    case SDLK_UP:
      return Key::up;
    case SDLK_DOWN:
      return Key::down;
    case SDLK_HOME:
      return Key::home;
    case SDLK_END:
      return Key::end;
    case SDLK_PAGEUP:
      return Key::page_up;
    case SDLK_PAGEDOWN:
      return Key::page_down;
    default:
      return Key::none;
  }
}

// What Ctrl and a letter mean everywhere; the older Ctrl+Ins and Shift+Ins, too.
Key edit_key_of(SDL_Keycode code, bool ctrl, bool shift) {
  if (code == SDLK_INSERT) return shift ? Key::paste : ctrl ? Key::copy : Key::none;
  if (!ctrl) return Key::none;
  switch (code) {
    case SDLK_a:
      return Key::select_all;
    case SDLK_c:
      return Key::copy;
    case SDLK_x:
      return Key::cut;
    case SDLK_v:
      return Key::paste;
    case SDLK_z:
      return shift ? Key::redo : Key::undo;
    case SDLK_y:
      return Key::redo;
    default:
      return Key::none;
  }
}

bool is_same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(a[i])) !=
        std::tolower(static_cast<unsigned char>(b[i])))
      return false;
  return true;
}

}  // namespace

std::string_view key_name(Key key) {
  return names[static_cast<std::size_t>(key)];
}

Key key_from_name(std::string_view name) {
  for (std::size_t i = 1; i < names.size(); ++i)
    if (is_same(names[i], name)) return static_cast<Key>(i);
  if (is_same(name, "escape")) return Key::escape;
  if (is_same(name, "return")) return Key::enter;
  if (is_same(name, "delete")) return Key::del;
  return Key::none;
}

void Input::press(float x, float y) {
  events_.push_back({Event::Kind::press, x, y, {}});
}
void Input::release(float x, float y) {
  events_.push_back({Event::Kind::release, x, y, {}});
}

// Only the latest place counts, unless something happened in between.
void Input::move(float x, float y) {
  if (!events_.empty() && events_.back().kind == Event::Kind::move) events_.pop_back();
  events_.push_back({Event::Kind::move, x, y, {}});
}

void Input::stroke(Stroke stroke) {
  events_.push_back({Event::Kind::stroke, 0, 0, std::move(stroke)});
}

bool Input::take(const SDL_Event& event, float to_pixels, int width, int height) {
  const auto at_mouse = [&](int x, int y) {
    const Spot at{static_cast<float>(x) * to_pixels, static_cast<float>(y) * to_pixels};
    return on_picture(at, panel_.turn, width, height);
  };
  const auto at_finger = [&] {
    const Spot part = panel_.touch({event.tfinger.x, event.tfinger.y});
    const bool is_turned = is_sideways(panel_.turn);
    const Spot at{part.x * static_cast<float>(is_turned ? height : width),
                  part.y * static_cast<float>(is_turned ? width : height)};
    return on_picture(at, panel_.turn, width, height);
  };
  switch (event.type) {
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: {
      // SDL turns each touch into a mouse event as well; the finger is enough.
      if (event.button.which == SDL_TOUCH_MOUSEID || event.button.button != SDL_BUTTON_LEFT)
        return false;
      const auto [x, y] = at_mouse(event.button.x, event.button.y);
      event.type == SDL_MOUSEBUTTONDOWN ? press(x, y) : release(x, y);
      return true;
    }
    case SDL_MOUSEMOTION: {
      // Nothing here depends on hovering: a mouse that only passes draws nothing.
      if (event.motion.which == SDL_TOUCH_MOUSEID || (event.motion.state & SDL_BUTTON_LMASK) == 0)
        return false;
      const auto [x, y] = at_mouse(event.motion.x, event.motion.y);
      move(x, y);
      return true;
    }
    case SDL_MOUSEWHEEL: {
      int mouse_x = 0, mouse_y = 0;
      SDL_GetMouseState(&mouse_x, &mouse_y);
      const auto [x, y] = at_mouse(mouse_x, mouse_y);
      move(x, y);
      events_.push_back({Event::Kind::wheel, event.wheel.preciseX, event.wheel.preciseY, {}});
      return true;
    }
    case SDL_FINGERDOWN: {
      if (finger_ >= 0) return false;  // a second finger, or a palm
      finger_ = event.tfinger.fingerId;
      const auto [x, y] = at_finger();
      press(x, y);
      return true;
    }
    case SDL_FINGERUP:
    case SDL_FINGERMOTION: {
      if (event.tfinger.fingerId != finger_) return false;
      const auto [x, y] = at_finger();
      if (event.type == SDL_FINGERMOTION) return move(x, y), true;
      finger_ = -1;
      release(x, y);
      return true;
    }
    case SDL_KEYDOWN: {
      const auto held = event.key.keysym.mod;
      const bool ctrl = (held & KMOD_CTRL) != 0, shift = (held & KMOD_SHIFT) != 0;
      Key key = key_of(event.key.keysym.sym);
      if (key == Key::none) key = edit_key_of(event.key.keysym.sym, ctrl, shift);
      if (key == Key::none) return false;
      stroke({.key = key, .text = {}, .ctrl = ctrl, .alt = (held & KMOD_ALT) != 0, .shift = shift});
      return true;
    }
    case SDL_TEXTINPUT:
      stroke({.text = event.text.text});
      return true;
    default:
      return false;
  }
}

FrameInput Input::next() {
  now_.wheel = 0;
  now_.strokes.clear();
  bool has_changed = false;
  while (!events_.empty()) {
    Event& event = events_.front();
    const bool is_change = event.kind == Event::Kind::press || event.kind == Event::Kind::release;
    // The finger's next change, and where it goes after one, wait for a frame.
    if (has_changed && event.kind != Event::Kind::stroke) break;
    if (event.kind == Event::Kind::stroke) {
      now_.strokes.push_back(std::move(event.stroke));
    } else if (event.kind == Event::Kind::wheel) {
      now_.wheel += event.y;
    } else {
      now_.x = event.x;
      now_.y = event.y;
      if (is_change) now_.is_down = event.kind == Event::Kind::press;
      has_changed = is_change;
    }
    events_.pop_front();
  }
  return now_;
}

}  // namespace pos::ui
