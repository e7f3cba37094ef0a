// Answers as Shopify gives them, for tests: an order as OrderState asks for it,
// and what comes over the wire.
#pragma once

#include <string>

#include "core/orders/pricing.h"
#include "sync/upstream/shopify/dialogue.h"
#include "tests/support/receipts.h"

namespace tests {

using ShopifyJson = syncing::shopify::Json;

inline ShopifyJson shopify_money(std::int64_t minor) {
  return {{"shopMoney",
           {{"amount", core::to_plain(core::Money{minor, core::eur})}, {"currencyCode", "EUR"}}}};
}

inline ShopifyJson shopify_transaction(int n, const std::string& kind, std::int64_t minor,
                                       const std::string& gateway = "shopify_payments",
                                       int parent = 0) {
  ShopifyJson json{{"id", "gid://shopify/OrderTransaction/" + std::to_string(n)},
                   {"kind", kind},
                   {"status", "SUCCESS"},
                   {"gateway", gateway},
                   {"processedAt", "2026-11-21T14:44:05Z"},
                   {"amountSet", shopify_money(minor)},
                   {"parentTransaction", nullptr}};
  if (parent != 0) {
    json["parentTransaction"] = {
        {"id", "gid://shopify/OrderTransaction/" + std::to_string(parent)}};
  }
  return json;
}

struct ShopifyOrder {
  std::int64_t total = 0, received = 0, refunded = 0;
  std::string financial = "PAID", fulfilment = "FULFILLED";
  bool closed = false, cancelled = false;
  ShopifyJson transactions = ShopifyJson::array();
  ShopifyJson refunds = ShopifyJson::array();
};

inline ShopifyJson shopify_order(const ShopifyOrder& order) {
  ShopifyJson json{{"id", "gid://shopify/Order/7001"},
                   {"name", "#1001"},
                   {"updatedAt", "2026-11-21T14:44:05Z"},
                   {"closed", order.closed},
                   {"cancelledAt", nullptr},
                   {"currencyCode", "EUR"},
                   {"displayFinancialStatus", order.financial},
                   {"displayFulfillmentStatus", order.fulfilment},
                   {"canMarkAsPaid", order.received < order.total},
                   {"totalPriceSet", shopify_money(order.total)},
                   {"totalReceivedSet", shopify_money(order.received)},
                   {"totalOutstandingSet", shopify_money(order.total - order.received)},
                   {"totalRefundedSet", shopify_money(order.refunded)},
                   {"transactions", order.transactions},
                   {"refunds", order.refunds},
                   {"fulfillments", ShopifyJson::array()}};
  if (order.cancelled) json["cancelledAt"] = "2026-11-21T15:00:00Z";
  return json;
}

inline syncing::Heard shopify_says(const ShopifyJson& data) {
  return {200, {}, ShopifyJson{{"data", data}}.dump(), "", false, {}};
}
inline syncing::Heard shopify_found(const ShopifyJson& order) {
  return shopify_says({{"found", order}});
}
inline syncing::Heard shopify_did(const ShopifyJson& order) {
  return shopify_says({{"did", {{"order", order}, {"userErrors", ShopifyJson::array()}}}});
}
inline syncing::Heard shopify_refuses(const std::string& message, const std::string& code = "") {
  const ShopifyJson error{{"field", nullptr}, {"message", message}, {"code", code}};
  return shopify_says({{"did", {{"userErrors", ShopifyJson::array({error})}}}});
}

}  // namespace tests
