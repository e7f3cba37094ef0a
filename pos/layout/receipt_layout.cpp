#include "pos/layout/receipt_layout.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/store/anchor.h"
#include "pos/layout/fiscal_layout.h"
#include "pos/layout/packing_layout.h"
#include "pos/layout/receipt_words.h"
#include "pos/layout/voucher_slip.h"

namespace pos {

namespace {

using drivers::Align;
using drivers::Cell;
using drivers::Document;

// From here on the total has room for letters of double width.
constexpr int wide_paper = 42;

int width_of(const std::string& text) {
  int columns = 0;
  for (const char32_t c : core::code_points(core::composed(text))) columns += core::columns_of(c);
  return columns;
}

std::string indented(const std::string& text) {
  return "  " + text;
}

void add_fact(Document& slip, const Fact& fact, drivers::TextStyle style = drivers::plain) {
  slip.add(drivers::amount_row(fact.label, fact.value, style));
}

void add_shop(Document& slip, const ReceiptWords& said) {
  for (std::size_t i = 0; i < said.shop.size(); ++i) {
    slip.add(drivers::centred(said.shop[i], i == 0 ? drivers::tall : drivers::plain));
  }
  if (!said.tax_number.empty()) slip.add(drivers::centred(said.tax_number));
  slip.add(drivers::Blank{});
}

void add_mark(Document& slip, const core::Receipt& receipt, core::SlipForm form,
              const Words& words) {
  if (receipt.kind == core::ReceiptKind::training) {
    slip.add(drivers::centred(std::string(words("*** TRAINING ***")), drivers::tall));
  }
  if (form != core::SlipForm::copy) return;
  slip.add(drivers::centred(std::string(words("*** COPY ***")), drivers::tall));
}

void add_head(Document& slip, const ReceiptWords& said) {
  slip.add(drivers::text_line(said.title, drivers::bold));
  add_fact(slip, {said.date, said.time});
  add_fact(slip, said.receipt);
  for (const Fact& fact : said.facts) add_fact(slip, fact);
  slip.add(drivers::Rule{});
  if (said.invoice_to.empty()) return;
  for (std::size_t i = 0; i < said.invoice_to.size(); ++i) {
    slip.add(drivers::text_line(said.invoice_to[i], i == 0 ? drivers::bold : drivers::plain));
  }
  slip.add(drivers::Rule{});
}

void add_line(Document& slip, const LineWords& line, const Words& words) {
  slip.add(drivers::amount_row(line.title, line.amount + " " + line.tax_mark));
  if (!line.detail.empty()) slip.add(drivers::text_line(indented(line.detail)));
  if (!line.regular.empty()) {
    slip.add(drivers::text_line(indented(words.fill("instead of {}", {line.regular}))));
  }
  // Two blanks keep the amounts in one column with those that bear a tax mark.
  for (const Fact& discount : line.discounts) {
    add_fact(slip, {indented(discount.label), discount.value + "  "});
  }
  if (!line.note.empty()) slip.add(drivers::text_line(indented(line.note)));
}

void add_sums(Document& slip, const ReceiptWords& said, int columns) {
  slip.add(drivers::Rule{});
  for (const Fact& sum : said.sums) add_fact(slip, {sum.label, sum.value + "  "});
  add_fact(slip, said.total, columns >= wide_paper ? drivers::large : drivers::tall);
  slip.add(drivers::Rule{drivers::RuleKind::twofold});
}

void add_tenders(Document& slip, const ReceiptWords& said) {
  for (const Fact& fact : said.account) add_fact(slip, fact, drivers::bold);
  for (const TenderWords& tender : said.tenders) {
    add_fact(slip, tender.amount);
    if (!tender.reference.empty()) slip.add(drivers::text_line(indented(tender.reference)));
    for (const Fact& detail : tender.details) {
      add_fact(slip, {indented(detail.label), detail.value});
    }
  }
  if (said.still_due) add_fact(slip, *said.still_due, drivers::tall);
}

// The amounts in columns as wide as their widest entry.
void add_taxes(Document& slip, const ReceiptWords& said) {
  if (said.taxes.empty()) return;
  int net = width_of(said.tax_heads.net);
  int tax = width_of(said.tax_heads.tax);
  int gross = width_of(said.tax_heads.gross);
  for (const TaxWords& row : said.taxes) {
    net = std::max(net, width_of(row.net));
    tax = std::max(tax, width_of(row.tax));
    gross = std::max(gross, width_of(row.gross));
  }
  const auto row_of = [&](const TaxWords& row) {
    return drivers::Row{{{row.rate, Cell::the_rest, Align::left},
                         {row.net, net, Align::right},
                         {row.tax, tax, Align::right},
                         {row.gross, gross, Align::right}},
                        {}};
  };
  slip.add(drivers::Rule{});
  if (!said.tax_title.empty()) slip.add(drivers::text_line(said.tax_title, drivers::bold));
  slip.add(row_of(said.tax_heads));
  for (const TaxWords& row : said.taxes) slip.add(row_of(row));
  for (const std::string& note : said.tax_notes) slip.add(drivers::text_line(note));
}

// What proves the journal: its entry, and that entry's hash.
void add_anchor(Document& slip, const core::Receipt& receipt, const Words& words) {
  if (receipt.journal_hash.empty()) return;
  slip.add(drivers::Rule{});
  add_fact(slip, {std::string(words("Journal")),
                  core::printed({receipt.journal_entry, receipt.journal_hash})});
}

void add_foot(Document& slip, const core::Receipt& receipt, const ReceiptWords& said) {
  slip.add(drivers::Blank{});
  slip.add(drivers::Barcode{drivers::BarcodeKind::code128, receipt.code});
  slip.add(drivers::Blank{});
  for (const std::string& text : said.footer) slip.add(drivers::centred(text));
}

// For whoever is given the goods: what it is, not what it cost or who bought it.
void add_gift(Document& slip, const ReceiptWords& said, const Words& words) {
  slip.add(drivers::text_line(std::string(words("Gift receipt")), drivers::bold));
  add_fact(slip, {said.date, said.time});
  add_fact(slip, said.receipt);
  slip.add(drivers::Rule{});
  for (const LineWords& line : said.lines) {
    slip.add(drivers::amount_row(line.title, line.quantity));
    if (!line.note.empty()) slip.add(drivers::text_line(indented(line.note)));
  }
  slip.add(drivers::Rule{});
  slip.add(drivers::centred(std::string(words("Please bring this slip for an exchange."))));
}

}  // namespace

Document receipt_slip(const core::Receipt& receipt, core::SlipForm form, const Words& words,
                      int columns, std::string_view code, const drivers::Logo* logo) {
  if (form == core::SlipForm::packing) return packing_slip(receipt, words);
  if (form == core::SlipForm::voucher || form == core::SlipForm::voucher_copy) {
    return voucher_slips(receipt, form, words);
  }
  const ReceiptWords said = words_of(receipt, words);
  Document slip;
  if (logo) slip.add(*logo);
  add_shop(slip, said);
  add_mark(slip, receipt, form, words);
  add_test_mark(slip, receipt, words);
  if (form == core::SlipForm::gift) {
    add_gift(slip, said, words);
  } else {
    add_head(slip, said);
    for (const LineWords& line : said.lines) add_line(slip, line, words);
    add_sums(slip, said, columns);
    add_tenders(slip, said);
    add_taxes(slip, said);
    add_fiscal_block(slip, receipt, code, words);
    add_anchor(slip, receipt, words);
  }
  add_foot(slip, receipt, said);
  add_test_mark(slip, receipt, words);
  add_mark(slip, receipt, form, words);
  return slip.add(drivers::Cut{});
}

}  // namespace pos
