// What the open cart takes back: whether it still may, and what becomes of it once the
// cart is paid.
#pragma once

#include <optional>

#include "core/cards/card_attempt.h"
#include "core/commands.h"
#include "core/commands/settle_vouchers.h"
#include "core/till/till.h"

namespace core {

// Why what comes back cannot be paid for any more: it came back elsewhere, or a name is
// missing. Nothing: it can.
std::optional<Refusal> cannot_take_back(Till& till, const Order& cart);

// Notes on each line what of it must not become money by way of other goods. Inside the
// transaction that pays the cart, before it is placed.
void bind_returns(Till& till, Order& sale);

// The cart is paid: what it took back is booked with the orders that had sold it, and goes
// to its shelf. Inside the caller's transaction.
void book_returns(Till& till, Work& work, const Order& sale);

// The terminal has given back what the cart in hand owed; commits.
Handled book_card_payout(Till& till, Work& work, const CardAttempt& attempt,
                         const CardResult& result);

}  // namespace core
