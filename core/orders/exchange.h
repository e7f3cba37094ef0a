// A sale in which goods come back: what is sold has its price as ever, and what comes back
// pays for it. What is left is due, or is handed out. Pure; no thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/orders/order.h"
#include "core/tax/tax.h"

namespace core {

inline bool takes_back(const Order& order) {
  return !order.returns.empty();
}

// Neither sold nor taken back.
inline bool is_empty(const Order& order) {
  return order.lines.empty() && order.returns.empty();
}

// The label of the payment, of another tender, that goods paid in exchange for others.
inline constexpr std::string_view exchange_label = "exchange";

// The tax of what came back, negative, by its rates, the highest first.
std::vector<TaxLine> taxes_of_returns(const Order& order);
// Adds sums to the sums of their rates.
void add_taxes(std::vector<TaxLine>& taxes, const std::vector<TaxLine>& more);

// The sale alone, as a platform is told of it: what came back in exchange is a payment that
// names where it came from. The refunds of the orders that had sold it are told with these.
Order as_sale(const Order& order);

}  // namespace core
