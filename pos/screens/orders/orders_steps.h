// The next step of an order by its row alone, and what can be done with many
// orders at once. Pure.
#pragma once

#include "pos/screens/orders/orders_screen.h"

namespace pos {

NextStep next_step(const core::OrderRow& row);
// "Capture 86.40", "Fulfil".
std::string step_words(NextStep step, const core::OrderRow& row, const Words& words);

// Adds the bar of the chosen orders to the view.
void add_choice(OrdersView& view, const OrdersInput& input, const Words& words);

// The step for one order.
Reaction do_step(NextStep step, core::OrderId order, core::Money amount, const Words& words,
                 std::string_view number);
// The step for all chosen orders that wait for it; the till says what became of it.
Reaction do_bulk(NextStep step, OrdersInput& input);

}  // namespace pos
