// A line onto the open cart, whatever it sells.
#pragma once

#include <string_view>

#include "core/till/till.h"

namespace core {

// Begins the cart where there is none; the same piece again makes two of it.
Handled add_line(Till& till, LineItem line);

// What a tax code is in the shop today.
Taxed taxed_today(Till& till, std::string_view code);

}  // namespace core
