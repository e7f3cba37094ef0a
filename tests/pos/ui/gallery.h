// Every widget on two pages, for the tests that look at pixels.
#pragma once

#include <string>

#include "pos/ui/widgets.h"

namespace test {

struct Gallery {
  std::string search, name = "Marlene Brandt";
  pos::ui::KeyboardState keyboard;
  bool is_dark_tiles = false;
};

void draw_sell(pos::ui::Ui& ui, Gallery& gallery);
void draw_parts(pos::ui::Ui& ui, Gallery& gallery);

}  // namespace test
