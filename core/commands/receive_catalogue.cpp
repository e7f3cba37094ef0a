// A part of the platform's catalogue and customers, with how far the pull has
// come: one transaction. And prices that it told beforehand.
#include "core/commands/all.h"
#include "core/store/customer_store.h"
#include "core/store/upstream_store.h"

namespace core {

Handled carry_out(Till& till, const ReceiveCatalogue& command) {
  Work work(till);
  put_pulled_catalogue(till.database, command.catalogue);
  put_pulled_customers(till.database, command.customers);
  for (const SyncCursor& cursor : command.cursors) set_cursor(till.database, cursor);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  // The tiles that are shown are asked for again.
  if (!command.catalogue.is_empty()) ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const TurnPrices&) {
  Work work(till);
  if (!turn_prices(till.database, till.now())) return Effects{};
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

}  // namespace core
