// Everything that is ever asked of Shopify's GraphQL Admin API, in one place.
// Each document is checked against Shopify's published schema by the suite
// tests/e2e/shopify.sh, which reads them out of shopify_operations.cpp.
#pragma once

#include <string>
#include <string_view>

namespace syncing::shopify {

// The version of the API that the documents are written for; lives until July 2027.
inline constexpr std::string_view api_version = "2026-07";

// Our own id of an order stands there in this metafield, whose type `id` is
// unique over the shop: how an order is found again after a lost answer.
inline constexpr std::string_view id_namespace = "tresen";
inline constexpr std::string_view id_key = "order_id";

// A document without the fragments that it uses; `document` adds them.
struct Operation {
  std::string_view name;
  std::string_view text;
  bool writes() const { return text.find("mutation ") <= 1; }
};

extern const Operation set_up, define_order_id, scopes;
extern const Operation order_by_our_id, order_by_id, order_lines, fulfilment_orders, sent_goods;
extern const Operation create_order, pay_rest, pay_part, capture, void_authorization;
extern const Operation fulfil, prepare_pickup, refund, adjust_stock;
extern const Operation archive, unarchive, cancel;
extern const Operation pull_orders, pull_products, pull_variants_of, pull_stock, pull_deleted,
    pull_customers;
extern const Operation start_bulk, poll_bulk;

// What is sent: the operation with its fragments.
std::string document(const Operation& operation);

// The query that a bulk operation runs for the whole catalogue at one location.
std::string bulk_catalogue(std::string_view location);

}  // namespace syncing::shopify
