// What a receipt says, as finished words in its own language, whatever it is
// written on: the slip and the mail are both laid out from this. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/orders/receipt.h"
#include "pos/ui/translate.h"

namespace pos {

// A label and what stands at the right edge.
struct Fact {
  std::string label;
  std::string value;
  friend bool operator==(const Fact&, const Fact&) = default;
};

struct LineWords {
  std::string title;
  std::string quantity;         // "2", "0,252 kg"
  std::string detail;           // "2 × 4,90", "0,252 kg × 24,90 €/kg"; empty: one piece
  std::string amount;           // before discounts
  std::string tax_mark;         // "A": the row of the tax table
  std::string regular;          // the unit price before an override; empty: none
  std::vector<Fact> discounts;  // "10 % Stammkunde", "−0,49"
  std::string note;
};

struct TaxWords {
  std::string rate, net, tax, gross;
};

struct TenderWords {
  Fact amount;                // "Karte", "12,34"
  std::string reference;      // "Visa •••• 4242"
  std::vector<Fact> details;  // given, change
};

struct ReceiptWords {
  std::vector<std::string> shop;        // name first
  std::string title;                    // "Kassenbeleg", "Anzahlung", "Restzahlung"
  std::string date, time;               // of the end, in the shop's time zone
  Fact receipt;                         // its code
  std::vector<Fact> facts;              // order, till, cashier, customer, begin
  std::vector<std::string> invoice_to;  // the address, a heading first; empty: none
  std::vector<LineWords> lines;
  std::vector<Fact> sums;  // from the subtotal to the rounding; empty: only a total
  Fact total;
  std::vector<Fact> account;  // of a part payment: paid before, paid now
  std::optional<Fact> still_due;
  std::vector<TenderWords> tenders;
  std::string tax_title;  // says which amount the table divides
  TaxWords tax_heads;
  std::vector<TaxWords> taxes;
  std::vector<std::string> tax_notes;  // "C: exempt from tax"
  std::string tax_number;
  std::vector<std::string> footer;
  std::vector<std::string> fiscal;  // of its signature, written out: a line each; empty: none
};

ReceiptWords words_of(const core::Receipt& receipt, const Words& words);

// "Cash", "Card"; of another tender its own label.
std::string tender_name(core::Tender tender, const std::string& label, const Words& words);

// The customer's language, or else the shop's.
Language language_of(const core::Receipt& receipt);

}  // namespace pos
