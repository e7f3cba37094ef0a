// An open cart that somebody else began: it says whose it is, and becomes the next one's
// by a tap, or is parked. UI thread.
#pragma once

#include "pos/desk/scene.h"
#include "pos/screens/parts/ask_sheet.h"

namespace pos {

bool is_anothers_cart(const core::Snapshot& till);

WaysView present_cart_owner(const Scene& scene);
Reaction react_cart_owner(WaysTap tap);
Reaction run_cart_owner(ui::Ui& ui, const Scene& scene);

}  // namespace pos
