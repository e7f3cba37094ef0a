#include "core/orders/exchange.h"

#include <algorithm>

namespace core {

std::vector<TaxLine> taxes_of_returns(const Order& order) {
  std::vector<TaxLine> taxes;
  for (const ReturnLine& line : order.returns) {
    sum_for(taxes, line.taxed(), order.currency).gross -= line.amount;
  }
  for (TaxLine& line : taxes) {
    line.tax = tax_inside(line.gross, line.rate);
    line.net = line.gross - line.tax;
  }
  return taxes;
}

void add_taxes(std::vector<TaxLine>& taxes, const std::vector<TaxLine>& more) {
  for (const TaxLine& line : more) {
    TaxLine& sum = sum_for(taxes, line.taxed(), line.gross.currency);
    sum.net += line.net;
    sum.tax += line.tax;
    sum.gross += line.gross;
  }
}

Order as_sale(const Order& order) {
  if (!takes_back(order)) return order;
  Order sale = order;
  sale.returns.clear();
  std::erase_if(sale.payments, [&](const Payment& payment) {
    const bool is_payout = payment.kind == TransactionKind::payout;
    const bool takes_one_back =
        std::any_of(order.payments.begin(), order.payments.end(), [&](const Payment& other) {
          return other.kind == TransactionKind::payout && other.id == payment.original;
        });
    return is_payout || takes_one_back;
  });
  const Money exchanged = returned_worth(order) - paid_out_sum(order);
  if (exchanged.minor <= 0) return sale;
  Payment payment;
  // The line's own id: the same however often it is told.
  payment.id = {order.returns.front().id.uuid};
  payment.tender = Tender::other;
  payment.amount = payment.given = exchanged;
  payment.label = exchange_label;
  payment.reference = order.returns.front().order_number;
  payment.at = order.placed;
  payment.version = 1;
  sale.payments.insert(sale.payments.begin(), std::move(payment));
  return sale;
}

}  // namespace core
