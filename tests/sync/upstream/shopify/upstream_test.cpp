#include "sync/upstream/shopify/upstream.h"

#include <doctest/doctest.h>

#include "sync/upstream/shopify/shop.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/shopify_answers.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;
using core::OutboxFate;
using tests::FakeHttp;
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

std::string operation(const HttpRequest& request) {
  return text_at(Json::parse(request.body, nullptr, false), "operationName");
}

struct Talk {
  Talk()
      : http(new FakeHttp),
        shopify(std::unique_ptr<HttpClient>(http), {{"https://shop.test", "shpat_x"}, "", ""},
                clock) {}
  // Answers the open request and lets the adapter go on.
  std::vector<RowAnswer> answer(const Heard& heard) {
    REQUIRE(http->answer(heard));
    return shopify.answers();
  }
  void meet() {
    REQUIRE(answer(shop_answer).empty());
    REQUIRE(answer(definition_answer).empty());
  }
  std::string asked() const {
    return http->open.empty() ? "" : operation(http->open.front().request);
  }
  std::string asked_for(const std::string& variable) const {
    return text_at(Json::parse(http->open.front().request.body), "variables." + variable);
  }
  std::int64_t count(const std::string& name) const {
    return std::count_if(http->all.begin(), http->all.end(),
                         [&](const HttpRequest& request) { return operation(request) == name; });
  }
  // Begins a pull from here, and what came of it.
  void pull(const Place& place = {}) {
    shopify.begin_pull({tests::noon, {{"shopify", to_text(place)}}, {}});
  }
  Upstream::Pulled pulled() {
    auto pulled = shopify.pulled();
    REQUIRE(pulled);
    return std::move(*pulled);
  }

  tests::FakeClock clock;
  FakeHttp* http;
  Shopify shopify;
};

Job push(std::uint8_t n) {
  core::Order order = tests::order_of({tests::item("Brot", 500, core::pieces(4))});
  order.id = {tests::uuid_of(n)};
  order.payments = {tests::cash(2000, 2000)};
  order.fulfilment = "fulfilled";
  Job job;
  job.row = n;
  job.order = std::move(order);
  return job;
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
  CHECK(talk.asked() == "SetUp");
  CHECK(talk.http->all.size() == 1);
  talk.meet();
  CHECK(talk.http->open.size() == 8);
  std::size_t done = 0;
  while (!talk.http->open.empty()) {
    const bool looking = talk.asked() == "OrderByOurId";
    for (const RowAnswer& row : talk.answer(looking ? shopify_says({{"found", nullptr}})
                                                    : shopify_did(shopify_order({2000, 2000})))) {
      CHECK(row.answer.fate == OutboxFate::done);
      ++done;
    }
  }
  CHECK(done == 20);
  CHECK(talk.http->most_open == 8);
  CHECK(talk.count("SetUp") == 1);
  CHECK(talk.count("CreateOrder") == 20);
}

TEST_CASE("shopify: the token travels in its header and nowhere else") {
  Talk talk;
  talk.shopify.begin(pushes(1));
  const HttpRequest& request = talk.http->all.front();
  CHECK(request.url == "https://shop.test");
  CHECK(std::count(request.headers.begin(), request.headers.end(),
                   "X-Shopify-Access-Token: shpat_x") == 1);
  CHECK(request.body.find("shpat_x") == std::string::npos);
}

TEST_CASE("shopify: a definition that is there already is what we wanted") {
  Talk talk;
  talk.shopify.begin(pushes(1));
  (void)talk.answer(shop_answer);
  const Json taken{{"message", "Key is in use"}, {"code", "TAKEN"}};
  (void)talk.answer(
      shopify_says({{"metafieldDefinitionCreate", {{"userErrors", Json::array({taken})}}}}));
  CHECK(talk.asked() == "OrderByOurId");
}

TEST_CASE("shopify: a wrong token is one request, and every order waits with its sentence") {
  Talk talk;
  talk.shopify.begin(pushes(20));
  const auto answers = talk.answer({401, {}, "", "", false, {}});
  CHECK(answers.size() == 20);
  CHECK(talk.http->all.size() == 1);
  for (const RowAnswer& row : answers) {
    CHECK(row.answer.link_down);
    CHECK(row.answer.reason == "Shopify does not accept the access token. Enter a new one.");
  }
}

