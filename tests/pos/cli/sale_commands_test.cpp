// tresen replay, and what can be asked of the store afterwards.
#include <sqlite3.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/register.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/program.h"
#include "tests/support/receipts.h"

using namespace tests;
using Json = nlohmann::json;

namespace {

Json json_of(const Said& said) {
  REQUIRE_MESSAGE(said.status == 0, said.err);
  return Json::parse(said.out);
}

// What a person with a database tool could do to the store.
void tamper(const std::filesystem::path& store, const char* sql) {
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(store.c_str(), &handle) == SQLITE_OK);
  char* said = nullptr;
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, &said);
  CHECK_MESSAGE(code == SQLITE_OK, (said ? said : ""));
  sqlite3_free(said);
  sqlite3_close(handle);
}

struct SoldShop : Shop {
  SoldShop() { must({"replay", data_file("baskets.csv"), "--no-push"}); }
};

}  // namespace

TEST_CASE("replay: each line is one order, and the last line says how many and how much") {
  const Shop shop;
  const Said said = shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  const std::string line = said.last_line();
  CAPTURE(line);
  CHECK(line.starts_with("replayed 10 orders, 28 items, total "));
  CHECK(line.find(" EUR, p50/p99 commit ") != std::string::npos);
  CHECK(line.ends_with(" ms"));
  const Json orders = json_of(shop({"orders", "--json", "--limit", "100"}));
  CHECK(orders.size() == 10);
  for (const Json& order : orders) CHECK(order["sync"] == "waiting");
  CHECK(json_of(shop({"journal", "verify", "--json"}))["receipts"] == 10);
}

TEST_CASE("replay: the same seed has the same prices and tenders, another seed has others") {
  const auto total = [](const char* seed) {
    const Shop shop;
    return json_of(
        shop({"replay", data_file("baskets.csv"), "--no-push", "--json", "--seed", seed}))["total"];
  };
  CHECK(total("7") == total("7"));
  CHECK(total("7") != total("8"));
}

TEST_CASE("replay: the mix has cash, card, part payments and mails") {
  const Shop shop;
  std::string baskets;
  for (int i = 0; i < 100; ++i) baskets += "Landbrot,Honig\n";
  shop.must({"replay", shop.write("many.csv", baskets), "--no-push", "--unsafe-no-sync"});
  const Json parts = json_of(shop({"orders", "--payment", "partially_paid", "--json"}));
  CHECK(parts.size() >= 1);
  CHECK(parts.size() <= 12);
  const Json open = json_of(shop({"orders", "--fulfilment", "unfulfilled", "--json"}));
  CHECK(open.size() == parts.size());
  std::size_t mails = 0;
  for (const Json& row : json_of(shop({"outbox", "--json", "--limit", "1000"}))) {
    if (row["kind"] == "mail receipt") ++mails;
  }
  CHECK(mails >= 1);
  CHECK(mails <= 12);
}

TEST_CASE("replay: --limit sells only so many, and a second replay goes on counting") {
  const Shop shop;
  CHECK(json_of(shop({"replay", data_file("baskets.csv"), "--no-push", "--limit", "3",
                      "--json"}))["orders"] == 3);
  CHECK(json_of(shop(
            {"replay", data_file("baskets.csv"), "--no-push", "--json"}))["products_made"] > 0);
  CHECK(json_of(shop({"orders", "--json", "--limit", "100"})).size() == 13);
  shop.must({"order", "T1-000013"});
}

TEST_CASE("replay: --baseline times bare SQLite in the same run, and leaves nothing of it") {
  const Shop shop;
  const Json durable =
      json_of(shop({"replay", data_file("baskets.csv"), "--no-push", "--baseline", "--json"}));
  CHECK(durable["baseline_p50_ms"] > 0);
  const Json quick = json_of(shop({"replay", data_file("baskets.csv"), "--no-push", "--baseline",
                                   "--unsafe-no-sync", "--json"}));
  CHECK(quick["baseline_orders_per_second"] > 0);
  CHECK_FALSE(std::filesystem::exists(shop.store().parent_path() / "baseline.tmp.db"));
}

