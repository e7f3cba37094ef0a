// Cash that comes into the drawer or leaves it without a sale.
#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/shift_work.h"

namespace core {

namespace {

// What opening, counting and closing write themselves, nobody asks for.
bool is_the_tills_own(CashMoveKind kind) {
  return !cash_move_from(word(kind)).has_value();
}

}  // namespace

Handled carry_out(Till& till, const MoveCash& command) {
  if (auto no = forbidden(till, Permission::move_cash)) return tl::unexpected(*no);
  const Money amount{command.amount.minor, till.settings.shop.currency};
  if (is_the_tills_own(command.kind) || amount.minor <= 0 || amount.minor > largest_minor) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  if (!comes_in(command.kind)) {
    if (auto no = beyond_limit(till, &RoleLimits::cash_out, amount.minor, Permission::move_cash)) {
      return tl::unexpected(*no);
    }
  }
  CashMovement movement;
  movement.kind = command.kind;
  movement.amount = comes_in(command.kind) ? amount : -amount;
  movement.reason = trim(command.reason);
  if (movement.reason.empty() && command.kind != CashMoveKind::safe_drop &&
      command.kind != CashMoveKind::bank) {
    return tl::unexpected(refuse("Please give a reason."));
  }
  if (till.approver) movement.approver = till.approver->name;
  Work work(till);
  Effects effects{OpenDrawer{}};
  begin_shift_if_none(till, work, effects);
  const Receipt receipt = write_cash_movement(till, work, movement, effects);
  print_day_receipt(till, receipt, effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

}  // namespace core
