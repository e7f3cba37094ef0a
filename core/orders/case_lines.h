// A receipt as its business cases: what a closing sums by case and tax key, and what the
// exports and the signing devices of a fiscal authority are told. Pure; no thread.
//
// Goods that stay until all is paid are a down payment by the keys of what was ordered, the last
// receipt has them in full and releases it; of a voucher each payment sells its part. Goods that
// go along are sold at once, what is owed for them a receivable (fiscal requirements, table C).
#pragma once

#include <string>
#include <vector>

#include "core/orders/business_case.h"
#include "core/orders/receipt.h"

namespace core {

// An amount in hundred-thousandths of the currency's unit, as DSFinV-K has its lines_vat.
struct FineAmount {
  std::int64_t hundred_thousandths = 0;
  friend auto operator<=>(const FineAmount&, const FineAmount&) = default;
  FineAmount& operator+=(FineAmount other) {
    hundred_thousandths += other.hundred_thousandths;
    return *this;
  }
  friend FineAmount operator-(FineAmount a, FineAmount b) {
    return {a.hundred_thousandths - b.hundred_thousandths};
  }
};
FineAmount fine(Money money);
std::string to_plain(FineAmount amount);  // "9.57983"

struct CaseLine {
  BusinessCase business_case = BusinessCase::goods;
  Taxed taxed;
  LineId line = {};       // of the order; nil: of all of them, or of none
  std::string text = {};  // the article; empty: the case says it all
  Quantity quantity{1000};
  Money gross;
  FineAmount net, tax;  // of this line; together they are the gross
  friend bool operator==(const CaseLine&, const CaseLine&) = default;
};

// The lines of a receipt. They sum to tendered(), whatever its kind: none for what moves
// nothing, as a correction of a tender or a cart that was given up.
std::vector<CaseLine> business_case_lines(const Receipt& receipt);
BusinessCase case_of(const LineItem& line);

// What the receipt took (below 0: gave) by all tenders, tips with it: its amount less what
// vouchers paid, where redeeming one is a line. Austria's untaxed vouchers pay as cash does,
// elsewhere they are lines.
Money tendered(const Receipt& receipt);

// What it says of receivables: below 0 where one was set, above where it was released.
Money receivables(const Receipt& receipt);

Money gross_of(const std::vector<CaseLine>& lines, Currency currency);

// Sums of lines by case and key.
struct CaseSum {
  BusinessCase business_case = BusinessCase::goods;
  Taxed taxed;
  Money gross;
  FineAmount net, tax;
  friend bool operator==(const CaseSum&, const CaseSum&) = default;
};
// In the order of the cases, then of the keys.
void add(std::vector<CaseSum>& sums, const CaseLine& line);

}  // namespace core
