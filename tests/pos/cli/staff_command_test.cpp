#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace staff_command_tests {

using namespace tests;
using Json = nlohmann::json;

namespace {

Json roles_of(const Shop& shop) {
  return Json::parse(shop.must({"staff", "roles", "--json"}).out);
}

}  // namespace

TEST_CASE("staff roles: one is added, edited, given to somebody and removed") {
  const Shop shop;
  shop.must({"settings", "shop.name", "Laden"});  // makes the store
  CHECK(roles_of(shop).size() == 2);
  shop.must({"staff", "roles", "add", "Helper", "--off", "void line", "--allow", "refund",
             "--discount", "10", "--refund", "20.00"});
  Json helper = roles_of(shop)[2];
  CHECK(helper["name"] == "Helper");
  CHECK(helper["base"] == "cashier");
  CHECK(helper["discount_limit_percent"] == "10.00");
  CHECK(helper["refund_limit"] == "20.00");
  CHECK(helper["cash_out_limit"].is_null());
  CHECK(helper["permissions"]["void line"] == "off");
  CHECK(helper["permissions"]["refund"] == "allowed");
  CHECK(helper["permissions"]["large discount"] == "approval");
  shop.must({"staff", "roles", "edit", "Helper", "--refund", "none", "--approval", "refund"});
  helper = roles_of(shop)[2];
  CHECK(helper["refund_limit"].is_null());
  CHECK(helper["permissions"]["refund"] == "approval");
  CHECK(shop({"staff", "roles", "edit", "manager", "--off", "sell"}).status == 1);
  CHECK(shop({"staff", "roles", "edit", "Nobody", "--off", "sell"}).status == 1);
  CHECK(shop({"staff", "roles", "edit", "Helper", "--off", "fly"}).status == 64);
  CHECK(shop({"staff", "roles", "edit", "Helper", "--refund", "a lot"}).status == 64);
  shop.must({"staff", "add", "Chefin", "--role", "manager"}, {.input = "4711\n"});
  shop.must({"staff", "add", "Jana", "--role", "helper", "--as", "Chefin"},
            {.input = "4711\n1234\n"});
  CHECK(Json::parse(shop.must({"staff", "--json"}).out)[1]["role"] == "Helper");
  CHECK(
      shop({"staff", "roles", "remove", "Helper", "--as", "Chefin"}, {.input = "4711\n"}).status ==
      1);
}

TEST_CASE("staff badge: it is given and taken away by a manager") {
  const Shop shop;
  shop.must({"staff", "add", "Chefin", "--role", "manager"}, {.input = "4711\n"});
  CHECK(shop({"staff", "badge", "Chefin", "--as", "Chefin"}, {.input = "4711\n1234\n"}).status ==
        1);
  shop.must({"staff", "badge", "Chefin", "--as", "Chefin"}, {.input = "4711\nBADGE-0001\n"});
  CHECK(Json::parse(shop.must({"staff", "--json"}).out)[0]["badge"] == "yes");
  shop.must({"staff", "badge", "Chefin", "--as", "Chefin"}, {.input = "4711\n\n"});
  CHECK(Json::parse(shop.must({"staff", "--json"}).out)[0]["badge"] == "");
}

TEST_CASE("training: it is turned on and off, and says which it is") {
  const Shop shop;
  shop.must({"training", "off"});
  CHECK(Json::parse(shop.must({"training", "--json"}).out)["training"] == false);
  shop.must({"training", "on"});
  CHECK(Json::parse(shop.must({"training", "--json"}).out)["training"] == true);
  CHECK(shop({"shift", "open", "100.00"}).status == 1);
  CHECK(shop({"training", "perhaps"}).status == 64);
  shop.must({"training", "off"});
  shop.must({"shift", "open", "100.00"});
}

TEST_CASE("shift close: the terminal's day is closed with it and stands beside ours") {
  const Shop shop;
  shop.must({"shift", "open", "50.00"});
  const Json z = Json::parse(shop.must({"shift", "close", "--counted", "50.00", "--json"}).out);
  REQUIRE(z["terminal"].is_object());
  CHECK(z["terminal"]["compared"] == true);
  CHECK(z["terminal"]["difference"] == "0.00");
  CHECK(Json::parse(shop.must({"shift", "show", "--z", "1", "--json"}).out)["terminal"] ==
        z["terminal"]);
  shop.must({"settings", "terminal.end_of_day", "by_hand"});
  shop.must({"shift", "open", "50.00"});
  CHECK(Json::parse(shop.must({"shift", "close", "--counted", "50.00", "--json"}).out)["terminal"]
            .is_null());
}

TEST_CASE("articles, customers: a manager approves what a cashier may not do alone") {
  const Shop shop;
  shop.must({"staff", "add", "Chefin", "--role", "manager"}, {.input = "4711\n"});
  shop.must({"staff", "add", "Jana", "--as", "Chefin"}, {.input = "4711\n1234\n"});
  const std::vector<std::string> add{"articles", "add", "Apfel", "--price", "1.20", "--as", "Jana"};
  CHECK(shop(add, {.input = "1234\n"}).status == 1);
  std::vector<std::string> approved = add;
  approved.insert(approved.end(), {"--approved-by", "Chefin"});
  shop.must(approved, {.input = "1234\n4711\n"});
}

}  // namespace staff_command_tests
