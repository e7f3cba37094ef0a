#pragma once

#include "core/till/till.h"

namespace core {

// Why this discount of `base` is impossible; nothing: it is possible.
std::optional<Refusal> check_discount(const Discount& discount, Money base);

// Why whoever is signed in may not give what is let off in `order`: a line's own discount
// and its share of the order's count together. Nothing: they may.
std::optional<Refusal> may_let_off(const Till& till, const Order& order);

}  // namespace core
