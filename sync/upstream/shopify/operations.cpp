#include "sync/upstream/shopify/operations.h"

#include <fmt/format.h>

#include <array>

namespace syncing::shopify {

namespace {

constexpr std::string_view order_state = R"graphql(
fragment OrderState on Order {
  id name updatedAt closed cancelledAt currencyCode
  displayFinancialStatus displayFulfillmentStatus canMarkAsPaid
  totalPriceSet { shopMoney { amount currencyCode } }
  totalReceivedSet { shopMoney { amount currencyCode } }
  totalOutstandingSet { shopMoney { amount currencyCode } }
  totalRefundedSet { shopMoney { amount currencyCode } }
  transactions(first: 30) {
    id kind status gateway processedAt
    amountSet { shopMoney { amount currencyCode } }
    parentTransaction { id }
  }
  refunds(first: 20) { id note totalRefundedSet { shopMoney { amount currencyCode } } }
})graphql";

constexpr std::string_view line_whole = R"graphql(
fragment LineWhole on LineItem {
  id sku name title quantity currentQuantity unfulfilledQuantity refundableQuantity
  requiresShipping isGiftCard
  variant { id barcode }
  customAttributes { key value }
  originalUnitPriceSet { shopMoney { amount currencyCode } }
  discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount currencyCode } }
  taxLines { rate }
})graphql";

// Sized so that a page of them costs less than the 1,000 points that one query
// may, counted in the strictest way. What is longer is read by OrderLines.
constexpr std::string_view order_whole = R"graphql(
fragment OrderWhole on Order {
  id name createdAt processedAt updatedAt closed cancelledAt currencyCode
  sourceName sourceIdentifier email note taxesIncluded customerLocale
  ours: metafield(namespace: "tresen", key: "order_id") { value }
  displayFinancialStatus displayFulfillmentStatus
  totalPriceSet { shopMoney { amount currencyCode } }
  currentTotalPriceSet { shopMoney { amount currencyCode } }
  totalOutstandingSet { shopMoney { amount currencyCode } }
  customer { displayName defaultEmailAddress { emailAddress } }
  shippingAddress {
    name company address1 address2 zip city province countryCodeV2 phone
  }
  billingAddress { name }
  transactions(first: 20) {
    id kind status gateway processedAt
    amountSet { shopMoney { amount currencyCode } }
    parentTransaction { id }
  }
  refunds(first: 7) {
    id note createdAt
    totalRefundedSet { shopMoney { amount currencyCode } }
    transactions(first: 2) { nodes { id } }
    refundLineItems(first: 5) {
      nodes {
        quantity restockType
        lineItem { id }
        subtotalSet { shopMoney { amount currencyCode } }
        totalTaxSet { shopMoney { amount currencyCode } }
      }
    }
  }
  returns(first: 3) {
    nodes {
      status
      returnLineItems(first: 5) {
        nodes {
          ... on ReturnLineItem {
            quantity refundedQuantity
            fulfillmentLineItem { lineItem { id } }
          }
        }
      }
    }
  }
  fulfillments(first: 5) {
    id status createdAt
    trackingInfo(first: 3) { company number url }
    fulfillmentLineItems(first: 10) { nodes { quantity lineItem { id } } }
  }
  shippingLines(first: 3) {
    nodes {
      title
      discountedPriceSet { shopMoney { amount currencyCode } }
      taxLines { rate }
    }
  }
  fulfillmentOrders(first: 3) { nodes { status deliveryMethod { methodType } } }
  lineItems(first: 10) { pageInfo { hasNextPage endCursor } nodes { ...LineWhole } }
})graphql";

constexpr std::string_view variant_whole = R"graphql(
fragment VariantWhole on ProductVariant {
  id title sku barcode price compareAtPrice taxable
  inventoryItem {
    id tracked requiresShipping
    inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }
  }
})graphql";

struct Fragment {
  std::string_view name;
  std::string_view text;
  std::string_view uses;  // another fragment, which stands before it in the list
};
constexpr std::array<Fragment, 4> fragments{{{"VariantWhole", variant_whole, ""},
                                             {"OrderWhole", order_whole, "LineWhole"},
                                             {"LineWhole", line_whole, ""},
                                             {"OrderState", order_state, ""}}};

}  // namespace

