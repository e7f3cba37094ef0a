#include "core/settings/master_data.h"

#include <tuple>

namespace core {

bool is_same(const MasterData& a, const MasterData& b) {
  const auto said = [](const MasterData& m) {
    return std::tie(m.name, m.street, m.postcode, m.city, m.country, m.tax_number, m.vat_id, m.site,
                    m.till, m.serial, m.make, m.model, m.software, m.currency);
  };
  return said(a) == said(b);
}

}  // namespace core
