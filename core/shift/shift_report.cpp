#include "core/shift/shift_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace core {

namespace {

TenderSum& sum_of(ShiftReport& report, const Payment& payment) {
  const std::string label = payment.tender == Tender::other ? payment.label : "";
  const auto known = std::ranges::find_if(report.tenders, [&](const TenderSum& sum) {
    return sum.tender == payment.tender && sum.label == label;
  });
  if (known != report.tenders.end()) return *known;
  const TenderSum fresh{payment.tender, label, 0, {0, report.currency}, {0, report.currency}};
  const auto place = std::ranges::find_if(report.tenders, [&](const TenderSum& sum) {
    return std::pair(sum.tender, sum.label) > std::pair(fresh.tender, fresh.label);
  });
  return *report.tenders.insert(place, fresh);
}

CashierSum& sum_of(ShiftReport& report, const std::string& cashier) {
  const auto known = std::ranges::find(report.cashiers, cashier, &CashierSum::cashier);
  if (known != report.cashiers.end()) return *known;
  const Money zero{0, report.currency};
  report.cashiers.push_back({cashier, 0, zero, zero});
  return report.cashiers.back();
}

void add(std::vector<TaxLine>& taxes, const TaxLine& line) {
  TaxLine& sum = sum_for(taxes, line.taxed(), line.gross.currency);
  sum.net += line.net;
  sum.tax += line.tax;
  sum.gross += line.gross;
}

void note_number(ShiftReport& report, std::int64_t row, const std::string& code) {
  if (report.first_receipt == 0) {
    report.first_receipt = row;
    report.first_code = code;
  }
  report.last_receipt = row;
  report.last_code = code;
}

// What the customer was let off, the first time that the order has a receipt.
void add_discount(ShiftReport& report, const Receipt& receipt) {
  if (receipt.order.version != 1) return;
  Money off{0, report.currency};
  for (const LineTotal& line : receipt.totals.lines) {
    off += line.line_discount + line.order_discount;
  }
  if (off.is_zero()) return;
  ++report.discounts;
  report.discounted += off;
}

// What the receipt says of its vouchers; returns what of it was paid for them.
Money add_vouchers(ShiftReport& report, const Receipt& receipt) {
  const Money paid = paid_for_vouchers(receipt);
  if (paid.minor >= 0) {
    report.vouchers.sold += paid;
  } else {
    report.vouchers.taken_back -= paid;
  }
  report.vouchers.prepaid += taxed_before(receipt);
  for (const Payment& payment : receipt.payments) {
    if (payment.tender != Tender::gift_card) continue;
    const bool is_back =
        payment.kind == TransactionKind::refund || payment.kind == TransactionKind::payout;
    Money& sum = !is_back                    ? report.vouchers.redeemed
                 : payment.original.is_nil() ? report.vouchers.credit
                                             : report.vouchers.refunded;
    sum += payment.amount;
  }
  return paid;
}

// As if the payment had been rung up right.
void add_correction(ShiftReport& report, const Receipt& receipt) {
  ++report.corrections;
  for (const Payment& payment : receipt.payments) {
    const bool is_taken_back = payment.kind == TransactionKind::void_;
    TenderSum& sum = sum_of(report, payment);
    const Money whole = payment.amount + payment.tip;
    sum.taken += is_taken_back ? -whole : whole;
    sum.count += is_taken_back ? -1 : 1;
  }
}

}  // namespace

ShiftReport empty_report(Currency currency) {
  ShiftReport report;
  report.currency = currency;
  VoucherFigures& vouchers = report.vouchers;
  for (Money* sum :
       {&report.sold, &report.given_back, &report.deposits, &report.discounted, &report.rounding,
        &report.tips, &report.tendered, &report.receivables, &vouchers.sold, &vouchers.taken_back,
        &vouchers.redeemed, &vouchers.refunded, &vouchers.credit, &vouchers.prepaid}) {
    sum->currency = currency;
  }
  return report;
}

