#include "core/vouchers/voucher.h"

#include <algorithm>
#include <array>

#include "core/orders/account.h"

namespace core {

std::string_view word(VoucherKind kind) {
  static constexpr std::array<std::string_view, stored_count<VoucherKind>> words{
      "multi_purpose", "single_purpose", "store_credit"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(VoucherEvent event) {
  static constexpr std::array<std::string_view, stored_count<VoucherEvent>> words{
      "issued",  "redeemed",  "topped up",        "refunded",  "paid out",
      "blocked", "unblocked", "accepted expired", "taken back"};
  return words[static_cast<std::size_t>(event)];
}

Instant voucher_expiry(Instant sold, std::string_view rule, std::string_view zone) {
  if (rule != "german_three_years") return {};
  const std::chrono::year first_bad(local_time(sold, zone).year + 4);
  return instant_at(std::chrono::sys_days(first_bad / 1 / 1), 0, zone);
}

namespace {

// What is to be paid for goods: of all rates, or of one.
Money goods_in(const Order& order, const Totals& totals, std::optional<Taxed> taxed) {
  Money sum{0, order.currency};
  for (const TaxLine& tax : totals.taxes) {
    if (!taxed || tax.taxed() == *taxed) sum += tax.gross;
  }
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const LineItem& line = order.lines[i];
    if (sells_voucher(line) && (!taxed || line.taxed() == *taxed)) sum -= totals.lines[i].final();
  }
  return sum;
}

Money paid_by_vouchers(const Order& order) {
  Money sum{0, order.currency};
  for (const Payment& payment : order.payments) {
    if (payment.tender != Tender::gift_card || !stands(order, payment)) continue;
    if (payment.kind == TransactionKind::sale) sum += payment.amount;
    if (payment.kind == TransactionKind::refund) sum -= payment.amount;
  }
  return sum;
}

}  // namespace

Money redeemable(const Order& order, const Totals& totals, const Voucher& voucher,
                 Money by_its_rate) {
  Money most =
      std::min(owed(order, totals.total), goods_in(order, totals, {}) - paid_by_vouchers(order));
  if (voucher.kind == VoucherKind::single_purpose) {
    most = std::min(most, goods_in(order, totals, voucher.taxed()) - by_its_rate);
  }
  return std::max(Money{0, order.currency}, most);
}

std::vector<VoucherPart> voucher_parts(const Order& order) {
  std::vector<VoucherPart> parts;
  for (const Payment& payment : order.payments) {
    // What was taken of paper that no till knows has no number to go back to.
    const bool is_known = payment.tender == Tender::gift_card && !payment.reference.empty();
    if (order.channel != "till" || payment.kind != TransactionKind::sale || !is_known) continue;
    if (!stands(order, payment)) continue;
    Money left = payment.amount;
    for (const Payment& back : order.payments) {
      const bool is_of_it = back.kind == TransactionKind::refund && back.original == payment.id;
      if (is_of_it && stands(order, back)) left -= back.amount;
    }
    if (left.minor > 0) parts.push_back({payment.id, left});
  }
  return parts;
}

Money voucher_part(const Order& order) {
  Money sum{0, order.currency};
  for (const VoucherPart& part : voucher_parts(order)) sum += part.left;
  return sum;
}

// Money is handed out of what is free first, so what is left is bound as far as anything was.
Money bound_part(const Order& order) {
  const Money zero{0, order.currency};
  Money sum = zero;
  for (const ReturnLine& line : order.returns) sum.minor += line.bound.minor;
  for (const Payment& payment : order.payments) {
    const bool is_voucher =
        payment.kind == TransactionKind::payout && payment.tender == Tender::gift_card;
    if (is_voucher && stands(order, payment)) sum -= payment.amount;
  }
  return std::max(zero, std::min(sum, refundable_sum(order) - voucher_part(order)));
}

Money only_by_voucher(const Order& order) {
  return voucher_part(order) + bound_part(order);
}

}  // namespace core
