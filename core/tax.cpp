#include "core/tax.h"

namespace core {

Rate rate_on(const std::vector<TaxRate>& rates, std::string_view code, std::string_view date) {
  const TaxRate* found = nullptr;
  for (const TaxRate& rate : rates) {
    if (rate.code != code || std::string_view(rate.valid_from) > date) continue;
    if (!found || rate.valid_from >= found->valid_from) found = &rate;
  }
  if (found) return found->rate;
  return rates.empty() ? Rate{} : rates.front().rate;
}

std::vector<TaxRate> german_rates() {
  return {{"standard", {1900}, ""}, {"reduced", {700}, ""}, {"zero", {0}, ""}};
}

}  // namespace core
