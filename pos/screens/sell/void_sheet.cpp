#include "pos/screens/sell/void_sheet.h"

namespace pos {

VoidView present(const Scene& scene, const VoidInput& input) {
  return {.title = std::string(scene.words(input.line ? "Void line" : "Void cart")),
          .subject = input.subject,
          .cancel = std::string(scene.words("Cancel")),
          .reasons = void_reasons(scene.words)};
}

VoidTap draw(ui::Ui& ui, const VoidView& view) {
  const int rows = static_cast<int>(view.reasons.size());
  const ui::Rect at = sheet_place(ui, 440, 120 + rows * 64 + 16, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  VoidTap tap{.is_cancelled = sheet.is_dismissed()};
  const int x = at.x + 24, w = at.w - 48;
  ui::text(ui, {x, at.y + 72, w, 24}, view.subject, {.colour = ui::Colour::text_2});
  tap.reason = draw_choices(ui, {x, at.y + 112, w, rows * 64}, 1, view.reasons, {});
  return tap;
}

SheetResult react(const VoidTap& tap, const Scene& scene, const VoidInput& input) {
  if (tap.reason) {
    const std::string reason = void_reasons(scene.words).at(*tap.reason);
    if (input.line) return close_with(core::VoidLine{*input.line, reason});
    return close_with(core::VoidOrder{reason});
  }
  return {{}, tap.is_cancelled};
}

SheetResult run(ui::Ui& ui, const Scene& scene, VoidInput& input) {
  return react(draw(ui, present(scene, input)), scene, input);
}

}  // namespace pos
