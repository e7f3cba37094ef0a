#include "core/orders/account.h"

#include <algorithm>

#include "core/orders/pricing.h"

namespace core {

namespace {

// Without goods a refund is a credit; what it gives for goods is their worth.
Money worth_of_goods(const Refund& refund, Currency currency) {
  Money sum{0, currency};
  for (const RefundedLine& line : refund.lines) sum += line.amount;
  return std::min(sum, Money{refund.amount.minor, currency});
}

bool is_untold(const Refund& refund) {
  return refund.upstream_id.empty();
}

Money credited(const Order& order) {
  Money sum{order.credited.minor, order.currency};
  for (const Refund& refund : order.refunds) {
    if (is_untold(refund)) sum += refund.amount - worth_of_goods(refund, order.currency);
  }
  return sum;
}

Money returned_for(const Order& order) {
  Money sum{0, order.currency};
  for (const LineItem& line : order.lines) sum.minor += line.returned_for.minor;
  for (const Refund& refund : order.refunds) {
    if (is_untold(refund)) sum += worth_of_goods(refund, order.currency);
  }
  return sum;
}

}  // namespace

Money Account::now() const {
  return std::max(std::min(total, Money{0, total.currency}), total - returned - credited);
}

Account account_of(const Order& order) {
  Account account;
  for (const LineItem& line : order.lines) {
    account.lines.push_back({line.id, line.upstream_id, line.quantity, line.removed,
                             fulfilled_quantity(order, line), line.announced,
                             returned_quantity(order, line)});
  }
  account.total = price(order).total;
  account.returned = returned_for(order);
  account.credited = credited(order);
  account.authorized = capturable_sum(order);
  account.captured = received_sum(order);
  account.refunded = refunded_sum(order);
  account.owed = owed(order, account.total);
  return account;
}

Money owed(const Order& order, Money total) {
  return total - returned_for(order) - credited(order) - paid_sum(order);
}

Money owed(const Order& order) {
  return owed(order, price(order).total);
}

Money cost_now(const Order& order, Money total) {
  if (order.channel == "till") return total;
  Account account;
  account.total = total;
  account.returned = returned_for(order);
  account.credited = credited(order);
  return account.now();
}

void count_told_refunds(Order& order) {
  for (const Refund& refund : order.refunds) {
    if (is_untold(refund)) continue;
    order.credited += refund.amount - worth_of_goods(refund, order.currency);
    for (const RefundedLine& part : refund.lines) {
      for (LineItem& line : order.lines) {
        if (line.id != part.line) continue;
        line.returned.thousandths += part.quantity.thousandths;
        line.returned_for += part.amount;
      }
    }
  }
}

std::string_view disagreement(const Account& ours, const Account& theirs) {
  if (ours.captured != theirs.captured) return "The platform counts other payments than the till.";
  if (ours.refunded != theirs.refunded) return "The platform counts other refunds than the till.";
  for (const LineAccount& line : theirs.lines) {
    const auto mine = std::find_if(
        ours.lines.begin(), ours.lines.end(),
        [&](const LineAccount& other) { return other.upstream_id == line.upstream_id; });
    if (mine == ours.lines.end() || mine->ordered != line.ordered) {
      return "The platform counts other goods as ordered than the till.";
    }
    if (mine->fulfilled != line.fulfilled) {
      return "The platform counts other goods as sent than the till.";
    }
    if (mine->returned != line.returned) {
      return "The platform counts other goods as returned than the till.";
    }
  }
  if (ours.owed != theirs.owed) return "The platform says that another amount is owed.";
  return "";
}

}  // namespace core
