// What the cashier did since the last frame, in order: touches, keys, text.
// One tap is one tap, whether it comes from a finger or a mouse (SDL makes a
// mouse event of every touch; those are left out), and however short: a press
// and its release never fall into one frame. UI thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "pos/ui/panel.h"

union SDL_Event;

namespace pos::ui {

enum class Key : std::uint8_t {
  none,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  enter,
  escape,
  backspace,
  del,
  tab,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  select_all,
  copy,
  cut,
  paste,
  undo,
  redo,
  plus,
  minus
};
std::string_view key_name(Key key);        // "F9", "Enter", as shown on buttons
Key key_from_name(std::string_view name);  // the same and "esc", any case; none if unknown

// A named key, or the text that a key made (UTF-8), never both.
struct Stroke {
  Key key = Key::none;
  std::string text = {};
  bool ctrl = false, alt = false, shift = false;
};

// What one frame sees. Positions are window pixels.
struct FrameInput {
  float x = -1, y = -1;  // of the finger or mouse; negative: nowhere
  bool is_down = false;
  float wheel = 0;  // lines, up is positive
  std::vector<Stroke> strokes;
};

// Gathers events and deals them out, at most one press or release a frame.
class Input {
 public:
  // How the picture lies on what is touched.
  void set_panel(const Panel& panel) { panel_ = panel; }
  // True if the event was one of ours. `to_pixels` is window units to pixels; `width` and
  // `height` are the picture's.
  bool take(const SDL_Event& event, float to_pixels, int width, int height);

  // For tests and the driver.
  void press(float x, float y);
  void move(float x, float y);
  void release(float x, float y);
  void stroke(Stroke stroke);

  // The next frame's share. Call until `is_empty`, one frame each.
  FrameInput next();
  bool is_empty() const { return events_.empty(); }

 private:
  struct Event {
    enum class Kind : std::uint8_t { press, move, release, wheel, stroke } kind;
    float x = 0, y = 0;
    Stroke stroke;
  };

  Panel panel_;
  std::deque<Event> events_;
  FrameInput now_;
  std::int64_t finger_ = -1;  // the one finger that counts
};

}  // namespace pos::ui
