// Authorized money is taken, or released.
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"

namespace core {

Handled carry_out(Till& till, const CapturePayment& command) {
  auto placed = placed_order(till, command.order, Permission::capture);
  if (!placed) return tl::unexpected(placed.error());
  const auto no = cannot_capture(placed->later, command.amount);
  if (!no.empty()) return tl::unexpected(refuse(no));
  Work work(till);
  take_step(till, work, placed->order, capture_step(till, placed->later, command.amount), {});
  follow_rules(till, work, placed->order);
  return finish_order(till, work);
}

Handled carry_out(Till& till, const VoidAuthorization& command) {
  auto placed = placed_order(till, command.order, Permission::cancel_order);
  if (!placed) return tl::unexpected(placed.error());
  if (const auto no = cannot_void(placed->later); !no.empty()) return tl::unexpected(refuse(no));
  Work work(till);
  take_step(till, work, placed->order, void_step(till, placed->later), {});
  return finish_order(till, work);
}

}  // namespace core
