// The finished order is put away, or taken out again.
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"

namespace core {

Handled carry_out(Till& till, const ArchiveOrder& command) {
  auto placed = placed_order(till, command.order, Permission::archive);
  if (!placed) return tl::unexpected(placed.error());
  if (const auto no = cannot_archive(placed->later); !no.empty()) {
    return tl::unexpected(refuse(no));
  }
  Work work(till);
  take_step(till, work, placed->order, {OutboxKind::archive}, {});
  return finish_order(till, work);
}

// The rules leave it open until something else happens to it.
Handled carry_out(Till& till, const ReopenOrder& command) {
  auto placed = placed_order(till, command.order, Permission::archive);
  if (!placed) return tl::unexpected(placed.error());
  if (const auto no = cannot_reopen(placed->later); !no.empty()) {
    return tl::unexpected(refuse(no));
  }
  Work work(till);
  take_step(till, work, placed->order, {OutboxKind::reopen}, {});
  return finish_order(till, work);
}

}  // namespace core
