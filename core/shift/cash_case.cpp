#include "core/shift/cash_case.h"

namespace core {

BusinessCase case_of(CashMoveKind kind) {
  switch (kind) {
    case CashMoveKind::opening:
      return BusinessCase::opening_float;
    case CashMoveKind::paid_in:
      return BusinessCase::paid_in;
    case CashMoveKind::safe_drop:
    case CashMoveKind::bank:
    case CashMoveKind::closing_drop:
      return BusinessCase::money_transit;
    case CashMoveKind::wages:
      return BusinessCase::wages;
    case CashMoveKind::owner_in:
      return BusinessCase::owner_in;
    case CashMoveKind::owner_out:
      return BusinessCase::owner_out;
    case CashMoveKind::difference:
      return BusinessCase::count_difference;
    case CashMoveKind::voucher_payout:
      return BusinessCase::voucher_redeemed;
    case CashMoveKind::tip_payout:
      return BusinessCase::tip_staff;
    case CashMoveKind::paid_out:
    case CashMoveKind::expense:
      break;
  }
  return BusinessCase::paid_out;
}

CaseLine business_case_line(const CashMovement& movement) {
  CaseLine line;
  line.business_case = case_of(movement.kind);
  line.text = movement.reason;
  line.gross = movement.amount;
  line.net = fine(movement.amount);  // no tax is on it
  return line;
}

}  // namespace core
