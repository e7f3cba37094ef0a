// An order that nothing has left of is called off.
#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"

namespace core {

Handled carry_out(Till& till, const CancelOrder& command) {
  auto placed = placed_order(till, command.order, Permission::cancel_order);
  if (!placed) return tl::unexpected(placed.error());
  if (const auto no = cannot_cancel(placed->later); !no.empty()) {
    return tl::unexpected(refuse(no));
  }
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  const bool ours = is_master_of(till, placed->order);
  // A platform gives back itself what it took; here somebody has to.
  if (ours && paid_sum(placed->later).minor > 0) {
    return tl::unexpected(refuse("It is paid: give the money back first."));
  }
  Work work(till);
  while (ours && open_authorization(placed->order)) {
    take_step(till, work, placed->order, void_step(till, placed->order), {});
  }
  Step step{OutboxKind::cancel};
  step.reason = trim(command.reason);
  step.restock = command.restock;
  take_step(till, work, placed->order, std::move(step), {});
  return finish_order(till, work);
}

}  // namespace core
