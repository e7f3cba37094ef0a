#include "core/refund.h"

#include <algorithm>

#include "core/pricing.h"
#include "core/receipt.h"

namespace core {

namespace {

const LineItem* find_line(const Order& order, LineId id) {
  const auto at = std::find_if(order.lines.begin(), order.lines.end(),
                               [&](const LineItem& line) { return line.id == id; });
  return at == order.lines.end() ? nullptr : &*at;
}

// What the line cost in all, tax included.
Money cost(const Order& order, const Totals& totals, const LineItem& line) {
  const auto at = static_cast<std::size_t>(&line - order.lines.data());
  const Money sum = totals.lines[at].final();
  return order.tax_mode == TaxMode::added ? sum + share_of(sum, line.tax_rate) : sum;
}

// The share of the next `quantity`, so that all shares sum to the whole.
Money share(const Order& order, const Totals& totals, const LineItem& line, Quantity quantity) {
  const Money whole = cost(order, totals, line);
  const std::int64_t all = line.quantity.thousandths;
  const std::int64_t before = all - refundable_quantity(order, line).thousandths;
  const std::int64_t after = before + quantity.thousandths;
  return {scale_rounded(whole.minor, after, all) - scale_rounded(whole.minor, before, all),
          order.currency};
}

}  // namespace

Result<RefundPlan, std::string_view> plan_refund(const Order& order,
                                                 const std::vector<RefundedLine>& lines,
                                                 Money amount) {
  const Totals totals = price(order);
  RefundPlan plan{{}, {0, order.currency}};
  for (const RefundedLine& wanted : lines) {
    const LineItem* line = find_line(order, wanted.line);
    const bool twice = std::any_of(plan.lines.begin(), plan.lines.end(),
                                   [&](const auto& other) { return other.line == wanted.line; });
    if (!line || twice || wanted.quantity.thousandths <= 0 || wanted.amount.minor < 0) {
      return tl::unexpected(std::string_view("This quantity is not possible."));
    }
    if (wanted.quantity.thousandths > refundable_quantity(order, *line).thousandths) {
      return tl::unexpected(std::string_view("This is more than was bought."));
    }
    RefundedLine planned = wanted;
    const Money whole = share(order, totals, *line, wanted.quantity);
    planned.amount = {wanted.amount.minor > 0 ? wanted.amount.minor : whole.minor, order.currency};
    if (planned.amount > whole)
      return tl::unexpected(std::string_view("This is more than was paid for it."));
    plan.amount += planned.amount;
    plan.lines.push_back(planned);
  }
  if (amount.minor > 0) plan.amount.minor = amount.minor;
  if (amount.minor < 0 || (plan.lines.empty() && plan.amount.minor <= 0)) {
    return tl::unexpected(std::string_view("This amount is not possible."));
  }
  if (plan.amount > paid_sum(order))
    return tl::unexpected(std::string_view("This is more than was paid."));
  return plan;
}

std::string refund_mark(const Refund& refund) {
  return "#" + to_text(refund.id).substr(24);
}

std::vector<TaxLine> refund_taxes(const Order& order, const Refund& refund) {
  Money rest = refund.amount;
  std::vector<TaxLine> taxes;
  const auto add = [&](Rate rate, Money gross) {
    const auto at = std::find_if(taxes.begin(), taxes.end(),
                                 [&](const TaxLine& line) { return line.rate == rate; });
    const Money zero{0, order.currency};
    TaxLine& line = at != taxes.end() ? *at : taxes.emplace_back(TaxLine{rate, zero, zero, zero});
    line.gross -= gross;
  };
  for (const RefundedLine& part : refund.lines) {
    const LineItem* line = find_line(order, part.line);
    if (!line || rest < part.amount) continue;
    add(line->tax_rate, part.amount);
    rest -= part.amount;
  }
  if (rest.minor > 0) {
    for (const TaxLine& line : taxes_of_part(price(order), rest, {}, false)) {
      add(line.rate, line.gross);
    }
  }
  std::sort(taxes.begin(), taxes.end(),
            [](const TaxLine& a, const TaxLine& b) { return b.rate < a.rate; });
  for (TaxLine& line : taxes) {
    line.tax = tax_inside(line.gross, line.rate);
    line.net = line.gross - line.tax;
  }
  return taxes;
}

}  // namespace core
