// One step of a placed order's later life: money captured, goods handed over, an
// archive. As a value it can be a fact at once (where the till is the master) or
// an intent that a platform has yet to confirm. Pure; no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/orders/order.h"
#include "core/outbox/outbox.h"

namespace core {

struct Step {
  OutboxKind verb = OutboxKind::archive;
  std::optional<Payment> payment = {};        // of a capture, a void, a refund
  std::optional<Fulfilment> fulfilment = {};  // of a fulfilment
  std::optional<Refund> refund = {};
  std::string reason = {};                  // of a cancellation
  bool restock = false;                     // of a cancellation
  std::vector<Payment> more_payments = {};  // of a refund that goes back several ways
};

// Makes it so: the order as it is after the step. Its version is not touched.
void apply_step(Order& order, const Step& step);

// Why the verb is not possible for an order as it stands, as a text key; empty:
// it is. These are the state machine's guards, one sentence for each.
std::string_view cannot_capture(const Order& order, Money amount);  // 0: all that is open
std::string_view cannot_void(const Order& order);
std::string_view cannot_fulfil(const Order& order, const std::vector<LineQuantity>& lines);
std::string_view cannot_archive(const Order& order);
std::string_view cannot_reopen(const Order& order);
std::string_view cannot_cancel(const Order& order);

// Whether nothing is owed any more, by the word that is shown.
bool is_paid(const Order& order);
bool is_fulfilled(const Order& order);

}  // namespace core
