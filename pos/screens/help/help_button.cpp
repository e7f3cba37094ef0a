#include "pos/screens/help/help_button.h"

#include "pos/ui/buttons.h"

namespace pos {

bool draw_help_button(ui::Ui& ui, int right, std::string_view label) {
  const int size = ui::measure::target;
  return ui::button(ui, {right - size, 0, size, ui::measure::strip},
                    {.label = label,
                     .kind = ui::ButtonKind::ghost,
                     .icon = ui::icons::help_outline,
                     .ink = ui::Colour::text_2,
                     .is_icon_only = true});
}

}  // namespace pos
