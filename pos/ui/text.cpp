#include "pos/ui/text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace pos::ui {
namespace {

constexpr std::string_view ellipsis = "…";

struct Set {  // how letters are set
  Face face;
  int pixels;
};

Set set_of(const Ui& ui, Size size, Weight weight) {
  return {face_of(weight), ui.text_pixels(size)};
}

// Bytes of the UTF-8 letter at `at`; a broken byte stands alone.
std::size_t letter_length(std::string_view text, std::size_t at) {
  std::size_t length = 1;
  while (at + length < text.size() &&
         (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80)
    ++length;
  return length;
}

// How many bytes of `text` fit into `width`.
std::size_t fitting(Ui& ui, const Set& set, std::string_view text, float width) {
  std::size_t at = 0;
  float used = 0;
  while (at < text.size()) {
    const std::size_t length = letter_length(text, at);
    used += ui.paint().width(set.face, set.pixels, text.substr(at, length));
    if (used > width) break;
    at += length;
  }
  return at;
}

std::string shortened(Ui& ui, const Set& set, std::string_view text, float width) {
  const float room = width - ui.paint().width(set.face, set.pixels, ellipsis);
  std::string_view kept = text.substr(0, fitting(ui, set, text, room));
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + std::string(ellipsis);
}

// Breaks between words; a word longer than the line is broken where it ends.
std::vector<std::string_view> broken(Ui& ui, const Set& set, std::string_view text, float width,
                                     std::size_t most_lines) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    const std::string_view paragraph = text.substr(0, newline);
    if (lines.size() + 1 == most_lines) {
      lines.push_back(newline == text.size() ? text : paragraph);
      break;
    }
    std::size_t end = fitting(ui, set, paragraph, width);
    if (end < paragraph.size()) {
      const std::size_t space = paragraph[end] == ' ' ? end : paragraph.rfind(' ', end);
      if (space != std::string_view::npos && space > 0) end = space;
      if (end == 0) end = letter_length(paragraph, 0);
    }
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
    if (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  }
  return lines;
}

struct Line {
  PixelRect box;
  Set set;
  Align align;
  Rgba colour;
  bool is_large = false;
};

float start_of(const Line& line, float width) {
  const auto left = static_cast<float>(line.box.x0), right = static_cast<float>(line.box.x1);
  if (line.align == Align::right) return right - width;
  if (line.align == Align::centre) return left + (right - left - width) / 2;
  return left;
}

// The line in the middle of its box; returns where it begins and ends.
std::pair<float, float> set_line(Ui& ui, const Line& line, std::string_view text) {
  Painter& paint = ui.paint();
  const float room = static_cast<float>(line.box.x1 - line.box.x0);
  float width = paint.width(line.set.face, line.set.pixels, text);
  std::string shorter;
  if (width > room + .5F) {
    shorter = shortened(ui, line.set, text, room);
    text = shorter;
    width = paint.width(line.set.face, line.set.pixels, text);
  }
  float x = start_of(line, width);
  // A large narrow digit begins at the margin, not in the middle of its advance.
  if (line.is_large && line.align == Align::left && !text.empty() && text[0] >= '0' &&
      text[0] <= '9')
    x -= static_cast<float>(
        paint.fonts().glyph(line.set.face, line.set.pixels, static_cast<char32_t>(text[0])).left);
  const int baseline =
      line.box.y0 + paint.fonts().baseline(line.set.pixels, line.box.y1 - line.box.y0);
  paint.glyphs(x, baseline, line.set.face, line.set.pixels, text, line.colour);
  return {x, x + width};
}

// Lowers the size until the words fit, but not below `least` pixels.
void shrink(Ui& ui, Line& line, std::string_view words, int least) {
  const auto room = static_cast<float>(line.box.x1 - line.box.x0);
  while (line.set.pixels > least &&
         ui.paint().width(line.set.face, line.set.pixels, words) > room + .5F)
    --line.set.pixels;
}

// The same for several lines: until each of them fits.
void shrink_lines(Ui& ui, Line& line, std::string_view words, std::size_t lines, int least) {
  const auto room = static_cast<float>(line.box.x1 - line.box.x0);
  const auto fits = [&] {
    const auto parts = broken(ui, line.set, words, room, lines);
    return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
      return ui.paint().width(line.set.face, line.set.pixels, part) <= room + .5F;
    });
  };
  while (line.set.pixels > least && !fits()) --line.set.pixels;
}

