// What is given back for lines of an order. Pure; no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/orders/order.h"
#include "core/tax/tax.h"

namespace core {

// What is to go back. An amount of 0 is what the customer paid for it.
struct RefundWish {
  std::vector<RefundedLine> lines = {};
  bool with_extras = false;  // shipping, as far as it has not gone back yet
  Money amount = {};         // other than 0: this is the whole
  std::int64_t coin = 1;     // the smallest that is handed out, in minor units; 1: no rounding
  Money to_voucher = {};     // a part of it that goes back in no coins
};

// The smallest amount that is handed out by a tender, where cash has steps of
// `cash_step` minor units.
inline std::int64_t coin_of(Tender tender, std::int64_t cash_step) {
  return tender == Tender::cash && cash_step > 1 ? cash_step : 1;
}

struct RefundPlan {
  std::vector<RefundedLine> lines;  // each with its amount
  Money amount;                     // in all, and what is handed out
  Money rounding;                   // what coins made of it
};

// Everything that has not gone back yet: all lines, and the shipping.
RefundWish all_of(const Order& order, bool restock);

// What can still be given back of the shipping and other extras.
Money refundable_extras(const Order& order);

// Works out what goes back. The parts of a line, refunded one after the other, sum
// to what it cost. Where nothing of the order is left, all that was paid goes back,
// with the rounding of the sale. Cash is rounded to coins, as it is when it is taken,
// but never above what was paid. The error is a text key: more than was bought, or
// more than was paid.
Result<RefundPlan, std::string_view> plan_refund(const Order& order, const RefundWish& wish);

// Whether what was ordered was sold already before this version of the order: all of it was
// paid at some time, or the goods went along. Before that only money for them comes back.
bool were_goods_sold(const Order& order, std::int64_t version);

// Whether a refund that made the order what it is lets off what was owed: the goods went
// along, and all that was paid for them has come back.
bool lets_claim_off(const Order& order);

// What the next `quantity` of a line gives, after what has come back of it and `taken` more.
// The error is a text key.
Result<Money, std::string_view> worth_back(const Order& order, LineId line, Quantity taken,
                                           Quantity quantity);
// What has not gone back yet of a payment by card.
Money card_left(const Order& order, TransactionId card);

// Stands in the note of a refund at a platform, so that it is found again there and
// never taken for somebody else's.
std::string refund_mark(const Refund& refund);

// The tax that the refund takes back, negative: of its lines by their rates, and of the rest by
// the shares of the goods' rates; before these were sold, all of it by those of the order's.
std::vector<TaxLine> refund_taxes(const Order& order, const Refund& refund);

// What the timeline keeps of a refund: how much, how, to whom, who approved, and why.
struct RefundNote {
  Money amount;
  Tender tender = Tender::cash;
  std::string recipient = {};  // the customer, or the card; empty: not known
  std::string approver = {};
  std::string reason = {};
  friend bool operator==(const RefundNote&, const RefundNote&) = default;
};
RefundNote note_on(const Order& order, const Refund& refund, const Payment* payment);
// As one text, "9.90|cash|Jule Harms|Lena|damaged", and back; nothing: it is no such text.
std::string to_text(const RefundNote& note);
std::optional<RefundNote> refund_note_from(std::string_view text, Currency currency);

}  // namespace core
