// What each country calls its ways of taxing: a key for each, and a set of rates to begin
// with. Germany: the keys of DSFinV-K 2.4, annex 2 (UST_SCHLUESSEL). Austria: the classes
// of the RKSV's machine-readable code, numbered as they stand in it. Switzerland: the rates
// of MWSTG article 25, numbered here. Pure; no thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/tax/tax.h"

namespace core {

// Where nobody has chosen one the rates are Germany's, and nothing is signed.
enum class Country { none, germany, austria, switzerland };
// "DE", "AT", "CH", ""; anything else is none.
Country country_from(std::string_view code);

namespace german_key {
inline constexpr TaxKey general{1}, reduced{2}, farmers{3}, foresters{4}, not_taxable{5}, exempt{6},
    not_determinable{7}, zero_rate{8};
inline constexpr TaxKey general_2020{21}, reduced_2020{22};  // 16 and 5 %
}  // namespace german_key
namespace austrian_key {
inline constexpr TaxKey normal{1}, reduced_1{2}, reduced_2{3}, zero{4}, special{5};
}  // namespace austrian_key
namespace swiss_key {
inline constexpr TaxKey normal{1}, reduced{2}, lodging{3}, zero{4};
}  // namespace swiss_key

// The rates that a shop of this country begins with, the usual one first.
std::vector<TaxRate> ready_rates(Country country);

// The key that is told of `code` at `rate` on a shop's list: its own where it has one, else
// the country's for such a rate, else one from 1000 on by the place of the code in the list.
TaxKey key_of(Country country, const std::vector<TaxRate>& rates, std::string_view code, Rate rate);

// The key of what is no turnover: vouchers for goods of any rate, tips of the staff.
TaxKey untaxed_key(Country country);

// What a platform tells a rate of and no code that is known here.
TaxKey key_of_rate(Country country, const std::vector<TaxRate>& rates, Rate rate);

// The shop's own keys, from here on.
inline constexpr std::int64_t first_own_key = 1000;
// Whether a shop of this country may give the key to a rate of its own.
bool is_tax_key(Country country, TaxKey key);

// What a receipt says where no tax is on something, as a text key; empty: nothing is to be
// said, or there is tax. Germany's keys alone say why; no other country has their numbers
// for no tax.
std::string_view why_untaxed(Taxed taxed);

}  // namespace core
