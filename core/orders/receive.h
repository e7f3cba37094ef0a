// An order as the upstream tells it, brought together with what the till knows.
// Pure; no thread.
#pragma once

#include <string_view>

#include "core/orders/order.h"

namespace core {

// What the upstream says now, with what was added here kept: payments at the
// counter, hand-overs, an edited customer, the timeline. What both know is matched
// by id, then by the platform's name, then (a fact that has no such name yet) by
// what it is; money given back only by id or name, for two equal refunds are two.
// Told the same twice, it is the same.
Order merged(const Order& known, const Order& told);

// Whether taking `incoming` over would change anything. Version 0 is compared by
// content, another counts only when it is higher.
bool is_news(const Order& known, const Order& incoming);

// A capture that was taken for confirmed and that the upstream does not know by
// any name: `both` is what was brought together with `incoming`, a whole telling of
// it, so the capture never was. nullptr: there is none.
const Payment* unknown_capture(const Order& both, const Order& incoming);

// The order with no card data and no control character in any text that people write or
// systems fill: tenders, notes, reasons, names. Codes of goods are left as they are.
Order made_safe(Order order);

// More was given back of the order than was ever paid; where none of its payments is told
// of, than it costs. In words, with both sums in them; empty: it was not.
std::string given_back_beyond(const Order& order);

// What a person has to look at before the order goes on, as a text key, with what it
// is about behind a colon; empty: nothing. What the upstream's adapter has found
// already comes first.
std::string attention_of(const Order& order, Currency shop);

}  // namespace core
