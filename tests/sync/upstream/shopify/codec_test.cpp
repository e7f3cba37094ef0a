#include <doctest/doctest.h>

#include <numeric>

#include "core/orders/receive.h"
#include "sync/upstream/shopify/pull.h"
#include "sync/upstream/shopify/reader.h"
#include "tests/support/shopify_answers.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;
using core::OutboxFate;
using syncing::Answer;

Answer trouble(const Heard& heard) {
  const auto data = data_of(heard);
  REQUIRE_FALSE(data);
  return data.error();
}

// What Shopify will add up: lines, shipping, and the one discount.
std::int64_t total_of(const Json& variables) {
  const auto cents = [](const Json& bag) {
    return money_from(text_at(bag, "shopMoney.amount"), core::eur)->minor;
  };
  const Json& order = variables["order"];
  std::int64_t sum = 0;
  for (const Json& line : order["lineItems"]) {
    sum += cents(line["priceSet"]) * line["quantity"].get<std::int64_t>();
  }
  for (const Json& line : at(order, "shippingLines")) sum += cents(line["priceSet"]);
  const Json& off = at(order, "discountCode.itemFixedDiscountCode.amountSet");
  return off.is_null() ? sum : sum - cents(off);
}
std::int64_t tax_of(const Json& variables) {
  std::int64_t sum = 0;
  for (const char* list : {"lineItems", "shippingLines"}) {
    for (const Json& line : at(variables["order"], list)) {
      for (const Json& tax : line["taxLines"]) {
        sum += money_from(text_at(tax, "priceSet.shopMoney.amount"), core::eur)->minor;
      }
    }
  }
  return sum;
}

Json whole_order() {
  Json json = tests::shopify_order({2489, 0, 0, "AUTHORIZED", "UNFULFILLED"});
  json["createdAt"] = json["processedAt"] = "2026-11-21T14:40:00Z";
  json["sourceName"] = "web";
  json["taxesIncluded"] = true;
  json["email"] = "kunde@example.com";
  json["customer"] = {{"displayName", "Anna Kunde"}};
  json["customerLocale"] = "de-DE";
  json["transactions"] = Json::array({tests::shopify_transaction(5, "AUTHORIZATION", 2489)});
  json["shippingLines"]["nodes"] = Json::array({{{"title", "DHL"},
                                                 {"discountedPriceSet", tests::shopify_money(490)},
                                                 {"taxLines", Json::array({{{"rate", 0.19}}})}}});
  json["lineItems"]["nodes"] = Json::array({{{"id", "gid://shopify/LineItem/11"},
                                             {"name", "Ware"},
                                             {"quantity", 1},
                                             {"unfulfilledQuantity", 1},
                                             {"requiresShipping", true},
                                             {"originalUnitPriceSet", tests::shopify_money(1999)},
                                             {"discountedTotalSet", tests::shopify_money(1999)},
                                             {"taxLines", Json::array({{{"rate", 0.19}}})}}});
  return json;
}

}  // namespace

TEST_CASE("shopify: amounts are read exactly, with whatever zeros they have") {
  CHECK(money_from("35.98", core::eur)->minor == 3598);
  CHECK(money_from("17.9", core::eur)->minor == 1790);
  CHECK(money_from("0.0", core::eur)->minor == 0);
  CHECK(money_from("100.0", core::currency_from("JPY"))->minor == 100);
  CHECK(money_from("9999999.99", core::eur)->minor == 999999999);
  CHECK_FALSE(money_from("0.005", core::eur));
  CHECK_FALSE(money_from("1e3", core::eur));
  CHECK_FALSE(money_from("", core::eur));
}