// --- the shop ---
const Operation set_up{"SetUp", R"graphql(
query SetUp {
  shop { name myshopifyDomain currencyCode taxesIncluded plan { shopifyPlus partnerDevelopment } }
  locations(first: 50) { nodes { id name isActive } }
})graphql"};

const Operation scopes{"Scopes", R"graphql(
query Scopes { currentAppInstallation { accessScopes { handle } } })graphql"};

const Operation define_order_id{"DefineOrderId", R"graphql(
mutation DefineOrderId($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) {
    createdDefinition { id }
    userErrors { field message code }
  }
})graphql"};

// --- one order ---
const Operation order_by_our_id{"OrderByOurId", R"graphql(
query OrderByOurId($id: UniqueMetafieldValueInput!) {
  found: orderByIdentifier(identifier: {customId: $id}) { ...OrderState }
})graphql"};

const Operation order_by_id{"OrderById", R"graphql(
query OrderById($id: ID!) { found: order(id: $id) { ...OrderState } })graphql"};

const Operation order_lines{"OrderLines", R"graphql(
query OrderLines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { ...LineWhole }
    }
  }
})graphql"};

const Operation fulfilment_orders{"FulfilmentOrders", R"graphql(
query FulfilmentOrders($id: ID!, $after: String) {
  order(id: $id) {
    fulfillmentOrders(first: 1, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id status
        supportedActions { action }
        deliveryMethod { methodType }
        lineItems(first: 250) { nodes { id remainingQuantity lineItem { id } } }
      }
    }
  }
})graphql"};

// What left, parcel by parcel: the lines' own counts also lack what was taken out.
const Operation sent_goods{"SentGoods", R"graphql(
query SentGoods($id: ID!) {
  order(id: $id) {
    fulfillments(first: 20) {
      id status
      fulfillmentLineItems(first: 20) { nodes { quantity lineItem { id } } }
    }
  }
})graphql"};

const Operation create_order{"CreateOrder", R"graphql(
mutation CreateOrder($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
  did: orderCreate(order: $order, options: $options) {
    order { ...OrderState }
    userErrors { field message code }
  }
})graphql"};

// --- money ---
const Operation pay_rest{"PayRest", R"graphql(
mutation PayRest($id: ID!) {
  did: orderMarkAsPaid(input: {id: $id}) {
    order { ...OrderState }
    userErrors { field message }
  }
})graphql"};

const Operation pay_part{"PayPart", R"graphql(
mutation PayPart($id: ID!, $amount: MoneyInput, $method: String, $at: DateTime) {
  did: orderCreateManualPayment(
    id: $id, amount: $amount, paymentMethodName: $method, processedAt: $at
  ) {
    order { ...OrderState }
    userErrors { field message code }
  }
})graphql"};

const Operation capture{"Capture", R"graphql(
mutation Capture($input: OrderCaptureInput!) {
  did: orderCapture(input: $input) {
    transaction { id kind status order { ...OrderState } }
    userErrors { field message }
  }
})graphql"};

const Operation void_authorization{"VoidAuthorization", R"graphql(
mutation VoidAuthorization($parent: ID!) {
  did: transactionVoid(parentTransactionId: $parent) {
    transaction { id kind status order { ...OrderState } }
    userErrors { field message code }
  }
})graphql"};

const Operation refund{"Refund", R"graphql(
mutation Refund($input: RefundInput!, $key: String!) {
  did: refundCreate(input: $input) @idempotent(key: $key) {
    refund { id }
    order { ...OrderState }
    userErrors { field message }
  }
})graphql"};

// --- goods ---
const Operation adjust_stock{"AdjustStock", R"graphql(
mutation AdjustStock($input: InventoryAdjustQuantitiesInput!, $key: String!) {
  did: inventoryAdjustQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { field message code }
  }
})graphql"};

const Operation fulfil{"Fulfil", R"graphql(
mutation Fulfil($fulfillment: FulfillmentInput!) {
  did: fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status order { ...OrderState } }
    userErrors { field message }
  }
})graphql"};

const Operation prepare_pickup{"PreparePickup", R"graphql(
mutation PreparePickup($input: FulfillmentOrderLineItemsPreparedForPickupInput!) {
  did: fulfillmentOrderLineItemsPreparedForPickup(input: $input) {
    userErrors { field message code }
  }
})graphql"};

