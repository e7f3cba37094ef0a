// A slip as the till means it, independent of any device: what stands where,
// not which bytes make it so. Text is UTF-8. A column is the width of one
// normal character; how many there are, the printer's profile knows.
//
// Plain values, comparable with ==, for any thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace drivers {

enum class Align { left, centre, right };

struct TextStyle {
  bool bold = false;
  bool double_width = false;
  bool double_height = false;
  bool underline = false;
  friend bool operator==(const TextStyle&, const TextStyle&) = default;
};
inline constexpr TextStyle plain{};
inline constexpr TextStyle bold{.bold = true};
inline constexpr TextStyle tall{.bold = true, .double_height = true};
inline constexpr TextStyle large{.bold = true, .double_width = true, .double_height = true};

struct Run {
  std::string text{};
  TextStyle style{};
  friend bool operator==(const Run&, const Run&) = default;
};

// Wrapped at blanks where it is wider than the paper. "\n" starts a new line.
struct TextLine {
  std::vector<Run> runs{};
  Align align = Align::left;
  friend bool operator==(const TextLine&, const TextLine&) = default;
};

// One cell of a row. Its width in columns, or as wide as its text, or what the
// others leave (one cell of a row may say so). Too long a text wraps inside it.
struct Cell {
  static constexpr int as_text = 0;
  static constexpr int the_rest = -1;

  std::string text{};
  int width = as_text;
  Align align = Align::left;
  friend bool operator==(const Cell&, const Cell&) = default;
};

// Cells beside each other, one blank between them. When `the_rest` would be
// too narrow to read, the row becomes two: the rest, and the other cells below.
struct Row {
  std::vector<Cell> cells{};
  TextStyle style{};
  friend bool operator==(const Row&, const Row&) = default;
};

enum class RuleKind { single, twofold };
struct Rule {
  RuleKind kind = RuleKind::single;
  friend bool operator==(const Rule&, const Rule&) = default;
};

struct Blank {
  int lines = 1;
  friend bool operator==(const Blank&, const Blank&) = default;
};

// Centred. ASCII text is read back safely by every phone; other text is sent
// as UTF-8, which some readers guess wrong. Too long a text prints as text.
enum class QrLevel { low, medium, quartile, high };
struct Qr {
  std::string text{};
  QrLevel level = QrLevel::medium;
  friend bool operator==(const Qr&, const Qr&) = default;
};

// Centred, with its text below. What cannot be a barcode (a letter in an EAN,
// wider than the paper) prints as text instead of as garbage.
enum class BarcodeKind { code128, ean13 };
struct Barcode {
  BarcodeKind kind = BarcodeKind::code128;
  std::string text{};
  friend bool operator==(const Barcode&, const Barcode&) = default;
};

// A 1-bit picture, printed centred, one dot per bit. Rows are padded to whole
// bytes, most significant bit first, 1 is black. `bits` holds
// height * ((width + 7) / 8) bytes; a logo for which that is untrue, or which
// is wider than the paper, is left out.
struct Logo {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bits{};
  friend bool operator==(const Logo&, const Logo&) = default;
};

struct Cut {
  friend bool operator==(Cut, Cut) = default;
};
struct DrawerPulse {
  friend bool operator==(DrawerPulse, DrawerPulse) = default;
};

using Block = std::variant<TextLine, Row, Rule, Blank, Qr, Barcode, Logo, Cut, DrawerPulse>;

struct Document {
  std::vector<Block> blocks;

  Document& add(Block block) {
    blocks.push_back(std::move(block));
    return *this;
  }
  friend bool operator==(const Document&, const Document&) = default;
};

inline TextLine text_line(std::string text, TextStyle style = plain, Align align = Align::left) {
  return {{{std::move(text), style}}, align};
}
inline TextLine centred(std::string text, TextStyle style = plain) {
  return text_line(std::move(text), style, Align::centre);
}
// A name on the left, an amount on the right of its first line.
inline Row amount_row(std::string left, std::string right, TextStyle style = plain) {
  return {{{std::move(left), Cell::the_rest, Align::left},
           {std::move(right), Cell::as_text, Align::right}},
          style};
}

}  // namespace drivers
