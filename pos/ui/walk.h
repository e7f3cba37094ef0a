// Going through a screen by keyboard alone: Tab and Shift+Tab lead from one item to
// the next in the order of their drawing, the arrows to the nearest one, Enter taps
// it. A finger ends the walk. What lies under a sheet is not walked on. UI thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pos/ui/frame.h"

namespace pos::ui {

class Walk {
 public:
  struct Stop {
    std::uint64_t widget = 0;
    int which = 0;      // of those that are called alike
    Rect rect;          // what is seen of it
    std::string field;  // a text field's id: standing on it is typing into it
  };

  void begin_frame() { stops_.clear(); }
  // An item that can be tapped now. True: the walk stands on it.
  bool pass(std::uint64_t widget, const Rect& rect, std::string field);
  // At the end of the frame. The stop that it stands on now; none: it has ended, or
  // there is nothing to stand on. `field`: the text field that has the letters.
  const Stop* step(Key key, bool back, const std::string& field);
  const Stop* stop() const;
  void leave() { at_.reset(); }

 private:
  std::optional<std::size_t> index() const;
  std::optional<std::size_t> nearest(Key key, std::size_t from) const;

  struct Place {
    std::uint64_t widget;
    int which;
  };
  std::vector<Stop> stops_;
  std::optional<Place> at_;
};

}  // namespace pos::ui
