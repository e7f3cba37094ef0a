// What sales and refunds do to vouchers: what an order sold is issued once it is paid, what
// it held is taken, and what came back goes back. All inside the caller's transaction.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/orders/refund.h"
#include "core/till/till.h"
#include "core/vouchers/voucher.h"

namespace core {

// A number that no voucher has, nor any article.
std::string new_voucher_number(Till& till);

// Whether the till knows a voucher of this number, or it is made as ours are.
bool is_voucher_of_ours(Till& till, std::string_view number);
// Why paper that no till knows cannot be taken as a voucher; nothing: it can.
std::optional<Refusal> cannot_take_paper(Till& till, std::string_view number, Money amount);

// Takes a payment back before its order is placed: what it held on a voucher is free again.
void give_back_tender(Till& till, Work& work, Order& order, TransactionId payment);

// Of what was paid by vouchers that were taxed when they were sold nothing is taxed again:
// what the order's payments were of each rate.
struct TaxedBefore {
  Taxed taxed;
  Money now;  // by those of this version of the order
  Money all;
};
std::vector<TaxedBefore> taxed_before(Till& till, const Order& order);
void leave_out(std::vector<TaxLine>& taxes, Taxed taxed, Money gross);

// After the receipt of a sale was written. It learns what it did.
void settle_vouchers(Till& till, Work& work, Receipt& receipt, bool completes);
// The slips of the vouchers that it issued; nothing where there are none, or no printer.
std::optional<PrintSlip> voucher_slips(Till& till, const Receipt& receipt);

// What a refund puts onto a voucher: the payment, and the voucher (row 0: a new one).
struct VoucherReturn {
  Payment payment;
  Voucher voucher;
  VoucherEvent event = VoucherEvent::refunded;
};
// What was taxed when the voucher was sold is on it again, and stays taxed.
void leave_out(std::vector<TaxLine>& taxes, const VoucherReturn& back);
// `to_voucher` goes back onto those that paid, or onto new ones where these are not good
// any more; `as_credit` becomes a store credit.
std::vector<VoucherReturn> returns_to_vouchers(Till& till, const Order& order, Money to_voucher,
                                               Money as_credit);
// Why the vouchers among these goods cannot be given back, or why so much money cannot while
// vouchers are out that it was paid for; nothing: it can.
std::optional<Refusal> cannot_return_vouchers(Till& till, const Order& order,
                                              const RefundPlan& plan);
// What was handed out onto vouchers, for `lines` that came back. The receipt learns it.
void fill_vouchers(Till& till, Work& work, Receipt& receipt, std::vector<VoucherReturn> returns,
                   const std::vector<ReturnLine>& lines);
// After the receipt of a refund was written.
void settle_returns(Till& till, Work& work, Receipt& receipt, std::vector<VoucherReturn> returns);

}  // namespace core
