#include "core/orders/receipt.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/orders/account.h"
#include "core/orders/exchange.h"
#include "core/orders/refund.h"

namespace core {

std::string_view word(ReceiptKind kind) {
  static constexpr std::array<std::string_view, stored_count<ReceiptKind>> words{
      "sale",     "deposit",    "balance",  "refund",  "cash movement", "X report",
      "Z report", "correction", "training", "aborted", "exchange"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(SlipForm form) {
  static constexpr std::array<std::string_view, stored_count<SlipForm>> words{
      "original", "copy", "gift", "packing", "voucher", "copy of voucher"};
  return words[static_cast<std::size_t>(form)];
}

std::string masked_number(std::string_view voucher) {
  constexpr std::size_t shown = 4;
  return "•••• " + std::string(voucher.substr(voucher.size() > shown ? voucher.size() - shown : 0));
}

bool gives_back(const Receipt& receipt) {
  if (receipt.kind != ReceiptKind::training) return receipt.kind == ReceiptKind::refund;
  const auto& refunds = receipt.order.refunds;
  return !refunds.empty() && refunds.back().version == receipt.order.version;
}

namespace {

Money cost_of_vouchers(const Receipt& receipt) {
  Money sum{0, receipt.order.currency};
  for (std::size_t i = 0; i < receipt.order.lines.size(); ++i) {
    if (is_owed_for(receipt.order.lines[i])) sum += receipt.totals.lines[i].final();
  }
  return sum;
}

Money given_back_for_vouchers(const Receipt& receipt) {
  Money sum{0, receipt.order.currency};
  for (const Refund& refund : receipt.order.refunds) {
    if (refund.version != receipt.order.version) continue;
    for (const RefundedLine& part : refund.lines) {
      for (const LineItem& line : receipt.order.lines) {
        if (line.id == part.line && is_owed_for(line)) sum -= part.amount;
      }
    }
  }
  return sum;
}

}  // namespace

bool holds_vouchers(const Order& order, Taxed sum) {
  return std::ranges::any_of(
      order.lines, [&](const LineItem& line) { return is_owed_for(line) && line.taxed() == sum; });
}

Money share_of_vouchers(const Receipt& receipt, const TaxLine& sum) {
  const Money zero{0, receipt.order.currency};
  if (!holds_vouchers(receipt.order, sum.taxed())) return zero;
  Money whole = zero;
  for (const TaxLine& line : receipt.totals.taxes) {
    if (line.taxed() == sum.taxed()) whole = line.gross;
  }
  if (whole.is_zero()) return zero;
  return {scale_rounded(sum.gross.minor, cost_of_vouchers(receipt).minor, whole.minor),
          zero.currency};
}

Money paid_for_vouchers(const Receipt& receipt) {
  const Order& order = receipt.order;
  Money sum{0, order.currency};
  if (std::ranges::none_of(order.lines, is_owed_for)) return sum;
  // Nothing of an exchange is left to pay, and the last receipt has what is left.
  if (receipt.kind == ReceiptKind::exchange) return cost_of_vouchers(receipt);
  if (receipt.kind == ReceiptKind::balance && !order.goods_along) {
    sum = cost_of_vouchers(receipt);
    for (const TaxLine& line : receipt.before.taken) sum -= share_of_vouchers(receipt, line);
    return sum;
  }
  if (receipt.kind == ReceiptKind::refund && were_goods_sold(order, order.version)) {
    return given_back_for_vouchers(receipt);
  }
  for (const TaxLine& line : receipt.taxes) sum += share_of_vouchers(receipt, line);
  return sum;
}

Money taxed_before(const Receipt& receipt) {
  Money sum{0, receipt.order.currency};
  for (const ReceiptVoucher& voucher : receipt.vouchers) {
    if (!voucher.payment.is_nil() && !voucher.tax_code.empty()) sum -= voucher.amount;
  }
  return sum;
}

namespace {

Money already_gross(const std::vector<TaxLine>& already, Taxed taxed, Money TaxLine::*part) {
  Money sum;
  for (const TaxLine& line : already) {
    if (line.taxed() == taxed) sum += line.*part;
  }
  return sum;
}

}  // namespace

std::vector<TaxLine> taxes_of_part(const Totals& totals, Money amount,
                                   const std::vector<TaxLine>& already, bool completes) {
  std::vector<TaxLine> taxes;
  if (completes) {
    for (TaxLine line : totals.taxes) {
      line.net -= already_gross(already, line.taxed(), &TaxLine::net);
      line.tax -= already_gross(already, line.taxed(), &TaxLine::tax);
      line.gross -= already_gross(already, line.taxed(), &TaxLine::gross);
      taxes.push_back(line);
    }
    return taxes;
  }
  std::vector<std::int64_t> weights;
  for (const TaxLine& line : totals.taxes)
    weights.push_back(std::max<std::int64_t>(0, line.gross.minor));
  const auto shares = split_by_weight(amount.minor, weights);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    TaxLine line = totals.taxes[i];
    line.gross = {shares[i], amount.currency};
    line.tax = tax_inside(line.gross, line.rate);
    line.net = line.gross - line.tax;
    taxes.push_back(line);
  }
  return taxes;
}

void complete_receipt(Receipt& receipt) {
  const Order& order = receipt.order;
  const Money zero{0, order.currency};
  receipt.totals = price(order);
  receipt.payments.clear();
  receipt.amount = receipt.change = receipt.paid_before = receipt.tips = zero;
  if (receipt.kind == ReceiptKind::aborted) {
    receipt.still_due = zero;
    return;
  }
  if (gives_back(receipt)) {
    receipt.still_due = zero;
    for (const Payment& payment : order.payments) {
      if (payment.kind != TransactionKind::refund || payment.version != order.version) continue;
      receipt.payments.push_back(payment);
      receipt.amount -= payment.amount;
    }
    return;
  }
  for (const Payment& payment : order.payments) {
    const bool is_taken_back = receipt.kind == ReceiptKind::correction &&
                               payment.kind == TransactionKind::void_ &&
                               payment.version == order.version;
    if (is_taken_back) {
      receipt.payments.push_back(payment);
      receipt.amount -= payment.amount;
      receipt.tips -= payment.tip;
      continue;
    }
    const bool is_out = payment.kind == TransactionKind::payout;
    if ((payment.kind != TransactionKind::sale && !is_out) || !stands(order, payment)) continue;
    if (payment.version < order.version) continue;
    receipt.payments.push_back(payment);
    receipt.amount += is_out ? -payment.amount : payment.amount;
    receipt.change += payment.change();
    receipt.tips += payment.tip;
  }
  if (takes_back(order) && receipt.kind == ReceiptKind::exchange) {
    receipt.still_due = zero;
    return;
  }
  // Whatever way it came, and less what went back: the customer need not pay it again.
  receipt.paid_before = paid_sum(order) - receipt.amount;
  receipt.still_due = owed(order, receipt.totals.total);
}

void write_master(std::string& text, const Receipt& receipt) {
  const MasterData& master = receipt.master;
  fmt::format_to(std::back_inserter(text), "master {} serial {} software {} cashier no. {}\n",
                 master.row, master.serial, master.software, receipt.cashier_number);
}

std::string canonical_text(const Receipt& receipt) {
  std::string text;
  text.reserve(1024);
  const auto out = std::back_inserter(text);
  const bool has_cases = receipt.text >= receipt_text_with_cases;
  const auto told = [&](const Taxed& taxed) {
    return has_cases ? to_text(taxed) : basis_points_text(taxed.rate);
  };
  fmt::format_to(out, "receipt {} {} {}{}\norder {} {} version {}{}\n", receipt.code,
                 word(receipt.kind), to_text(receipt.id), has_cases ? " text 2" : "",
                 receipt.order.number, to_text(receipt.order.id), receipt.order.version,
                 receipt.order.goods_along ? " goods go along" : "");
  fmt::format_to(out, "till {} cashier {}\nfrom {} to {}\ncurrency {}\n", receipt.till,
                 receipt.cashier, receipt.started.time_since_epoch().count(),
                 receipt.finished.time_since_epoch().count(), receipt.order.currency.text());
  fmt::format_to(out, "shop {} | {} | {} | {}\n", receipt.shop.name, receipt.shop.street,
                 receipt.shop.city, receipt.shop.tax_number);
  if (has_cases) write_master(text, receipt);
  if (receipt.invoice.is_known()) {
    fmt::format_to(out, "invoice to customer {}\n", receipt.invoice.customer);
  }
  for (std::size_t i = 0; i < receipt.order.lines.size(); ++i) {
    const LineItem& line = receipt.order.lines[i];
    const LineTotal& total = receipt.totals.lines[i];
    fmt::format_to(out, "line {} | {} | {} x {} | -{} -{} | rate {}\n", line.title, line.sku,
                   line.quantity.thousandths, line.unit_price.minor, total.line_discount.minor,
                   total.order_discount.minor, told(line.taxed()));
    if (line.business_case != BusinessCase::goods) {
      fmt::format_to(out, "case {}\n", word(line.business_case));
    }
    if (sells_voucher(line)) {
      fmt::format_to(out, "voucher {}{}\n", masked_number(line.voucher),
                     line.tops_up ? " topped up" : "");
    }
  }
  for (const VoidedLine& voided : has_cases ? receipt.order.voided : std::vector<VoidedLine>{}) {
    fmt::format_to(out, "voided {} | {} x {} | {} | {} by {} | {}\n", voided.line.title,
                   voided.line.quantity.thousandths, voided.line.unit_price.minor,
                   told(voided.line.taxed()), voided.at.time_since_epoch().count(), voided.who,
                   voided.reason);
  }
  if (receipt.kind == ReceiptKind::exchange) {
    for (const ReturnLine& line : receipt.order.returns) {
      fmt::format_to(out, "back {} | {} | {} | -{} | {} | {} {}\n", line.title, line.sku,
                     line.quantity.thousandths, line.amount.minor, told(line.taxed()),
                     word(line.kind), line.order_number);
    }
  }
  for (const ExtraCharge& extra : receipt.order.extras) {
    fmt::format_to(out, "extra {} | {}\n", extra.title, extra.amount.minor);
  }
  fmt::format_to(out, "total {} rounding {} paid before {}\n", receipt.totals.total.minor,
                 receipt.totals.rounding.minor, receipt.paid_before.minor);
  for (const Refund& refund : receipt.order.refunds) {
    const bool is_its = gives_back(receipt) && refund.version == receipt.order.version &&
                        !refund.rounding.is_zero();
    if (is_its) fmt::format_to(out, "refund rounding {}\n", refund.rounding.minor);
  }
  for (const Payment& payment : receipt.payments) {
    fmt::format_to(out, "payment {} {} {} given {} {}\n", word(payment.tender), word(payment.kind),
                   payment.amount.minor, payment.given.minor, payment.reference);
    if (!payment.tip.is_zero()) fmt::format_to(out, "tip {}\n", payment.tip.minor);
  }
  for (const TaxLine& tax : receipt.taxes) {
    fmt::format_to(out, "tax {} net {} tax {} gross {}\n", told(tax.taxed()), tax.net.minor,
                   tax.tax.minor, tax.gross.minor);
  }
  if (!receipt.reverses.empty()) fmt::format_to(out, "reverses {}\n", receipt.reverses);
  if (receipt.house_tips) {
    fmt::format_to(out, "tips for the house {}\n", to_text(*receipt.house_tips));
  }
  return text;
}

}  // namespace core
