// What Shopify is told of an order that was sold here: the variables of its
// mutations. Pure. The amounts are chosen so that Shopify's total is the till's
// to the cent (decisions.md says how).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalogue/pulled_catalogue.h"
#include "core/orders/order.h"
#include "core/orders/pricing.h"
#include "core/store/anchor.h"
#include "sync/upstream/shopify/reply.h"

namespace syncing::shopify {

// What is known of the shop before anything is told to it.
struct ShopFacts {
  core::Currency currency = core::eur;
  std::string location;         // gid of the place that the till stands in
  bool is_plus = false;         // takes part payments of any amount
  bool mails_receipts = false;  // Shopify does
};

Json id_definition();                   // of DefineOrderId
Json our_id(const core::Order& order);  // UniqueMetafieldValueInput
// `variants`: what each line sells, as Shopify calls it; missing ones are none of its goods.
// `anchor`: of the order's receipt.
Json create_variables(const core::Order& order, const std::vector<core::UpstreamVariant>& variants,
                      const ShopFacts& shop, const std::optional<core::Anchor>& anchor = {});

// Where a line stands in Shopify's order. A line whose price does not divide
// evenly stands there twice.
inline constexpr std::string_view line_property = "_tresen_line";

// How a tender is called there: "cash", "card", or its own label.
std::string gateway_of(const core::Payment& payment);

// Whether all of the order left over the counter when it was sold.
bool is_handed_over(const core::Order& order);

// Of a line: whole pieces, or one parcel of weighed goods.
std::int64_t pieces_of(const core::LineItem& line, core::Quantity quantity);

}  // namespace syncing::shopify
