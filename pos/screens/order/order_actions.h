// What the cards of an order say about its payment, its goods and its end, and
// which buttons they offer. Pure.
#pragma once

#include "pos/screens/order/order_screen.h"

namespace pos {

void add_payment(OrderView& view, const core::OrderDetail& detail, const Scene& scene);
void add_fulfilment(OrderView& view, const core::OrderDetail& detail, const Scene& scene,
                    const OrderInput& input);
// Last: it also says which button of the page is the main one.
void add_completion(OrderView& view, const core::OrderDetail& detail, const Scene& scene);

}  // namespace pos
