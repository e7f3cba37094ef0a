// What a refund at the counter is made of, however the money goes back: cash
// leaves the drawer at once, a card through the terminal, which may take its time.
#pragma once

#include "core/commands.h"
#include "core/commands/settle_vouchers.h"
#include "core/orders/step.h"
#include "core/till/till.h"

namespace core {

// Books the refund that `step` is, with its numbered receipt, slip and mail, and what of it
// goes onto vouchers. Inside the caller's transaction; the effects are for after its commit.
struct BookedRefund {
  Effects effects;
  std::vector<ReceiptVoucher> vouchers;  // that it filled or emptied
};
BookedRefund book_counter_refund(Till& till, Work& work, Order& order, Step step,
                                 std::vector<VoucherReturn> returns = {});

// The numbered receipt of money alone, which came of no refund of the order.
Receipt write_money_receipt(Till& till, Work& work, const Order& order, Effects& effects);

// After its commit: the refund that was booked last is what the screen tells of.
void keep_refund(Till& till, const Order& order, std::vector<ReceiptVoucher> vouchers);

// Tells a platform that money of its order was given back at the counter.
void queue_counter_refund(Till& till, const Order& order);

// Asks the terminal to give money back. `refund` (its goods, its reason) is kept
// as intended under the attempt's id until the terminal has answered.
Handled ask_card_refund(Till& till, const RefundToCard& command, std::optional<Refund> refund);

// The terminal has given the money back: the order knows it, in the caller's
// transaction, which this commits.
Handled book_card_refund(Till& till, Work& work, const CardAttempt& attempt,
                         const CardResult& result);

// An attempt that is not cleared up keeps the terminal from taking another.
std::optional<Refusal> terminal_is_latched(const Till& till);

}  // namespace core
