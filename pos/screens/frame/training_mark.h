// What lies over every screen in training and in the demo: a coloured edge and the word. UI
// thread.
#pragma once

#include "pos/ui/translate.h"
#include "pos/ui/ui.h"

namespace pos {

// After everything else of the frame; it takes no touch.
void draw_training_mark(ui::Ui& ui, const Words& words);
void draw_demo_mark(ui::Ui& ui, const Words& words);

}  // namespace pos
