// How each country taxes: the keys that its authority knows the sums by. Two kinds of one
// rate stay apart from the line to the Z report.
#include <doctest/doctest.h>

#include <sstream>

#include "core/tax/country.h"
#include "tests/scenarios/shop_day.h"

using namespace core;
using namespace tests;

namespace {

constexpr Instant on_day(int year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return Instant{
      sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}
          .time_since_epoch() +
      std::chrono::hours{12}};
}

// Sells one piece of each code for cash, and gives the taxes of the receipt.
std::vector<TaxLine> sold(ShopDay& shop,
                          const std::vector<std::pair<std::string, std::string>>& all) {
  for (const auto& [code, amount] : all) {
    shop.till.must(AddOpenItem{"Ware", shop.money(amount), code});
  }
  const Money due = shop.till.now().due;
  shop.till.must(TakeCash{due});
  const auto done = shop.till.now().done;
  REQUIRE(done);
  const auto order = find_order(shop.till.database(), done->order);
  const auto rows = receipts_of_order(shop.till.database(), order->row);
  return load_receipt(shop.till.database(), rows.back())->taxes;
}

std::string key_and_tax(const TaxLine& line) {
  return to_text(line.taxed()) + " " + to_plain(line.gross) + " " + to_plain(line.tax);
}

}  // namespace

TEST_CASE("tax keys: Germany tells three kinds of no tax apart, on the receipt and on the Z") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"fiscal.device", "software"});
  shop.till.must(ChangeSetting{"shop.country", "DE"});
  shop.open("0");
  const auto taxes = sold(shop, {{"standard", "119.00"},
                                 {"reduced", "10.70"},
                                 {"zero", "5.00"},
                                 {"exempt", "6.00"},
                                 {"not_taxable", "7.00"}});
  REQUIRE(taxes.size() == 5);
  CHECK(key_and_tax(taxes[0]) == "1900#1 119.00 19.00");
  CHECK(key_and_tax(taxes[1]) == "700#2 10.70 0.70");
  CHECK(key_and_tax(taxes[2]) == "0#5 7.00 0.00");
  CHECK(key_and_tax(taxes[3]) == "0#6 6.00 0.00");
  CHECK(key_and_tax(taxes[4]) == "0#8 5.00 0.00");
  CHECK(shop.close("147.70").report.taxes == taxes);
}

TEST_CASE("tax keys: Austria's food turns to 4.9 % in July 2026, beside the 19 % of Mittelberg") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"shop.country", "AT"});
  shop.till.clock.set(on_day(2026, 6, 30));
  shop.till.must(TrustClock{});
  auto taxes = sold(shop, {{"food", "11.00"}, {"reduced", "22.00"}, {"standard", "12.00"}});
  REQUIRE(taxes.size() == 2);
  CHECK(key_and_tax(taxes[0]) == "2000#1 12.00 2.00");
  CHECK(key_and_tax(taxes[1]) == "1000#2 33.00 3.00");
  shop.till.clock.set(on_day(2026, 7, 1));
  shop.till.must(TrustClock{});
  taxes = sold(shop,
               {{"food", "10.49"}, {"special", "1.19"}, {"reduced_13", "1.13"}, {"zero", "3.00"}});
  REQUIRE(taxes.size() == 4);
  CHECK(key_and_tax(taxes[0]) == "1900#5 1.19 0.19");
  CHECK(key_and_tax(taxes[1]) == "1300#3 1.13 0.13");
  CHECK(key_and_tax(taxes[2]) == "490#5 10.49 0.49");
  CHECK(key_and_tax(taxes[3]) == "0#4 3.00 0.00");
}

TEST_CASE("tax keys: Switzerland has three rates") {
  ShopDay shop(chf, 5);
  shop.till.must(ChangeSetting{"shop.country", "CH"});
  const auto taxes = sold(shop, {{"standard", "108.10"}, {"reduced", "102.60"}, {"zero", "1.00"}});
  REQUIRE(taxes.size() == 3);
  CHECK(key_and_tax(taxes[0]) == "810#1 108.10 8.10");
  CHECK(key_and_tax(taxes[1]) == "260#2 102.60 2.60");
  CHECK(key_and_tax(taxes[2]) == "0#4 1.00 0.00");
}

TEST_CASE("tax keys: two codes of the shop's own with one rate stay apart") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"tax.rates", "standard=1900;reduced=700;books=700#1001"});
  const auto taxes = sold(shop, {{"reduced", "10.70"}, {"books", "21.40"}});
  REQUIRE(taxes.size() == 2);
  CHECK(key_and_tax(taxes[0]) == "700#2 10.70 0.70");
  CHECK(key_and_tax(taxes[1]) == "700#1001 21.40 1.40");
}

TEST_CASE("tax keys: where tax is added, 8.875 % is that and not 8.87 or 8.88") {
  ShopDay shop(usd);
  shop.till.must(ChangeSetting{"tax.mode", "added"});
  shop.till.must(ChangeSetting{"tax.rates", "standard=887.5;reduced=400;zero=0"});
  for (const auto& [price, tax] :
       {std::pair("100.00", "8.88"), std::pair("400.00", "35.50"), std::pair("1000.00", "88.75")}) {
    const auto taxes = sold(shop, {{"standard", price}});
    REQUIRE(taxes.size() == 1);
    CHECK(to_plain(taxes[0].tax) == tax);
    CHECK(basis_points_text(taxes[0].rate) == "887.5");
  }
}

TEST_CASE("tax keys: a code that the shop does not have is refused before anything is sold") {
  ShopDay shop;
  CHECK(shop.till.refused(AddOpenItem{"Ware", euros(100), "luxury"}).detail == "luxury");
  // An article is taxed by it.
  CHECK(shop.till.refused(ChangeSetting{"tax.rates", "standard=1900"}).detail == "reduced");
  CHECK_FALSE(shop.till.till().handle(ChangeSetting{"tax.rates", "standard=1900#9;reduced=700"}));
  std::stringstream file("name,price,tax\nKakao,2.50,7\nGold,99,luxury\n");
  const auto outcome = shop.till.till().import({file, "shop.csv", 0, eur, {}}, {});
  REQUIRE(outcome);
  CHECK_FALSE(outcome->stored);
  REQUIRE(outcome->report.problems.size() == 1);
  CHECK(to_text(outcome->report.problems[0]) ==
        "shop.csv, line 3, tax: \"luxury\" is no tax code of this shop; write standard, reduced, "
        "zero, exempt, not_taxable");
}
