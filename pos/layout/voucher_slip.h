// The vouchers that a receipt has issued, a slip for each, cut apart: number, code, amount
// and how long it is good. Pure.
#pragma once

#include "core/orders/receipt.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

drivers::Document voucher_slips(const core::Receipt& receipt, core::SlipForm form,
                                const Words& words);

}  // namespace pos
