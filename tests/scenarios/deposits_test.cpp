// Deposits: charged with their article, given back for empties and for the machine's slip.
// The names are those of the list of scenarios.
#include <sstream>

#include "core/catalogue/barcode.h"
#include "core/catalogue/deposit_slip.h"
#include "core/store/catalogue_store.h"
#include "tests/scenarios/shop_day.h"

using core::Tender;
using tests::ShopDay;

namespace {

// "29", the slip's number, the amount in cents, and the digit that belongs behind them.
std::string slip(const std::string& number, const std::string& cents) {
  const std::string digits = "29" + number + cents;
  return digits + core::check_digit(digits).value_or('?');
}

core::Variant article(ShopDay& shop, const std::string& name, std::int64_t price,
                      const std::string& tax, const std::string& code) {
  shop.till.add_product(name, price, tax, code);
  return *core::find_by_barcode(shop.till.database(), code);
}

struct DrinkShop : ShopDay {
  DrinkShop() {
    till.must(core::ChangeSetting{"deposits.slip", "29 SSSSS PPPPP C"});
    water = article(*this, "Water", 89, "standard", "4000001000301");
    bottle = article(*this, "Bottle deposit", 25, "standard", "4000001000302");
    till.must(core::SetDeposit{water.id.row, bottle.id.row});
  }
  std::string due() { return text(till.now().due); }
  core::Variant water, bottle;
};

}  // namespace

TEST_CASE("P1: a basket of 3.20 and a slip of 4.75 pay out 1.55") {
  DrinkShop shop;
  shop.put_in_cart("3.20");
  shop.till.scan(slip("00042", "00475"));
  CHECK(shop.due() == "-1.55");
  shop.till.must(core::GiveBack{});
  const auto x = shop.x();
  CHECK(shop.text(x.report.sold) == "3.20");
  CHECK(shop.text(x.report.deposits) == "4.75");
  CHECK(shop.text(x.report.given_back) == "0.00");
  CHECK(x.report.refunds == 0);
  CHECK(shop.tender(x, Tender::cash) == "-1.55");
  CHECK(shop.till.refused(core::Scan{slip("00042", "00475")}).text ==
        "This deposit slip has been taken already.");
  shop.till.scan(slip("00043", "00475"));
  shop.check_books();
}

TEST_CASE("P1: a slip in a cart that is dropped is good again") {
  DrinkShop shop;
  shop.till.scan(slip("00042", "00475"));
  shop.till.refused(core::Scan{slip("00042", "00475")});
  shop.till.must(core::VoidOrder{"changed their mind"});
  shop.till.scan(slip("00042", "00475"));
  CHECK(shop.due() == "-4.75");
}

TEST_CASE("P1: without a number of its own the same code is asked about for a day") {
  DrinkShop shop;
  shop.till.must(core::ChangeSetting{"deposits.slip", "28 xxxxx PPPPP"});
  shop.till.scan("280000000150");
  shop.till.must(core::GiveBack{});
  shop.till.refused(core::Scan{"280000000150"});
  shop.till.must(core::TakeDepositSlip{"280000000150", true});
  CHECK(shop.due() == "-1.50");
  shop.till.must(core::GiveBack{});
  shop.till.clock.advance(std::chrono::hours{25});
  shop.till.scan("280000000150");
  shop.till.must(core::GiveBack{});
  CHECK(shop.text(shop.x().report.deposits) == "4.50");
  shop.check_books();
}

TEST_CASE("deposit: it is charged with its article, as many, and no discount touches it") {
  DrinkShop shop;
  for (int i = 0; i < 3; ++i) shop.till.scan("4000001000301");
  core::Order cart = shop.till.now().order;
  REQUIRE(cart.lines.size() == 2);
  CHECK(cart.lines[1].quantity == core::pieces(3));
  CHECK(shop.due() == "3.42");
  shop.till.must(core::DiscountOrder{core::Discount{core::DiscountKind::percent, 1000, "regular"}});
  CHECK(shop.due() == "3.15");
  shop.till.refused(core::VoidLine{cart.lines[1].id, "no bottle"});
  shop.till.refused(core::ChangeQuantity{cart.lines[1].id, core::pieces(1)});
  shop.till.must(core::ChangeQuantity{cart.lines[0].id, core::pieces(2)});
  shop.till.reopen();
  CHECK(shop.till.now().order.lines[1].quantity == core::pieces(2));
  shop.pay_cash();
  shop.till.scan("4000001000301");
  shop.till.must(core::VoidLine{shop.till.now().order.lines[0].id, "keyed by mistake"});
  CHECK(shop.till.now().order.lines.empty());
  shop.check_books();
}

