// What the security device is told about a receipt of this till (requirements, part C). Pure.
#pragma once

#include "core/fiscal/process_data.h"
#include "core/orders/receipt.h"

namespace core {

// Of any receipt that moves money, or puts right how it came: what was taken, by the kind of
// tax that is on it. What is in no tax line bears none: vouchers, tips, cash that moves. What
// a multi-purpose voucher has paid is no payment, but turnover that was there before
// (DSFinV-K 2.4, Anhang C: MehrzweckgutscheinEinloesung).
fiscal::ProcessData event_of(const Receipt& receipt);

// Cash that moves without a sale: all of it without tax.
fiscal::ProcessData event_of_cash(Money amount);

}  // namespace core