TEST_CASE("shopify: each kind of bad answer has a sentence, and nothing is lost") {
  struct Row {
    Heard heard;
    std::string reason;
    OutboxFate fate;
  };
  const std::string down = "Shopify asks to slow down.";
  for (const Row& row : {
           Row{{0, {}, "", "The platform cannot be reached.", true, {}},
               "The platform cannot be reached.",
               OutboxFate::again},
           Row{{401, {}, R"({"errors":"[API] Invalid API key"})", "", false, {}},
               "Shopify does not accept the access token. Enter a new one.",
               OutboxFate::again},
           Row{{404, {}, R"({"errors":"Not Found"})", "", false, {}},
               "There is no Shopify shop at this address.",
               OutboxFate::again},
           Row{{302, {}, "", "", false, {}},
               "This address sends us elsewhere. Enter the shop's own one, NAME.myshopify.com.",
               OutboxFate::again},
           Row{{429, 4s, "", "", false, {}}, down, OutboxFate::again},
           Row{{500, {}, "<html>", "", false, {}},
               "Shopify answers with an error (500).",
               OutboxFate::again},
           Row{{503, 7s, "", "", false, {}},
               "Shopify answers with an error (503).",
               OutboxFate::again},
           Row{{200, {}, "<!DOCTYPE html><html>", "", false, {}},
               "A web page answers instead of Shopify: is there a proxy or a login page between?",
               OutboxFate::again},
           Row{{200, {}, R"({"data":{"shop":{"na)", "", false, {}},
               "The answer was cut off on its way.",
               OutboxFate::again},
           Row{{200, {}, "", "", false, {}},
               "The answer was cut off on its way.",
               OutboxFate::again},
           Row{{200, {}, "{}", "", false, {}}, "Shopify answers with nothing.", OutboxFate::again},
           Row{{200, {}, R"({"errors":[{"message":"Field 'x' doesn't exist"}]})", "", false, {}},
               "Shopify says: Field 'x' doesn't exist",
               OutboxFate::refused},
       }) {
    const Answer answer = trouble(row.heard);
    CHECK(answer.reason == row.reason);
    CHECK(answer.fate == row.fate);
  }
  CHECK(trouble({429, 4s, "", "", false, {}}).retry_after == 4s);
  CHECK(trouble({503, 7s, "", "", false, {}}).retry_after == 7s);
}

TEST_CASE("shopify: a throttled request waits until its cost is there again") {
  const std::string body = R"({"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],
    "extensions":{"cost":{"requestedQueryCost":252,"actualQueryCost":null,
    "throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":52,"restoreRate":100.0}}}})";
  for (const long status : {200L, 429L}) {
    const Answer answer = trouble({status, {}, body, "", false, {}});
    CHECK(answer.retry_after == 2s);
    CHECK(answer.fate == OutboxFate::again);
  }
  CHECK(pause_for(10, 2000, 100) == 1s);
  CHECK(pause_for(10, 0, 0) == 2s);
  CHECK(pause_for(1e18, 0, 1) == 300s);
}

TEST_CASE("shopify: a development shop's five orders a minute are waited for") {
  const Json payload{
      {"userErrors", Json::array({{{"message", "Too many attempts. Please try again later."}}})}};
  CHECK(user_errors(payload)->retry_after == 60s);
  CHECK(user_errors(payload)->fate == OutboxFate::again);
}

TEST_CASE("shopify: a dormant shop takes nothing for now, which is no fault of the order") {
  const Json payload{{"userErrors", Json::array({{{"message", "x"}, {"code", "SHOP_DORMANT"}}})}};
  CHECK(user_errors(payload)->fate == OutboxFate::again);
  CHECK(user_errors(payload)->link_down);
}

TEST_CASE("shopify: total and tax of what is told are the till's to the cent") {
  ShopFacts shop;
  shop.location = "gid://shopify/Location/1";
  std::vector<core::Order> orders = {tests::plain_sale().order, tests::discounted_sale().order};
  // Three for ten, weighed goods, both roundings, shipping.
  core::Order thirds = tests::order_of({tests::item("Seife", 334, core::pieces(3), 1900)});
  thirds.discount = core::Discount{core::DiscountKind::amount, 2, "Stammkunde"};
  orders.push_back(thirds);
  thirds.cash_rounding = {-2, core::eur};
  thirds.extras = {{"Bote", {499, core::eur}, {1900}}};
  orders.push_back(thirds);
  thirds.cash_rounding = {3, core::eur};
  orders.push_back(thirds);
  for (std::int64_t n = 1; n < 60; ++n) {
    core::Order order = tests::order_of(
        {tests::item("A", 101 + n * 7, core::pieces(1 + n % 7), 1900),
         tests::item("B", 99 + n, {252 * n}, 700), tests::item("C", 1, core::pieces(n), 1900)});
    order.discount = core::Discount{core::DiscountKind::percent, 137 * (n % 60), "Aktion"};
    orders.push_back(order);
  }
  for (const core::Order& order : orders) {
    const core::Totals totals = core::price(order);
    const Json told = create_variables(order, {}, shop);
    CHECK(total_of(told) == totals.total.minor);
    CHECK(tax_of(told) == totals.tax.minor);
  }
}

