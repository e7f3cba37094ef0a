// What an order costs: pure arithmetic over its lines. The conservation laws
// (lines - discounts + added tax + rounding = total; tax lines sum to the tax)
// hold for every order and are checked wherever one completes.
#pragma once

#include <vector>

#include "core/orders/order.h"

namespace core {

struct LineTotal {
  Money gross;           // unit price x quantity
  Money line_discount;   // >= 0
  Money order_discount;  // its share of the order's discount, >= 0
  Money net_of_line_discount() const { return gross - line_discount; }
  Money final() const { return gross - line_discount - order_discount; }
  friend bool operator==(const LineTotal&, const LineTotal&) = default;
};

struct Totals {
  std::vector<LineTotal> lines;  // one for each line, in order
  Money subtotal;                // sum of gross
  Money line_discounts;
  Money order_discount;
  Money extras;                // shipping
  std::vector<TaxLine> taxes;  // by rate and key, the highest rate first; only what occurs
  Money tax;                   // sum of the tax lines
  Money rounding;              // cash rounding, its own amount
  Money total;                 // what the customer owes
  friend bool operator==(const Totals&, const Totals&) = default;
};

Totals price(const Order& order);

// What a discount on the whole order is taken from: vouchers cost what they are worth.
Money discountable(const Order& order, const Totals& totals);

// A voucher that is taxed when it is redeemed: owed for, and nothing sold.
bool is_owed_for(const LineItem& line);

// What was sold of goods and services, tax included: vouchers that are taxed when they are
// redeemed are owed for, and coins are nothing sold.
Money turnover(const Order& order, const Totals& totals);

// The rounding that paying `due` in cash brings: 12.32 at a step of 5 is -0.02.
Money cash_rounding(Money due, std::int64_t step_minor);

// The discount of `base`, never more than it and never negative.
Money discount_of(Money base, const Discount& discount);

// Aborts if the arithmetic of a completed order does not hold (design, invariant 3).
void ensure_conserved(const Order& order, const Totals& totals);

}  // namespace core
