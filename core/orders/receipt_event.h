// What the security device is told about a receipt of this till (requirements, part C). Pure.
#pragma once

#include "core/fiscal/process_data.h"
#include "core/orders/receipt.h"

namespace core {

// Of any receipt that moves money, or puts right how it came: its business cases by their tax
// keys, and what was paid. What a multi-purpose voucher has paid is no payment, but a line of
// its own (DSFinV-K 2.4, Anhang C: MehrzweckgutscheinEinloesung). A cart that was given up,
// and what was only practised, have kinds of their own.
fiscal::ProcessData event_of(const Receipt& receipt);

// Cash that moves without a sale: all of it without tax.
fiscal::ProcessData event_of_cash(Money amount);

}  // namespace core
