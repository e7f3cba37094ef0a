// One account of an order: of each line what was ordered, taken out, sent and sent
// back; of the money what is held, taken, given back and owed. Events of both sides
// are in the order; whoever asks what is owed or open asks here. Pure; no thread.
//
// A platform tells whole versions: how much of each line came back, what was
// credited. A refund that it has a name for is in these already; one without a name
// counts by itself, so that nothing is missing before it is told and nothing
// counts twice after.
#pragma once

#include <string_view>
#include <vector>

#include "core/orders/order.h"

namespace core {

struct LineAccount {
  LineId line;
  std::string upstream_id;
  Quantity ordered{0};    // and not taken out
  Quantity removed{0};    // taken out by an edit
  Quantity fulfilled{0};  // left, in parcels that stand
  Quantity announced{0};  // on its way back
  Quantity returned{0};   // came back after it had left
  friend bool operator==(const LineAccount&, const LineAccount&) = default;
};

struct Account {
  std::vector<LineAccount> lines;  // as the order's
  Money total;                     // of what is ordered
  Money returned;                  // its worth that came back
  Money credited;                  // let off without goods
  Money authorized;                // held, neither taken nor released
  Money captured;                  // received in any way
  Money refunded;
  Money owed;  // by the customer; below 0: to the customer
  // What the order costs now: what is ordered, less what came back and was let off. That
  // is never more than it cost, however often it was given back.
  Money now() const;
  friend bool operator==(const Account&, const Account&) = default;
};

Account account_of(const Order& order);

// What the customer owes for an order whose price is `total`; below 0: what is owed
// to the customer. Money that is only authorized is owed still.
Money owed(const Order& order, Money total);
Money owed(const Order& order);

// What the order is listed with: a platform's costs less once goods came back, a sale was
// sold for what it was. `total`: its price.
Money cost_now(const Order& order, Money total);

// For a platform that tells of what came back by its refunds only: what they gave for
// goods, and without.
void count_told_refunds(Order& order);

// Where two accounts of one order differ, as a text key; empty: they do not. Lines
// are compared by the platform's names.
std::string_view disagreement(const Account& ours, const Account& theirs);

}  // namespace core
