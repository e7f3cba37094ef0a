// Leafing from one order to the next in the list that the Orders page shows.
// The list may lose the order while it is looked at (a new one that was seen
// leaves the tab New): its place is remembered, and the next one moves up.
#pragma once

#include "pos/screens/order/order_screen.h"

namespace pos {

struct Neighbours {
  std::optional<core::OrderId> previous, next;
};

// Notes the place of the order in the list, if the list has it.
void remember_place(const Scene& scene, OrderInput& input);
Neighbours neighbours_of(const Scene& scene, const OrderInput& input);
// The part of the list around the order.
core::OrderFilter window_around(const Scene& scene, const OrderInput& input);

}  // namespace pos
