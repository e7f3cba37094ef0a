// A step of a platform's order is asked for first, and becomes a fact when the platform
// has confirmed it. Inside the caller's transaction.
#pragma once

#include "core/commands/facts.h"
#include "core/outbox/outbox.h"
#include "core/upstream/upstream_commands.h"

namespace core {

// Puts the step into the outbox.
void make_intent(Till& till, Work& work, Order& order, Step step, const Cause& cause);

// The platform has the order already, and calls it so.
void learn_names(Till& till, std::int64_t order_row, const Learnt& learnt);

// An intent has come true upstream: its step becomes a fact, unless the order
// that was pulled meanwhile holds it already.
void confirm_intent(Till& till, Work& work, const OutboxRow& row, const Learnt& learnt);

}  // namespace core
