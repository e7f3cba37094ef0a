#include "core/orders/pricing.h"

#include <algorithm>

#include "core/base/ensure.h"

namespace core {

namespace {

// The sums of each rate become net, tax and gross. Added tax comes on top.
void work_out(std::vector<TaxLine>& taxes, TaxMode mode) {
  for (TaxLine& line : taxes) {
    const Money sum = line.gross;
    line.tax = mode == TaxMode::included ? tax_inside(sum, line.rate) : share_of(sum, line.rate);
    line.net = mode == TaxMode::included ? sum - line.tax : sum;
    line.gross = line.net + line.tax;
  }
}

}  // namespace

Money discount_of(Money base, const Discount& discount) {
  if (base.minor <= 0) return {0, base.currency};
  const Money wanted = discount.kind == DiscountKind::percent
                           ? share_of(base, Rate{discount.value})
                           : Money{discount.value, base.currency};
  return {std::clamp<std::int64_t>(wanted.minor, 0, base.minor), base.currency};
}

Money cash_rounding(Money due, std::int64_t step_minor) {
  return round_to_step(due, step_minor) - due;
}

Totals price(const Order& order) {
  const Money zero{0, order.currency};
  Totals totals{{}, zero, zero, zero, zero, {}, zero, order.cash_rounding, zero};
  std::vector<std::int64_t> weights;
  Money base = zero;
  for (const LineItem& line : order.lines) {
    LineTotal total{price_of(line.unit_price, line.quantity), zero, zero};
    if (line.discount) total.line_discount = discount_of(total.gross, *line.discount);
    totals.subtotal += total.gross;
    totals.line_discounts += total.line_discount;
    const Money weight = keeps_its_price(line) ? zero : total.net_of_line_discount();
    base += weight;
    weights.push_back(std::max<std::int64_t>(0, weight.minor));
    totals.lines.push_back(total);
  }
  if (order.discount && base.minor > 0) {
    totals.order_discount = discount_of(base, *order.discount);
    const auto shares = split_by_weight(totals.order_discount.minor, weights);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      totals.lines[i].order_discount = {shares[i], order.currency};
    }
  }
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    if (is_taken_out(order.lines[i])) continue;
    sum_for(totals.taxes, order.lines[i].taxed(), order.currency).gross += totals.lines[i].final();
  }
  for (const ExtraCharge& extra : order.extras) {
    totals.extras += extra.amount;
    sum_for(totals.taxes, extra.taxed(), order.currency).gross += extra.amount;
  }
  work_out(totals.taxes, order.tax_mode);
  for (const TaxLine& line : totals.taxes) {
    totals.tax += line.tax;
    totals.total += line.gross;
  }
  totals.total += totals.rounding;
  return totals;
}

Money discountable(const Order& order, const Totals& totals) {
  Money sum = totals.subtotal - totals.line_discounts;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    if (keeps_its_price(order.lines[i])) sum -= totals.lines[i].net_of_line_discount();
  }
  return sum;
}

bool is_owed_for(const LineItem& line) {
  return sells_voucher(line) && line.tax_code == not_taxable;
}

Money turnover(const Order& order, const Totals& totals) {
  Money sum = totals.total - totals.rounding;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    if (is_owed_for(order.lines[i])) sum -= totals.lines[i].final();
  }
  return sum;
}

void ensure_conserved(const Order& order, const Totals& totals) {
  Money shares{0, order.currency};
  for (const LineTotal& line : totals.lines) shares += line.order_discount;
  ENSURE(shares == totals.order_discount);
  const Money added = order.tax_mode == TaxMode::added ? totals.tax : Money{0, order.currency};
  ENSURE(totals.subtotal - totals.line_discounts - totals.order_discount + totals.extras + added +
             totals.rounding ==
         totals.total);
  Money tax{0, order.currency};
  for (const TaxLine& line : totals.taxes) tax += line.tax;
  ENSURE(tax == totals.tax);
}

}  // namespace core
