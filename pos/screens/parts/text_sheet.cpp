#include "pos/screens/parts/text_sheet.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/ui/fields.h"
#include "pos/ui/notices.h"
#include "pos/ui/text.h"

namespace pos {

namespace {

constexpr std::string_view field_id = "text-sheet";
constexpr int head = 80, keys = 328;

// The ready words that lead to an entry without typing. True: one was tapped.
bool draw_ready(ui::Ui& ui, const ui::Rect& rect, const TextSheetView& view, std::string& value) {
  std::vector<ui::Chip> chips;
  for (const std::string& words : view.ready) {
    chips.push_back({.label = words, .is_selected = value == words});
  }
  const auto chosen = ui::chips(ui, rect, chips, "text-sheet-ready");
  if (chosen) value = view.ready[static_cast<std::size_t>(*chosen)];
  return chosen.has_value();
}

}  // namespace

TextSheetTap draw(ui::Ui& ui, const TextSheetView& view, TextSheetInput& input) {
  const int width = 840, inner = std::min(width, ui.width() - 32) - 48;
  const int explained =
      view.explained.empty() ? 0 : ui::paragraph_height(ui, inner, view.explained) + 8;
  const int ready = view.ready.empty() ? 0 : 64;
  const ui::Rect sheet_at = sheet_of(ui, width, head + explained + ready + 72 + keys + 24);
  const ui::Sheet sheet(ui, sheet_at, {.title = view.title, .close_word = view.close});
  if (ui.focused().empty()) ui.focus(field_id);

  int y = sheet_at.y + head;
  const int x = sheet_at.x + 24;
  if (explained > 0) {
    ui::paragraph(ui, {x, y, inner, explained}, view.explained, {.colour = ui::Colour::text_2});
    y += explained;
  }
  if (ready > 0) {
    draw_ready(ui, {x, y, inner, 56}, view, input.value);
    y += ready;
  }
  const ui::Button confirm{.label = view.confirm,
                           .kind = ui::ButtonKind::main,
                           .enabled = view.can_confirm,
                           .why_not = view.why_not};
  const int confirm_width = std::max(144, ui::button_width(ui, confirm));
  const auto event = ui::field(ui, {x, y, inner - confirm_width - 8, 56}, input.value,
                               {.id = field_id,
                                .placeholder = view.placeholder,
                                .most_bytes = view.most_bytes,
                                .is_secret = view.is_secret});
  TextSheetTap tap = TextSheetTap::none;
  if (ui::button(ui, {x + inner - confirm_width, y, confirm_width, 56}, confirm)) {
    tap = TextSheetTap::confirm;
  }
  if (event == ui::FieldEvent::submitted) {
    if (view.can_confirm) {
      tap = TextSheetTap::confirm;
    } else {
      ui.refuse(view.why_not);
    }
  }
  y += 72;
  ui::keyboard(ui, {x, y, inner, sheet_at.bottom() - 24 - y}, input.keyboard, view.layout,
               view.kind);
  if (sheet.is_dismissed()) tap = TextSheetTap::dismiss;
  if (tap != TextSheetTap::none) ui.blur();
  return tap;
}

ui::KeyboardLayout layout_of(const Words& words) {
  return words.language() == Language::german ? ui::KeyboardLayout::german
                                              : ui::KeyboardLayout::english;
}

}  // namespace pos
