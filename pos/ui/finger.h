// Which widget the finger means. A press belongs to what lay uppermost under
// it in the frame that the cashier saw, and a tap ends where it began. What
// appears under a resting finger is never tapped by it. UI thread only.
#pragma once

#include <cstdint>
#include <vector>

#include "pos/ui/frame.h"
#include "pos/ui/renderer.h"

namespace pos::ui {

bool holds(const PixelRect& rect, float x, float y);

class Finger {
 public:
  void begin_frame(const FrameInput& input, double seconds, float scale);
  void end_frame();

  // What the finger does to this widget; `visible` is what the clip leaves of it.
  Touch touch(const PixelRect& area, const PixelRect& visible, std::uint64_t widget);
  // True once the finger, pressed inside, moved 10 px along; ends the press.
  bool begin_drag(const PixelRect& area, const PixelRect& visible, bool horizontal);
  bool is_tapped_outside(const PixelRect& area) const;
  bool is_down_in(const PixelRect& area) const { return is_down_ && holds(area, x_, y_); }
  // Whether a touch at the finger's place would reach the layer drawn now.
  bool is_reachable(float x, float y) const { return !is_blocked(x, y, layer_); }
  bool is_waiting() const { return owner_ != 0 && is_down_ && !is_held_ && !is_cancelled_; }

  void push_layer(Layer kind);
  void pop_layer();
  void block(const PixelRect& area) { blocks_.push_back({area, layer_}); }
  int layer() const { return layer_; }
  bool is_under_sheet() const { return layer_ < last_modal_layer_; }
  bool is_balanced() const { return layers_.empty(); }

 private:
  struct Block {
    PixelRect rect;
    int layer;
  };
  struct Hit {
    PixelRect rect;
    std::uint64_t widget;
    int layer;
  };

  bool is_blocked(float x, float y, int layer) const;
  std::uint64_t widget_under(float x, float y) const;

  float x_ = -1, y_ = -1, scale_ = 1;
  double seconds_ = 0;
  bool is_down_ = false, is_pressed_now_ = false, is_released_now_ = false;
  bool is_cancelled_ = false, is_held_ = false;
  float press_x_ = 0, press_y_ = 0;
  double press_seconds_ = 0;
  std::uint64_t owner_ = 0;  // the widget that the finger came down on
  bool owner_seen_ = false;
  std::vector<Block> blocks_, last_blocks_;
  std::vector<Hit> hits_, last_hits_;
  std::vector<int> layers_;
  int layer_ = 0, newest_layer_ = 0, modal_layer_ = 0, last_modal_layer_ = 0;
};

}  // namespace pos::ui
