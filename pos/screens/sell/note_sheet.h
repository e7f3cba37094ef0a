// A note on a line: "as a present", "without onions".
#pragma once

#include <string>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct NoteInput {
  core::LineId line;
  std::string subject;  // what the line is
  std::string note;
  SheetKeyboard keyboard = {};
};

struct NoteView {
  std::string title, placeholder;
  FootView foot;
  friend bool operator==(const NoteView&, const NoteView&) = default;
};

NoteView present(const Scene& scene, const NoteInput& input);
SheetTap draw(ui::Ui& ui, const NoteView& view, NoteInput& input, const Words& words);
SheetResult react(SheetTap tap, const NoteInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, NoteInput& input);

}  // namespace pos
