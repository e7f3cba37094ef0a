#include "pos/layout/receipt_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "pos/layout/fiscal_words.h"
#include "pos/layout/packing_layout.h"
#include "pos/layout/tax_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Money;

Fact minus(std::string label, Money amount, Language language) {
  return {std::move(label), signed_text(-amount, language)};
}

// "10 % Stammkunde", "Stammkunde", "Rabatt".
std::string name_of(const core::Discount& discount, const Words& words) {
  std::string reason = discount.reason.empty() ? std::string(words("Discount")) : discount.reason;
  if (discount.kind == core::DiscountKind::amount) return reason;
  return percent_text(core::Rate{discount.value}, words.language()) + " " + reason;
}

// "A" for the first sum of its taxes, and so on.
std::string mark_of(const core::Taxed& taxed, const core::Receipt& receipt) {
  const bool is_exchange = receipt.kind == core::ReceiptKind::exchange;
  const auto& taxes = is_exchange ? receipt.taxes : receipt.totals.taxes;
  const auto at =
      std::ranges::find_if(taxes, [&](const core::TaxLine& line) { return line.taxed() == taxed; });
  return std::string(1, static_cast<char>('A' + std::min<std::ptrdiff_t>(at - taxes.begin(), 25)));
}

std::string quantity_of(const core::LineItem& line, Language language) {
  return quantity_text(line.quantity, line.unit == core::Unit::kilogram ? "kg" : "", language);
}

std::string detail_of(const core::LineItem& line, Language language) {
  if (line.unit == core::Unit::kilogram) {
    return fmt::format("{} × {}/kg", quantity_of(line, language),
                       money_text(line.unit_price, language));
  }
  if (core::sells_voucher(line)) return core::masked_number(line.voucher);
  if (line.quantity == core::pieces(1)) return {};
  return fmt::format("{} × {}", quantity_of(line, language),
                     amount_text(line.unit_price, language));
}

LineWords line_of(const core::Receipt& receipt, std::size_t index, const Words& words) {
  const Language language = words.language();
  const core::LineItem& line = receipt.order.lines[index];
  const core::LineTotal& total = receipt.totals.lines[index];
  LineWords said;
  said.title = line.title;
  said.quantity = quantity_of(line, language);
  said.detail = detail_of(line, language);
  said.amount = amount_text(total.gross, language);
  said.tax_mark = mark_of(line.taxed(), receipt);
  said.note = line.note;
  if (line.regular_price && *line.regular_price > line.unit_price) {
    said.regular = amount_text(*line.regular_price, language);
  }
  if (line.discount && !total.line_discount.is_zero()) {
    said.discounts.push_back(minus(name_of(*line.discount, words), total.line_discount, language));
  }
  return said;
}

// What leads from the lines to the total. Line discounts stand at their lines.
std::vector<Fact> sums_of(const core::Receipt& receipt, const Words& words) {
  const Language language = words.language();
  const core::Order& order = receipt.order;
  const core::Totals& totals = receipt.totals;
  std::vector<Fact> sums;
  if (order.discount && !totals.order_discount.is_zero()) {
    sums.push_back(minus(name_of(*order.discount, words), totals.order_discount, language));
  }
  for (const core::ExtraCharge& extra : order.extras) {
    // A charge of ours has a name that is translated; the shop's own has not.
    sums.push_back({std::string(words(extra.title)), amount_text(extra.amount, language)});
  }
  if (order.tax_mode == core::TaxMode::added) {
    for (const core::TaxLine& tax : totals.taxes) {
      sums.push_back({words.fill("plus {} tax", {percent_text(tax.rate, language)}),
                      amount_text(tax.tax, language)});
    }
  }
  if (!totals.rounding.is_zero()) {
    sums.push_back({std::string(words("Cash rounding")), signed_text(totals.rounding, language)});
  }
  if (sums.empty()) return sums;
  sums.insert(sums.begin(), {std::string(words("Subtotal")),
                             amount_text(totals.subtotal - totals.line_discounts, language)});
  return sums;
}

