// One entry with a keyboard of our own: a reason, a number, a name, a setting.
// Ready words can be tapped instead of typed. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/ui/buttons.h"
#include "pos/ui/pads.h"
#include "pos/ui/translate.h"
#include "pos/ui/ui.h"

namespace pos {

struct TextSheetInput {
  std::string value;
  ui::KeyboardState keyboard;
};

struct TextSheetView {
  std::string title, explained, placeholder;
  std::string confirm, close;
  std::vector<std::string> ready;  // words to tap
  ui::KeyboardKind kind = ui::KeyboardKind::text;
  ui::KeyboardLayout layout = ui::KeyboardLayout::german;
  std::size_t most_bytes = 200;
  bool is_secret = false;
  bool can_confirm = true;
  std::string why_not;
  friend bool operator==(const TextSheetView&, const TextSheetView&) = default;
};

enum class TextSheetTap : std::uint8_t { none, confirm, dismiss };

// Changes `input.value` in place; leaves no field focused when it is done.
TextSheetTap draw(ui::Ui& ui, const TextSheetView& view, TextSheetInput& input);

ui::KeyboardLayout layout_of(const Words& words);

}  // namespace pos