TEST_CASE("shopify: throttled, the orders that wait are not tried, and wait as Shopify says") {
  Talk talk;
  talk.shopify.begin(pushes(20));
  talk.meet();
  const auto answers = talk.answer({429, 3s, "", "", false, {}});
  CHECK(answers.size() == 1 + 12);  // seven more are on their way
  CHECK(answers.front().answer.retry_after == 3s);
  CHECK(talk.http->open.size() == 7);
}

TEST_CASE("shopify: one order that is refused holds up nobody") {
  Talk talk;
  talk.shopify.begin(pushes(2));
  talk.meet();
  (void)talk.answer(shopify_found(shopify_order({1, 1})));  // another total
  const auto rest = talk.answer(shopify_found(shopify_order({2000, 2000})));
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].answer.fate == OutboxFate::done);
}

TEST_CASE("shopify: online orders are pulled from the place that goes with them, overlapping") {
  Talk talk;
  talk.pull();
  talk.meet();
  CHECK(talk.asked_for("query") == "updated_at:>='2026-09-22T14:44:05Z' status:any");  // 60 days
  (void)talk.answer(shopify_says(orders_page(Json::array({online_order(7)}))));
  const auto first = talk.pulled();
  REQUIRE(first.orders.size() == 1);
  CHECK(first.trouble.empty());
  CHECK(first.more);  // the catalogue has its turn
  CHECK_FALSE(talk.shopify.pulled());
  const Place place = place_from(first.cursors.at(0).value);
  CHECK(core::to_iso(place.orders) == "2026-11-21T14:44:05.000Z");

  Talk later;
  later.pull(place);
  later.meet();
  CHECK(later.asked_for("query") == "updated_at:>='2026-11-21T14:42:05Z' status:any");
}

TEST_CASE("shopify: orders of tills are not pulled, and an unreadable one costs only itself") {
  Talk talk;
  talk.pull();
  talk.meet();
  Json ours = online_order(8);
  ours["ours"] = {{"value", "019a0000-0000-7000-8000-000000000001"}};
  Json bad = online_order(9);
  bad["lineItems"]["nodes"][0]["originalUnitPriceSet"]["shopMoney"]["currencyCode"] = "USD";
  Json odd = online_order(11);
  odd["lineItems"]["nodes"][0]["quantity"] = -1;
  (void)talk.answer(shopify_says(orders_page(Json::array({ours, bad, online_order(10), odd}))));
  const auto pulled = talk.pulled();
  REQUIRE(pulled.orders.size() == 2);
  const core::Order& sound = pulled.orders[pulled.orders[0].number == "10" ? 0 : 1];
  const core::Order& doubtful = pulled.orders[pulled.orders[0].number == "10" ? 1 : 0];
  CHECK(sound.attention.empty());
  CHECK(doubtful.attention.starts_with("These fields could not be read: \"Ware\" -1 x "));
  CHECK(pulled.trouble.empty());
  REQUIRE(pulled.aside.size() == 1);
  CHECK(pulled.aside[0].name == "#9");
  CHECK(pulled.aside[0].reason == "Shopify's order #9: it has amounts in different currencies.");
}

TEST_CASE("shopify: an order with more lines than a page is read to its end") {
  Talk talk;
  talk.pull();
  talk.meet();
  Json long_one = online_order(7);
  long_one["totalPriceSet"] = tests::shopify_money(2000);
  long_one["lineItems"]["pageInfo"] = {{"hasNextPage", true}, {"endCursor", "l1"}};
  (void)talk.answer(shopify_says(orders_page(Json::array({long_one}))));
  CHECK(talk.asked() == "OrderLines");
  CHECK(talk.asked_for("after") == "l1");
  (void)talk.answer(shopify_says({{"order", {{"lineItems", online_order(12)["lineItems"]}}}}));
  const auto pulled = talk.pulled();
  CHECK(pulled.orders[0].lines.size() == 2);
  CHECK(pulled.orders[0].extras.empty());
}

