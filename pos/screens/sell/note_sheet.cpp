#include "pos/screens/sell/note_sheet.h"

namespace pos {

namespace {

constexpr std::string_view note_id = "line-note";

}  // namespace

NoteView present(const Scene& scene, const NoteInput& input) {
  return {.title = std::string(scene.words("Note")) + " · " + input.subject,
          .placeholder = std::string(scene.words("Stands on the receipt")),
          .foot = foot(scene, scene.words("Accept"))};
}

SheetTap draw(ui::Ui& ui, const NoteView& view, NoteInput& input, const Words& words) {
  const ui::Rect at = sheet_place(ui, 640, 232, input.keyboard.is_shown);
  const ui::Sheet sheet(ui, at, {.title = view.title, .can_dismiss = false});
  if (is_left(ui, at, input.keyboard)) return SheetTap::cancel;
  const ui::Rect room{at.x + 24, at.y + 72, at.w - 48, at.h - 96};
  ui.focus(note_id);
  const ui::FieldEvent event =
      ui::field(ui, {room.x, room.y, room.w, 56}, input.note,
                {.id = note_id, .placeholder = view.placeholder, .most_bytes = 200});
  SheetTap tap = draw_foot(ui, {room.x, room.bottom() - 64, room.w, 64}, view.foot);
  if (event == ui::FieldEvent::submitted) tap = SheetTap::accept;
  draw_keyboard(ui, input.keyboard, words);
  return tap;
}

SheetResult react(SheetTap tap, const NoteInput& input) {
  if (tap == SheetTap::cancel) return close_sheet();
  if (tap != SheetTap::accept) return {};
  return close_with(core::NoteLine{input.line, input.note});
}

SheetResult run(ui::Ui& ui, const Scene& scene, NoteInput& input) {
  SheetResult result = react(draw(ui, present(scene, input), input, scene.words), input);
  if (result.is_closed) ui.blur();
  return result;
}

}  // namespace pos
