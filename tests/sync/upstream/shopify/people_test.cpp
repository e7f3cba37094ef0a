// What a pull of Shopify's stub was answered after somebody had worked on its orders
// (tests/e2e/shopify/record.mjs), each beside the account that both sides must agree on.
#include <doctest/doctest.h>

#include <fstream>

#include "core/orders/account.h"
#include "core/orders/pricing.h"
#include "core/orders/receive.h"
#include "sync/upstream/shopify/reader.h"

namespace shopify_people {

namespace {

using syncing::shopify::Json;

Json recorded() {
  std::ifstream file(TRESEN_SOURCE "/tests/data/shopify-people.json");
  return Json::parse(file, nullptr, false);
}

std::int64_t whole(core::Quantity quantity) {
  return quantity.thousandths / 1000;
}

}  // namespace

TEST_CASE("shopify people: whatever somebody did to an order there, both accounts are one") {
  const Json rows = recorded();
  REQUIRE(rows.size() >= 30);
  for (const Json& row : rows) {
    const Json& theirs = row["account"];
    const auto order = syncing::shopify::order_from(row["order"]);
    REQUIRE_MESSAGE(order, (order ? "" : order.error()));
    CAPTURE(order->upstream_number);
    CAPTURE(row["readings"].dump());
    core::ensure_conserved(*order, core::price(*order));
    const core::Account ours = core::account_of(*order);
    CHECK(ours.owed.minor == theirs["owed"]);
    CHECK(ours.captured.minor == theirs["captured"]);
    CHECK(ours.refunded.minor == theirs["refunded"]);
    CHECK(ours.authorized.minor == theirs["authorized"]);
    CHECK(core::word(order->stage) == theirs["stage"].get<std::string>());
    REQUIRE(ours.lines.size() == theirs["lines"].size());
    for (const core::LineAccount& line : ours.lines) {
      for (const Json& there : theirs["lines"]) {
        if (there["id"] != line.upstream_id) continue;
        CHECK(whole(line.ordered) == there["ordered"]);
        CHECK(whole(line.fulfilled) == there["fulfilled"]);
        CHECK(whole(line.returned) == there["returned"]);
        CHECK(whole(line.announced) == there["announced"]);
      }
    }
    std::string numbers;
    for (const Json& number : theirs["tracking"]) {
      numbers += (numbers.empty() ? "" : ", ") + number.get<std::string>();
    }
    std::string known;
    for (const core::Fulfilment& parcel : order->fulfilments) {
      const bool shown = parcel.state == core::FulfilmentState::done;
      if (!shown || parcel.tracking_number.empty()) continue;
      known += (known.empty() ? "" : ", ") + parcel.tracking_number;
    }
    CHECK(known == numbers);
    // Told the same again, nothing is news.
    core::Order stored = *order;
    stored.version = 1;
    CHECK_FALSE(core::is_news(stored, *order));
  }
}

}  // namespace shopify_people
