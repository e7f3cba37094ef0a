#pragma once

#include "core/till/till.h"

namespace core {

// Why this discount of `base` is impossible or not allowed; nothing: it is fine.
std::optional<Refusal> check_discount(const Till& till, const Discount& discount, Money base);

}  // namespace core
