#include "sync/upstream/shopify.h"

#include <doctest/doctest.h>

#include "sync/upstream/shopify_shop.h"
#include "tests/support/fake_wire.h"
#include "tests/support/shopify_answers.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;
using core::OutboxFate;
using tests::FakeWire;
using tests::shopify_did;
using tests::shopify_found;
using tests::shopify_order;
using tests::shopify_says;

const Heard shop_answer = shopify_says(
    {{"shop",
      {{"name", "Lindner"},
       {"myshopifyDomain", "lindner.myshopify.com"},
       {"currencyCode", "EUR"},
       {"plan", {{"shopifyPlus", false}, {"partnerDevelopment", false}}}}},
     {"locations",
      {{"nodes",
        Json::array(
            {{{"id", "gid://shopify/Location/3"}, {"name", "Lager"}, {"isActive", false}},
             {{"id", "gid://shopify/Location/4"}, {"name", "Laden"}, {"isActive", true}}})}}}});
const Heard definition_answer =
    shopify_says({{"metafieldDefinitionCreate",
                   {{"createdDefinition", {{"id", "x"}}}, {"userErrors", Json::array()}}}});

Heard scopes_answer(const std::vector<std::string>& handles) {
  Json scopes = Json::array();
  for (const std::string& handle : handles) scopes.push_back({{"handle", handle}});
  return shopify_says({{"currentAppInstallation", {{"accessScopes", scopes}}}});
}

struct Talk {
  Talk() : wire(new FakeWire), shopify(std::unique_ptr<Wire>(wire), "") {}
  // Answers the open request and lets the adapter go on.
  std::vector<RowAnswer> answer(const Heard& heard) {
    REQUIRE(wire->answer(heard));
    return shopify.answers();
  }
  void meet() {
    REQUIRE(answer(shop_answer).empty());
    REQUIRE(answer(definition_answer).empty());
  }
  FakeWire* wire;
  Shopify shopify;
};

Job push(std::uint8_t n) {
  core::Order order = tests::order_of({tests::item("Brot", 500, core::pieces(4))});
  order.id = {tests::uuid_of(n)};
  order.payments = {tests::cash(2000, 2000)};
  order.fulfilment = "fulfilled";
  return {n, order};
}

std::vector<Job> pushes(std::uint8_t count) {
  std::vector<Job> jobs;
  for (std::uint8_t n = 1; n <= count; ++n) jobs.push_back(push(n));
  return jobs;
}

Json orders_page(const Json& orders, bool more = false) {
  return {
      {"pulled", {{"pageInfo", {{"hasNextPage", more}, {"endCursor", "c1"}}}, {"nodes", orders}}}};
}

Json online_order(int n, const std::string& updated = "2026-11-21T14:44:05Z") {
  Json json = shopify_order({1000, 1000});
  json["id"] = "gid://shopify/Order/" + std::to_string(n);
  json["name"] = "#" + std::to_string(n);
  json["updatedAt"] = updated;
  json["lineItems"] = {
      {"pageInfo", {{"hasNextPage", false}}},
      {"nodes", Json::array({{{"id", "gid://shopify/LineItem/" + std::to_string(n)},
                              {"name", "Ware"},
                              {"quantity", 1},
                              {"originalUnitPriceSet", tests::shopify_money(1000)},
                              {"taxLines", Json::array()}}})}};
  return json;
}

}  // namespace

TEST_CASE("shopify: the shop is met once, then orders go, at most eight at a time") {
  Talk talk;
  talk.shopify.begin(pushes(20));
  CHECK(talk.wire->said == std::vector<std::string>{"SetUp"});
  talk.meet();
  CHECK(talk.wire->open.size() == 8);
  std::size_t done = 0;
  while (!talk.wire->open.empty()) {
    const bool looking = talk.wire->open.front().operation() == "OrderByOurId";
    for (const RowAnswer& row : talk.answer(looking ? shopify_says({{"found", nullptr}})
                                                    : shopify_did(shopify_order({2000, 2000})))) {
      CHECK(row.answer == syncing::done());
      ++done;
    }
  }
  CHECK(done == 20);
  CHECK(talk.wire->most_open == 8);
  CHECK(std::count(talk.wire->said.begin(), talk.wire->said.end(), "SetUp") == 1);
  CHECK(std::count(talk.wire->said.begin(), talk.wire->said.end(), "CreateOrder") == 20);
}

TEST_CASE("shopify: a definition that is there already is what we wanted") {
  Talk talk;
  talk.shopify.begin(pushes(1));
  (void)talk.answer(shop_answer);
  const Json taken{{"message", "Key is in use"}, {"code", "TAKEN"}};
  (void)talk.answer(
      shopify_says({{"metafieldDefinitionCreate", {{"userErrors", Json::array({taken})}}}}));
  CHECK(talk.wire->open.front().operation() == "OrderByOurId");
}

TEST_CASE("shopify: a wrong token is one request, and every order waits with its sentence") {
  Talk talk;
  talk.shopify.begin(pushes(20));
  const auto answers = talk.answer({401, {}, "", ""});
  CHECK(answers.size() == 20);
  CHECK(talk.wire->said.size() == 1);
  for (const RowAnswer& row : answers) {
    CHECK(row.answer.link_down);
    CHECK(row.answer.reason == "Shopify does not accept the access token. Enter a new one.");
  }
}