std::vector<Fact> account_of(const core::Receipt& receipt, const Words& words) {
  if (receipt.kind != core::ReceiptKind::deposit && receipt.kind != core::ReceiptKind::balance) {
    return {};
  }
  const Language language = words.language();
  std::vector<Fact> account;
  if (!receipt.paid_before.is_zero()) {
    account.push_back(
        {std::string(words("Already paid")), amount_text(receipt.paid_before, language)});
  }
  const bool is_deposit = receipt.kind == core::ReceiptKind::deposit;
  account.push_back({std::string(is_deposit ? words("Deposit") : words("Paid now")),
                     amount_text(receipt.amount, language)});
  return account;
}

// What is on a voucher now, and what of it was taxed before.
void add_voucher(TenderWords& said, const core::Receipt& receipt, const core::Payment& payment,
                 const Words& words) {
  const Language language = words.language();
  for (const core::ReceiptVoucher& voucher : receipt.vouchers) {
    if (voucher.payment.is_nil() || voucher.payment != payment.id) continue;
    if (!voucher.tax_code.empty()) {
      said.details.push_back(
          {words.fill("taxed at {} when it was sold", {percent_text(voucher.tax_rate, language)}),
           ""});
    }
    said.details.push_back({std::string(words("left on it")), amount_text(voucher.left, language)});
  }
}

TenderWords tender_of(const core::Receipt& receipt, const core::Payment& payment,
                      const Words& words) {
  const Language language = words.language();
  TenderWords said;
  const bool is_taken_back =
      payment.kind == core::TransactionKind::void_ || payment.kind == core::TransactionKind::payout;
  said.amount = {tender_name(payment.tender, payment.label, words),
                 is_taken_back ? signed_text(-payment.amount, language)
                               : amount_text(payment.amount, language)};
  said.reference = payment.reference;
  if (!payment.change().is_zero()) {
    said.details = {{std::string(words("Given")), amount_text(payment.given, language)},
                    {std::string(words("Change")), amount_text(payment.change(), language)}};
  }
  add_voucher(said, receipt, payment, words);
  if (!payment.tip.is_zero()) {
    said.details.push_back({std::string(words("Tip")), amount_text(payment.tip, language)});
  }
  return said;
}

void add_taxes(ReceiptWords& said, const core::Receipt& receipt, const Words& words) {
  const Language language = words.language();
  said.tax_heads = {std::string(words.with("receipt", "Tax rate")), std::string(words("Net")),
                    std::string(words.with("receipt", "Tax")), std::string(words("Gross"))};
  switch (receipt.kind) {
    case core::ReceiptKind::sale:
    case core::ReceiptKind::cash_movement:
    case core::ReceiptKind::x_report:
    case core::ReceiptKind::z_report:
    case core::ReceiptKind::correction:
    case core::ReceiptKind::training:
    case core::ReceiptKind::aborted:
      break;
    case core::ReceiptKind::deposit:
      said.tax_title = words("Tax in the deposit");
      break;
    case core::ReceiptKind::balance:
      said.tax_title = words("Tax in the balance");
      break;
    case core::ReceiptKind::refund:
      said.tax_title = words("Tax in the refund");
      break;
    case core::ReceiptKind::exchange:
      said.tax_title = words("Tax in the difference");
      break;
  }
  for (const core::TaxLine& tax : receipt.taxes) {
    const std::string mark = mark_of(tax.taxed(), receipt);
    said.taxes.push_back({mark + " " + percent_text(tax.rate, language),
                          amount_text(tax.net, language), amount_text(tax.tax, language),
                          amount_text(tax.gross, language)});
    const std::string note = tax_note(tax.taxed(), words);
    if (!note.empty()) said.tax_notes.push_back(fmt::format("{}: {}", mark, note));
  }
}

void add_facts(ReceiptWords& said, const core::Receipt& receipt, const Words& words) {
  const core::LocalTime begin = core::local_time(receipt.started, receipt.shop.time_zone);
  const core::LocalTime end = core::local_time(receipt.finished, receipt.shop.time_zone);
  said.date = date_text(end, words.language());
  said.time = seconds_text(end);
  said.receipt = {std::string(words("Receipt")), receipt.code};
  const std::string begin_date = date_text(begin, words.language());
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) said.facts.push_back({std::string(label), value});
  };
  add(words("Order"), receipt.order.number);
  add(words("Takes back from"), receipt.reverses);
  add(words("Till"), receipt.till);
  // KassenSichV section 6, number 6.
  if (receipt.shop.country == "DE") add(words("Serial no."), receipt.master.serial);
  add(words("Cashier"), receipt.cashier);
  add(words("Customer"), receipt.order.customer.name);
  add(words("Begun"), (begin_date == said.date ? "" : begin_date + " ") + seconds_text(begin));
}

