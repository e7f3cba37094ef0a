// tresen voucher: issued, looked up, blocked and paid out from the command line.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

using namespace tests;

namespace {

nlohmann::json voucher_of(const Said& said) {
  REQUIRE_MESSAGE(said.status == 0, said.err);
  return nlohmann::json::parse(said.out);
}

}  // namespace

TEST_CASE("voucher: one is issued, topped up, blocked and shown with its history") {
  const Shop shop;
  const auto issued = voucher_of(shop({"voucher", "issue", "25.00", "--json"}));
  const std::string number = issued["number"];
  CHECK(issued["balance"] == "25.00");
  CHECK(issued["state"] == "active");
  CHECK(voucher_of(shop({"voucher", "topup", number, "5.50", "--json"}))["balance"] == "30.50");
  CHECK(voucher_of(shop({"voucher", "block", number, "--reason", "lost", "--json"}))["state"] ==
        "blocked");
  const auto shown = voucher_of(shop({"voucher", "show", number, "--json"}));
  REQUIRE(shown["history"].size() == 3);
  CHECK(shown["history"][0]["event"] == "issued");
  CHECK(shown["history"][1]["amount"] == "5.50");
  CHECK(shown["history"][2]["reason"] == "lost");
  CHECK(voucher_of(shop({"voucher", "list", "--json"})).size() == 1);
}

TEST_CASE("voucher: what cannot be is said in one line") {
  const Shop shop;
  const auto says = [&](std::vector<std::string> arguments, int status, std::string_view words) {
    const Said said = shop(std::move(arguments));
    CHECK(said.status == status);
    CHECK_MESSAGE(said.err.find(words) != std::string::npos, said.err);
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
  };
  says({"voucher", "issue", "a lot"}, 64, "is not an amount");
  says({"voucher", "issue"}, 64, "needs an amount");
  says({"voucher", "block"}, 64, "needs the number");
  shop.must({"voucher", "issue", "10.00", "--number", "4711"});
  says({"voucher", "show", "4712"}, 1, "there is no voucher 4712");
  says({"voucher", "issue", "10.00", "--number", "4711"}, 1, "sold already");
  says({"voucher", "payout", "4711", "--reason", "rest"}, 1, "not paid out here");
}
