#include "core/tax/country.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

constexpr Rate none_at_all{0};

struct KnownKey {
  Rate rate;
  TaxKey key;
};

// The one key that a rate above zero has in its country; 0: it has none there.
TaxKey key_of_taxed(Country country, Rate rate) {
  static constexpr std::array german{
      KnownKey{{1900}, german_key::general},      KnownKey{{700}, german_key::reduced},
      KnownKey{{780}, german_key::farmers},       KnownKey{{550}, german_key::foresters},
      KnownKey{{1600}, german_key::general_2020}, KnownKey{{500}, german_key::reduced_2020}};
  static constexpr std::array austrian{
      KnownKey{{2000}, austrian_key::normal}, KnownKey{{1000}, austrian_key::reduced_1},
      KnownKey{{1300}, austrian_key::reduced_2}, KnownKey{{1900}, austrian_key::special},
      KnownKey{{490}, austrian_key::special}};
  static constexpr std::array swiss{KnownKey{{810}, swiss_key::normal},
                                    KnownKey{{260}, swiss_key::reduced},
                                    KnownKey{{380}, swiss_key::lodging}};
  const auto among = [&](const auto& known) {
    const auto found = std::ranges::find(known, rate, &KnownKey::rate);
    return found == known.end() ? TaxKey{} : found->key;
  };
  if (country == Country::austria) return among(austrian);
  if (country == Country::switzerland) return among(swiss);
  return among(german);
}

TaxKey key_of_untaxed(Country country, std::string_view code) {
  if (country == Country::austria) return austrian_key::zero;
  if (country == Country::switzerland) return swiss_key::zero;
  if (code == not_taxable) return german_key::not_taxable;
  return code == "exempt" ? german_key::exempt : german_key::zero_rate;
}

TaxKey usual_key(Country country, std::string_view code, Rate rate) {
  return rate == none_at_all ? key_of_untaxed(country, code) : key_of_taxed(country, rate);
}

}  // namespace

Country country_from(std::string_view code) {
  if (code == "DE") return Country::germany;
  if (code == "AT") return Country::austria;
  return code == "CH" ? Country::switzerland : Country::none;
}

std::vector<TaxRate> ready_rates(Country country) {
  const auto rate = [](const char* code, Rate percent, TaxKey key, const char* from = "") {
    return TaxRate{code, percent, from, {}, {}, key};
  };
  if (country == Country::austria) {
    // Some foods are taxed at 4.9 % from July 2026 on, as all were at 10 % before.
    return {rate("standard", {2000}, austrian_key::normal),
            rate("reduced", {1000}, austrian_key::reduced_1),
            rate("reduced_13", {1300}, austrian_key::reduced_2),
            rate("food", {1000}, austrian_key::reduced_1),
            rate("food", {490}, austrian_key::special, "2026-07-01"),
            rate("special", {1900}, austrian_key::special),
            rate("zero", {0}, austrian_key::zero)};
  }
  if (country == Country::switzerland) {
    return {rate("standard", {810}, swiss_key::normal), rate("reduced", {260}, swiss_key::reduced),
            rate("lodging", {380}, swiss_key::lodging), rate("zero", {0}, swiss_key::zero)};
  }
  return {rate("standard", {1900}, german_key::general),
          rate("reduced", {700}, german_key::reduced), rate("zero", {0}, german_key::zero_rate),
          rate("exempt", {0}, german_key::exempt),
          rate("not_taxable", {0}, german_key::not_taxable)};
}

TaxKey key_of(Country country, const std::vector<TaxRate>& rates, std::string_view code,
              Rate rate) {
  for (const TaxRate& known : rates) {
    if (known.code == code && known.rate == rate && known.key.is_known()) return known.key;
  }
  if (const TaxKey usual = usual_key(country, code, rate); usual.is_known()) return usual;
  const auto codes = tax_codes(rates);
  return {first_own_key + (std::ranges::find(codes, code) - codes.begin())};
}

TaxKey untaxed_key(Country country) {
  return key_of_untaxed(country, not_taxable);
}

TaxKey key_of_rate(Country country, const std::vector<TaxRate>& rates, Rate rate) {
  const auto known = std::ranges::find(rates, rate, &TaxRate::rate);
  return key_of(country, rates, known == rates.end() ? "" : known->code, rate);
}

bool is_tax_key(Country country, TaxKey key) {
  if (key.number >= first_own_key) return true;
  if (country == Country::austria) {
    return key >= austrian_key::normal && key <= austrian_key::special;
  }
  if (country == Country::switzerland) return key >= swiss_key::normal && key <= swiss_key::zero;
  // Those of the past end in the key that they were: 11, 21, 33 ... (annex 2).
  const std::int64_t last = key.number % 10;
  return key.number >= 1 && key.number < 100 && last >= 1 && last <= 8;
}

std::string_view why_untaxed(Taxed taxed) {
  if (!taxed.rate.is_zero()) return "";
  if (taxed.key == german_key::exempt) return "exempt from tax";
  if (taxed.key == german_key::not_taxable) return "not taxable";
  return "";
}

}  // namespace core
