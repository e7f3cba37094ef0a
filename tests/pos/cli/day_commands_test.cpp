// tresen shift, articles and journal search: a day without a screen.
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

using namespace tests;
using Json = nlohmann::json;

namespace {

Json parsed(const Said& said) {
  REQUIRE_MESSAGE(said.status == 0, said.err);
  return Json::parse(said.out);
}

bool is_one_line(const std::string& text) {
  return text.starts_with("tresen: ") && text.find('\n') == text.size() - 1;
}

}  // namespace

TEST_CASE("shift: from the float to the Z report on the command line") {
  const Shop shop;
  CHECK(shop({"shift"}).status == 2);  // there is no store yet
  shop.must({"shift", "open", "150"});
  shop.must({"replay", data_file("baskets.csv"), "--no-push"});
  shop.must({"shift", "in", "20", "--reason", "change"});
  shop.must({"shift", "out", "12.50", "--reason", "stamps"});
  shop.must({"shift", "out", "50", "--kind", "safe drop"});
  shop.must({"shift", "x"});
  const Json open = parsed(shop({"shift", "show", "--json"}));
  CHECK(open["state"] == "open");
  CHECK(open["drawer"]["opening"] == "150.00");
  CHECK(open["drawer"]["paid_in"] == "20.00");
  CHECK(open["drawer"]["paid_out"] == "12.50");
  CHECK(open["drawer"]["drops"] == "50.00");
  CHECK(open["drawer"]["counted"].is_null());
  CHECK(open["sales"] == 10);
  const std::string expected = open["drawer"]["expected"];

  shop.must({"shift", "count", "--coins", "50x3,0.20x7"});
  CHECK(parsed(shop({"shift", "--json"}))["drawer"]["counted"] == "151.40");
  const Json closed =
      parsed(shop({"shift", "close", "--counted", expected, "--drop", "5", "--json"}));
  CHECK(closed["z"] == 1);
  CHECK(closed["drawer"]["closing_difference"] == "0.00");
  CHECK(closed["drawer"]["dropped"] == "5.00");
  const Json shown = parsed(shop({"shift", "show", "--z", "1", "--json"}));
  CHECK(shown == closed);
  CHECK(parsed(shop({"shift", "list", "--json"})).size() == 1);
  CHECK(parsed(shop({"shift", "--json"}))["state"] == "none");
  CHECK(shop({"journal", "verify", "--all"}).status == 0);
}

TEST_CASE("shift: what cannot be is said in one line, and changes nothing") {
  const Shop shop;
  const auto refused = [&](const std::vector<std::string>& words) {
    const Said said = shop(words);
    CHECK(said.status != 0);
    CHECK(is_one_line(said.err));
    return said.status;
  };
  CHECK(refused({"shift", "close", "--counted", "1"}) == 1);
  CHECK(refused({"shift", "open", "ten"}) == 64);
  CHECK(refused({"shift", "open"}) == 64);
  CHECK(refused({"shift", "out", "5"}) == 1);
  CHECK(refused({"shift", "in", "0", "--reason", "nothing"}) == 1);
  shop.must({"shift", "open", "100"});
  CHECK(refused({"shift", "open", "100"}) == 1);
  CHECK(refused({"shift", "close"}) == 1);
  CHECK(refused({"shift", "count", "--coins", "50y3"}) == 64);
  CHECK(refused({"shift", "close", "--counted", "100", "--drop", "101"}) == 1);
  CHECK(refused({"shift", "show", "--z", "7"}) == 1);
  CHECK(parsed(shop({"shift", "--json"}))["state"] == "closing");
}

TEST_CASE("articles: made, changed, counted and removed on the command line") {
  const Shop shop;
  shop.must({"articles", "add", "Cup", "--price", "9.50", "--sku", "C-1", "--barcode",
             "4006381333931", "--category", "Dishes", "--stock", "12"});
  shop.must({"articles", "edit", "C-1", "--price", "10", "--tax", "reduced"});
  shop.must({"articles", "receive", "4006381333931", "24", "--reason", "delivery"});
  shop.must({"articles", "stock", "Cup", "30", "--reason", "inventory"});
  const Json found = parsed(shop({"articles", "list", "--search", "cup", "--json"}));
  REQUIRE(found.size() == 1);
  CHECK(found[0]["price"] == "10.00");
  CHECK(found[0]["tax"] == "reduced");
  CHECK(found[0]["stock"] == "30");
  CHECK(found[0]["category"] == "Dishes");
  CHECK(parsed(shop({"articles", "history", "C-1", "--json"})).size() == 3);
  const Said twice = shop({"articles", "add", "Mug", "--price", "1", "--barcode", "4006381333931"});
  CHECK(twice.status == 1);
  CHECK(is_one_line(twice.err));
  CHECK(shop({"articles", "edit", "C-9", "--price", "1"}).status == 1);
  CHECK(shop({"articles", "add", "Mug", "--price", "one"}).status != 0);
  shop.must({"articles", "remove", "C-1"});
  CHECK(parsed(shop({"articles", "--json"})).empty());
}

TEST_CASE("journal search: by kind, text, amount and day") {
  const Shop shop;
  shop.must({"shift", "open", "150"});
  shop.must({"shift", "out", "12.50", "--reason", "stamps"});
  shop.must({"articles", "add", "Cup", "--price", "9.50"});
  const auto found = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"journal", "search", "--json"};
    all.insert(all.end(), words.begin(), words.end());
    return parsed(shop(all)).size();
  };
  CHECK(found({"--kind", "article"}) == 1);
  CHECK(found({"--text", "STAMPS"}) == 1);
  CHECK(found({"--amount", "-12.50"}) == 1);
  CHECK(found({"--to", "2020-01-01"}) == 0);
  CHECK(found({"--from", "2020-01-01", "--kind", "receipt"}) == 2);
  CHECK(parsed(shop({"journal", "search", "--count", "--json"}))[0]["times"] == 2);
  CHECK(shop({"journal", "search", "--from", "yesterday"}).status == 64);
}