TEST_CASE(
    "shopify: throttled, the orders that wait are not tried, and wait as long as Shopify says") {
  Talk talk;
  talk.shopify.begin(pushes(20));
  talk.meet();
  const auto answers = talk.answer({429, 3s, "", ""});
  CHECK(answers.size() == 1 + 12);  // seven more are on their way
  CHECK(answers.front().answer.retry_after == 3s);
  CHECK(talk.wire->open.size() == 7);
}

TEST_CASE("shopify: one order that is refused holds up nobody") {
  Talk talk;
  talk.shopify.begin(pushes(2));
  talk.meet();
  (void)talk.answer(shopify_found(shopify_order({1, 1})));  // another total
  const auto rest = talk.answer(shopify_found(shopify_order({2000, 2000})));
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].answer == syncing::done());
}

TEST_CASE("shopify: an online order is pulled again until the till has taken it") {
  Talk talk;
  talk.shopify.begin_pull(tests::noon);
  talk.meet();
  CHECK(text_at(talk.wire->open.front().body, "variables.query") ==
        "updated_at:>='2026-09-22T14:44:05Z' status:any");  // 60 days back
  (void)talk.answer(shopify_says(orders_page(Json::array({online_order(7)}))));
  auto pulled = talk.shopify.pulled();
  REQUIRE(pulled);
  REQUIRE(pulled->orders.size() == 1);
  CHECK(pulled->trouble.empty());
  CHECK_FALSE(talk.shopify.pulled());

  talk.shopify.begin_pull(tests::noon);  // not taken: from the same place
  CHECK(text_at(talk.wire->open.front().body, "variables.query").find("2026-09-22") !=
        std::string::npos);
  (void)talk.answer(shopify_says(orders_page(Json::array({online_order(7)}))));
  pulled = talk.shopify.pulled();
  talk.shopify.accept(pulled->orders[0]);
  talk.shopify.begin_pull(tests::noon);  // taken: from its time, with an overlap
  CHECK(text_at(talk.wire->open.front().body, "variables.query") ==
        "updated_at:>='2026-11-21T14:42:05Z' status:any");
}

TEST_CASE("shopify: orders of tills are not pulled, and an unreadable one costs only itself") {
  Talk talk;
  talk.shopify.begin_pull(tests::noon);
  talk.meet();
  Json ours = online_order(8);
  ours["ours"] = {{"value", "019a0000-0000-7000-8000-000000000001"}};
  Json bad = online_order(9);
  bad["lineItems"]["nodes"][0]["quantity"] = -1;
  (void)talk.answer(shopify_says(orders_page(Json::array({ours, bad, online_order(10)}))));
  const auto pulled = talk.shopify.pulled();
  REQUIRE(pulled);
  REQUIRE(pulled->orders.size() == 1);
  CHECK(pulled->orders[0].number == "10");
  CHECK(pulled->trouble == "Shopify's order #9: The line \"Ware\" has no quantity or price.");
}

TEST_CASE("shopify: an order with more lines than a page is read to its end") {
  Talk talk;
  talk.shopify.begin_pull(tests::noon);
  talk.meet();
  Json long_one = online_order(7);
  long_one["totalPriceSet"] = tests::shopify_money(2000);
  long_one["lineItems"]["pageInfo"] = {{"hasNextPage", true}, {"endCursor", "l1"}};
  (void)talk.answer(shopify_says(orders_page(Json::array({long_one}))));
  REQUIRE(talk.wire->open.size() == 1);
  CHECK(talk.wire->open.front().operation() == "OrderLines");
  CHECK(text_at(talk.wire->open.front().body, "variables.after") == "l1");
  (void)talk.answer(shopify_says({{"order", {{"lineItems", online_order(12)["lineItems"]}}}}));
  const auto pulled = talk.shopify.pulled();
  REQUIRE(pulled);
  CHECK(pulled->orders[0].lines.size() == 2);
  CHECK(pulled->orders[0].extras.empty());
}

TEST_CASE("shopify: a pull that is cut says why, and the next begins where this one did") {
  Talk talk;
  talk.shopify.begin_pull(tests::noon);
  talk.meet();
  (void)talk.answer(shopify_says(orders_page(Json::array({online_order(7)}), true)));
  (void)talk.answer({0, {}, "", "Connection reset by peer"});
  const auto pulled = talk.shopify.pulled();
  REQUIRE(pulled);
  CHECK(pulled->orders.empty());
  CHECK(pulled->trouble == "Shopify could not be reached: Connection reset by peer");
}

