// Vouchers: sold, topped up and redeemed with the order in hand; blocked and paid out by
// themselves. Plain values.
#pragma once

#include <string>

#include "core/base/money.h"

namespace core {

struct SellVoucher {
  Money amount;
  std::string number = {};    // of a card that is printed already; empty: one is made
  std::string tax_code = {};  // of a single-purpose one; empty: for goods of any rate
  std::string title = {};     // of the line, in the seller's words
};                            // onto the open cart; it is good once that is paid
struct TopUpVoucher {
  std::string number;
  Money amount;
  std::string title = {};
};  // the same of one that is there
struct TakeVoucher {
  std::string number;
  Money amount = {};  // 0: what is due of what may be paid with it, or all that is on it
};
struct BlockVoucher {
  std::string number, reason;
};
struct UnblockVoucher {
  std::string number, reason;
};
struct PayOutVoucher {
  std::string number, reason;
};  // all that is left on it, in cash

}  // namespace core
