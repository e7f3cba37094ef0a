// What the lines and the shipping of one of Medusa's orders cost, as the till counts
// them: an order's prices hold their tax or they do not, all of them. Pure.
#pragma once

#include <optional>

#include "core/orders/order.h"
#include "sync/upstream/json/json_values.h"

namespace syncing::medusa {

// How all prices of the order are meant. Medusa says it line by line, and a custom
// item of a draft is without tax among goods whose prices hold it: then each price is
// counted with its tax.
core::TaxMode tax_mode_of(const Json& order);

core::Rate rate_of(const Json& tax_lines);

// Sets unit price, discount and tax rate of a line whose quantity is known already.
void set_amounts(core::LineItem& line, const Json& item, core::TaxMode mode,
                 core::Currency currency);

core::ExtraCharge shipping_charge(const Json& method, core::TaxMode mode, core::Currency currency);

// Medusa rounds nothing, the till every amount. The cents between the two become a
// charge of their own; more than rounding explains is a reason to look at the order.
// `theirs`: the total of what is ordered.
void meet_total(core::Order& order, core::Money theirs);

}  // namespace syncing::medusa
