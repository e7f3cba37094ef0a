// The same verb for many orders: each is a transaction of its own.
#include "core/commands/all.h"
#include "core/store/order_store.h"

namespace core {

namespace {

Handled one(Till& till, BulkVerb verb, OrderId order) {
  switch (verb) {
    case BulkVerb::capture:
      return carry_out(till, CapturePayment{order});
    case BulkVerb::fulfil: {
      FulfilOrder fulfil{order};
      fulfil.notify_customer = true;
      return carry_out(till, fulfil);
    }
    case BulkVerb::archive:
      break;
  }
  return carry_out(till, ArchiveOrder{order});
}

std::string_view word(BulkVerb verb) {
  switch (verb) {
    case BulkVerb::capture:
      return "capture";
    case BulkVerb::fulfil:
      return "fulfil";
    case BulkVerb::archive:
      break;
  }
  return "archive";
}

}  // namespace

Handled carry_out(Till& till, const BulkCommand& command) {
  BulkResult result;
  result.number = till.bulk ? till.bulk->number + 1 : 1;
  result.verb = word(command.verb);
  for (const OrderId id : command.orders) {
    Handled handled = one(till, command.verb, id);
    if (handled) {
      ++result.done;
      continue;
    }
    // Nothing more can be saved: what is done is done.
    if (handled.error().kind == RefusalKind::not_saved) return handled;
    if (result.refused++ > 0) continue;
    result.first_reason = handled.error().text;
    if (const auto order = find_order(till.database, id)) result.first_order = order->number;
  }
  till.bulk = std::move(result);
  ++till.revision;
  return Effects{WakeSync{}};
}

}  // namespace core
