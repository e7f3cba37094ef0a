// What Medusa would charge for a variant in the till's region: its own prices and
// those of price lists, now and at every moment at which a dated list begins or
// ends. Pure. As its pricing module decides (calculatePrices, 2.21) for somebody
// who belongs to no group of customers and buys one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/catalogue/pulled_catalogue.h"
#include "sync/upstream/medusa/draft.h"

namespace syncing::medusa {

// A price that counts in the region. `rules`: how closely it is meant; of two
// prices the one with more counts.
struct RegionPrice {
  core::Money amount;
  std::int64_t rules = 0;
  friend bool operator==(const RegionPrice&, const RegionPrice&) = default;
};

struct PriceList {
  bool is_sale = false;        // lowers a price; else it takes the price's place
  core::Instant begins, ends;  // ends with this moment; 0: open
  std::map<std::string, std::vector<RegionPrice>> prices;  // by variant
  bool is_in_force(core::Instant now) const {
    return begins <= now && (ends == core::Instant{} || ends >= now);
  }
};

// All price lists that may count here, as `price_lists_url` asks for them.
struct PriceLists {
  std::vector<PriceList> lists;
  std::string mark;  // another one when any of it has changed
};
extern const std::string_view price_list_fields;  // for the URL
// Adds a page of Medusa's lists.
void add_price_lists(PriceLists& known, const Json& page, const Place& place);

struct Charged {
  core::Money price;
  std::optional<core::Money> compare_at;     // before it was lowered by a sale
  std::vector<core::PriceStep> coming = {};  // after `now`
  friend bool operator==(const Charged&, const Charged&) = default;
};
// None: the variant has no price in this region.
std::optional<Charged> charged(const Json& variant, const PriceLists& lists, const Place& place,
                               core::Instant now);

}  // namespace syncing::medusa
