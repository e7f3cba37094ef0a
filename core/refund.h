// What is given back for lines of an order. Pure; no thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/order.h"
#include "core/tax.h"

namespace core {

struct RefundPlan {
  std::vector<RefundedLine> lines;  // each with its amount
  Money amount;                     // in all
};

// Works out what the customer paid for the lines (an amount of 0), or takes the
// amounts as given; `amount` other than 0 is the whole, for example with shipping.
// The parts of a line, refunded one after the other, sum to what it cost. The
// error is a text key: more than was bought, or more than was paid.
Result<RefundPlan, std::string_view> plan_refund(const Order& order,
                                                 const std::vector<RefundedLine>& lines,
                                                 Money amount);

// Stands in the note of a refund at a platform, so that it is found again there and
// never taken for somebody else's.
std::string refund_mark(const Refund& refund);

// The tax that the refund takes back, negative: of its lines by their rates, and
// of the rest by the shares of the order's rates.
std::vector<TaxLine> refund_taxes(const Order& order, const Refund& refund);

}  // namespace core