TEST_CASE("deposit: empties come back by the bottle, without a receipt, and are no refund") {
  DrinkShop shop;
  shop.till.must(core::TakeEmpties{shop.water.id.row});
  shop.till.must(core::TakeEmpties{shop.bottle.id.row, core::pieces(3)});
  CHECK(shop.till.now().order.returns.size() == 1);
  CHECK(shop.due() == "-1.00");
  shop.till.scan("4000001000301");
  CHECK(shop.due() == "0.14");
  shop.pay_cash();
  CHECK(shop.x().report.refunds == 0);
  CHECK(shop.text(shop.x().report.sold) == "1.14");
  CHECK(shop.text(shop.x().report.deposits) == "1.00");
  const auto bread = core::find_by_barcode(shop.till.database(), tests::brezel);
  shop.till.refused(core::TakeEmpties{bread->id.row});
  shop.check_books();
}

TEST_CASE("deposit: a rule says where amount and number stand in the code") {
  CHECK(core::to_text(*core::deposit_rule_from("29SSSSSPPPPPC")) == "29 SSSSS PPPPP C");
  CHECK(core::deposit_rule_from("")->letters.empty());
  for (const char* bad : {"29", "SSPP", "29 SSSS", "29 PSP", "29 PPC P", "29 PPPP Q"}) {
    CHECK_FALSE(core::deposit_rule_from(bad));
  }
  const auto rule = *core::deposit_rule_from("2 xxxxxx PPPPP C");
  const std::string old = "210099600060";
  CHECK(core::read_deposit_slip(old + core::check_digit(old).value_or('?'), rule, core::eur) ==
        core::Money{60, core::eur});
  CHECK_FALSE(core::read_deposit_slip(old + "x", rule, core::eur));
  CHECK_FALSE(core::read_deposit_slip("", rule, core::eur));
}

namespace {

core::Variant saved(ShopDay& shop, const std::string& sku) {
  const auto article = core::find_by_sku(shop.till.database(), sku);
  REQUIRE(article);
  return *article;
}

core::ImportOutcome import(ShopDay& shop, const std::string& text, core::ImportOptions options) {
  std::istringstream file(text);
  options.deposit_name = {"Pfand", ','};
  auto outcome = shop.till.till().import({file, "drinks.csv"}, options);
  REQUIRE(outcome);
  REQUIRE(outcome->report.problem_count == 0);
  REQUIRE(outcome->stored);
  return *outcome;
}

}  // namespace