TEST_CASE("shopify: a pull that is cut says why, keeps its pages and goes on after them") {
  Talk talk;
  talk.pull();
  talk.meet();
  (void)talk.answer(shopify_says(orders_page(Json::array({online_order(7)}), true)));
  (void)talk.answer({0, {}, "", "The platform's answer ended half way.", true, {}});
  const auto pulled = talk.pulled();
  CHECK(pulled.orders.size() == 1);
  CHECK(pulled.trouble == "The platform's answer ended half way.");

  Talk later;
  later.pull(place_from(pulled.cursors.at(0).value));
  later.meet();
  CHECK(later.asked_for("after") == "c1");
  CHECK(later.asked_for("query") == "updated_at:>='2026-09-22T14:44:05Z' status:any");
  SUBCASE("the last page ends the walk") {
    (void)later.answer(shopify_says(orders_page(Json::array({online_order(8)}))));
    const Place place = place_from(later.pulled().cursors.at(0).value);
    CHECK(place.orders_walk == Walk{});
    CHECK(core::to_iso(place.orders) == "2026-11-21T14:44:05.000Z");
  }
  SUBCASE("a cut before any page moves no place") {
    (void)later.answer({0, {}, "", "The platform cannot be reached.", false, {}});
    CHECK(later.pulled().cursors.empty());
  }
  SUBCASE("a cursor that Shopify no longer takes is given up") {
    (void)later.answer({200, {}, R"({"errors":[{"message":"Invalid cursor"}]})", "", false, {}});
    const auto given_up = later.pulled();
    CHECK(given_up.trouble == "Shopify says: Invalid cursor");
    CHECK(place_from(given_up.cursors.at(0).value).orders_walk == Walk{});
  }
}

TEST_CASE("shopify: a long list is handed over in steps of ten pages, to its end") {
  Talk talk;
  Place begun;
  begun.has_catalogue = true;
  talk.pull(begun);
  talk.meet();
  for (int page = 1; page <= 10; ++page) {
    CHECK_FALSE(talk.shopify.pulled());
    Json json = orders_page(Json::array({online_order(100 + page)}), true);
    json["pulled"]["pageInfo"]["endCursor"] = "c" + std::to_string(page);
    (void)talk.answer(shopify_says(json));
  }
  const auto pulled = talk.pulled();
  CHECK(pulled.orders.size() == 10);
  CHECK(pulled.more);
  const Place place = place_from(pulled.cursors.at(0).value);
  CHECK(place.orders_walk.after == "c10");
  // The catalogue has its turn in between; the orders are not read to their end yet.
  talk.pull(place);
  for (const char* list : {"PullProducts", "PullStock", "PullDeleted", "PullCustomers"}) {
    CHECK(talk.asked() == list);
    (void)talk.answer(shopify_says(orders_page(Json::array())));
  }
  CHECK(talk.pulled().more);
}

TEST_CASE("shopify: an address that is no shop's is said, and nothing is sent") {
  auto* http = new FakeHttp;
  const tests::FakeClock clock;
  Shopify shopify(std::unique_ptr<HttpClient>(http), {{}, "", "Enter the shop's address."}, clock);
  shopify.begin(pushes(2));
  shopify.begin_pull({tests::noon, {}, {}});
  shopify.begin_check();
  CHECK(shopify.answers().size() == 2);
  CHECK(shopify.pulled()->trouble == "Enter the shop's address.");
  CHECK(shopify.checked()->trouble.size() == 1);
  CHECK(http->all.empty());
}

