// The context that every widget is given: what the frame looks like, what was
// touched, where things are drawn and the log of what was drawn.
//
//   ui.begin({.width = 1280, .height = 800, .seconds = now, .input = input.next()});
//   if (ui::button(ui, {904, 664, 176, 64}, {.label = "Cash", .kind = ButtonKind::main})) ...
//   renderer.draw(ui.end());
//
// Widgets are drawn at absolute rectangles in base pixels. A tap begins and
// ends on the same widget; dragging inside a scroll area cancels it. What lies
// on an upper layer (a sheet) takes the touches and the keys. UI thread only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pos/ui/finger.h"
#include "pos/ui/fonts.h"
#include "pos/ui/frame.h"
#include "pos/ui/item_log.h"
#include "pos/ui/paint.h"
#include "pos/ui/pictures.h"
#include "pos/ui/text_entry.h"
#include "pos/ui/theme.h"
#include "pos/ui/walk.h"

struct ImDrawData;
struct ImGuiContext;

namespace pos::ui {

class Ui {
 public:
  Ui(Fonts& fonts, Pictures& pictures);
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  void begin(Frame frame);
  const ImDrawData& end();
  // True while something moves by itself (a list that glides, a finger that
  // rests, pictures still to be loaded), and once more after anything was taken
  // in: a screen reacts after it was drawn, and what it shows must be what the
  // next key means. Draw again soon, without an event.
  bool wants_frame() const;

  // The window in base pixels.
  int width() const { return width_; }
  int height() const { return height_; }
  bool is_portrait() const { return height_ > width_; }
  bool is_left_handed() const { return frame_.look.is_left_handed; }
  double seconds() const { return frame_.seconds; }

  // Keys, in the order they came: a frame sees one key, or the letters up to the
  // next one; the rest waits for the next frame. The first to ask takes it;
  // nothing is given to what lies under a sheet.
  bool key(Key key) { return take_key(key).has_value(); }
  std::optional<Stroke> take_key(Key key);  // with what was held down
  std::string take_text();                  // typed letters nobody took yet
  // As if typed; seen in the next frame, before what waits. The on-screen
  // keyboard uses it.
  void type(Stroke stroke) { typed_.push_back(std::move(stroke)); }

  // The one text field that takes letters, by its id.
  void focus(std::string_view id) { focus_ = id; }
  void blur() {
    focus_.clear();
    walk_.leave();
  }
  bool has_focus(std::string_view id) const { return !focus_.empty() && focus_ == id; }
  const std::string& focused() const { return focus_; }
  // What is edited in it.
  TextEntry& entry() { return entry_; }
  // What is drawn meanwhile is no stop for Tab: the cross in a field.
  void pass_over(bool is_passed) { is_passed_over_ = is_passed; }

  // Why the disabled widget that was tapped in this frame cannot be used (may
  // be empty text); none if nothing disabled was tapped.
  const std::optional<std::string>& refused() const { return refused_; }
  void refuse(std::string_view why) { refused_ = std::string(why); }

  const ItemLog& log() const { return log_; }

  // For widgets, the charts of a screen, and whoever adds one.
  Painter& paint() { return painter_; }
  Pictures& pictures() { return pictures_; }
  const Theme& theme() const { return painter_.theme(); }
  Rgba colour(Colour c) const { return painter_.theme()[c]; }
  PixelRect pixels(const Rect& rect) const;
  int pixels(int base) const;
  int text_pixels(Size size) const;  // height of the letters
  int line_pixels(Size size) const;  // height of the line
  int to_base(float px) const;       // rounded up

  // Notes `label` ("Cash##exact": shown "Cash", id "exact") and says what the
  // finger does to it. `why_not` is for a disabled one.
  Touch touch(const Rect& rect, std::string_view label, ItemKind kind, bool enabled = true,
              bool selected = false, std::string_view why_not = {});
  void note(const PixelRect& rect, std::string_view label, ItemKind kind, bool enabled = true,
            bool selected = false);
  bool is_tapped_outside(const Rect& rect) const {  // for closing a sheet
    return finger_.is_tapped_outside(pixels(rect));
  }
  bool is_inside(const Rect& rect) const { return finger_.is_down_in(pixels(rect)); }
  float finger_x() const { return frame_.input.x; }
  float finger_y() const { return frame_.input.y; }

  // Where the last fill under a point came from; see Ground.
  void lay_ground(const Rect& rect, Ground ground) { grounds_.push_back({rect, ground}); }
  Ground ground_at(const Rect& rect) const;

  // The title of the uppermost sheet of this frame; without one it has no width.
  void lay_title(const Rect& rect) { sheet_title_ = rect; }
  const Rect& sheet_title() const { return sheet_title_; }

  void push_clip(const Rect& rect);
  void pop_clip();
  // What follows lies above all that was drawn; under a modal layer nothing is
  // touched and no key is given.
  void push_layer(Layer kind) { finger_.push_layer(kind); }
  void pop_layer() { finger_.pop_layer(); }
  // A sheet lay above what is drawn now, one frame ago.
  bool is_under_sheet() const { return finger_.is_under_sheet(); }
  // Nothing under this part of the layer is touched.
  void block(const Rect& rect) { finger_.block(pixels(rect)); }

  // What a scroll area remembers from frame to frame, by its id.
  struct Scroll {
    float offset = 0, velocity = 0;  // pixels, pixels per second
    bool is_dragged = false;
    float grip = 0;  // where the finger held the content
    std::uint64_t used_in = 0;
  };
  Scroll& scroll(std::string_view id);
  bool begin_drag(const Rect& rect, bool horizontal);  // true once the finger moved 10 px
  double step() const { return step_; }                // seconds since the last frame
  bool is_finger_down() const { return frame_.input.is_down; }
  float wheel_in(const Rect& rect);
  void ask_for_frame() { wants_frame_ = true; }

 private:
  void deal_strokes();
  std::optional<Stroke> take_stroke(Key key);  // whatever lies above
  void walk_on();
  void stand_on(const Walk::Stop* stop);

  struct Laid {
    Rect rect;
    Ground ground;
  };

  Frame frame_;
  Fonts& fonts_;
  Painter painter_;
  Pictures& pictures_;
  ImGuiContext* imgui_;
  ItemLog log_;
  Finger finger_;
  int width_ = 0, height_ = 0;
  double step_ = 0;
  std::uint64_t frame_number_ = 0;
  bool wants_frame_ = false;
  std::string focus_, first_focus_;  // now, and when the frame began
  TextEntry entry_;
  Walk walk_;
  bool walk_taps_ = false, is_passed_over_ = false;
  std::optional<std::string> refused_;
  std::vector<Stroke> typed_, waiting_;
  std::vector<PixelRect> clips_;
  std::vector<Laid> grounds_;
  Rect sheet_title_;
  std::map<std::string, Scroll, std::less<>> scrolls_;
};

}  // namespace pos::ui