TEST_CASE("shopify: an order is told with its id, its time, its tender and a change of stock") {
  ShopFacts shop;
  shop.location = "gid://shopify/Location/1";
  core::Order order = tests::plain_sale().order;
  order.fulfilment = "fulfilled";
  const std::vector<core::UpstreamVariant> variants(order.lines.size(),
                                                    {"gid://shopify/ProductVariant/9", ""});
  const Json told = create_variables(order, variants, shop);
  const Json& said = told["order"];
  CHECK(told["options"]["inventoryBehaviour"] == "DECREMENT_IGNORING_POLICY");
  CHECK(told["options"]["sendReceipt"] == false);
  ShopFacts mailing = shop;
  mailing.mails_receipts = true;
  const auto is_asked = [&] {
    return create_variables(order, variants, mailing)["options"]["sendReceipt"] == true;
  };
  order.customer.email = "";
  CHECK_FALSE(is_asked());  // nobody to mail to
  order.customer.email = "brandt@post.example";
  CHECK(is_asked());
  CHECK(said["metafields"][0]["type"] == "id");
  CHECK(said["metafields"][0]["value"] == core::to_text(order.id));
  CHECK(said["sourceIdentifier"] == "T1-000123");
  CHECK(said["processedAt"] == core::to_iso(order.placed));
  CHECK(said["transactions"][0]["gateway"] == "cash");
  CHECK(said["transactions"][0]["amountSet"]["shopMoney"]["amount"] == "24.97");
  CHECK(said["fulfillment"]["locationId"] == shop.location);
  CHECK_FALSE(said.contains("taxLines"));
  CHECK_FALSE(said.contains("financialStatus"));
  // Weighed goods are told by their weight, without taking a piece from the stock.
  CHECK(said["lineItems"][0]["title"] == "Bergkäse 12 Monate, 0.252 kg");
  CHECK_FALSE(said["lineItems"][0].contains("variantId"));
  CHECK(said["lineItems"][1]["variantId"] == "gid://shopify/ProductVariant/9");
  CHECK(said["lineItems"][1]["taxLines"][0]["rate"] == "0.07");
}

TEST_CASE("shopify: a lowered price stands in the line, the list price beside it") {
  const Json told = create_variables(tests::discounted_sale().order, {}, ShopFacts{});
  const Json& oil = told["order"]["lineItems"][1];
  bool list = false;
  for (const Json& property : oil["properties"]) {
    list = list || (property["name"] == "list_price" && property["value"] == "12.90");
  }
  CHECK(list);
  CHECK_FALSE(told["order"].contains("discountCode"));
}

TEST_CASE("shopify: an unpaid order has no transactions, a void is none") {
  core::Order order = tests::order_of({tests::item("Brot", 500)});
  CHECK(create_variables(order, {}, ShopFacts{})["order"]["transactions"].empty());
  core::Payment paid = tests::cash(500, 500);
  core::Payment taken_back = paid;
  taken_back.id = {tests::uuid_of(110)};
  taken_back.kind = core::TransactionKind::void_;
  taken_back.original = paid.id;
  order.payments = {paid, taken_back};
  CHECK(create_variables(order, {}, ShopFacts{})["order"]["transactions"].empty());
}

TEST_CASE("shopify: an online order is read whole, and the same twice") {
  const auto order = order_from(whole_order());
  REQUIRE(order);
  CHECK(*order == *order_from(whole_order()));
  CHECK(order->number == "1001");
  CHECK(order->channel == "online");
  CHECK(order->customer == core::Customer{"Anna Kunde", "kunde@example.com", "de"});
  CHECK(order->delivery == core::Delivery::shipping);
  CHECK(core::price(*order).total.minor == 2489);
  CHECK(core::payment_word(*order, core::price(*order).total) == "authorized");
  CHECK(order->payments[0].upstream_id == "gid://shopify/OrderTransaction/5");
  CHECK(order->payments[0].expires == order->payments[0].at + std::chrono::hours{168});
}

TEST_CASE("shopify: words that nobody knows yet are kept") {
  Json json = whole_order();
  json["displayFulfillmentStatus"] = "FULFILLMENT_NOT_REQUIRED";
  json["displayFinancialStatus"] = "UNDER_REVIEW";
  const auto order = order_from(json);
  REQUIRE(order);
  CHECK(order->fulfilment == "fulfillment_not_required");
  CHECK(order->upstream_payment == "under_review");
}

TEST_CASE("shopify: a total that does not add up is Shopify's, with a charge that says so") {
  Json json = whole_order();
  json["totalPriceSet"] = tests::shopify_money(2490);
  const auto order = order_from(json);
  REQUIRE(order);
  CHECK(core::price(*order).total.minor == 2490);
  CHECK(order->extras.back().title == "Difference to Shopify's total");
}

TEST_CASE("shopify: a second change within one second is still news") {
  Json json = whole_order();
  core::Order known = *order_from(json);
  known.version = 1;
  CHECK_FALSE(core::is_news(known, *order_from(json)));
  json["transactions"].push_back(
      tests::shopify_transaction(6, "CAPTURE", 2489, "shopify_payments", 5));
  CHECK(core::is_news(known, *order_from(json)));
}