TEST_CASE("shopify: the catalogue comes first as a file, piece by piece, then by its changes") {
  std::string file;
  for (int n = 1; n <= 4000; ++n) {
    const std::string number = std::to_string(n);
    const Json product{{"id", "gid://shopify/Product/" + number},
                       {"handle", "p-" + number},
                       {"title", std::string(100, 'x')},
                       {"status", "ACTIVE"}};
    const Json variant{{"id", "gid://shopify/ProductVariant/" + number},
                       {"price", "1.0"},
                       {"__parentId", "gid://shopify/Product/" + number}};
    file += product.dump() + "\n" + variant.dump() + "\n";
  }
  REQUIRE(file.size() > 1'000'000);
  Talk talk;
  talk.pull();
  talk.meet();
  Place place;
  std::size_t products = 0, pieces = 0;
  for (int step = 0; step < 40 && !place.has_catalogue; ++step) {
    const std::string asked = talk.asked();
    if (asked == "PullOrders") {
      (void)talk.answer(shopify_says(orders_page(Json::array())));
    } else if (asked == "StartBulk") {
      (void)talk.answer(
          shopify_says({{"did",
                         {{"bulkOperation", {{"id", "gid://shopify/BulkOperation/1"}}},
                          {"userErrors", Json::array()}}}}));
    } else if (asked == "PollBulk") {
      (void)talk.answer(shopify_says(
          {{"bulkOperation", {{"status", "COMPLETED"}, {"url", "https://files.test/1.jsonl"}}}}));
    } else {
      const HttpRequest request = talk.http->open.front().request;
      CHECK(request.url == "https://files.test/1.jsonl");
      CHECK(request.headers.size() == 2);  // the token is not for the file's server
      std::size_t begin = 0, end = 0;
      REQUIRE(std::sscanf(request.headers[0].c_str(), "Range: bytes=%zu-%zu", &begin, &end) == 2);
      ++pieces;
      (void)talk.answer({206, {}, file.substr(begin, end + 1 - begin), "", false, {}});
    }
    if (auto pulled = talk.shopify.pulled()) {
      CHECK(pulled->trouble.empty());
      products += pulled->catalogue.products.size();
      place = place_from(pulled->cursors.at(0).value);
      if (!place.has_catalogue) talk.pull(place);
    }
  }
  CHECK(place.has_catalogue);
  CHECK(products == 4000);
  CHECK(pieces >= 2);
  CHECK(place.products == tests::noon);  // changes since then are asked for
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
  shop.date = tests::noon;
  const auto good = check(shop, scopes_answer(all), "", tests::noon + 30s);
  CHECK(good.works);
  CHECK(good.trouble.empty());
  CHECK(good.found.front() == "Shop \"Lindner\" (lindner.myshopify.com), currency EUR");
  CHECK(good.found[1] ==
        "Shopify shows this app the orders of the last 60 days (permission read_all_orders is not "
        "given).");

  const auto bad = check(shop, scopes_answer({"read_orders"}), "Filiale", tests::noon - 10min);
  CHECK_FALSE(bad.works);
  CHECK(bad.trouble ==
        std::vector<std::string>{
            "The Shopify app lacks permissions: write_orders, read_products, read_inventory, "
            "write_inventory, read_locations, read_customers, write_customers, "
            "read_merchant_managed_fulfillment_orders, write_merchant_managed_fulfillment_orders",
            "The Shopify shop has no location called Filiale.",
            "The till's clock is 10 minutes slow: orders would get a wrong time."});

  const auto page = check({200, {}, "<html>", "", false, {}}, {}, "", tests::noon);
  CHECK_FALSE(page.works);
  CHECK(page.trouble.front().find("web page") != std::string::npos);
}

TEST_CASE(
    "shopify pull: the catalogue comes with variants, stock, deletions and customers, and keeps "
    "its place") {
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
        {"tracked", true},
        {"inventoryLevel",
         {{"quantities", Json::array({{{"name", "available"}, {"quantity", -2}}})}}}}})));
  CHECK(asked() == "PullDeleted");
  pull.hear(page(Json::array(
      {{{"occurredAt", "2026-11-20T12:00:00Z"}, {"subjectId", "gid://shopify/Product/9"}}})));
  CHECK(asked() == "PullCustomers");
  pull.hear(page(Json::array({{{"id", "gid://shopify/Customer/7"},
                               {"firstName", "Anna"},
                               {"lastName", "Müller"},
                               {"locale", "de-DE"},
                               {"updatedAt", "2026-11-20T13:00:00Z"},
                               {"defaultEmailAddress", {{"emailAddress", "anna@example.de"}}}},
                              {{"id", "gid://shopify/Customer/8"},
                               {"firstName", nullptr},
                               {"updatedAt", "2026-11-20T13:00:00Z"},
                               {"defaultEmailAddress", nullptr}}})));
  auto next = pull.next();
  auto& found = std::get<Found>(next);
  const std::vector<core::PulledCustomer> customers{
      {"gid://shopify/Customer/7", {"Anna Müller", "anna@example.de", "de"}, false},
      {"gid://shopify/Customer/8", {}, false}};
  CHECK(found.customers == customers);
  REQUIRE(found.catalogue.products.size() == 1);
  CHECK(found.catalogue.products[0].variants.size() == 2);
  CHECK(found.catalogue.products[0].variants[1].variant.price.minor == 1250);
  CHECK_FALSE(found.catalogue.products[0].variants[0].variant.stock);
  REQUIRE(found.catalogue.stock.size() == 1);
  CHECK(found.catalogue.stock[0].available == core::pieces(-2));
  CHECK(found.catalogue.removed == std::vector<std::string>{"gid://shopify/Product/9"});
  CHECK(place_from(to_text(found.place)) == found.place);
  CHECK(found.place.deleted > found.place.stock);
  CHECK(place_from("nonsense") == Place{});
}

}  // namespace syncing::shopify
