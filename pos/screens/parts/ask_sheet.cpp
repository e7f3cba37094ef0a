#include "pos/screens/parts/ask_sheet.h"

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"

namespace pos {

AskTap draw(ui::Ui& ui, const AskView& view) {
  const int inner_width = sheet_of(ui, 560, 0).w - 48;
  const int words = ui::paragraph_height(ui, inner_width, view.words, {});
  const ui::Rect at = sheet_of(ui, 560, 80 + words + 24 + 2 * 72 + 16);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.back + "##close"});
  const ui::Rect inner{at.x + 24, at.y + 80, at.w - 48, at.h - 104};
  ui::paragraph(ui, {inner.x, inner.y, inner.w, words}, view.words, {});
  ui::Button back{.label = view.back, .kind = ui::ButtonKind::main, .key = ui::Key::enter};
  ui::Button go_on{.label = view.go_on, .icon = view.icon, .key = ui::Key::f9};
  fit(ui, back, inner.w);
  fit(ui, go_on, inner.w);
  AskTap tap = AskTap::none;
  if (ui::button(ui, {inner.x, inner.bottom() - 136, inner.w, 64}, back)) tap = AskTap::back;
  if (ui::button(ui, {inner.x, inner.bottom() - 64, inner.w, 64}, go_on)) tap = AskTap::go_on;
  return sheet.is_dismissed() ? AskTap::back : tap;
}

WaysTap draw(ui::Ui& ui, const WaysView& view) {
  const int width = sheet_of(ui, 560, 0).w - 48;
  const int words = ui::paragraph_height(ui, width, view.words, {});
  const int buttons = view.other.empty() ? 1 : 2;
  const ui::Rect at = sheet_of(ui, 560, 80 + words + 24 + buttons * 72 + 16);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  const ui::Rect inner{at.x + 24, at.y + 80, at.w - 48, at.h - 104};
  ui::paragraph(ui, {inner.x, inner.y, inner.w, words}, view.words, {});
  ui::Button other{.label = view.other, .icon = view.icon, .key = ui::Key::f9};
  ui::Button main{.label = view.main, .kind = ui::ButtonKind::main, .key = ui::Key::enter};
  fit(ui, other, inner.w);
  fit(ui, main, inner.w);
  WaysTap tap = WaysTap::none;
  if (buttons > 1 && ui::button(ui, {inner.x, inner.bottom() - 136, inner.w, 64}, other)) {
    tap = WaysTap::other;
  }
  if (ui::button(ui, {inner.x, inner.bottom() - 64, inner.w, 64}, main)) tap = WaysTap::main;
  return sheet.is_dismissed() ? WaysTap::cancel : tap;
}

}  // namespace pos
