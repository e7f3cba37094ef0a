#include "pos/screens/frame/training_mark.h"

#include "pos/ui/shapes.h"
#include "pos/ui/text.h"

namespace pos {

namespace {

void draw_mark(ui::Ui& ui, std::string_view word, ui::Colour colour, ui::Colour ink) {
  using ui::measure::navigation, ui::measure::strip;
  constexpr int edge = 4;
  const int width = ui.width(), height = ui.height();
  for (const ui::Rect& side :
       {ui::Rect{0, 0, width, edge}, ui::Rect{0, 0, edge, height},
        ui::Rect{width - edge, 0, edge, height}, ui::Rect{0, height - edge, width, edge}}) {
    ui::box(ui, side, colour);
  }
  // In the place of the shop's sign.
  const ui::Rect sign{0, 0, navigation, strip};
  ui::box(ui, sign, colour);
  ui::text(
      ui, sign, word,
      {.weight = ui::Weight::semibold, .colour = ink, .align = ui::Align::centre, .shrinks = true});
}

}  // namespace

void draw_training_mark(ui::Ui& ui, const Words& words) {
  draw_mark(ui, words("TRAINING"), ui::Colour::warn_dot, ui::Colour::on_dot);
}

void draw_demo_mark(ui::Ui& ui, const Words& words) {
  draw_mark(ui, words("DEMO"), ui::Colour::accent, ui::Colour::on_accent);
}

}  // namespace pos