TEST_CASE("shopify: parcels and refunds come with their lines") {
  Json json = whole_order();
  json["displayFulfillmentStatus"] = "FULFILLED";
  json["lineItems"]["nodes"][0]["unfulfilledQuantity"] = 0;
  json["fulfillments"] = Json::array(
      {{{"id", "gid://shopify/Fulfillment/3"},
        {"status", "SUCCESS"},
        {"trackingInfo", Json::array({{{"company", "DHL"}, {"number", "JD01"}}})},
        {"fulfillmentLineItems",
         {{"nodes", Json::array({{{"quantity", 1},
                                  {"lineItem", {{"id", "gid://shopify/LineItem/11"}}}}})}}}}});
  json["refunds"] =
      Json::array({{{"id", "gid://shopify/Refund/4"},
                    {"note", "zu klein"},
                    {"totalRefundedSet", tests::shopify_money(1999)},
                    {"refundLineItems",
                     {{"nodes", Json::array({{{"quantity", 1},
                                              {"restockType", "RETURN"},
                                              {"lineItem", {{"id", "gid://shopify/LineItem/11"}}},
                                              {"subtotalSet", tests::shopify_money(1999)}}})}}}}});
  const auto order = order_from(json);
  REQUIRE(order);
  REQUIRE(order->fulfilments.size() == 1);
  CHECK(order->fulfilments[0].lines ==
        std::vector<core::LineQuantity>{{order->lines[0].id, core::pieces(1)}});
  CHECK(order->fulfilments[0].tracking_number == "JD01");
  CHECK(order->fulfilment.empty());  // it follows from the parcels
  CHECK(core::fulfilment_word(*order) == "fulfilled");
  CHECK(order->refunds[0].amount.minor == 1999);
  CHECK(order->refunds[0].lines[0].restock);
}

TEST_CASE(
    "shopify: a line without a quantity is taken with attention, an order without total is not") {
  Json json = whole_order();
  json["lineItems"]["nodes"][0]["quantity"] = nullptr;
  const auto order = order_from(json);
  REQUIRE(order);
  CHECK_FALSE(order->attention.empty());
  json = whole_order();
  json.erase("totalPriceSet");
  CHECK(order_from(json).error() == "Shopify's order #1001: it has no id, name or total.");
  CHECK_FALSE(order_from(Json()));
  CHECK_FALSE(order_from(Json::array()));
}

TEST_CASE("shopify: an order with a payment in another currency is refused, not added up") {
  Json json = whole_order();
  json["transactions"][0]["amountSet"]["shopMoney"]["currencyCode"] = "USD";
  CHECK(order_from(json).error() ==
        "Shopify's order #1001: it has amounts in different currencies.");
}

TEST_CASE("shopify bulk: products and their variants, however the bytes are cut") {
  const std::string text =
      R"({"id":"gid://shopify/Product/1","handle":"brot","title":"Brot","status":"ACTIVE","productType":"Back"})"
      "\n"
      R"({"id":"gid://shopify/ProductVariant/2","title":"Default Title","sku":"B","barcode":"4006381333931","price":"4.9","taxable":true,"inventoryItem":{"id":"gid://shopify/InventoryItem/3","tracked":true,"requiresShipping":true,"inventoryLevel":{"quantities":[{"name":"available","quantity":7}]}},"__parentId":"gid://shopify/Product/1"})"
      "\n"
      R"({"id":"gid://shopify/Product/4","handle":"weg","title":"Weg","status":"ARCHIVED"})";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    // The next piece begins where the first has been used up to.
    const BulkPiece first = read_bulk(text.substr(0, cut), PieceIs::followed, core::eur);
    REQUIRE(first.used <= cut);
    const BulkPiece second = read_bulk(text.substr(first.used), PieceIs::last, core::eur);
    std::vector<ReadProduct> products = first.products;
    products.insert(products.end(), second.products.begin(), second.products.end());
    REQUIRE(products.size() == 2);
    REQUIRE(products[0].product.variants.size() == 1);
    const core::PulledVariant& pulled = products[0].product.variants[0];
    CHECK(pulled.variant.price.minor == 490);
    CHECK(pulled.variant.title.empty());
    CHECK(pulled.variant.stock == core::pieces(7));
    CHECK(pulled.variant.category == "Back");
    CHECK(pulled.inventory_id == "gid://shopify/InventoryItem/3");
    CHECK(pulled.counts_stock);
    CHECK_FALSE(products[1].is_sold);
    CHECK(first.faults.empty());
    CHECK(second.faults.empty());
  }
}

TEST_CASE("shopify bulk: a broken line is told and costs only itself") {
  const std::string text =
      "nonsense\n{\"id\":\"gid://shopify/ProductVariant/2\",\"__parentId\":\"gid://x\"}\n"
      R"({"id":"gid://shopify/Product/1","handle":"brot","title":"Brot","status":"ACTIVE"})"
      "\n";
  const BulkPiece piece = read_bulk(text, PieceIs::last, core::eur);
  CHECK(piece.faults ==
        std::vector<std::string>{"A line is not JSON.", "A variant does not follow its product."});
  CHECK(piece.products.size() == 1);
  CHECK(piece.used == text.size());
}

}  // namespace syncing::shopify
