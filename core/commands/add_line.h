// A line onto the open cart, whatever it sells.
#pragma once

#include <optional>
#include <string_view>

#include "core/till/till.h"

namespace core {

// Begins the cart where there is none; the same piece again makes two of it.
Handled add_line(Till& till, LineItem line);

// The deposit of a line, as many as there are of it. Inside the caller's transaction.
void charge_deposit(Till& till, Order& order, std::size_t at);

// What a code that was scanned sells, a label of the scale included; nothing: no article.
std::optional<LineItem> line_by_code(Till& till, std::string_view code);

// As many empties as are said instead; nothing: the cart holds no such line.
std::optional<Handled> change_empties(Till& till, LineId line, Quantity quantity);

// What a tax code is in the shop today.
Taxed taxed_today(Till& till, std::string_view code);

}  // namespace core
