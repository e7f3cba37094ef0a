// How text falls into lines of a given number of columns: wrapping, aligning,
// tables. One layout for the printer and for the preview, so that both break
// at the same place. Pure.
#pragma once

#include <string>
#include <vector>

#include "drivers/printer/document.h"
#include "drivers/printer/profiles.h"

namespace drivers {

// A stretch of one line in one style, in characters that the profile has or that
// are to be drawn.
struct Span {
  std::u32string text;
  TextStyle style{};
  friend bool operator==(const Span&, const Span&) = default;
};

// One line that fits the paper. Rows of a table are left-aligned and padded.
struct PrintedLine {
  std::vector<Span> spans;
  Align align = Align::left;
  friend bool operator==(const PrintedLine&, const PrintedLine&) = default;
};

// A double-width character takes two columns, and so does one of East Asia.
int columns_of(const PrintedLine& line);
bool is_tall(const PrintedLine& line);  // whether any of it is of double height

// Whether any of it must be drawn, see is_drawn() of code_page.h.
bool needs_picture(const PrintedLine& line, const Profile& profile);

std::vector<PrintedLine> lines_of(const TextLine& text, const Profile& profile);
std::vector<PrintedLine> lines_of(const Row& row, const Profile& profile);
std::vector<PrintedLine> lines_of(const Rule& rule, const Profile& profile);

}  // namespace drivers
