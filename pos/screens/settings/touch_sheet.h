// Sets a touch screen right whose touches land beside the finger: four crosses to be touched,
// and a fifth that shows whether it fits. It lies over everything, and wherever it is touched
// that is an answer, since no button could be trusted. Nothing is changed before the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/screens/parts/sheet.h"
#include "pos/ui/panel.h"

namespace pos {

struct TouchSheetInput {
  std::vector<ui::Touched> touches = {};
  std::optional<ui::TouchMatrix> found = {};  // after four crosses; the fifth proves it
  int failures = 0;
  bool was_down = true;  // the finger that opened it
};

struct TouchSheetView {
  std::string title, explained, failed;
  ui::Spot cross;  // in parts of the picture
  friend bool operator==(const TouchSheetView&, const TouchSheetView&) = default;
};

struct TouchSheetTap {
  bool is_dismissed = false;
  std::optional<ui::Spot> touched = {};  // in parts of the picture
};

TouchSheetView present(const Scene& scene, const TouchSheetInput& input);
TouchSheetTap draw(ui::Ui& ui, const TouchSheetView& view, TouchSheetInput& input);
SheetResult react(const TouchSheetTap& tap, const Scene& scene, TouchSheetInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, TouchSheetInput& input);

}  // namespace pos
