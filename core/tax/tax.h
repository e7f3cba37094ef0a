// Tax rates by code and date, the keys that a country has for them, and whether the shop's
// prices include the tax.
//
// DE/AT/CH retail: prices include tax, and the tax of a rate is taken out of
// the gross sum of that rate, never out of single lines (facts: fiscal rules,
// money arithmetic). US: prices exclude tax, which is added to the net sum.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"

namespace core {

enum class TaxMode { included, added };

// The number that a country has for a kind of taxing, by which sums are told to its
// authority: two kinds may have one rate. core/tax/country.h has them. From 1000 on they
// are the shop's own; 0: written before there were keys.
struct TaxKey {
  std::int64_t number = 0;
  friend auto operator<=>(const TaxKey&, const TaxKey&) = default;
  bool is_known() const { return number != 0; }
};

// How something is taxed.
struct Taxed {
  Rate rate;
  TaxKey key = {};
  friend bool operator==(const Taxed&, const Taxed&) = default;
  // The highest rate comes first, of one rate the lowest key.
  friend std::strong_ordering operator<=>(const Taxed& a, const Taxed& b) {
    return a.rate != b.rate ? b.rate <=> a.rate : a.key <=> b.key;
  }
};
std::string to_text(const Taxed& taxed);  // "1900#1"; without a key "1900"
Taxed taxed_from(std::string_view text);  // the same back

// A rate is valid from a local date on ("2026-01-01"), until a later one of its
// code begins or its last day is over.
struct TaxRate {
  std::string code;  // "standard", "reduced", "zero"
  Rate rate;
  std::string valid_from;        // ISO date; empty: always
  std::string valid_until = {};  // the last day; empty: no end
  std::string name = {};         // in the shop's words; empty: the code's own
  TaxKey key = {};               // 0: the one that the country has for such a rate
  friend bool operator==(const TaxRate&, const TaxRate&) = default;
};

// The share of one way of taxing in one order.
struct TaxLine {
  Rate rate;
  Money net;
  Money tax;
  Money gross;
  TaxKey key = {};
  Taxed taxed() const { return {rate, key}; }
  friend bool operator==(const TaxLine&, const TaxLine&) = default;
};

// The sum for `taxed` among others in their order; a new one, of noughts, where there is none.
TaxLine& sum_for(std::vector<TaxLine>& taxes, Taxed taxed, Currency currency);

// The code of what no tax is on: a voucher for goods of any rate is taxed when they are
// bought with it (UStG section 3(15)).
inline constexpr std::string_view not_taxable = "not_taxable";

// Whether it is a day of the calendar as "2026-01-31".
bool is_iso_date(std::string_view text);

// Whether the shop has a rate of this code; `not_taxable` is always there.
bool is_tax_code(const std::vector<TaxRate>& rates, std::string_view code);
// Each code once, in the order of the list, with "not_taxable" where it stands in it.
std::vector<std::string> tax_codes(const std::vector<TaxRate>& rates);

// The rate of `code` on `date`. Set-up refuses an unknown code; goods that still have one
// (of an older store) are taxed by the first of the list: too much tax is mended, too
// little is owed. Nothing is on `not_taxable`.
Rate rate_on(const std::vector<TaxRate>& rates, std::string_view code, std::string_view date);

// Germany's, as core/tax/country.h has them.
std::vector<TaxRate> german_rates();

}  // namespace core
