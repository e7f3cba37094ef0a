// Asks once more before something is done that costs money or cannot be taken
// back: says what it is about, and how to leave it. Enter leaves it, so that a
// key that bounces never says yes.
#pragma once

#include <string>

#include "pos/ui/widgets.h"

namespace pos {

struct AskView {
  std::string title, words, back, go_on;
  ui::Icon icon = ui::icons::none;  // of going on
  friend bool operator==(const AskView&, const AskView&) = default;
};
enum class AskTap : std::uint8_t { none, back, go_on };

AskTap draw(ui::Ui& ui, const AskView& view);

// Two ways to go on (or one, without `other`), of which Enter takes the common one; or neither.
struct WaysView {
  std::string title, words, main, other, cancel;
  ui::Icon icon = ui::icons::none;  // of the other one
  friend bool operator==(const WaysView&, const WaysView&) = default;
};
enum class WaysTap : std::uint8_t { none, cancel, main, other };

WaysTap draw(ui::Ui& ui, const WaysView& view);

}  // namespace pos