TEST_CASE("shopify: addresses that are not the shop's own are refused in words") {
  const std::string api = "/admin/api/2026-07/graphql.json";
  CHECK(api_url("lindner", false) == "https://lindner.myshopify.com" + api);
  CHECK(api_url(" lindner.myshopify.com ", false) == "https://lindner.myshopify.com" + api);
  CHECK(api_url("https://lindner.myshopify.com/", false) == "https://lindner.myshopify.com" + api);
  CHECK(api_url("http://127.0.0.1:4711", false) == "http://127.0.0.1:4711" + api);
  CHECK(api_url("https://shop.test:8443", true) == "https://shop.test:8443" + api);
  for (const char* wrong :
       {"", "http://lindner.myshopify.com", "https://lindner.example", "lindner.example",
        "http://127.0.0.1.evil.example", "a b", "lindner.myshopify.com@evil.example",
        "https://evil.example/.myshopify.com", "evil.example#.myshopify.com",
        "127.0.0.1:99999999"}) {
    CHECK_FALSE(api_url(wrong, false));
  }
}

TEST_CASE("shopify check: says what was found, or each thing that is wrong") {
  const std::vector<std::string> all{
      "write_orders",   "read_products",   "write_inventory",
      "read_locations", "write_customers", "write_merchant_managed_fulfillment_orders"};
  Heard shop = shop_answer;
  shop.server_time = tests::noon;
  const auto good = check(shop, scopes_answer(all), "", tests::noon + 30s);
  CHECK(good.works);
  CHECK(good.sentences.front() == "Connected to Lindner (lindner.myshopify.com), EUR.");
  CHECK(good.sentences[1] ==
        "Shopify shows this app the orders of the last 60 days (permission read_all_orders is not "
        "given).");

  const auto bad = check(shop, scopes_answer({"read_orders"}), "Filiale", tests::noon - 10min);
  CHECK_FALSE(bad.works);
  CHECK(bad.sentences ==
        std::vector<std::string>{
            "The Shopify app lacks permissions: write_orders, read_products, read_inventory, "
            "write_inventory, read_locations, read_customers, write_customers, "
            "read_merchant_managed_fulfillment_orders, write_merchant_managed_fulfillment_orders",
            "The Shopify shop has no location called Filiale.",
            "The till's clock is 10 minutes slow: orders would get a wrong time."});

  const auto page = check({200, {}, "<html>", ""}, {}, "", tests::noon);
  CHECK_FALSE(page.works);
  CHECK(page.sentences.front().find("web page") != std::string::npos);
}

TEST_CASE(
    "shopify pull: the catalogue comes with variants, stock and deletions, and keeps its place") {
  ShopFacts facts;
  facts.location = "gid://shopify/Location/4";
  PullDialogue pull(PullWhat::catalogue, {}, tests::noon, facts);
  const auto asked = [&] {
    auto next = pull.next();
    return std::string(std::get<Request>(next).operation->name);
  };
  const auto page = [](const Json& nodes) {
    return shopify_says({{"pulled", {{"pageInfo", {{"hasNextPage", false}}}, {"nodes", nodes}}}});
  };
  const auto variant = [](int n) {
    return Json{{"id", "gid://shopify/ProductVariant/" + std::to_string(n)},
                {"title", "Rot"},
                {"price", "12.5"},
                {"taxable", true},
                {"inventoryItem", {{"id", "i"}, {"tracked", false}, {"requiresShipping", true}}}};
  };
  Json product{{"id", "gid://shopify/Product/1"},
               {"handle", "hut"},
               {"title", "Hut"},
               {"status", "ACTIVE"},
               {"updatedAt", "2026-11-20T10:00:00Z"},
               {"variants",
                {{"pageInfo", {{"hasNextPage", true}, {"endCursor", "v1"}}},
                 {"nodes", Json::array({variant(1)})}}}};
  CHECK(asked() == "PullProducts");
  pull.hear(page(Json::array({product})));
  CHECK(asked() == "PullVariantsOf");
  pull.hear(shopify_says(
      {{"product",
        {{"variants",
          {{"pageInfo", {{"hasNextPage", false}}}, {"nodes", Json::array({variant(2)})}}}}}}));
  CHECK(asked() == "PullStock");
  pull.hear(page(Json::array(
      {{{"id", "i"},
        {"updatedAt", "2026-11-20T11:00:00Z"},
        {"variants", {{"nodes", Json::array({{{"id", "gid://shopify/ProductVariant/1"}}})}}},
        {"inventoryLevel",
         {{"quantities", Json::array({{{"name", "available"}, {"quantity", -2}}})}}}}})));
  CHECK(asked() == "PullDeleted");
  pull.hear(page(Json::array(
      {{{"occurredAt", "2026-11-20T12:00:00Z"}, {"subjectId", "gid://shopify/Product/9"}}})));
  auto next = pull.next();
  auto& found = std::get<Found>(next);
  REQUIRE(found.products.size() == 1);
  CHECK(found.products[0].product.variants.size() == 2);
  CHECK(found.products[0].product.variants[1].price.minor == 1250);
  CHECK_FALSE(found.products[0].product.variants[0].stock);
  CHECK(found.stock[0].available == -2);
  CHECK(found.deleted == std::vector<std::string>{"gid://shopify/Product/9"});
  CHECK(place_from(to_text(found.place)) == found.place);
  CHECK(found.place.deleted > found.place.stock);
  CHECK(place_from("nonsense") == Place{});
}

}  // namespace syncing::shopify
