// What a line of a receipt is in business: goods, a voucher, a down payment ... Closings
// and the exports of a fiscal authority sum by it (DSFinV-K 2.4, annex C: GV_TYP).
#pragma once

#include <string_view>

#include "core/base/stored.h"

namespace core {

enum class BusinessCase {
  goods,         // and services
  deposit,       // on a bottle or a crate, sold with what is in it
  deposit_back,  // given back for one
  discount,      // off the goods, with their tax
  extra_charge,  // shipping
  tip_staff,     // theirs: no tax
  tip_house,     // the shop's own: taxed
  // Vouchers for goods of any rate are taxed with what they buy, those for goods of one rate
  // when they are sold.
  voucher_sold,
  voucher_redeemed,
  taxed_voucher_sold,
  taxed_voucher_redeemed,
  down_payment,           // on goods that stay
  down_payment_released,  // when they go
  receivable,             // what is owed for goods that went along
  receivable_released,    // when it is paid, or let off
  rounding,               // of cash, in no tax
  // Of cash that moves without a sale.
  opening_float,
  money_transit,  // to and from safe and bank
  paid_in,
  paid_out,
  wages,
  owner_in,
  owner_out,
  count_difference,
};
template <>
inline constexpr int stored_count<BusinessCase> = 1 +
                                                  static_cast<int>(BusinessCase::count_difference);
std::string_view word(BusinessCase business_case);  // "down payment released"

}  // namespace core