void add(ShiftReport& report, const Receipt& receipt) {
  note_number(report, receipt.row, receipt.code);
  if (receipt.kind == ReceiptKind::training) {
    ++report.trainings;
    return;
  }
  if (receipt.kind == ReceiptKind::aborted) return;
  if (receipt.kind == ReceiptKind::correction) {
    add_correction(report, receipt);
    return;
  }
  const bool is_refund = receipt.kind == ReceiptKind::refund;
  const bool is_exchange = receipt.kind == ReceiptKind::exchange;
  const Money vouchers = add_vouchers(report, receipt);
  Money gross = -vouchers;
  for (TaxLine line : receipt.taxes) {
    gross += line.gross;
    if (holds_vouchers(receipt.order, line.taxed())) {
      line.gross -= vouchers;
      line.net -= vouchers;
      if (line.gross.is_zero()) continue;
    }
    add(report.taxes, line);
  }
  for (const Payment& payment : receipt.payments) {
    TenderSum& sum = sum_of(report, payment);
    ++sum.count;
    const bool is_out = is_refund || payment.kind == TransactionKind::payout;
    (is_out ? sum.given_back : sum.taken) += payment.amount + payment.tip;
  }
  for (const CaseLine& line : business_case_lines(receipt)) add(report.cases, line);
  report.tendered += tendered(receipt);
  const Money claims = receivables(receipt);
  report.receivables += claims;
  report.rounding += receipt.amount - gross - vouchers - taxed_before(receipt) - claims;
  CashierSum& cashier = sum_of(report, receipt.cashier);
  cashier.turnover += gross;
  cashier.tips += receipt.tips;
  report.tips += receipt.tips;
  if (is_refund) {
    ++report.refunds;
    report.given_back -= gross;
    return;
  }
  if (is_exchange) {
    Money back{0, report.currency}, deposits = back;
    for (const ReturnLine& line : receipt.order.returns) {
      (line.kind == ReturnKind::deposit ? deposits : back) += line.amount;
    }
    if (!back.is_zero()) ++report.refunds;
    report.given_back += back;
    report.deposits += deposits;
    report.sold += back + deposits;  // what was bought for it, in `gross` already less that
  }
  report.sold += gross;
  if (receipt.order.lines.empty()) return;
  add_discount(report, receipt);
  if (receipt.order.version == 1) {
    ++report.sales;
    ++cashier.sales;
  } else {
    ++report.collected;
  }
}

void add(ShiftReport& report, const CashMoveRow& move) {
  note_number(report, move.receipt, move.code);
  report.moves.push_back(move);
}

Money ShiftReport::cash_sales() const {
  Money sum{0, currency};
  for (const TenderSum& tender : tenders) {
    if (tender.tender == Tender::cash) sum += tender.taken;
  }
  return sum;
}

Money ShiftReport::cash_refunds() const {
  Money sum{0, currency};
  for (const TenderSum& tender : tenders) {
    if (tender.tender == Tender::cash) sum += tender.given_back;
  }
  return sum;
}

Money ShiftReport::moved(CashMoveKind kind) const {
  Money sum{0, currency};
  for (const CashMoveRow& move : moves) {
    if (move.movement.kind != kind) continue;
    sum += move.movement.amount.minor < 0 ? -move.movement.amount : move.movement.amount;
  }
  return sum;
}

Money ShiftReport::paid_in() const {
  return moved(CashMoveKind::paid_in) + moved(CashMoveKind::owner_in);
}

Money ShiftReport::paid_out() const {
  return moved(CashMoveKind::paid_out) + moved(CashMoveKind::wages) + moved(CashMoveKind::expense) +
         moved(CashMoveKind::owner_out) + moved(CashMoveKind::voucher_payout) +
         moved(CashMoveKind::tip_payout);
}

Money ShiftReport::drops() const {
  return moved(CashMoveKind::safe_drop) + moved(CashMoveKind::bank);
}

Money ShiftReport::expected(Money opening) const {
  return opening + cash_sales() - cash_refunds() + paid_in() - paid_out() - drops();
}

