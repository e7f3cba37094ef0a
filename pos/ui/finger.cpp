#include "pos/ui/finger.h"

#include <algorithm>
#include <cmath>

namespace pos::ui {
namespace {

constexpr double hold_seconds = 0.6;
constexpr float drag_pixels = 10;

}  // namespace

bool holds(const PixelRect& rect, float x, float y) {
  return x >= static_cast<float>(rect.x0) && x < static_cast<float>(rect.x1) &&
         y >= static_cast<float>(rect.y0) && y < static_cast<float>(rect.y1);
}

void Finger::begin_frame(const FrameInput& input, double seconds, float scale) {
  last_blocks_.swap(blocks_);
  blocks_.clear();
  last_hits_.swap(hits_);
  hits_.clear();
  last_modal_layer_ = modal_layer_;
  layer_ = newest_layer_ = modal_layer_ = 0;

  is_pressed_now_ = input.is_down && !is_down_;
  is_released_now_ = !input.is_down && is_down_;
  is_down_ = input.is_down;
  x_ = input.x;
  y_ = input.y;
  scale_ = scale;
  seconds_ = seconds;
  owner_seen_ = false;
  if (!is_pressed_now_) return;
  owner_ = widget_under(x_, y_);
  is_cancelled_ = is_held_ = false;
  press_x_ = x_;
  press_y_ = y_;
  press_seconds_ = seconds;
}

// A widget that is gone for a frame has lost the finger for good.
void Finger::end_frame() {
  if (is_released_now_ || !owner_seen_) owner_ = 0;
}

bool Finger::is_blocked(float x, float y, int layer) const {
  return layer < last_modal_layer_ ||
         std::any_of(last_blocks_.begin(), last_blocks_.end(), [&](const Block& block) {
           return block.layer > layer && holds(block.rect, x, y);
         });
}

// Inner widgets are drawn after the row that holds them.
std::uint64_t Finger::widget_under(float x, float y) const {
  for (auto hit = last_hits_.rbegin(); hit != last_hits_.rend(); ++hit)
    if (holds(hit->rect, x, y) && !is_blocked(x, y, hit->layer)) return hit->widget;
  return 0;
}

Touch Finger::touch(const PixelRect& area, const PixelRect& visible, std::uint64_t widget) {
  hits_.push_back({visible, widget, layer_});
  Touch touch;
  if (owner_ != widget || !holds(area, press_x_, press_y_)) return touch;
  owner_seen_ = true;
  const bool is_inside = holds(area, x_, y_) && !is_cancelled_;
  touch.is_pressed = is_inside && is_down_;
  if (is_inside && is_down_ && !is_held_ && seconds_ - press_seconds_ >= hold_seconds)
    touch.is_held = is_held_ = true;
  touch.is_tapped = is_released_now_ && is_inside && !is_held_;
  return touch;
}

bool Finger::begin_drag(const PixelRect& area, const PixelRect& visible, bool horizontal) {
  if (!is_down_ || is_held_ || !holds(intersection(area, visible), press_x_, press_y_) ||
      !is_reachable(press_x_, press_y_))
    return false;
  const float along = horizontal ? x_ - press_x_ : y_ - press_y_;
  if (std::abs(along) < drag_pixels * scale_) return false;
  is_cancelled_ = true;
  return true;
}

bool Finger::is_tapped_outside(const PixelRect& area) const {
  return is_released_now_ && !is_under_sheet() && !is_cancelled_ &&
         !holds(area, press_x_, press_y_) && !holds(area, x_, y_);
}

void Finger::push_layer(Layer kind) {
  layers_.push_back(layer_);
  layer_ = ++newest_layer_;
  if (kind == Layer::modal) modal_layer_ = layer_;
}

void Finger::pop_layer() {
  layer_ = layers_.back();
  layers_.pop_back();
}

}  // namespace pos::ui
