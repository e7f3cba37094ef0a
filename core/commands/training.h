// The training mode: the same screens and rules, and nothing of it counts. A training
// sale has a receipt in the one count and in the journal; it moves no stock, drawer,
// voucher, outbox, mail or sum, and no card terminal hears of it.
#pragma once

#include "core/commands.h"
#include "core/till/till.h"

namespace core {

// Carries the command out as practice, or as always where it has nothing to do with
// sales (a sign-in, an answer from outside). What would book something is refused.
Handled handle_in_training(Till& till, const Command& command);

// Why a cart or a payment is in the way of beginning or ending; nothing: none is.
std::optional<Refusal> is_in_the_middle(const Till& till);

// The numbered receipt of a training order as it stands (`order.version` counts its
// receipts) with its slip. Inside a transaction.
Receipt write_training_receipt(Till& till, Work& work, const Order& order, Effects& effects);

// Goods and money back for a training sale: a receipt of its own, as for the sale.
Handled refund_in_training(Till& till, const RefundOrder& command);

}  // namespace core
