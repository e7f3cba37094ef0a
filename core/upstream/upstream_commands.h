// What the outside has answered, and what it tells of itself. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/catalogue/pulled_catalogue.h"
#include "core/customers/pulled_customer.h"
#include "core/orders/order.h"
#include "core/outbox/put_aside.h"

namespace core {

enum class OutboxFate { done, again, refused, unclear };

// What the upstream has told with its answer; empty where it did not.
struct Learnt {
  std::string order_id, order_number;       // its names of the order
  std::string subject_id;                   // its name of the payment, fulfilment or refund
  std::optional<std::int64_t> amount = {};  // minor units that were really captured or refunded
  bool done_by_others = false;  // it was there before: whoever did it, the platform tells of it
  friend bool operator==(const Learnt&, const Learnt&) = default;
};
struct OutboxAnswer {
  std::int64_t row;
  OutboxFate fate;
  std::string reason;  // in words
  Instant not_before;  // for `again`
  Learnt learnt = {};  // for `done`; for `again` only the order's names
};
struct OutboxAnswered {
  std::vector<OutboxAnswer> answers;
};  // all of them in one transaction
struct Resend {
  std::int64_t row;
};
struct SyncNow {};  // what waits is due at once, and the upstream is asked

// From the upstream: the whole order. Version 0: it numbers none, and is taken
// over where its content differs. What was added here (payments at the counter,
// hand-overs, an edited customer, notes) is kept.
struct ReceiveOrder {
  Order order;
};
struct ReceiveOrders {
  std::vector<Order> orders;
};  // all of them in one transaction; one that is refused holds up no other

// What could not be taken. `is_all`: it is all there is of this source; what it
// does not name is there no more. `was_tried`: the orders that a person wanted tried
// again were asked for.
struct NotePutAside {
  std::string source;
  std::vector<PutAside> found;
  bool is_all = false;
  bool was_tried = false;
};
struct TryAsideAgain {
  std::string source, name;
};  // without a name: all that was put aside

// A part of the platform's catalogue and of its customers; `cursors`: how far the
// pulls have come.
struct ReceiveCatalogue {
  PulledCatalogue catalogue;
  std::vector<SyncCursor> cursors;
  std::vector<PulledCustomer> customers = {};
};
struct TurnPrices {};  // a coming price whose time has come is the price; see turn_prices

}  // namespace core
