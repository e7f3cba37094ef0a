#include "core/tax/tax.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "core/tax/country.h"

namespace core {

std::string to_text(const Taxed& taxed) {
  std::string text = basis_points_text(taxed.rate);
  if (taxed.key.is_known()) text += "#" + std::to_string(taxed.key.number);
  return text;
}

Taxed taxed_from(std::string_view text) {
  const auto number = [](std::string_view digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  const auto mark = text.find('#');
  const std::string_view rate = text.substr(0, mark);
  const auto point = rate.find('.');
  std::string thousandths(point == rate.npos ? "" : rate.substr(point + 1));
  thousandths.resize(3, '0');
  return {{number(rate.substr(0, point)), number(thousandths)},
          {mark == text.npos ? 0 : number(text.substr(mark + 1))}};
}

TaxLine& sum_for(std::vector<TaxLine>& taxes, Taxed taxed, Currency currency) {
  const auto at =
      std::ranges::find_if(taxes, [&](const TaxLine& line) { return line.taxed() >= taxed; });
  if (at != taxes.end() && at->taxed() == taxed) return *at;
  const Money zero{0, currency};
  return *taxes.insert(at, TaxLine{taxed.rate, zero, zero, zero, taxed.key});
}

bool is_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = -1;
    const char* end = text.data() + at + size;
    const auto [rest, fault] = std::from_chars(text.data() + at, end, value);
    return fault == std::errc{} && rest == end ? value : -1;
  };
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  return year > 0 && month > 0 && day > 0 &&
         std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

std::vector<std::string> tax_codes(const std::vector<TaxRate>& rates) {
  std::vector<std::string> codes;
  for (const TaxRate& rate : rates) {
    if (std::ranges::find(codes, rate.code) == codes.end()) codes.push_back(rate.code);
  }
  return codes;
}

bool is_tax_code(const std::vector<TaxRate>& rates, std::string_view code) {
  return code == not_taxable ||
         std::ranges::any_of(rates, [&](const TaxRate& rate) { return rate.code == code; });
}

Rate rate_on(const std::vector<TaxRate>& rates, std::string_view code, std::string_view date) {
  if (code == not_taxable) return {};
  const TaxRate* found = nullptr;
  for (const TaxRate& rate : rates) {
    if (rate.code != code || std::string_view(rate.valid_from) > date) continue;
    if (!rate.valid_until.empty() && std::string_view(rate.valid_until) < date) continue;
    if (!found || rate.valid_from >= found->valid_from) found = &rate;
  }
  if (found) return found->rate;
  return rates.empty() ? Rate{} : rates.front().rate;
}

std::vector<TaxRate> german_rates() {
  return ready_rates(Country::germany);
}

}  // namespace core
