// Drives the real screens by a script, one step a line:
//
//   tap LABEL          the button, tile, row ... with this label (LABEL#2: the second)
//   hold LABEL         a long press
//   type TEXT          on the keyboard
//   key NAME           F9, Enter, Escape, Backspace, Shift+Tab ...
//   scan CODE          as a scanner types it
//   expect TEXT        fails unless TEXT can be read on the screen
//   expect-not TEXT    fails if it can
//   shot FILE.png      writes a picture of the screen
//   shot-customer FILE.png   of the customer's window
//   expect-customer TEXT     fails unless it can be read there
//   size WxH           of the window
//   screen NAME        goes there: sell, tender, orders, shift, reports, outbox,
//                      settings
//   wait-idle          until nothing is on its way between the threads
//
// Empty lines and lines that begin with # are left out. Each step but `shot`
// waits until the till has come to rest. UI thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "pos/runtime/runtime.h"
#include "pos/screens/stage.h"
#include "pos/ui/window.h"

namespace pos {

struct DriveStep {
  int line = 0;
  std::string verb;
  std::string argument;
};

// The error names the line.
core::Result<std::vector<DriveStep>, std::string> read_script(const std::filesystem::path& file);

class Driver {
 public:
  Driver(Stage& stage, ui::Window& window, Runtime& runtime)
      : stage_(stage), window_(window), runtime_(runtime) {}

  // The error says what was expected and what can be seen instead.
  core::Result<core::Done, std::string> carry_out(const DriveStep& step);

 private:
  using Outcome = core::Result<core::Done, std::string>;

  Outcome tap(const std::string& label, bool hold);
  Outcome expect(const std::string& text, bool wanted);
  Outcome come_to_rest();
  Outcome shot(const std::string& file);
  Outcome at_customer(const DriveStep& step);
  Outcome resize(const std::string& size);
  std::string what_is_shown() const;
  static std::string words_in(const ui::ItemLog& log);

  Stage& stage_;
  ui::Window& window_;
  Runtime& runtime_;
};

}  // namespace pos
