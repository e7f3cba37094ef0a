#include "pos/ui/walk.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

namespace pos::ui {

bool Walk::pass(std::uint64_t widget, const Rect& rect, std::string field) {
  const auto which = static_cast<int>(std::count_if(
      stops_.begin(), stops_.end(), [&](const Stop& stop) { return stop.widget == widget; }));
  stops_.push_back({widget, which, rect, std::move(field)});
  return at_ && at_->widget == widget && at_->which == which;
}

std::optional<std::size_t> Walk::index() const {
  if (!at_) return {};
  for (std::size_t i = 0; i < stops_.size(); ++i) {
    if (stops_[i].widget == at_->widget && stops_[i].which == at_->which) return i;
  }
  return {};
}

const Walk::Stop* Walk::stop() const {
  const auto here = index();
  return here ? &stops_[*here] : nullptr;
}

// Sideways distance counts double: what lies in the same row or column is nearer.
std::optional<std::size_t> Walk::nearest(Key key, std::size_t from) const {
  const auto middle = [](const Rect& rect) {
    return std::pair{rect.x + rect.w / 2, rect.y + rect.h / 2};
  };
  const Rect& start = stops_[from].rect;
  const auto [x, y] = middle(start);
  std::optional<std::size_t> best;
  int least = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < stops_.size(); ++i) {
    const Rect& rect = stops_[i].rect;
    const auto [to_x, to_y] = middle(rect);
    const bool is_ahead = key == Key::right  ? rect.x >= start.right()
                          : key == Key::left ? rect.right() <= start.x
                          : key == Key::down ? rect.y >= start.bottom()
                                             : rect.bottom() <= start.y;
    if (i == from || !is_ahead) continue;
    const bool is_level = key == Key::right || key == Key::left;
    const int along = std::abs(is_level ? to_x - x : to_y - y);
    const int across = std::abs(is_level ? to_y - y : to_x - x);
    if (along + 2 * across >= least) continue;
    least = along + 2 * across;
    best = i;
  }
  return best;
}

const Walk::Stop* Walk::step(Key key, bool back, const std::string& field) {
  if (stops_.empty()) {
    at_.reset();
    return nullptr;
  }
  const std::size_t count = stops_.size();
  std::optional<std::size_t> here = index();
  if (!here && !field.empty()) {
    const auto typed = std::find_if(stops_.begin(), stops_.end(),
                                    [&](const Stop& stop) { return stop.field == field; });
    if (typed != stops_.end()) here = static_cast<std::size_t>(typed - stops_.begin());
  }
  std::size_t next = 0;
  if (key == Key::tab) {
    if (here) next = (*here + (back ? count - 1 : 1)) % count;
    if (!here && back) next = count - 1;
  } else if (here) {
    next = nearest(key, *here).value_or(*here);
  }
  at_ = Place{stops_[next].widget, stops_[next].which};
  return &stops_[next];
}

}  // namespace pos::ui