void strike(Ui& ui, const PixelRect& box, std::pair<float, float> from_to, Rgba colour) {
  const int y = (box.y0 + box.y1) / 2, thickness = std::max(1, ui.pixels(1));
  ui.paint().fill(
      {static_cast<int>(from_to.first), y, static_cast<int>(from_to.second + .5F), y + thickness},
      colour);
}

}  // namespace

void folded_text(Ui& ui, const Rect& rect, std::string_view words, Text style) {
  // No line is an ellipsis alone.
  std::string held(words);
  const std::size_t dots = held.rfind(" …");
  if (dots != std::string::npos) held.replace(dots, 1, "\u00A0");
  const bool is_long = text_width(ui, held, style.size, style.weight) > rect.w &&
                       label_of(held).find(' ') != std::string_view::npos;
  if (!is_long) return text(ui, rect, words, style);
  const int line = ui.to_base(static_cast<float>(ui.line_pixels(style.size)));
  const int height = std::min(rect.h, 2 * line);
  style.lines = 2;
  text(ui, {rect.x, rect.y + (rect.h - height) / 2, rect.w, height}, held, style);
}

void text(Ui& ui, const Rect& rect, std::string_view words, const Text& style) {
  if (words.empty()) return;
  const PixelRect box = ui.pixels(rect);
  ui.note(box, words, ItemKind::text);
  words = label_of(words);
  Line line{box, set_of(ui, style.size, style.weight), style.align, ui.colour(style.colour),
            style.size == Size::t4};
  if (style.lines <= 1) {
    if (style.shrinks) shrink(ui, line, words, ui.pixels(12));
    if (!style.shrinks_as.empty()) shrink(ui, line, style.shrinks_as, ui.pixels(12));
    const auto ends = set_line(ui, line, words);
    if (style.is_struck) strike(ui, box, ends, line.colour);
    return;
  }
  const int height = std::min(ui.line_pixels(style.size), (box.y1 - box.y0) / style.lines);
  const float room = static_cast<float>(box.x1 - box.x0);
  const auto lines = static_cast<std::size_t>(style.lines);
  if (style.shrinks) shrink_lines(ui, line, words, lines, ui.pixels(12));
  int y = box.y0;
  for (const auto part : broken(ui, line.set, words, room, lines)) {
    line.box = {box.x0, y, box.x1, y + height};
    set_line(ui, line, part);
    y += height;
  }
}

void amount(Ui& ui, const Rect& rect, std::string_view formatted, const Amount& style) {
  if (formatted.empty()) return;
  const PixelRect box = ui.pixels(rect);
  ui.note(box, formatted, ItemKind::text);
  Line line{box, set_of(ui, style.size, style.weight), style.align, ui.colour(style.colour),
            style.size == Size::t4};
  shrink(ui, line, formatted, 8);
  const auto ends = set_line(ui, line, formatted);
  if (style.is_struck) strike(ui, box, ends, line.colour);
}

int paragraph_height(Ui& ui, int width, std::string_view words, const Text& style) {
  const Set set = set_of(ui, style.size, style.weight);
  const auto lines = broken(ui, set, words, static_cast<float>(ui.pixels(width)), 1000);
  return ui.to_base(static_cast<float>(ui.line_pixels(style.size)) *
                    static_cast<float>(lines.size()));
}

int paragraph(Ui& ui, const Rect& rect, std::string_view words, const Text& style) {
  const int needed = paragraph_height(ui, rect.w, words, style);
  const int line = ui.to_base(static_cast<float>(ui.line_pixels(style.size)));
  Text lines = style;
  lines.lines = std::max(2, std::min(needed, std::max(rect.h, line)) / std::max(1, line));
  text(ui, {rect.x, rect.y, rect.w, lines.lines * line}, words, lines);
  return std::min(needed, lines.lines * line);
}

void fact(Ui& ui, const Rect& rect, std::string_view label, std::string_view value, Colour colour) {
  const int width = text_width(ui, value, Size::t1, Weight::medium);
  text(ui, {rect.x, rect.y, std::max(0, rect.w - width - 8), rect.h}, label,
       {.colour = Colour::text_2, .shrinks = true});
  amount(ui, {rect.right() - width, rect.y, width, rect.h}, value,
         {.size = Size::t1, .weight = Weight::medium, .colour = colour});
}

int text_width(Ui& ui, std::string_view words, Size size, Weight weight) {
  const Set set = set_of(ui, size, weight);
  return ui.to_base(ui.paint().width(set.face, set.pixels, label_of(words)));
}

void icon(Ui& ui, const Rect& rect, Icon icon, Colour colour, int size) {
  if (icon != icons::none)
    ui.paint().icon(ui.pixels(rect), ui.pixels(size), icon, ui.colour(colour));
}

}  // namespace pos::ui
