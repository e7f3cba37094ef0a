// What the commands about a placed order share: finding it, writing it, telling of
// it on its timeline. Called inside the caller's transaction where it says so.
#pragma once

#include <string_view>

#include "core/till/till.h"

namespace core {

// A placed order, and the same as it will be when all intents have come true.
struct Placing {
  Order order;
  Order later;
};
Result<Placing, Refusal> placed_order(Till& till, OrderId id, Permission permission);

// Whether what happens to the order is decided here: a till's own order, or an
// order of a folder (or of nothing) upstream.
bool is_master_of(const Till& till, const Order& order);

// A line on the timeline.
void add_to_timeline(Till& till, Order& order, std::string_view what, std::string_view detail,
                     std::string_view actor);

// Pushes the order's version, where the till is the master and there is an upstream.
void queue_push(Till& till, const Order& order);

// Writes the order with what is derived from it.
void write_order(Till& till, const Order& order);

// Commits; gives `WakeSync`.
Handled finish_order(Till& till, Work& work, Effects effects = {});

// A new id.
Uuid new_id(Till& till);

}  // namespace core
