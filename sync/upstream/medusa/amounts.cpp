#include "sync/upstream/medusa/amounts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/orders/pricing.h"
#include "sync/upstream/medusa/state.h"

namespace syncing::medusa {

namespace {

bool holds_tax(const Json& priced) {
  return flag_at(priced, "is_tax_inclusive");
}

core::Money with_tax(core::Money net, core::Rate rate) {
  return net + core::share_of(net, rate);
}

// The unit price with its tax, up to the next cent, and as its discount what that is too
// much for all pieces.
void put_tax_on(core::LineItem& line, core::Money discount) {
  const core::Money net = line.unit_price;
  const core::Money gross = with_tax(core::price_of(net, line.quantity), line.tax_rate) - discount;
  line.unit_price = with_tax(net, line.tax_rate);
  while (core::price_of(line.unit_price, line.quantity) < gross) ++line.unit_price.minor;
  discount = core::price_of(line.unit_price, line.quantity) - gross;
  if (discount.minor > 0)
    line.discount = core::Discount{core::DiscountKind::amount, discount.minor, ""};
}

// Without the tax of `rate` that is in it.
core::Money without_tax(core::Money gross, core::Rate rate) {
  return gross - core::tax_inside(gross, rate);
}

// That of all that was ordered: Medusa tells the discount of what did not come back, and
// the worth of what did.
core::Money whole_discount(const core::LineItem& line, const LineState& there, core::Money told,
                           core::Money in_full, bool net) {
  const std::int64_t kept = there.quantity - there.returned;
  if (there.returned <= 0 || told.minor < 0) return told;
  if (kept > 0) {
    return {core::scale_rounded(told.minor, there.quantity, kept), told.currency};
  }
  return in_full - (net ? without_tax(there.returned_for, line.tax_rate) : there.returned_for);
}

}  // namespace

core::TaxMode tax_mode_of(const Json& order) {
  const Json& items = list_at(order, "items");
  const Json& methods = list_at(order, "shipping_methods");
  const bool any = std::any_of(items.begin(), items.end(), holds_tax) ||
                   std::any_of(methods.begin(), methods.end(), holds_tax);
  const bool none = items.empty() && methods.empty();
  return any || none ? core::TaxMode::included : core::TaxMode::added;
}

core::Rate rate_of(const Json& tax_lines) {
  std::int64_t thousandths = 0;  // of a basis point
  for (const Json& tax : tax_lines) {
    const Json& rate = at(tax, "rate");
    // A percentage with up to two decimals is a number of basis points.
    thousandths += rate.is_number() ? std::llround(rate.get<double>() * 100'000)
                                    : rounded_money(rate, core::eur).minor * 1000;
  }
  return {thousandths / 1000, thousandths % 1000};
}

void set_amounts(core::LineItem& line, const Json& item, core::TaxMode mode,
                 core::Currency currency) {
  line.unit_price = rounded_money(at(item, "unit_price"), currency);
  line.tax_rate = rate_of(list_at(item, "tax_lines"));
  const bool mixed = mode == core::TaxMode::included && !holds_tax(item);
  const bool net = mode == core::TaxMode::added;
  const core::Money listed = core::price_of(line.unit_price, line.quantity);
  const core::Money discount = whole_discount(
      line, line_state(item, currency),
      rounded_money(at(item, net ? "discount_subtotal" : "discount_total"), currency),
      mixed ? with_tax(listed, line.tax_rate) : listed, net);
  if (mixed) {
    put_tax_on(line, std::max(discount, core::Money{0, currency}));
  } else if (discount.minor > 0) {
    line.discount = core::Discount{core::DiscountKind::amount, discount.minor, ""};
  }
}

core::ExtraCharge shipping_charge(const Json& method, core::TaxMode mode, core::Currency currency) {
  const core::Rate rate = rate_of(list_at(method, "tax_lines"));
  const bool net = mode == core::TaxMode::added;
  const Json& sum = at(method, net ? "subtotal" : "total");
  core::Money amount = rounded_money(sum.is_null() ? at(method, "amount") : sum, currency);
  if (net) amount = amount - rounded_money(at(method, "discount_subtotal"), currency);
  return {text_at(method, "name"), amount, rate, {}};
}

void meet_total(core::Order& order, core::Money theirs) {
  const core::Money difference = theirs - core::price(order).total;
  if (difference.is_zero()) return;
  const auto amounts = static_cast<std::int64_t>(order.lines.size() + order.extras.size() + 1);
  if (std::abs(difference.minor) > amounts) {
    order.attention = "Its prices do not add up.";
  } else {
    order.extras.push_back({"Difference to Medusa's total", difference, {}});
  }
}

}  // namespace syncing::medusa
