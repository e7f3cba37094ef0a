#include "core/tax/tax.h"

#include <charconv>
#include <chrono>

namespace core {

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
  return {{"standard", {1900}, ""}, {"reduced", {700}, ""}, {"zero", {0}, ""}};
}

}  // namespace core