void add_invoice(ReceiptWords& said, const core::InvoiceTo& invoice, const Words& words) {
  if (!invoice.is_known()) return;
  said.invoice_to.emplace_back(words("Invoice to"));
  for (std::string& line : address_lines(invoice.address)) {
    said.invoice_to.push_back(std::move(line));
  }
  if (!invoice.vat_id.empty()) {
    said.invoice_to.push_back(words.fill("VAT no. {}", {invoice.vat_id}));
  }
}

std::string_view title_of(core::ReceiptKind kind, const Words& words) {
  switch (kind) {
    case core::ReceiptKind::deposit:
      return words("Deposit receipt");
    case core::ReceiptKind::balance:
      return words("Balance receipt");
    case core::ReceiptKind::refund:
      return words("Refund receipt");
    case core::ReceiptKind::cash_movement:
      return words("Cash movement");
    case core::ReceiptKind::x_report:
      return words("X report");
    case core::ReceiptKind::z_report:
      return words("Z report");
    case core::ReceiptKind::correction:
      return words("Correction of a payment");
    case core::ReceiptKind::training:
      return words("Training: no receipt");
    case core::ReceiptKind::aborted:
      return words("Cart given up");
    case core::ReceiptKind::exchange:
      return words("Exchange receipt");
    case core::ReceiptKind::sale:
      break;
  }
  return words("Sales receipt");
}

void add_given(std::vector<std::string>& to, std::initializer_list<std::string> texts) {
  std::copy_if(texts.begin(), texts.end(), std::back_inserter(to),
               [](const std::string& text) { return !text.empty(); });
}

}  // namespace

namespace {

// What came back besides the lines, and what coins made of it.
void add_refund_sums(ReceiptWords& said, const core::Receipt& receipt, const core::Refund& refund,
                     const Words& words) {
  const Language language = words.language();
  Money rest = refund.worth();
  for (const core::RefundedLine& part : refund.lines) rest -= part.amount;
  const auto& extras = receipt.order.extras;
  if (!refund.lines.empty() && !rest.is_zero()) {
    // More than the lines is shipping; less is what was agreed on.
    const bool is_extra = rest.minor > 0 && extras.size() == 1;
    said.sums.push_back({is_extra         ? extras.front().title
                         : rest.minor > 0 ? std::string(words("Shipping"))
                                          : std::string(words("Deduction")),
                         signed_text(-rest, language)});
  }
  if (!refund.rounding.is_zero()) {
    said.sums.push_back(
        {std::string(words("Cash rounding")), signed_text(-refund.rounding, language)});
  }
}

// A refund's receipt shows what came back and what was given for it.
void add_refund(ReceiptWords& said, const core::Receipt& receipt, const Words& words) {
  const Language language = words.language();
  for (const core::Refund& refund : receipt.order.refunds) {
    if (refund.version != receipt.order.version) continue;
    for (const core::RefundedLine& part : refund.lines) {
      for (const core::LineItem& line : receipt.order.lines) {
        if (line.id != part.line) continue;
        LineWords back;
        back.title = line.title;
        back.quantity =
            quantity_text(part.quantity, line.unit == core::Unit::kilogram ? "kg" : "", language);
        back.detail = part.quantity == core::pieces(1) ? "" : back.quantity;
        back.amount = signed_text(-part.amount, language);
        back.tax_mark = mark_of(line.taxed(), receipt);
        said.lines.push_back(std::move(back));
      }
    }
    add_refund_sums(said, receipt, refund, words);
    if (!refund.reason.empty()) {
      said.facts.push_back({std::string(words("Reason")), refund.reason});
    }
  }
  said.total = {std::string(words("Refunded")), money_text(receipt.amount, language)};
}

void add_sale(ReceiptWords& said, const core::Receipt& receipt, const Words& words) {
  for (std::size_t i = 0; i < receipt.order.lines.size(); ++i) {
    if (is_taken_out(receipt.order.lines[i])) continue;
    said.lines.push_back(line_of(receipt, i, words));
  }
  said.sums = sums_of(receipt, words);
  said.total = {std::string(words("Total")), money_text(receipt.totals.total, words.language())};
}

// "Return of T1-000123", "Return without receipt".
std::string origin_of(const core::ReturnLine& line, const Words& words) {
  if (line.kind == core::ReturnKind::deposit) return std::string(words("Deposit return"));
  if (line.kind == core::ReturnKind::without_receipt) {
    return std::string(words("Return without receipt"));
  }
  return words.fill("Return of {}", {line.order_number});
}

// What came back stands behind what was sold, each with a minus.
void add_exchange(ReceiptWords& said, const core::Receipt& receipt, const Words& words) {
  const Language language = words.language();
  if (!receipt.order.lines.empty()) add_sale(said, receipt, words);
  if (receipt.order.lines.empty()) said.title = words("Return receipt");
  if (!said.sums.empty()) {
    said.sums.push_back({std::string(words("Sold")),
                         amount_text(receipt.totals.total - receipt.totals.rounding, language)});
  }
  for (const core::ReturnLine& line : receipt.order.returns) {
    LineWords back;
    // The machine's slip is no article of the shop: its name is ours, and translated.
    back.title = line.slip.empty() ? line.title : std::string(words("Deposit slip"));
    back.quantity =
        quantity_text(line.quantity, line.unit == core::Unit::kilogram ? "kg" : "", language);
    back.detail = origin_of(line, words);
    if (line.quantity != core::pieces(1)) back.detail = back.quantity + " · " + back.detail;
    back.amount = signed_text(-line.amount, language);
    back.tax_mark = mark_of(line.taxed(), receipt);
    said.lines.push_back(std::move(back));
  }
  if (!receipt.order.lines.empty()) {
    said.sums.push_back({std::string(words("Returned")),
                         signed_text(-core::returned_worth(receipt.order), language)});
  }
  const core::Money left = receipt.amount;
  said.total = {std::string(left.minor < 0 ? words("Given back") : words("Total")),
                money_text(left.minor < 0 ? -left : left, language)};
}

}  // namespace

