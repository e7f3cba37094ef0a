// What a shift is told. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/money.h"
#include "core/shift/cash.h"

namespace core {

// With what lies in the drawer: a sum, or what its coins and notes make.
struct OpenShift {
  Money opening;
  std::vector<CoinCount> coins = {};
};
// Cash in or out without a sale. `amount` is above 0: the kind says which way.
struct MoveCash {
  CashMoveKind kind = CashMoveKind::paid_in;
  Money amount;
  std::string reason;
};
// What was counted so far; nothing: it is not counted after all. It survives a restart,
// and is never replaced by what was expected.
struct CountDrawer {
  std::optional<Money> counted;
  std::vector<CoinCount> coins = {};
  // Not while coin after coin is keyed: the journal is told of a count once, when it is
  // settled, and at the latest by the closing.
  bool is_settled = true;
};
// Ends the shift with the Z report. What was counted before is `CountDrawer`'s.
struct CloseShift {
  Money dropped;     // leaves the drawer; the rest is the next float
  std::string note;  // why there is a difference
};
struct PrintInterimReport {};  // the X report
struct PrintDayReceiptAgain {
  std::int64_t receipt = 0;  // its row: a cash movement, an X or a Z report
};

}  // namespace core
