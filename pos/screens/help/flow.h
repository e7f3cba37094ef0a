// Words of several kinds in one paragraph: strong ones, and links that are tapped. Base pixels.
// UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/help/page.h"
#include "pos/ui/text.h"
#include "pos/ui/ui.h"

namespace pos {

// What stands together on a line, and looks alike.
struct FlowPiece {
  std::string text;
  int x = 0, width = 0, line = 0;
  ui::Weight weight = ui::Weight::regular;
  std::optional<HelpTopic> link = {};
};
struct Flow {
  std::vector<FlowPiece> pieces;
  int lines = 0;
};

struct FlowStyle {
  ui::Size size = ui::Size::t1;
  ui::Weight weight = ui::Weight::regular;  // of what is not strong
};

Flow flow(ui::Ui& ui, int width, const HelpRuns& runs, const FlowStyle& style);
// Its top left corner lies at `x`, `y`; the link that was tapped.
std::optional<HelpTopic> draw(ui::Ui& ui, int x, int y, const Flow& flow, const FlowStyle& style);

}  // namespace pos