TEST_CASE("deposit: the owner writes it on the article's sheet, and the till makes the rest") {
  ShopDay shop;
  core::Variant beer;
  beer.product_title = "Beer";
  beer.sku = "BEER";
  beer.barcodes = {"4000001000309"};
  beer.price = shop.money("1.10");
  beer.deposit = shop.money("0.08");
  shop.till.must(core::SaveArticle{beer, {"Pfand", ','}});
  shop.till.scan("4000001000309");
  REQUIRE(shop.till.now().order.lines.size() == 2);
  CHECK(shop.till.now().order.lines[1].title == "Pfand 0,08");
  CHECK(shop.text(shop.till.now().due) == "1.18");
  shop.pay_cash();
  // A second article shares it; another amount is another deposit.
  core::Variant ale = beer;
  ale.product_title = ale.sku = "ALE";
  ale.barcodes.clear();
  shop.till.must(core::SaveArticle{ale, {"Pfand", ','}});
  ale = saved(shop, "ALE");
  CHECK(core::tiles(shop.till.database(), {core::deposits_page}).variants.size() == 1);
  ale.deposit = shop.money("0.15");
  shop.till.must(core::SaveArticle{ale, {"Pfand", ','}});
  CHECK(core::tiles(shop.till.database(), {core::deposits_page}).variants.size() == 2);
  CHECK(saved(shop, "ALE").deposit == shop.money("0.15"));
  CHECK(saved(shop, "BEER").deposit == shop.money("0.08"));
  // Whoever empties the field takes it off.
  ale = saved(shop, "ALE");
  ale.deposit.reset();
  shop.till.must(core::SaveArticle{ale, {"Pfand", ','}});
  CHECK_FALSE(saved(shop, "ALE").deposit);
  ale.unit = core::Unit::kilogram;
  ale.deposit = shop.money("0.15");
  CHECK(shop.till.refused(core::SaveArticle{ale}).text == "What is weighed bears no deposit.");
  auto pfand = core::find_by_name(shop.till.database(), "Pfand 0,08");
  REQUIRE(pfand);
  pfand->deposit = shop.money("0.15");
  CHECK(shop.till.refused(core::SaveArticle{*pfand}).text == "A deposit bears no deposit.");
  shop.check_books();
}

TEST_CASE("deposit: a column of the product file says it, whatever is imported after that") {
  ShopDay shop;
  import(shop, "name;preis;sku;pfand\nWasser;0,89;W;0,25\nCola;1,29;C;0,25 €\nBrot;3,50;B;\n", {});
  CHECK(saved(shop, "W").deposit == shop.money("0.25"));
  CHECK(saved(shop, "C").deposit == shop.money("0.25"));
  CHECK_FALSE(saved(shop, "B").deposit);
  CHECK(core::find_by_name(shop.till.database(), "Pfand 0,25"));
  // Without the column all stays; the whole file again keeps what the deposits are.
  import(shop, "name;preis;sku\nWasser;0,95;W\n", {});
  CHECK(saved(shop, "W").deposit == shop.money("0.25"));
  import(shop, "name;preis;sku;pfand\nWasser;0,95;W;0,25\nCola;1,29;C;0\n",
         {.mode = core::ImportMode::replace});
  CHECK(saved(shop, "W").deposit == shop.money("0.25"));
  CHECK_FALSE(saved(shop, "C").deposit);
  CHECK(core::count_variants(shop.till.database()) == 3);
  std::istringstream bad("name;preis;pfand\nWasser;0,95;viel\n");
  const auto outcome = shop.till.till().import({bad, "bad.csv"}, {});
  REQUIRE(outcome);
  CHECK(outcome->report.problems.front().field == "pfand");
  CHECK_FALSE(outcome->stored);
}

TEST_CASE("deposit: bottles and slips are scanned one after the other, and counted by hand") {
  DrinkShop shop;
  for (int i = 0; i < 3; ++i) shop.till.must(core::ScanEmpties{"4000001000301"});
  shop.till.must(core::ScanEmpties{slip("00042", "00150")});
  CHECK(shop.due() == "-2.25");
  CHECK(shop.till.refused(core::ScanEmpties{slip("00042", "00150")}).text ==
        "This deposit slip has been taken already.");
  CHECK(shop.till.refused(core::ScanEmpties{tests::krimi}).text ==
        "This article bears no deposit.");
  CHECK(shop.till.refused(core::ScanEmpties{"999"}).text ==
        "No article and no deposit slip has this code.");
  const auto bottles = shop.till.now().order.returns.front();
  const auto paper = shop.till.now().order.returns.back();
  shop.till.must(core::ChangeQuantity{bottles.id, core::pieces(20)});
  CHECK(shop.due() == "-6.50");
  shop.till.refused(core::ChangeQuantity{bottles.id, core::Quantity{500}});
  shop.till.refused(core::ChangeQuantity{paper.id, core::pieces(2)});
  shop.till.reopen();
  CHECK(shop.due() == "-6.50");
  shop.till.must(core::GiveBack{});
  CHECK(shop.text(shop.x().report.deposits) == "6.50");
  CHECK(shop.x().report.refunds == 0);
  shop.check_books();
}