TEST_CASE("replay: a bad file sells nothing and names the line") {
  const Shop shop;
  const Said said = shop({"replay", shop.write("bad.csv", "Landbrot\n\"Honig\n")});
  CHECK(said.status == 2);
  CHECK(said.err.find("bad.csv:2: ") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(shop.store()));
}

TEST_CASE("replay: real baskets are sold and the journal is sound") {
  const std::filesystem::path real = TRESEN_SOURCE "/../shared/data/grocery-baskets.csv";
  const Shop shop;
  const std::string file = std::filesystem::exists(real) ? real.string() : data_file("baskets.csv");
  const Json json =
      json_of(shop({"replay", file, "--limit", "200", "--no-push", "--unsafe-no-sync", "--json"}));
  CHECK(json["orders"] == (std::filesystem::exists(real) ? 200 : 10));
  shop.must({"journal", "verify"});
}

TEST_CASE("orders: filters by payment, fulfilment and status, and refuses a status that is none") {
  const SoldShop shop;
  CHECK(json_of(shop({"orders", "--status", "archived", "--json"})).empty());
  CHECK(shop.must({"orders", "--status", "archived"}).out == "no orders\n");
  CHECK(json_of(shop({"orders", "--status", "open", "--limit", "4", "--json"})).size() == 4);
  const auto paid = json_of(shop({"orders", "--payment", "paid", "--json"}));
  const auto part = json_of(shop({"orders", "--payment", "partially_paid", "--json"}));
  CHECK(paid.size() + part.size() == 10);
  CHECK(shop({"orders", "--status", "closed"}).status == 64);
}

TEST_CASE("order: shows lines, taxes, payments, receipts and history, and names an unknown one") {
  const SoldShop shop;
  const Json order = json_of(shop({"order", "T1-000003", "--json"}));
  CHECK(order["number"] == "T1-000003");
  CHECK(order["lines"].size() == 2);
  CHECK(order["lines"][0]["quantity"] == "2");
  CHECK(order["payments"].size() >= 1);
  CHECK(order["receipts"].size() == 1);
  CHECK(order["history"].size() >= 2);
  CHECK(shop.must({"order", "T1-000003"}).out.find("Laugenbrezel") != std::string::npos);
  const Said unknown = shop({"order", "T1-999999"});
  CHECK(unknown.status == 1);
  CHECK(unknown.err == "tresen: there is no order T1-999999; tresen orders lists them\n");
}

namespace {

// An order of a platform whose parcel it has refused.
void with_refused_parcel(const Shop& shop) {
  const FakeClock clock;
  auto till = core::Register::open({shop.data(), core::Durability::full, {}}, clock);
  REQUIRE(till);
  const auto must = [&](const core::Command& command) { REQUIRE((*till)->handle(command)); };
  must(core::ChangeSetting{"upstream.kind", "medusa"});
  core::Order order = plain_sale().order;
  order.number = "7";
  order.channel = "online";
  order.upstream_id = "order_7";
  order.fulfilment.clear();
  order.stage = core::Stage::open;
  must(core::ReceiveOrder{order});
  must(core::FulfilOrder{order.id});
  core::Database& database = (*till)->database();
  const auto row =
      core::open_intents(database, core::find_order_by_number(database, "7")->row).at(0);
  must(core::OutboxAnswered{{{row.row, core::OutboxFate::refused, "It is gone.", {}, {}}}});
}

}  // namespace

TEST_CASE("order: what the platform refused is asked again, or given up, by who may") {
  const Shop shop;
  with_refused_parcel(shop);
  const auto sync = [&] { return json_of(shop({"order", "7", "--json"}))["sync"]; };
  CHECK(sync() == "refused");
  shop.must(
      {"staff", "add", "Klara", "--role", "manager", "--pin-file", shop.write("pin", "1234")});
  const Said unnamed = shop({"order", "7", "give-up"});
  CHECK(unnamed.status == 64);
  CHECK(std::count(unnamed.err.begin(), unnamed.err.end(), '\n') == 1);
  const auto as_klara = [&](const std::string& verb) {
    return shop(
        {"order", "7", verb, "--as", "Klara", "--pin-file", shop.write("pin", "1234").c_str()});
  };
  CHECK(as_klara("ask-again").out == "to be asked again: fulfil\n");
  CHECK(sync() == "waiting");
  const Said nothing = as_klara("give-up");
  CHECK(nothing.status == 1);
  CHECK(nothing.err == "tresen: the platform has refused nothing of this order\n");
}

