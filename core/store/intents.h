// Intents read back from the outbox: what was asked of a platform and is not
// confirmed yet, as the steps that they will be. Any connection.
#pragma once

#include <optional>

#include "core/orders/step.h"
#include "core/store/database.h"

namespace core {

// The step that a row asks for, as it would happen to `order`.
Step step_of(Database& database, const OutboxRow& row, const Order& order);

// The order as it will be when all that is asked of the upstream has come true:
// what preconditions and rules are judged on.
Order foreseen(Database& database, const Order& order);

// The order that an adapter needs to carry out a row: as of the row's version,
// with the payment, fulfilment or refund that `row.subject` names in it.
Order order_for(Database& database, const OutboxRow& row, const Order& order);

}  // namespace core
