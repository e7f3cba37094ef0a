// The day begins: what lies in the drawer, beside what the last closing left in it.
#include "core/commands/all.h"
#include "core/commands/shift_work.h"
#include "core/store/shift_store.h"

namespace core {

Handled carry_out(Till& till, const OpenShift& command) {
  if (auto no = forbidden(till, Permission::run_shift)) return tl::unexpected(*no);
  if (till.shift) {
    return tl::unexpected(refuse("A shift is open already. Close it before the next one."));
  }
  const Currency currency = till.settings.shop.currency;
  Shift shift;
  shift.opening = {command.opening.minor, currency};
  shift.opening_coins = command.coins;
  if (!command.coins.empty()) shift.opening = sum_of(command.coins, currency);
  if (shift.opening.minor < 0 || shift.opening.minor > largest_minor) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  // Before the first one there was nothing that it could differ from.
  const bool is_first = shifts(till.database, 1).empty();
  shift.kept = is_first ? shift.opening : kept_cash(till.database, currency);
  Work work(till);
  Effects effects = begin_shift(till, work, std::move(shift));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

}  // namespace core
