#include <algorithm>
#include <cmath>
#include <cstdint>

#include "pos/ui/lists.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

// A glide loses this much of its speed in a second (as e to the minus n).
constexpr float friction = 4;
constexpr float slowest = 20;  // pixels per second; below it stands still

void follow_finger(Ui& ui, Ui::Scroll& scroll, const Rect& rect) {
  if (!ui.is_finger_down()) scroll.is_dragged = false;
  if (!scroll.is_dragged && ui.begin_drag(rect, false)) {
    scroll.is_dragged = true;
    scroll.grip = ui.finger_y() + scroll.offset;
    scroll.velocity = 0;
  }
  const auto step = static_cast<float>(ui.step());
  if (scroll.is_dragged) {
    ui.ask_for_frame();  // a finger that rests slows the glide
    const float before = scroll.offset;
    scroll.offset = scroll.grip - ui.finger_y();
    // The speed of the last moments, so that a finger that rested lets go gently.
    if (step > 0) {
      const float share = std::min(1.F, step * 20);
      scroll.velocity += ((scroll.offset - before) / step - scroll.velocity) * share;
    }
    return;
  }
  if (ui.is_finger_down() && ui.is_inside(rect)) scroll.velocity = 0;  // a touch stops it
  if (scroll.velocity == 0) return;
  scroll.offset += scroll.velocity * step;
  scroll.velocity *= std::exp(-friction * step);
  if (std::abs(scroll.velocity) < slowest) scroll.velocity = 0;
  if (scroll.velocity != 0) ui.ask_for_frame();
}

// Moves as little as shows the part, its top first.
void show_part(Ui& ui, Ui::Scroll& scroll, const Rect& rect, const Part& part) {
  const int before = ui.to_base(scroll.offset);
  int offset = std::max(before, part.y + part.height - rect.bottom());
  offset = std::min(offset, part.y - rect.y);
  if (offset == before) return;
  scroll.offset = static_cast<float>(ui.pixels(offset));
  scroll.velocity = 0;
}

}  // namespace

ScrollArea::ScrollArea(Ui& ui, const Rect& rect, std::string_view id, int content_height,
                       std::optional<Part> reveal)
    : ui_(ui), rect_(rect), content_height_(content_height) {
  Ui::Scroll& scroll = ui.scroll(id);
  follow_finger(ui, scroll, rect);
  if (reveal) show_part(ui, scroll, rect, *reveal);
  scroll.offset -= ui.wheel_in(rect) * static_cast<float>(ui.pixels(measure::row));
  const auto most = static_cast<float>(ui.pixels(std::max(0, content_height - rect.h)));
  if (scroll.offset < 0 || scroll.offset > most) {
    scroll.offset = std::clamp(scroll.offset, 0.F, most);
    if (!scroll.is_dragged) scroll.velocity = 0;
  }
  offset_ = std::min(ui.to_base(scroll.offset), std::max(0, content_height - rect.h));
  ui.push_clip(rect);
}

ScrollArea::~ScrollArea() {
  ui_.pop_clip();
  if (content_height_ <= rect_.h || rect_.h <= 0) return;
  const int height = std::max(32, rect_.h * rect_.h / content_height_);
  // A million rows: the product does not fit into an int.
  const auto way = std::int64_t{rect_.h - height} * offset_ / (content_height_ - rect_.h);
  const int y = rect_.y + static_cast<int>(way);
  box(ui_, {rect_.right() - 6, y, 4, height}, Colour::line_strong, 2);
}

bool ScrollArea::shows(int content_y, int height) const {
  return y(content_y) < rect_.bottom() && y(content_y) + height > rect_.y;
}

}  // namespace pos::ui
