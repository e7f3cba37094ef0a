// The packing slip: who gets the parcel, and what is to be put in it. No money.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "core/orders/receipt.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

// Lists what is still to leave, or all of the order where everything has left.
drivers::Document packing_slip(const core::Receipt& receipt, const Words& words);

// An address as it stands on a parcel, one line each.
std::vector<std::string> address_lines(const core::Address& address);

}  // namespace pos
