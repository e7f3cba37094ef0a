#include "sync/upstream/medusa/roll.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "sync/upstream/json/order_json.h"

namespace syncing::medusa {

namespace {

const medusa::Api roll_api{"https://medusa.test", "sk_test"};
const core::Instant since = *instant_from("2026-11-29T12:00:00Z");

struct Row {
  std::string id, key, status, made = "2026-11-30T10:00:00Z";
};

// A shop with these rows, page by page; what is removed is gone.
struct Shop {
  std::vector<Row> rows;
  std::vector<std::string> asked;

  Heard answer(const HttpRequest& request) {
    asked.push_back(request.method + " " + request.url);
    const bool drafts = request.url.find("/draft-orders") != std::string::npos;
    if (request.method == "DELETE") {
      std::erase_if(rows, [&](const Row& row) { return request.url.ends_with("/" + row.id); });
      return {200, {}, "{}", "", false, {}};
    }
    Json list = Json::array();
    std::size_t at = 0;
    const std::size_t offset = std::stoul(request.url.substr(request.url.find("offset=") + 7));
    for (const Row& row : rows) {
      if ((row.status == "draft") != drafts || at++ < offset || list.size() == 200) continue;
      list.push_back({{"id", row.id},
                      {"status", row.status},
                      {"created_at", row.made},
                      {"metadata", {{"pos_order_id", row.key}}}});
    }
    return {200, {}, Json{{drafts ? "draft_orders" : "orders", list}}.dump(), "", false, {}};
  }
};

medusa::RollCall::Result call(Shop& shop, std::set<std::string> ours) {
  medusa::RollCall roll(roll_api, "sc_pos", since, std::move(ours));
  for (;;) {
    auto next = roll.next();
    if (auto* result = std::get_if<medusa::RollCall::Result>(&next)) return std::move(*result);
    roll.hear(shop.answer(std::get<HttpRequest>(next)));
  }
}

}  // namespace

TEST_CASE(
    "medusa roll: drafts that a kill left behind are removed beside the order that took their "
    "place") {
  Shop shop{{{"d1", "T1-1", "draft"},
             {"o1", "T1-1", "pending"},
             {"d2", "T1-2", "draft"},
             {"d3", "T1-2", "draft"},
             {"d4", "T2-9", "draft"},
             {"d5", "T2-9", "draft"},
             {"d6", "", "draft"},
             {"o2", "T1-3", "archived"}},
            {}};
  const auto result = call(shop, {"T1-2", "T1-4"});
  CHECK_FALSE(result.trouble);
  CHECK(result.told.at("T1-1").order == "o1");
  CHECK(result.told.at("T1-2").draft == "d2");
  CHECK(result.told.at("T1-3").order == "o2");
  CHECK_FALSE(result.told.contains("T1-4"));
  // Another till may be at its own just now, and a person's draft is a person's.
  CHECK_FALSE(result.told.contains("T2-9"));
  std::string left;
  for (const Row& row : shop.rows) left += row.id + " ";
  CHECK(left == "o1 d2 d4 d5 d6 o2 ");
}

TEST_CASE("medusa roll: all pages are read, from the oldest draft on") {
  Shop shop;
  for (int n = 0; n < 450; ++n) {
    shop.rows.push_back({"o" + std::to_string(n), "T1-" + std::to_string(n), "pending"});
  }
  shop.rows.push_back({"d1", "T1-449", "draft", "2026-11-20T08:00:00.000Z"});
  const auto result = call(shop, {});
  CHECK(result.told.size() == 450);
  CHECK(shop.rows.size() == 450);
  CHECK(shop.asked.at(1).find("2026-11-20T08%3A00%3A00") != std::string::npos);
}

TEST_CASE("medusa roll: without an answer nobody is known to be there or not") {
  medusa::RollCall roll(roll_api, "sc_pos", since, {});
  roll.hear({0, {}, "", "The connection broke off.", true, {}});
  const auto result = std::get<medusa::RollCall::Result>(roll.next());
  REQUIRE(result.trouble);
  CHECK(result.trouble->link_down);
}

}  // namespace syncing::medusa
