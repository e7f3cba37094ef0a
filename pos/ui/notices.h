// What comes up by itself: a banner for trouble, a toast, a modal sheet.
#pragma once

#include <string_view>

#include "pos/ui/panels.h"
#include "pos/ui/ui.h"

namespace pos::ui {

struct Notice {
  std::string_view words = {};   // "Paper out. 2 receipts wait."
  std::string_view action = {};  // one, or none
  State state = State::warn;
  Icon icon = icons::none;           // by the state if none
  std::string_view close_word = {};  // not empty: a cross with this name
};
enum class NoticeTap : std::uint8_t { none, action, close };
// How high it must be for all of its words; at least 64.
int notice_height(Ui& ui, int width, const Notice& notice);
// In the page, tinted; moves nothing else unless the screen makes room.
NoticeTap banner(Ui& ui, const Rect& rect, const Notice& notice);
// As high as the status strip and a part of it: the whole of it is the button of its
// action. The words take two lines, and are set smaller before they are cut; where there
// is only room for the action they are left out.
NoticeTap strip_notice(Ui& ui, const Rect& rect, const Notice& notice);
// The same for a moment, above what the strip says.
NoticeTap toast(Ui& ui, const Rect& rect, const Notice& notice);

// A modal sheet over a scrim: while it lives, everything drawn lies on it and
// nothing else can be touched or gets keys.
//   Sheet sheet(ui, {440, 200, 400, 400}, {.title = "Reason"});
//   if (sheet.is_dismissed()) ...      // Escape, a tap beside it, or its cross
class Sheet {
 public:
  struct Style {
    std::string_view title = {};
    std::string_view close_word = {};  // not empty: a cross with this name
    bool can_dismiss = true;
  };
  Sheet(Ui& ui, const Rect& rect, const Style& style);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  bool is_dismissed() const { return is_dismissed_; }

 private:
  Ui& ui_;
  bool is_dismissed_ = false;
};

}  // namespace pos::ui
