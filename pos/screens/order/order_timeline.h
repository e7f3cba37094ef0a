// The timeline of an order in words: what happened, when, and who did it.
// Pure.
#pragma once

#include "pos/screens/order/order_screen.h"

namespace pos {

// Latest first. `title` says what, `second` when, `value` who.
std::vector<EntryView> timeline_of(const core::Order& order, const Scene& scene);

// "10 % discount, Regular customer"
std::string discount_text(const core::Discount& discount, const Words& words);

}  // namespace pos
