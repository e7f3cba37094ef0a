// The upkeep of the card terminal by hand, from the Devices page: the connection
// test and what else this kind of terminal can do, with what was found in
// sentences that say what to check. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct TerminalSheetView {
  std::string title, close;
  struct Work {
    core::TerminalWork work = core::TerminalWork::connection_test;
    std::string label;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Work&, const Work&) = default;
  };
  std::vector<Work> works;
  std::string why_not;  // the terminal is at work; empty: all can be tapped
  std::string running;  // what it is doing; empty: nothing
  struct Finding {
    ui::State state = ui::State::ok;
    std::string says, detail;
    friend bool operator==(const Finding&, const Finding&) = default;
  };
  std::vector<Finding> findings;
  std::string note;  // at the foot; empty: none
  friend bool operator==(const TerminalSheetView&, const TerminalSheetView&) = default;
};

struct TerminalSheetTap {
  enum class Kind : std::uint8_t { none, work, close } kind = Kind::none;
  std::size_t index = 0;
};

TerminalSheetView present_terminal(const Scene& scene);
TerminalSheetTap draw(ui::Ui& ui, const TerminalSheetView& view);
SheetResult react(const TerminalSheetTap& tap, const TerminalSheetView& view);

}  // namespace pos