// --- what is finished ---
const Operation archive{"Archive", R"graphql(
mutation Archive($id: ID!) {
  did: orderClose(input: {id: $id}) { order { ...OrderState } userErrors { field message } }
})graphql"};

const Operation unarchive{"Unarchive", R"graphql(
mutation Unarchive($id: ID!) {
  did: orderOpen(input: {id: $id}) { order { ...OrderState } userErrors { field message } }
})graphql"};

const Operation cancel{"Cancel", R"graphql(
mutation Cancel($id: ID!, $reason: OrderCancelReason!, $refund: OrderCancelRefundMethodInput,
                $restock: Boolean!, $note: String) {
  did: orderCancel(
    orderId: $id, reason: $reason, refundMethod: $refund, restock: $restock,
    notifyCustomer: false, staffNote: $note
  ) {
    job { id }
    userErrors: orderCancelUserErrors { field message code }
  }
})graphql"};

// --- pulling ---
const Operation pull_orders{"PullOrders", R"graphql(
query PullOrders($query: String!, $after: String) {
  pulled: orders(first: 2, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { ...OrderWhole }
  }
})graphql"};

const Operation pull_products{"PullProducts", R"graphql(
query PullProducts($query: String!, $after: String, $location: ID!) {
  pulled: products(first: 10, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id handle title status productType updatedAt isGiftCard
      variants(first: 10) { pageInfo { hasNextPage endCursor } nodes { ...VariantWhole } }
    }
  }
})graphql"};

const Operation pull_variants_of{"PullVariantsOf", R"graphql(
query PullVariantsOf($id: ID!, $after: String, $location: ID!) {
  product(id: $id) {
    variants(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { ...VariantWhole }
    }
  }
})graphql"};

const Operation pull_stock{"PullStock", R"graphql(
query PullStock($query: String!, $after: String, $location: ID!) {
  pulled: inventoryItems(first: 50, after: $after, query: $query) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id tracked updatedAt
      variants(first: 1) { nodes { id } }
      inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }
    }
  }
})graphql"};

const Operation pull_deleted{"PullDeleted", R"graphql(
query PullDeleted($query: String!, $after: String) {
  pulled: deletionEvents(first: 100, after: $after, query: $query, subjectTypes: [PRODUCT]) {
    pageInfo { hasNextPage endCursor }
    nodes { occurredAt subjectId }
  }
})graphql"};

// What Shopify would show as a name where there is none is the address.
const Operation pull_customers{"PullCustomers", R"graphql(
query PullCustomers($query: String!, $after: String) {
  pulled: customers(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { id firstName lastName locale updatedAt defaultEmailAddress { emailAddress } }
  }
})graphql"};

const Operation start_bulk{"StartBulk", R"graphql(
mutation StartBulk($query: String!) {
  did: bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id status }
    userErrors { field message code }
  }
})graphql"};

const Operation poll_bulk{"PollBulk", R"graphql(
query PollBulk($id: ID!) {
  bulkOperation(id: $id) { id status errorCode objectCount url }
})graphql"};

namespace {

// "LOCATION" is replaced by the location's id: a bulk query has no variables.
constexpr std::string_view bulk_query = R"graphql(
query BulkCatalogue {
  products {
    edges {
      node {
        id handle title status productType updatedAt isGiftCard
        variants {
          edges {
            node {
              id title sku barcode price compareAtPrice taxable
              inventoryItem {
                id tracked requiresShipping
                inventoryLevel(locationId: "LOCATION") {
                  quantities(names: ["available"]) { name quantity }
                }
              }
            }
          }
        }
      }
    }
  }
})graphql";

}  // namespace

std::string document(const Operation& operation) {
  std::string text(operation.text);
  // Each fragment stands in the list before those that it uses itself.
  for (const Fragment& fragment : fragments) {
    const bool used = text.find(fmt::format("...{}", fragment.name)) != std::string::npos;
    if (used) text += fragment.text;
  }
  return text;
}

std::string bulk_catalogue(std::string_view location) {
  constexpr std::string_view place = "LOCATION";
  std::string text(bulk_query);
  return text.replace(text.find(place), place.size(), location);
}

}  // namespace syncing::shopify