std::string tender_name(core::Tender tender, const std::string& label, const Words& words) {
  switch (tender) {
    case core::Tender::cash:
      return std::string(words("Cash"));
    case core::Tender::card:
      return std::string(words("Card"));
    case core::Tender::gift_card:
      return std::string(words("Gift card"));
    case core::Tender::other:
      break;
  }
  return label.empty() ? std::string(words("Other")) : label;
}

ReceiptWords words_of(const core::Receipt& receipt, const Words& words) {
  const Language language = words.language();
  ReceiptWords said;
  const core::ShopSettings& shop = receipt.shop;
  const std::string town = shop.postcode.empty() ? shop.city : shop.postcode + " " + shop.city;
  add_given(said.shop, {shop.name, shop.site, shop.street, town, shop.phone});
  said.title = title_of(receipt.kind, words);
  add_facts(said, receipt, words);
  add_invoice(said, receipt.invoice, words);
  if (core::gives_back(receipt)) {
    add_refund(said, receipt, words);
  } else if (receipt.kind == core::ReceiptKind::exchange) {
    add_exchange(said, receipt, words);
  } else {
    add_sale(said, receipt, words);
  }
  said.account = account_of(receipt, words);
  if (!receipt.still_due.is_zero()) {
    said.still_due = {std::string(words("Still due")), money_text(receipt.still_due, language)};
  }
  for (const core::Payment& payment : receipt.payments) {
    said.tenders.push_back(tender_of(receipt, payment, words));
  }
  add_taxes(said, receipt, words);
  if (!shop.vat_id.empty()) {
    said.tax_number = words.fill("VAT no. {}", {shop.vat_id});
    if (!shop.tax_number.empty()) said.shop.push_back(words.fill("Tax no. {}", {shop.tax_number}));
  } else if (!shop.tax_number.empty()) {
    said.tax_number = words.fill("VAT no. {}", {shop.tax_number});
  }
  add_given(said.footer, {shop.footer, shop.website});
  said.fiscal = fiscal_lines(receipt, words);
  return said;
}

Language language_of(const core::Receipt& receipt) {
  const std::string& wish = receipt.order.customer.language;
  return language_from(wish.empty() ? receipt.shop.language : wish);
}

}  // namespace pos
