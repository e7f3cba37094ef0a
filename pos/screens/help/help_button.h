// The quiet question mark at the end of the status strip. UI thread.
#pragma once

#include <string_view>

#include "pos/ui/ui.h"

namespace pos {

// As wide as a finger, its right edge at `right`; true: it was tapped.
bool draw_help_button(ui::Ui& ui, int right, std::string_view label);

}  // namespace pos
