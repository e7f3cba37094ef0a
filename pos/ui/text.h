// Words, amounts and icons. One line is centred in its rectangle by its line
// height; several lines start at the top. What does not fit ends in an
// ellipsis, except amounts: they are set smaller, never cut.
#pragma once

#include <string_view>

#include "pos/ui/ui.h"

namespace pos::ui {

enum class Align : std::uint8_t { left, centre, right };

struct Text {
  Size size = Size::t1;
  Weight weight = Weight::regular;
  Colour colour = Colour::text;
  Align align = Align::left;
  int lines = 1;           // 2: wraps between words onto two lines
  bool is_struck = false;  // an old price
  // What is too long is set smaller, down to 12 px, before it is cut: for the
  // words on what is tapped.
  bool shrinks = false;
  // One line: as small as these words would have to be, the longest of a row of
  // equals, which then look alike.
  std::string_view shrinks_as = {};
};

void text(Ui& ui, const Rect& rect, std::string_view words, const Text& style = {});

// A label in the middle of its place: in two lines rather than in small letters.
void folded_text(Ui& ui, const Rect& rect, std::string_view words, Text style);

// Right-aligned at the right edge of `rect`, weight 600 and size t2 unless told.
struct Amount {
  Size size = Size::t2;
  Weight weight = Weight::semibold;
  Colour colour = Colour::text;
  Align align = Align::right;
  bool is_struck = false;
};
void amount(Ui& ui, const Rect& rect, std::string_view formatted, const Amount& style = {});

// As many lines as the width needs, from the top; returns the height used.
int paragraph(Ui& ui, const Rect& rect, std::string_view words, const Text& style = {});
int paragraph_height(Ui& ui, int width, std::string_view words, const Text& style = {});

// Label left, amount right, on one line: "Subtotal ..... 49.12".
void fact(Ui& ui, const Rect& rect, std::string_view label, std::string_view value,
          Colour colour = Colour::text);

int text_width(Ui& ui, std::string_view words, Size size = Size::t1,
               Weight weight = Weight::regular);

void icon(Ui& ui, const Rect& rect, Icon icon, Colour colour = Colour::text, int size = 24);

}  // namespace pos::ui
