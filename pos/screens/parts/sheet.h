// What the sheets of the Sell screen share: where they lie, their foot with
// Cancel and the main action, chips that choose, and the on-screen keyboard
// that comes with a text field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/ui/widgets.h"

namespace pos {

// What a sheet answers: a reaction, and whether it is done with.
struct SheetResult {
  Reaction reaction;
  bool is_closed = false;
};
inline SheetResult close_sheet() {
  return {{}, true};
}
inline SheetResult close_with(core::Command command) {
  return {say(std::move(command)), true};
}

enum class SheetTap : std::uint8_t { none, accept, cancel, remove };

// The words of a foot; `why_not` disables the main action, `remove` is optional.
struct FootView {
  std::string accept, cancel, why_not, remove;
  friend bool operator==(const FootView&, const FootView&) = default;
};
FootView foot(const Scene& scene, std::string_view accept, std::string_view why_not = "");
SheetTap draw_foot(ui::Ui& ui, const ui::Rect& rect, const FootView& view);

// A sheet with a keypad of 3 x 4 at the right and the rest at the left.
struct PadPlaces {
  ui::Rect sheet, left, pad, foot;
};
PadPlaces pad_places(const ui::Ui& ui);
// A sheet in the middle; with a keyboard it stands above that.
ui::Rect sheet_place(const ui::Ui& ui, int width, int height, bool has_keyboard);

struct SheetKeyboard {
  bool is_shown = true;
  ui::KeyboardState state;
};
ui::Rect keyboard_place(const ui::Ui& ui);
// Draws the keyboard while it is shown; the hide key puts it away. Call inside
// the life of the sheet.
void draw_keyboard(ui::Ui& ui, SheetKeyboard& keyboard, const Words& words,
                   ui::KeyboardKind kind = ui::KeyboardKind::text);
// Whether the sheet with its keyboard was left: Escape, or a tap beside both.
bool is_left(ui::Ui& ui, const ui::Rect& sheet, const SheetKeyboard& keyboard);

// Chips in rows that fill `rect` from its top; one of them may be chosen.
// Returns the one tapped.
std::optional<std::size_t> draw_choices(ui::Ui& ui, const ui::Rect& rect, int columns,
                                        const std::vector<std::string>& words,
                                        std::optional<std::size_t> chosen);

// Reasons in the cashier's language; what is chosen stands on the receipt.
std::vector<std::string> discount_reasons(const Words& words);
std::vector<std::string> void_reasons(const Words& words);

}  // namespace pos
