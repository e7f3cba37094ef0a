// What widgets lie on, and what shows a state without being tapped: cards,
// panels, heads, badges, avatars, progress, pictures.
#pragma once

#include <string_view>

#include "pos/ui/text.h"
#include "pos/ui/ui.h"

namespace pos::ui {

// Surface, radius 10, shadow 1: floats on the background.
void card(Ui& ui, const Rect& rect);
// The same with shadow 2, above the rest, which stays live beside it (Done):
// what is drawn while it lives lies on it, and nothing under it is touched.
class Overlay {
 public:
  Overlay(Ui& ui, const Rect& rect);
  ~Overlay() { ui_.pop_layer(); }
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

 private:
  Ui& ui_;
};
// Surface flush with the window's edge, with a line on one side.
enum class Edge : std::uint8_t { none, top, right, bottom, left };
void panel(Ui& ui, const Rect& rect, Edge line);
// A sunken strip on a card, for facts.
void strip(Ui& ui, const Rect& rect, Colour fill = Colour::bg);
// The tinted top of a card where the whole screen is about one state (h 96).
struct Head {
  State state = State::ok;
  Icon icon = icons::none;
  std::string_view title = {}, second = {};
};
void head(Ui& ui, const Rect& rect, const Head& head);

void separator(Ui& ui, int x, int y, int width);
void vertical_separator(Ui& ui, int x, int y, int height);

struct Badge {
  std::string_view label = {};
  Icon icon = icons::none;
  State state = State::neutral;
  bool is_on_tint = false;  // the accent badge on a selected row
  bool has_fill = true;     // false: icon and word alone
};
// Height 32, width by its word; returns the width. `y` is the top.
int badge(Ui& ui, int x, int y, const Badge& badge, int most = 10'000);
int badge_width(Ui& ui, const Badge& badge);
// The same with its right edge at `right`.
int badge_right(Ui& ui, int right, int y, const Badge& badge);

// A number in a pill, 28 high; returns the width.
int count_pill(Ui& ui, int x, int y, int count, State state = State::neutral);

// Initials in a disc; the colour is 1..8 (see category_of).
void avatar(Ui& ui, const Rect& rect, std::string_view initials, int category);
// An icon in a rounded square or disc of a category's colour.
void icon_disc(Ui& ui, const Rect& rect, Icon icon, Colour fill, Colour ink);
void icon_plate(Ui& ui, const Rect& rect, Icon icon);  // sunken, radius 10
void dot(Ui& ui, int centre_x, int centre_y, Colour colour, int diameter = 10);

// The shop's mark: its own picture, or a plate with its letter and a dot.
struct Logo {
  std::string_view letter = {};
  std::string_view path = {};  // of the picture; may be empty or missing
};
void logo(Ui& ui, const Rect& rect, const Logo& logo);

// `permille` of the width is filled.
void progress(Ui& ui, const Rect& rect, int permille, Colour fill = Colour::ok_dot);

// A picture in memory (a receipt preview), fitted into the rectangle; or a
// file cut to fill it; or, if it cannot be read, initials on a category colour.
void image(Ui& ui, const Rect& rect, const Texture& texture);
struct Thumbnail {
  std::string_view path = {};  // may be empty
  std::string_view initials = {};
  int category = 1;
};
void thumbnail(Ui& ui, const Rect& rect, const Thumbnail& thumbnail);

}  // namespace pos::ui
