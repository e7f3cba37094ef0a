// A voucher: a number, what is on it, and all that has happened to it. Redeeming one is
// a tender that is checked; what is on it is the sum of its history, which is only ever
// added to. Plain values and pure rules; no thread.
//
// A voucher for goods of any rate (multi-purpose) is sold without tax, which the goods
// bear that it buys; one for goods of one rate (single-purpose) is taxed when it is
// sold, and what it pays is not taxed again (UStG section 3(13) to (15)).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/stored.h"
#include "core/orders/order.h"
#include "core/orders/pricing.h"
#include "core/vouchers/voucher_number.h"

namespace core {

enum class VoucherKind { multi_purpose, single_purpose, store_credit };
template <>
inline constexpr int stored_count<VoucherKind> = 1 + static_cast<int>(VoucherKind::store_credit);
std::string_view word(VoucherKind kind);  // "multi_purpose"

enum class VoucherEvent {
  issued,
  redeemed,
  topped_up,
  refunded,  // goods that it had paid came back
  paid_out,  // in cash
  blocked,
  unblocked,
  accepted_expired,
  taken_back,  // whoever bought it gave it back
};
template <>
inline constexpr int stored_count<VoucherEvent> = 1 + static_cast<int>(VoucherEvent::taken_back);
std::string_view word(VoucherEvent event);  // "topped up"

struct VoucherEntry {
  VoucherEvent event = VoucherEvent::issued;
  Money amount;  // below 0: less on it
  Instant at;
  std::string actor, approver, reason;
  std::string order_number, receipt_code;  // empty: of none
  friend bool operator==(const VoucherEntry&, const VoucherEntry&) = default;
};

struct Voucher {
  std::int64_t row = 0;  // in the store; 0: not stored
  std::string number;
  VoucherKind kind = VoucherKind::multi_purpose;
  std::string tax_code;  // of a single-purpose one
  Rate tax_rate;
  TaxKey tax_key = {};
  std::string holder;  // of a store credit
  Money value;         // at first
  Money balance;
  Money held;  // of it, by orders that are not paid yet
  bool is_blocked = false;
  Instant sold;
  Instant expires;  // no longer good from then on; 0: never
  OrderId order;    // that sold it, or that it was given back for; nil: none
  std::int64_t receipt_row = 0;
  std::vector<std::string> holders = {};   // numbers of the orders that hold a part of it
  std::vector<VoucherEntry> history = {};  // oldest first
  Money available() const { return balance - held; }
  Taxed taxed() const { return {tax_rate, tax_key}; }
  friend bool operator==(const Voucher&, const Voucher&) = default;
};

inline bool has_expired(const Voucher& voucher, Instant now) {
  return voucher.expires != Instant{} && now >= voucher.expires;
}

// The first instant at which a voucher that is sold now is no longer good by the rule of
// `vouchers.expiry`; 0: it stays good.
Instant voucher_expiry(Instant sold, std::string_view rule, std::string_view zone);

// What of an order a voucher may still pay: the goods, for no voucher buys a voucher; by
// one that was taxed when it was sold only goods taxed as it. `by_its_rate`: what such
// vouchers of its rate have paid of the order already.
Money redeemable(const Order& order, const Totals& totals, const Voucher& voucher,
                 Money by_its_rate);

// What was paid by vouchers that a till knows and has not gone back yet, payment by payment.
struct VoucherPart {
  TransactionId payment;
  Money left;
};
std::vector<VoucherPart> voucher_parts(const Order& order);
Money voucher_part(const Order& order);  // in all
// What goods paid that came back, of which a voucher had paid: it is no money either.
Money bound_part(const Order& order);
// Both: of what can be given back, what leaves as a voucher only.
Money only_by_voucher(const Order& order);

// What has happened to all vouchers in a stretch of time, for reports.
struct VoucherSums {
  Money issued;         // sold, for money or as a gift
  Money credit_issued;  // store credit, for goods that came back
  Money topped_up, redeemed, refunded, paid_out, taken_back;  // each as it moved the balances
  Money moved() const {
    return issued + credit_issued + topped_up + redeemed + refunded + paid_out + taken_back;
  }
  friend bool operator==(const VoucherSums&, const VoucherSums&) = default;
};

}  // namespace core