TEST_CASE("order: a step that is given up is gone, and the order's history says who did it") {
  const Shop shop;
  with_refused_parcel(shop);
  CHECK(shop.must({"order", "7", "give-up"}).out == "given up: fulfil\n");
  const Json order = json_of(shop({"order", "7", "--json"}));
  CHECK(order["sync"] == "done");
  CHECK(order["history"].back()["what"] == "given up");
  CHECK(order["parcels"].empty());
}

TEST_CASE("receipts: every sale has one, numbered without a gap") {
  const SoldShop shop;
  const Json receipts = json_of(shop({"receipts", "--json", "--limit", "100"}));
  REQUIRE(receipts.size() == 10);
  CHECK(receipts[0]["receipt"] == "T1-R000010");
  CHECK(receipts[9]["receipt"] == "T1-R000001");
}

TEST_CASE("journal: it lists what happened, the latest first") {
  const SoldShop shop;
  const Json rows = json_of(shop({"journal", "--json", "--limit", "2"}));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["seq"] > rows[1]["seq"]);
  CHECK(shop.must({"journal", "verify"}).out.starts_with("the journal is sound: "));
}

TEST_CASE("journal: a changed entry, a removed one and a changed receipt are named") {
  const auto verdict = [](const char* sql) {
    const SoldShop shop;
    tamper(shop.store(), sql);
    const Said said = shop({"journal", "verify"});
    CHECK(said.status == 1);
    return said.err;
  };
  CHECK(verdict("DROP TRIGGER journal_stays; UPDATE journal SET content = 'x' WHERE seq = 5")
            .find("entry 5 was changed") != std::string::npos);
  CHECK(verdict("DROP TRIGGER journal_remains; DELETE FROM journal WHERE seq = 5")
            .find("entry 5 is missing") != std::string::npos);
  CHECK(verdict("DROP TRIGGER receipts_stay; UPDATE receipts SET paid_before = 1 WHERE row = 2")
            .find("T1-R000002") != std::string::npos);
  CHECK(verdict("DROP TRIGGER transactions_stay; UPDATE transactions SET amount = amount - 1 "
                "WHERE order_row = 3")
            .find("T1-R000003") != std::string::npos);
}

TEST_CASE("backup: the copy is a whole store, private, and never written over another file") {
  const SoldShop shop;
  const std::string file = shop.file("copy.db").string();
  shop.must({"backup", file});
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms(077)) ==
        std::filesystem::perms::none);
  CHECK(shop({"backup", file}).status == 2);
  const Shop other;
  std::filesystem::create_directory(other.data());
  std::filesystem::copy_file(file, other.store());
  CHECK(json_of(other({"orders", "--json", "--limit", "100"})).size() == 10);
  other.must({"journal", "verify"});
}

TEST_CASE("replay: everything is told to the folder upstream, and the receipts are mailed") {
  const Shop shop;
  std::string baskets;
  for (int i = 0; i < 60; ++i) baskets += "Landbrot,Honig\n";
  const Json json =
      json_of(shop({"replay", shop.write("many.csv", baskets), "--unsafe-no-sync", "--json"}));
  CHECK(json["waiting"] == 0);
  CHECK(json["stuck"] == 0);
  std::int64_t pushes = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(shop.data() / "upstream" / "outbox")) {
    pushes += entry.path().extension() == ".json" ? 1 : 0;
  }
  CHECK(pushes == 60);
  std::int64_t mails = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shop.data() / "mail")) {
    mails += entry.path().extension() == ".eml" ? 1 : 0;
  }
  CHECK(mails >= 1);
  CHECK(json["sent"] == pushes + mails);
  for (const Json& order : json_of(shop({"orders", "--json"}))) CHECK(order["sync"] == "done");
}

TEST_CASE("sync: what waits is sent once, and a second time there is nothing to do") {
  const SoldShop shop;
  CHECK(json_of(shop({"sync", "--once", "--json"}))["done"] >= 10);
  CHECK(json_of(shop({"sync", "--once", "--json"}))["done"] == 0);
  CHECK(shop({"sync"}).status == 64);
  CHECK(Shop()({"sync", "--once"}).status == 2);
}
