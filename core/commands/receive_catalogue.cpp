// A part of the platform's catalogue and customers, with how far the pull has
// come: one transaction.
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
  return Effects{};
}

}  // namespace core
