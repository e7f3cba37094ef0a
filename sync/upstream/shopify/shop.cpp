#include "sync/upstream/shopify/shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "sync/upstream/shopify/operations.h"
#include "sync/upstream/shopify/pull.h"

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

constexpr std::string_view domain = ".myshopify.com";

bool is_host_name(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  });
}

bool is_port(std::string_view port) {
  return port.empty() ||
         (port.size() <= 6 && port[0] == ':' &&
          std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; }));
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

Check check(const Heard& set_up, const Heard& scopes, std::string_view location,
            core::Instant now) {
  const auto shop = data_of(set_up);
  if (!shop) return {false, {}, {shop.error().reason}};
  const auto given = data_of(scopes);
  if (!given) return {false, {}, {given.error().reason}};
  Check check;
  if (const auto missing = missing_scopes(*given); !missing.empty()) {
    check.trouble.push_back("The Shopify app lacks permissions: " + joined(missing));
  }
  ShopFacts facts;
  if (const auto trouble = read_shop(*shop, location, facts)) {
    check.trouble.push_back(trouble->reason);
  }
  const auto ahead = set_up.date ? now - *set_up.date : 0ms;
  if (ahead > clock_tolerance || ahead < -clock_tolerance) {
    check.trouble.push_back(
        fmt::format("The till's clock is {} minutes {}: orders would get a wrong time.",
                    std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead)).count(),
                    ahead > 0ms ? "fast" : "slow"));
  }
  check.works = check.trouble.empty();
  check.found.push_back(fmt::format("Shop \"{}\" ({}), currency {}", text_at(*shop, "shop.name"),
                                    text_at(*shop, "shop.myshopifyDomain"), facts.currency.text()));
  if (const std::string note = history_note(handles_of(*given)); !note.empty()) {
    check.found.push_back(note);
  }
  if (flag_at(*shop, "shop.plan.partnerDevelopment")) {
    check.found.emplace_back("A development shop takes five orders a minute.");
  }
  if (!facts.is_plus) {
    check.found.emplace_back(
        "Without the plan Plus, a part payment waits here until the order is paid.");
  }
  return check;
}

core::Result<std::string, std::string> api_url(std::string_view address, bool has_authority) {
  std::string_view rest = core::trim(address);
  const bool plain = rest.starts_with("http://");
  const bool whole = plain || rest.starts_with("https://");
  if (whole) rest.remove_prefix(plain ? 7 : 8);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::string_view host = rest.substr(0, rest.find(':'));
  const std::string_view port = rest.substr(host.size());
  if (!is_host_name(host) || !is_port(port)) {
    return tl::unexpected(
        std::string("Enter the shop's address as Shopify calls it: NAME.myshopify.com."));
  }
  std::string name(rest);
  if (!whole && host.find('.') == std::string_view::npos) name += domain;
  const bool here = host == "127.0.0.1";
  const bool shopify = std::string_view(name).ends_with(domain);
  if (plain && !here) {
    return tl::unexpected(std::string("The address must begin with https://."));
  }
  if (!here && !shopify && !has_authority) {
    return tl::unexpected(
        std::string("Enter the shop's address as Shopify calls it: NAME.myshopify.com."));
  }
  return fmt::format("{}://{}/admin/api/{}/graphql.json", plain ? "http" : "https", name,
                     api_version);
}

}  // namespace syncing::shopify
