// What the buttons of an order tell the till: each one command, or the commands
// of all that is left in their order. Pure.
#pragma once

#include "pos/screens/order/fulfil_sheet.h"
#include "pos/screens/order/refund_sheet.h"
#include "pos/screens/parts/order_steps.h"

namespace pos {

inline Reaction verb(core::Command command) {
  return say(std::move(command));
}
Reaction capture_all(const core::OrderDetail& detail);
Reaction fulfil(const core::Order& order, std::vector<core::LineQuantity> lines,
                const ParcelInput& parcel);
Reaction refund(const Scene& scene, const core::OrderDetail& detail, const RefundInput& input);
// Capture, fulfil, archive: as many of them as are left.
Reaction all_steps(const core::OrderDetail& detail, const ParcelInput& parcel);

}  // namespace pos
