#include "pos/screens/frame/training_mark.h"

#include "pos/ui/shapes.h"
#include "pos/ui/text.h"

namespace pos {

void draw_training_mark(ui::Ui& ui, const Words& words) {
  using ui::measure::navigation, ui::measure::strip;
  constexpr int edge = 4;
  const int width = ui.width(), height = ui.height();
  for (const ui::Rect& side :
       {ui::Rect{0, 0, width, edge}, ui::Rect{0, 0, edge, height},
        ui::Rect{width - edge, 0, edge, height}, ui::Rect{0, height - edge, width, edge}}) {
    ui::box(ui, side, ui::Colour::warn_dot);
  }
  // In the place of the shop's sign.
  const ui::Rect sign{0, 0, navigation, strip};
  ui::box(ui, sign, ui::Colour::warn_dot);
  ui::text(ui, sign, words("TRAINING"),
           {.weight = ui::Weight::semibold,
            .colour = ui::Colour::on_dot,
            .align = ui::Align::centre,
            .shrinks = true});
}

}  // namespace pos
