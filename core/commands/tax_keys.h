// The keys of the country for what has none yet: what a platform tells, and what an older
// version of the till put into the cart.
#pragma once

#include "core/till/till.h"

namespace core {

// Whether any was missing. In memory only.
bool name_tax_keys(const Settings& settings, Order& order);

// The same before the order's next receipt, and into the store. Inside a transaction. The
// lines of a placed order of the till stay what they were.
void keep_tax_keys(Till& till, Order& order);

}  // namespace core
