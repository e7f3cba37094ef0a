#include "pos/layout/slip_text.h"

#include <algorithm>

#include "core/base/text.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/profiles.h"

namespace pos {

namespace {

int margin_of(const drivers::PrintedLine& line, int columns) {
  const int spare = columns - drivers::columns_of(line);
  switch (line.align) {
    case drivers::Align::left:
      break;
    case drivers::Align::centre:
      return spare / 2;
    case drivers::Align::right:
      return spare;
  }
  return 0;
}

// One for each kind of block; what is no text has none.
struct TextWriter {
  const drivers::Profile& paper;
  std::string text = {};

  void write(const drivers::PrintedLine& line) {
    std::string words(static_cast<std::size_t>(std::max(0, margin_of(line, paper.columns))), ' ');
    for (const drivers::Span& span : line.spans) {
      for (const char32_t letter : span.text) core::append_utf8(words, letter);
    }
    words.erase(words.find_last_not_of(' ') + 1);
    text += words + "\n";
  }
  template <class Lines>
  void write_all(const Lines& block) {
    for (const drivers::PrintedLine& line : drivers::lines_of(block, paper)) write(line);
  }
  void operator()(const drivers::TextLine& block) { write_all(block); }
  void operator()(const drivers::Row& block) { write_all(block); }
  void operator()(const drivers::Rule& block) { write_all(block); }
  void operator()(const drivers::Blank& block) {
    text.append(static_cast<std::size_t>(block.lines), '\n');
  }
  void operator()(const drivers::Barcode& block) { write_all(drivers::centred(block.text)); }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

std::string slip_text(const drivers::Document& document) {
  TextWriter writer{drivers::profile("generic-80")};
  for (const drivers::Block& block : document.blocks) std::visit(writer, block);
  return writer.text;
}

}  // namespace pos
