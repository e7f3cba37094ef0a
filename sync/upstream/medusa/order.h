// An order of Medusa's as the till understands it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/orders/order.h"
#include "sync/upstream/json/json_values.h"

namespace syncing::medusa {

std::string region_currency(core::Currency currency);  // "eur"

// The till's ids of Medusa's things: the same ones whenever they are read, whatever is
// added beside them or taken out.
core::OrderId order_id(std::string_view medusa_id);
core::LineId line_id(std::string_view line);

// Whatever cannot be understood is kept as text, and what a person has to look
// at is named in `attention`. `json` is the order itself; `channel` what the till
// calls the place where it was made.
core::Order order_from(const Json& json);

}  // namespace syncing::medusa
