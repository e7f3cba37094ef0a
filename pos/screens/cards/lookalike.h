// A booking of the terminal that may be somebody else's: it stands beside the
// payment that is looked for, with its time and numbers, for a person who holds
// the slip. UI thread.
#pragma once

#include <string>
#include <vector>

#include "core/cards/card_attempt.h"
#include "pos/desk/scene.h"
#include "pos/ui/ui.h"

namespace pos {

struct LookalikeView {
  std::string title, ours, theirs;  // over the columns
  struct Row {
    std::string label, ours, theirs;
    friend bool operator==(const Row&, const Row&) = default;
  };
  std::vector<Row> rows;
  std::string slip;  // the number to look for: "Slip with receipt no. 0042"
  friend bool operator==(const LookalikeView&, const LookalikeView&) = default;
};

// Only where the attempt has one.
LookalikeView present_lookalike(const Scene& scene, const core::CardAttempt& attempt);
// The same in a sentence, where there is no room for columns.
std::string lookalike_line(const Scene& scene, const core::CardAttempt& attempt);

int lookalike_height(ui::Ui& ui, const LookalikeView& view);
void draw(ui::Ui& ui, const ui::Rect& rect, const LookalikeView& view);

}  // namespace pos
