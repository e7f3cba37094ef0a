// Tax rates by code and date, and whether the shop's prices include the tax.
//
// DE/AT/CH retail: prices include tax, and the tax of a rate is taken out of
// the gross sum of that rate, never out of single lines (facts: fiscal rules,
// money arithmetic). US: prices exclude tax, which is added to the net sum.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"

namespace core {

enum class TaxMode { included, added };

// A rate is valid from a local date on ("2026-01-01"), until a later one of its
// code begins or its last day is over.
struct TaxRate {
  std::string code;  // "standard", "reduced", "zero"
  Rate rate;
  std::string valid_from;        // ISO date; empty: always
  std::string valid_until = {};  // the last day; empty: no end
  std::string name = {};         // in the shop's words; empty: the code's own
  friend bool operator==(const TaxRate&, const TaxRate&) = default;
};

// The share of one rate in one order.
struct TaxLine {
  Rate rate;
  Money net;
  Money tax;
  Money gross;
  friend bool operator==(const TaxLine&, const TaxLine&) = default;
};

// The code of what no tax is on: a voucher for goods of any rate is taxed when they are
// bought with it (UStG section 3(15)).
inline constexpr std::string_view not_taxable = "not_taxable";

// Whether it is a day of the calendar as "2026-01-31".
bool is_iso_date(std::string_view text);

// The rate of `code` on `date`. An unknown code has the shop's standard rate,
// the first of the list: too much tax is mended, too little is owed. Nothing is on
// `not_taxable`.
Rate rate_on(const std::vector<TaxRate>& rates, std::string_view code, std::string_view date);

// Germany's: standard 19 %, reduced 7 %, zero.
std::vector<TaxRate> german_rates();

}  // namespace core
