#include "core/commands/tax_keys.h"

#include "core/store/order_store.h"
#include "core/tax/country.h"

namespace core {

bool name_tax_keys(const Settings& settings, Order& order) {
  const Country country = country_from(settings.shop.country);
  const std::vector<TaxRate>& rates = settings.money.rates;
  bool any = false;
  for (LineItem& line : order.lines) {
    if (line.tax_key.is_known()) continue;
    // A platform's code is a guess, its rate is not.
    const bool is_ours = order.channel == "till";
    line.tax_key = is_ours ? key_of(country, rates, line.tax_code, line.tax_rate)
                           : key_of_rate(country, rates, line.tax_rate);
    any = true;
  }
  for (ExtraCharge& extra : order.extras) {
    if (extra.tax_key.is_known()) continue;
    extra.tax_key = key_of_rate(country, rates, extra.tax_rate);
    any = true;
  }
  return any;
}

void keep_tax_keys(Till& till, Order& order) {
  const bool is_ours = order.channel == "till";
  if (is_ours && order.version > 0) return;
  if (!name_tax_keys(till.settings, order)) return;
  if (!is_ours) {
    replace_lines(till.database, order);
    return;
  }
  for (std::size_t i = 0; i < order.lines.size(); ++i) save_line(till.database, order, i);
}

}  // namespace core
