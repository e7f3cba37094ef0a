// Everything that is tapped once: buttons, chips and tabs, the entries of the
// navigation and of the status strip. Pressed shows in the frame of the touch.
// A disabled one stays where it is; tapping it puts `why_not` into
// Ui::refused(). Labels are already in the cashier's language; "##id" at the
// end of a label names it for tests and is not shown.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "pos/ui/text.h"
#include "pos/ui/ui.h"

namespace pos::ui {

enum class ButtonKind : std::uint8_t {
  main,     // accent: one a screen
  neutral,  // sunken on a card, raised on the background
  line,     // the second of two equals, or a step with consequences
  ghost     // icon alone, inside a row
};

struct Button {
  std::string_view label = {};
  ButtonKind kind = ButtonKind::neutral;
  Icon icon = icons::none;
  std::string_view second = {};    // a second line
  std::string_view trailing = {};  // at the right edge: "13.92 + 13.91"
  Key key = Key::none;             // shown, and does the same as a tap
  int count = -1;                  // a pill, from 0
  bool enabled = true;
  std::string_view why_not = {};
  std::optional<Size> size = {};  // of the label; else by height and kind
  Align align = Align::centre;
  Colour ink = Colour::none;  // of the icon, when it says a state
  Icon trailing_icon = icons::none;
  Ground ground = Ground::automatic;
  bool is_icon_only = false;  // the label is only a name for the log
};
bool button(Ui& ui, const Rect& rect, const Button& button);
// The width that fits the label with padding, at least 56.
int button_width(Ui& ui, const Button& button);

// Words without a fill, accent-text: "Note +".
bool text_button(Ui& ui, const Rect& rect, std::string_view label, Icon icon = icons::none);

struct Chip {
  std::string_view label = {};
  Icon icon = icons::none;
  bool is_selected = false;
  int count = -1;                // a pill, from 0
  State state = State::neutral;  // of the pill
  Icon count_icon = icons::none;
  bool enabled = true;
};
bool chip(Ui& ui, const Rect& rect, const Chip& chip);
int chip_width(Ui& ui, const Chip& chip);
// A row of chips 8 px apart that share the width; if they do not fit they
// scroll sideways. Returns the one tapped.
std::optional<int> chips(Ui& ui, const Rect& rect, std::span<const Chip> chips,
                         std::string_view id);
// The same as tabs inside one card, 4 px apart.
std::optional<int> tabs(Ui& ui, const Rect& rect, std::span<const Chip> chips, std::string_view id);

struct NavEntry {
  std::string_view label = {};
  Icon icon = icons::none;
  bool is_selected = false;
  int count = 0;                 // a pill from 1
  std::string_view widest = {};  // label of all entries: they are set in one size
};
bool nav_entry(Ui& ui, const Rect& rect, const NavEntry& entry);

struct StripEntry {
  std::string_view label = {};
  Icon icon = icons::none;
  State state = State::ok;
  bool has_dot = true;
};
// Its right edge is at `right`; `y` is the top of the strip. `width` of the
// next one to the left follows from what is returned: the left edge used.
struct StripTap {
  int left = 0;
  bool is_tapped = false;
};
StripTap strip_entry(Ui& ui, int right, int y, const StripEntry& entry);

}  // namespace pos::ui
