// Who the shop and its till are, as a fiscal authority wants it of each receipt and closing
// (DSFinV-K: cashpointclosing, location, cashregister). A change is a new version; a closing
// points to the one that it was made under. Plain values.
#pragma once

#include <string>

#include "core/base/clock.h"

namespace core {

struct MasterData {
  std::int64_t row = 0;  // the version; 0: none yet
  Instant since;         // of the first receipt that it was written with
  std::string name, street, postcode, city, country, tax_number, vat_id;
  std::string site;    // which of the shop's places
  std::string till;    // "T1"
  std::string serial;  // of the till: made once, for ever; a PrintableString of at most 30
  std::string make, model, software;  // "Tresen", "Tresen", "0.1"
  std::string currency;
};
// Whether both say the same, whenever.
bool is_same(const MasterData& a, const MasterData& b);

}  // namespace core
