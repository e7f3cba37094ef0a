// A line onto the open cart, whatever it sells.
#pragma once

#include "core/till/till.h"

namespace core {

// Begins the cart where there is none; the same piece again makes two of it.
Handled add_line(Till& till, LineItem line);

}  // namespace core
