// What comes in numbers: product tiles, the lines of the cart, rows of lists
// and the area that scrolls them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pos/ui/panels.h"
#include "pos/ui/text.h"
#include "pos/ui/ui.h"

namespace pos::ui {

enum class Press : std::uint8_t { none, tap, hold };

struct Tile {
  std::string_view name = {};     // two lines
  std::string_view price = {};    // "2.49 €"
  std::string_view unit = {};     // "/100 g"; may be empty
  std::string_view low = {};      // "3 left": shown as a flag; may be empty
  std::string_view picture = {};  // file; may be empty
  std::string_view initials = {};
  int category = 1;
  bool enabled = true;
  std::string_view why_not = {};
};
Press tile(Ui& ui, const Rect& rect, const Tile& tile);

// A person or another big choice: disc, name, second line (sign-in).
struct PersonTile {
  std::string_view name = {}, second = {}, initials = {};
  int category = 1;
  bool is_selected = false;
};
bool person_tile(Ui& ui, const Rect& rect, const PersonTile& tile);

struct CartLine {
  std::string_view quantity = {};  // "2" or "kg"
  std::string_view name = {};
  std::string_view second = {};  // "0.252 kg × 2.49 €/100 g"
  std::string_view amount = {};
  std::string_view old_amount = {};  // struck through
  std::string_view discount = {};    // takes the place of `second`, with a tag
  std::string_view note = {};        // the same, with a pencil, if no discount
  bool is_selected = false;
  bool has_separator = true;
  bool can_have_less = true, can_have_more = true;
  std::string_view id = {};             // names the line for its buttons: "3"
  std::string_view discount_word = {};  // label of the buttons, translated
  std::string_view note_word = {}, void_word = {}, less_word = {}, more_word = {};
  std::string_view discount_why_not = {};  // not empty: disabled
  bool is_back = false;                    // it comes back: another colour, no discount, no note
};
enum class CartTap : std::uint8_t { none, select, less, more, quantity, discount, note, remove };
// 56 high, 120 when selected.
CartTap cart_line(Ui& ui, const Rect& rect, const CartLine& line);

struct Row {
  std::string_view title = {};
  std::string_view second = {};
  std::string_view brief = {};  // instead of `second` where that has no room
  std::string_view amount = {};
  Icon icon = icons::none;
  std::string_view initials = {};  // an avatar instead of the icon
  int category = 1;
  Icon trailing = icons::none;  // such as chevron_right
  bool is_selected = false;
  bool has_separator = true;
  bool enabled = true;
  std::string_view why_not = {};
  Size size = Size::t1;                 // of the title
  State second_state = State::neutral;  // a dot before the second line if not neutral
};
bool row(Ui& ui, const Rect& rect, const Row& row);

// Only the ground of a row that the caller fills: tint if selected, press
// under the finger, a red mark if it needs attention, a separator at its foot.
struct RowGround {
  std::string_view label = {};  // names it in the log
  bool is_selected = false;
  bool needs_attention = false;
  bool has_separator = true;
};
bool row_ground(Ui& ui, const Rect& rect, const RowGround& ground);

// A part of what scrolls, as given to `ScrollArea::y`.
struct Part {
  int y = 0, height = 0;
};

// Clips and moves what is drawn while it lives:
//   ScrollArea area(ui, {120, 240, 1144, 504}, "orders", rows * 72);
//   for (...) row(ui, {120, area.y(240 + i * 72), 1144, 72}, ...);
// Dragging glides on; a mark at the right shows where one is. Nothing moves while
// it lives: what must come into view is known before the first part is drawn.
class ScrollArea {
 public:
  ScrollArea(Ui& ui, const Rect& rect, std::string_view id, int content_height,
             std::optional<Part> reveal = {});
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  int y(int content_y) const { return content_y - offset_; }
  int offset() const { return offset_; }
  bool shows(int content_y, int height) const;  // whether any of it can be seen
 private:
  Ui& ui_;
  Rect rect_;
  int content_height_, offset_ = 0;
};

}  // namespace pos::ui
