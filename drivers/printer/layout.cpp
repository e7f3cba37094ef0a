#include "drivers/printer/layout.h"

#include <algorithm>

#include "core/base/text.h"
#include "drivers/printer/code_page.h"

namespace drivers {

namespace {

// Below this a name cannot be read in its cell.
constexpr int narrowest_rest = 8;

struct Glyph {
  char32_t character;
  TextStyle style;
};
using Glyphs = std::vector<Glyph>;

int width_of(const Glyph& glyph) {
  return core::columns_of(glyph.character) * (glyph.style.double_width ? 2 : 1);
}

int width_of(const std::u32string& text) {
  int columns = 0;
  for (const char32_t c : text) columns += core::columns_of(c);
  return columns;
}

// Where the line that starts at `start` ends, and where the next one starts.
struct Break {
  std::size_t end;
  std::size_t next;
};

Break break_after(const Glyphs& glyphs, std::size_t start, int columns) {
  int used = 0;
  std::size_t blank = glyphs.size();
  bool word_seen = false;  // a leading indent is no place to break
  for (std::size_t i = start; i < glyphs.size(); ++i) {
    if (glyphs[i].character == U'\n') return {i, i + 1};
    if (glyphs[i].character == U' ' && word_seen) blank = i;
    word_seen = word_seen || glyphs[i].character != U' ';
    used += width_of(glyphs[i]);
    if (used <= columns) continue;
    if (blank != glyphs.size()) return {blank, blank + 1};
    const std::size_t end = std::max(i, start + 1);
    return {end, end};
  }
  return {glyphs.size(), glyphs.size()};
}

std::vector<Glyphs> wrapped(const Glyphs& glyphs, int columns) {
  std::vector<Glyphs> lines;
  std::size_t start = 0;
  do {
    const Break at = break_after(glyphs, start, std::max(columns, 1));
    const auto from = glyphs.begin();
    lines.emplace_back(from + static_cast<std::ptrdiff_t>(start),
                       from + static_cast<std::ptrdiff_t>(at.end));
    start = at.next;
  } while (start < glyphs.size());
  return lines;
}

std::vector<Span> spans_of(const Glyphs& glyphs) {
  std::vector<Span> spans;
  for (const Glyph& glyph : glyphs) {
    if (spans.empty() || spans.back().style != glyph.style) spans.push_back({{}, glyph.style});
    spans.back().text += glyph.character;
  }
  return spans;
}

std::vector<std::u32string> wrapped(const std::u32string& text, int columns) {
  Glyphs glyphs;
  for (const char32_t c : text) glyphs.push_back({c, {}});
  std::vector<std::u32string> lines;
  for (const Glyphs& line : wrapped(glyphs, columns)) {
    std::u32string& out = lines.emplace_back();
    for (const Glyph& glyph : line) out += glyph.character;
  }
  return lines;
}

struct FittedCell {
  std::u32string text;
  int width;
  Align align;
};

std::u32string padded(std::u32string text, int width, Align align) {
  const int missing = std::max(width - width_of(text), 0);
  const int before = align == Align::left ? 0 : align == Align::right ? missing : missing / 2;
  text.insert(0, static_cast<std::size_t>(before), U' ');
  text.append(static_cast<std::size_t>(missing - before), U' ');
  return text;
}

int used_by(const std::vector<FittedCell>& cells) {
  int used = static_cast<int>(cells.size()) - 1;
  for (const FittedCell& cell : cells) used += cell.width;
  return used;
}

std::vector<PrintedLine> beside_each_other(const std::vector<FittedCell>& cells, TextStyle style) {
  std::vector<std::vector<std::u32string>> columns;
  std::size_t height = 0;
  for (const FittedCell& cell : cells) {
    columns.push_back(wrapped(cell.text, cell.width));
    height = std::max(height, columns.back().size());
  }
  std::vector<PrintedLine> lines;
  for (std::size_t y = 0; y < height; ++y) {
    std::u32string line;
    for (std::size_t x = 0; x < cells.size(); ++x) {
      if (x > 0) line += U' ';
      const std::u32string text = y < columns[x].size() ? columns[x][y] : std::u32string();
      line += padded(text, cells[x].width, cells[x].align);
    }
    line.erase(line.find_last_not_of(U' ') + 1);
    lines.push_back({{{line, style}}, Align::left});
  }
  return lines;
}

std::vector<FittedCell> cells_of(const Row& row, const Profile& profile, int columns) {
  std::vector<FittedCell> cells;
  for (const Cell& cell : row.cells) {
    std::u32string text = printable(cell.text, profile);
    const int wanted = cell.width == Cell::as_text ? width_of(text) : cell.width;
    cells.push_back({std::move(text), std::min(wanted, columns), cell.align});
  }
  return cells;
}

}  // namespace

int columns_of(const PrintedLine& line) {
  int used = 0;
  for (const Span& span : line.spans) {
    used += width_of(span.text) * (span.style.double_width ? 2 : 1);
  }
  return used;
}

bool is_tall(const PrintedLine& line) {
  return std::ranges::any_of(line.spans, [](const Span& s) { return s.style.double_height; });
}

bool needs_picture(const PrintedLine& line, const Profile& profile) {
  return std::ranges::any_of(line.spans, [&](const Span& span) {
    return std::ranges::any_of(span.text, [&](char32_t c) { return is_drawn(profile, c); });
  });
}

std::vector<PrintedLine> lines_of(const TextLine& text, const Profile& profile) {
  Glyphs glyphs;
  for (const Run& run : text.runs) {
    for (const char32_t c : printable(run.text, profile)) glyphs.push_back({c, run.style});
  }
  std::vector<PrintedLine> lines;
  for (const Glyphs& line : wrapped(glyphs, profile.columns)) {
    lines.push_back({spans_of(line), text.align});
  }
  return lines;
}

std::vector<PrintedLine> lines_of(const Row& row, const Profile& profile) {
  const int columns = row.style.double_width ? profile.columns / 2 : profile.columns;
  std::vector<FittedCell> cells = cells_of(row, profile, columns);
  if (cells.empty()) return {};
  const auto rest = std::ranges::find(cells, Cell::the_rest, &FittedCell::width);
  if (rest == cells.end()) return beside_each_other(cells, row.style);

  const int left_over = columns - (used_by(cells) - Cell::the_rest);
  const bool fits = width_of(rest->text) <= left_over;
  if (left_over >= std::min(narrowest_rest, columns) || (fits && left_over > 0)) {
    rest->width = left_over;
    return beside_each_other(cells, row.style);
  }
  // Too narrow: the name gets a line of its own, the others stand below it.
  rest->width = columns;
  std::vector<PrintedLine> lines = beside_each_other({*rest}, row.style);
  cells.erase(rest);
  if (cells.empty()) return lines;
  const int spare = columns - used_by(cells) - 1;
  if (spare > 0) cells.insert(cells.begin(), {U"", spare, Align::left});
  for (PrintedLine& line : beside_each_other(cells, row.style)) lines.push_back(std::move(line));
  return lines;
}

std::vector<PrintedLine> lines_of(const Rule& rule, const Profile& profile) {
  const std::string one = rule.kind == RuleKind::single ? "─" : "═";
  std::u32string line;
  while (width_of(line) < profile.columns) line += printable(one, profile);
  return {{{{line, {}}}, Align::left}};
}

}  // namespace drivers
