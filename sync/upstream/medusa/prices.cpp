#include "sync/upstream/medusa/prices.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/base/text.h"
#include "sync/upstream/medusa/order.h"

namespace syncing::medusa {

namespace {

// One that could be charged, and the list that it stands in; nullptr: its own.
struct Candidate {
  RegionPrice price;
  const PriceList* list = nullptr;
};

bool names_region(const Json& value, const Place& place) {
  if (value.is_string()) return value == place.region;
  return value.is_array() && std::find(value.begin(), value.end(), place.region) != value.end();
}

// How many conditions `rules` names; none: one is not met here. Only the region
// of a sale at the till is known; it has no group of customers.
std::optional<std::int64_t> rules_met(const Json& rules, const Place& place) {
  if (!rules.is_object()) return 0;
  for (const auto& [attribute, value] : rules.items()) {
    if (attribute != "region_id" || !names_region(value, place)) return {};
  }
  return static_cast<std::int64_t>(rules.size());
}

// Nothing where it is another currency's, another region's, or a price by number.
std::optional<RegionPrice> region_price(const Json& json, const Place& place) {
  if (text_at(json, "currency_code") != region_currency(place.currency)) return {};
  if (number_at(json, "min_quantity") > 1) return {};
  const auto rules = rules_met(at(json, "rules"), place);
  const core::Money amount = rounded_money(at(json, "amount"), place.currency);
  if (!rules || amount.minor < 0 || amount.minor > core::largest_minor) return {};
  return RegionPrice{amount, *rules};
}

// Lists come before own prices, the more closely meant first, then the lower.
bool comes_first(const Candidate& a, const Candidate& b) {
  const auto rank = [](const Candidate& one) {
    return std::tuple(one.list == nullptr, -one.price.rules, one.price.amount.minor);
  };
  return rank(a) < rank(b);
}

std::optional<Charged> charged_at(const std::vector<Candidate>& candidates, core::Instant now) {
  const RegionPrice* own = nullptr;
  const RegionPrice* regular = nullptr;  // without sales
  const Candidate* listed = nullptr;
  for (const Candidate& one : candidates) {
    if (one.list && !one.list->is_in_force(now)) continue;
    if (!one.list && !own) own = &one.price;
    if (one.list && !listed) listed = &one;
    if (!regular && !(one.list && one.list->is_sale)) regular = &one.price;
  }
  if (!listed && !own) return {};
  if (!listed) return Charged{own->amount, {}};
  if (!listed->list->is_sale) return Charged{listed->price.amount, {}};
  Charged result{listed->price.amount, {}};
  const bool is_dearer =
      own && own->amount.minor > 0 && result.price.minor > 0 && own->amount < result.price;
  if (is_dearer) result.price = own->amount;
  if (regular && regular->amount > result.price) result.compare_at = regular->amount;
  return result;
}

// A list counts until the end of its last moment.
std::set<core::Instant> turns(const std::vector<Candidate>& candidates, core::Instant now) {
  std::set<core::Instant> moments;
  for (const Candidate& one : candidates) {
    if (!one.list) continue;
    if (one.list->begins > now) moments.insert(one.list->begins);
    if (one.list->ends >= now) moments.insert(one.list->ends + std::chrono::milliseconds{1});
  }
  return moments;
}

// The same list as the same text: Medusa gives its prices in any order.
std::string in_fixed_order(Json list) {
  std::vector<std::string> prices;
  for (const Json& price : list_at(list, "prices"))
    prices.push_back(price.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::sort(prices.begin(), prices.end());
  list["prices"] = std::move(prices);
  return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

// Without *price_rules the rules of a price read as none.
const std::string_view price_list_fields =
    "id,status,type,starts_at,ends_at,*price_list_rules,prices.id,prices.amount,"
    "prices.currency_code,prices.min_quantity,*prices.price_rules,prices.price_set.variant.id";

void add_price_lists(PriceLists& known, const Json& page, const Place& place) {
  for (const Json& json : list_at(page, "price_lists")) {
    known.mark = core::sha256_hex(known.mark + in_fixed_order(json));
    const auto rules = rules_met(at(json, "rules"), place);
    if (text_at(json, "status") != "active" || !rules) continue;
    PriceList list{
        text_at(json, "type") == "sale", time_at(json, "starts_at"), time_at(json, "ends_at"), {}};
    for (const Json& price : list_at(json, "prices")) {
      auto counted = region_price(price, place);
      if (!counted) continue;
      counted->rules += *rules;
      list.prices[text_at(price, "variant_id")].push_back(*counted);
    }
    known.lists.push_back(std::move(list));
  }
}

std::optional<Charged> charged(const Json& variant, const PriceLists& lists, const Place& place,
                               core::Instant now) {
  std::vector<Candidate> candidates;
  for (const Json& json : list_at(variant, "prices")) {
    if (const auto price = region_price(json, place)) candidates.push_back({*price, nullptr});
  }
  for (const PriceList& list : lists.lists) {
    const auto found = list.prices.find(text_at(variant, "id"));
    if (found == list.prices.end()) continue;
    for (const RegionPrice& price : found->second) candidates.push_back({price, &list});
  }
  std::stable_sort(candidates.begin(), candidates.end(), comes_first);
  auto result = charged_at(candidates, now);
  if (!result) return {};
  std::optional<Charged> before = result;
  for (const core::Instant moment : turns(candidates, now)) {
    auto then = charged_at(candidates, moment);
    if (!then || then == before) continue;
    result->coming.push_back({moment, then->price, then->compare_at});
    before = std::move(then);
  }
  return result;
}

}  // namespace syncing::medusa
