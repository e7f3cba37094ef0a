// What became of one of Shopify's orders after it was placed: what was taken out, what
// came back or is on its way back, and what else the order costs less by. Pure.
#pragma once

#include <cstdint>

#include "core/orders/order.h"
#include "sync/upstream/shopify/reply.h"

namespace syncing::shopify {

// Of one line; what Shopify says beyond that is read as that.
constexpr std::int64_t most_pieces = core::largest_thousandths / 1000;

// Folds it into lines that were read from `json` with all that was ever ordered of them.
void fold_changes(const Json& json, core::Order& order);

// Credits what the order costs less by for other reasons, so that what it says is owed is
// what Shopify says. All else of the order has been read.
void credit_rest(const Json& json, core::Order& order);

}  // namespace syncing::shopify
