#include "sync/upstream/shopify_shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sync/upstream/shopify_pull.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 10> needed{"read_orders",
                                                  "write_orders",
                                                  "read_products",
                                                  "read_inventory",
                                                  "write_inventory",
                                                  "read_locations",
                                                  "read_customers",
                                                  "write_customers",
                                                  "read_merchant_managed_fulfillment_orders",
                                                  "write_merchant_managed_fulfillment_orders"};
constexpr auto clock_tolerance = 120s;

std::vector<std::string> handles_of(const Json& data) {
  std::vector<std::string> handles;
  for (const Json& scope : at(data, "currentAppInstallation.accessScopes")) {
    handles.push_back(text_at(scope, "handle"));
  }
  return handles;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

std::optional<Answer> read_shop(const Json& data, std::string_view location, ShopFacts& shop) {
  shop.currency = core::currency_from(text_at(data, "shop.currencyCode"));
  if (shop.currency == core::Currency{}) return again("Shopify's answer makes no sense.");
  shop.is_plus = flag_at(data, "shop.plan.shopifyPlus");
  shop.location.clear();
  for (const Json& place : at(data, "locations.nodes")) {
    const bool meant = location.empty()
                           ? flag_at(place, "isActive")
                           : location == text_at(place, "id") || location == text_at(place, "name");
    if (meant && shop.location.empty()) shop.location = text_at(place, "id");
  }
  if (!shop.location.empty()) return {};
  return again(location.empty()
                   ? std::string("The Shopify shop has no active location.")
                   : fmt::format("The Shopify shop has no location called {}.", location));
}

std::vector<std::string> missing_scopes(const Json& data) {
  const std::vector<std::string> handles = handles_of(data);
  const auto has = [&](std::string_view wanted) {
    return std::find(handles.begin(), handles.end(), wanted) != handles.end();
  };
  std::vector<std::string> missing;
  for (const std::string_view scope : needed) {
    const bool implied =
        scope.starts_with("read_") && has(fmt::format("write_{}", scope.substr(5)));
    if (!has(scope) && !implied) missing.emplace_back(scope);
  }
  return missing;
}

Checked check(const Heard& set_up, const Heard& scopes, std::string_view location,
              core::Instant now) {
  const auto shop = data_of(set_up);
  if (!shop) return {false, {shop.error().reason}};
  const auto given = data_of(scopes);
  if (!given) return {false, {given.error().reason}};
  Checked checked{true, {}};
  if (const auto missing = missing_scopes(*given); !missing.empty()) {
    checked.works = false;
    checked.sentences.push_back("The Shopify app lacks permissions: " + joined(missing));
  }
  ShopFacts facts;
  if (const auto trouble = read_shop(*shop, location, facts)) {
    checked.works = false;
    checked.sentences.push_back(trouble->reason);
  }
  const auto ahead = set_up.server_time ? now - *set_up.server_time : 0ms;
  if (ahead > clock_tolerance || ahead < -clock_tolerance) {
    checked.works = false;
    checked.sentences.push_back(
        fmt::format("The till's clock is {} minutes {}: orders would get a wrong time.",
                    std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead)).count(),
                    ahead > 0ms ? "fast" : "slow"));
  }
  if (!checked.works) return checked;
  checked.sentences.push_back(fmt::format("Connected to {} ({}), {}.", text_at(*shop, "shop.name"),
                                          text_at(*shop, "shop.myshopifyDomain"),
                                          facts.currency.text()));
  if (const std::string note = history_note(handles_of(*given)); !note.empty()) {
    checked.sentences.push_back(note);
  }
  if (flag_at(*shop, "shop.plan.partnerDevelopment")) {
    checked.sentences.push_back("A development shop takes five orders a minute.");
  }
  if (!facts.is_plus) {
    checked.sentences.push_back(
        "Without the plan Plus, a part payment waits here until the order is paid.");
  }
  return checked;
}

}  // namespace syncing::shopify
