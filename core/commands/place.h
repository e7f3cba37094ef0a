// An order that is paid, or left partly paid: what every tender leads to.
#pragma once

#include <vector>

#include "core/commands/settle_vouchers.h"
#include "core/till/till.h"

namespace core {

// Places the order (or goes on with a placed one) with what was paid since:
// receipt, journal, outbox, print job, mail. Inside a transaction; `order`
// becomes the new version. The effects are for after the commit. `returns`: what was handed
// out for goods that came back, onto vouchers.
struct Placed {
  Order order;
  LastSale last;
  Effects effects;
};
Placed place(Till& till, Work& work, Order order, std::vector<VoucherReturn> returns = {});
// The same in training: its receipt, and nothing else.
Placed place_in_training(Till& till, Work& work, Order order);
// After its commit: the order is out of hand, and is the last sale.
void keep_placed(Till& till, Placed& placed);

// Takes a payment that has been received toward the order in hand, in the
// caller's transaction and commits it; places the order when that completes it.
// `rounding` is what paying in cash adds to the total.
Handled take_payment(Till& till, Work& work, Payment payment, Money rounding);

}  // namespace core
