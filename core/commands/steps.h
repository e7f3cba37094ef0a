// The steps of an order's later life: what each would be now, and taking it, as a fact
// where the till is the master, as an intent where a platform is. Inside the caller's
// transaction.
#pragma once

#include <vector>

#include "core/commands/facts.h"

namespace core {

// The steps as they would be for `order` now.
Step capture_step(Till& till, const Order& order, Money amount);  // 0: all that is open
Step void_step(Till& till, const Order& order);
Step fulfil_step(Till& till, const Order& order, std::vector<LineQuantity> lines,
                 FulfilmentState state);  // no lines: all that is open

// Carries out a step that was judged possible: as a fact, with timeline, stock,
// mails and the push of the new version; or as an intent.
void take_step(Till& till, Work& work, Order& order, Step step, const Cause& cause);

// A fact of this till, whoever is master: goods lie ready, cash was given back.
void take_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause);

// What the rules do to the order now; explained on its timeline. Idempotent.
void follow_rules(Till& till, Work& work, Order& order);

}  // namespace core
