// A line onto the open cart, whatever it sells.
#pragma once

#include <string_view>

#include "core/till/till.h"

namespace core {

// Begins the cart where there is none; the same piece again makes two of it.
Handled add_line(Till& till, LineItem line);

// The deposit of a line, as many as there are of it. Inside the caller's transaction.
void charge_deposit(Till& till, Order& order, std::size_t at);

// What a tax code is in the shop today.
Taxed taxed_today(Till& till, std::string_view code);

}  // namespace core