namespace {

// The first text of these receipts was the second of all.
void write_head(std::string& text, const Receipt& head) {
  fmt::format_to(std::back_inserter(text), "receipt {} {} {} text {}\n", head.code, word(head.kind),
                 to_text(head.id), head.text + 1);
  fmt::format_to(std::back_inserter(text), "till {} cashier {}\nfrom {} to {}\ncurrency {}\n",
                 head.till, head.cashier, head.started.time_since_epoch().count(),
                 head.finished.time_since_epoch().count(), head.order.currency.text());
  fmt::format_to(std::back_inserter(text), "shop {} | {} | {} | {}\n", head.shop.name,
                 head.shop.street, head.shop.city, head.shop.tax_number);
  if (head.text >= receipt_text_with_cases) write_master(text, head);
}

void write_sums(std::string& text, const ShiftReport& report, int version) {
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "receipts {} to {}\n", report.first_code, report.last_code);
  fmt::format_to(out, "sales {} collected {} refunds {} corrections {}\n", report.sales,
                 report.collected, report.refunds, report.corrections);
  if (report.trainings > 0) fmt::format_to(out, "trainings {}\n", report.trainings);
  fmt::format_to(out, "sold {} given back {} rounding {}\n", report.sold.minor,
                 report.given_back.minor, report.rounding.minor);
  if (!report.deposits.is_zero()) fmt::format_to(out, "deposits {}\n", report.deposits.minor);
  fmt::format_to(out, "discounts {} {}\n", report.discounts, report.discounted.minor);
  const VoucherFigures& vouchers = report.vouchers;
  // A shift without vouchers says what it said before there were any.
  if (vouchers != empty_report(report.currency).vouchers) {
    fmt::format_to(out, "vouchers sold {} back {} redeemed {} refunded {} credit {} prepaid {}\n",
                   vouchers.sold.minor, vouchers.taken_back.minor, vouchers.redeemed.minor,
                   vouchers.refunded.minor, vouchers.credit.minor, vouchers.prepaid.minor);
  }
  for (const TenderSum& sum : report.tenders) {
    fmt::format_to(out, "tender {} {} | {} | {} -{}\n", word(sum.tender), sum.label, sum.count,
                   sum.taken.minor, sum.given_back.minor);
  }
  for (const TaxLine& tax : report.taxes) {
    fmt::format_to(
        out, "tax {} net {} tax {} gross {}\n",
        version >= receipt_text_with_cases ? to_text(tax.taxed()) : basis_points_text(tax.rate),
        tax.net.minor, tax.tax.minor, tax.gross.minor);
  }
  if (!report.tips.is_zero()) fmt::format_to(out, "tips {}\n", report.tips.minor);
  for (const CashierSum& sum : report.cashiers) {
    fmt::format_to(out, "cashier {} | {} | {}\n", sum.cashier, sum.sales, sum.turnover.minor);
  }
  for (const CashMoveRow& move : report.moves) {
    fmt::format_to(out, "cash {} {} {}\n", move.code, word(move.movement.kind),
                   move.movement.amount.minor);
  }
  const ShiftEvents& events = report.events;
  fmt::format_to(out, "voided lines {} carts {} prices {} no sales {} reprints {} back {}\n",
                 events.voided_lines, events.voided_carts, events.price_overrides, events.no_sales,
                 events.reprints, events.tenders_taken_back);
}

void write_cases(std::string& text, const ShiftReport& report) {
  const auto out = std::back_inserter(text);
  for (const CaseSum& sum : report.cases) {
    fmt::format_to(out, "case {} {} net {} tax {} gross {}\n", word(sum.business_case),
                   to_text(sum.taxed), to_plain(sum.net), to_plain(sum.tax), sum.gross.minor);
  }
  fmt::format_to(out, "tendered {} receivables {}\n", report.tendered.minor,
                 report.receivables.minor);
}

}  // namespace

std::string canonical_text(const Receipt& head, const CashMovement& movement) {
  std::string text;
  write_head(text, head);
  fmt::format_to(std::back_inserter(text), "cash {} {}\nreason {}\napproved by {}\n",
                 word(movement.kind), movement.amount.minor, movement.reason, movement.approver);
  return text;
}

std::string canonical_text(const Receipt& head, const Shift& shift, const ShiftReport& report) {
  std::string text;
  write_head(text, head);
  const auto out = std::back_inserter(text);
  const bool is_closing = head.kind == ReceiptKind::z_report;
  fmt::format_to(out, "opened {} by {}{}\nkept {} opening {}\n",
                 shift.opened.time_since_epoch().count(), shift.opened_by,
                 shift.opened_itself ? " by itself" : "", shift.kept.minor, shift.opening.minor);
  if (is_closing) fmt::format_to(out, "Z {} closed by {}\n", shift.z_number, shift.closed_by);
  write_sums(text, report, head.text);
  if (head.text >= receipt_text_with_cases) write_cases(text, report);
  fmt::format_to(out, "expected {}\n", report.expected(shift.opening).minor);
  if (is_closing) {
    fmt::format_to(out, "counted {} {} by {}\ndropped {} left {}\nnote {}\napproved by {}\n",
                   shift.counted.value_or(Money{}).minor, to_text(shift.coins), shift.counted_by,
                   shift.dropped.minor, shift.left().minor, shift.note, shift.approver);
  }
  return text;
}

std::string canonical_text(const TerminalComparison& comparison) {
  std::string text = "terminal text 1\n";
  const auto out = std::back_inserter(text);
  if (comparison.is_open) {
    fmt::format_to(out, "terminal not compared | {}\n", comparison.says);
    return text;
  }
  fmt::format_to(out, "terminal here {} there {}\n", comparison.ours.minor,
                 comparison.theirs.minor);
  for (const BookingDifference& each : comparison.differences) {
    fmt::format_to(out, "{} | {} | {} | {} | {}\n", word(each.kind), each.order, each.ours.minor,
                   each.theirs.minor, each.reference);
  }
  return text;
}

}  // namespace core
