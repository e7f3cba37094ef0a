// What a scanner reads becomes the right line of the cart, or a refusal in words.
#include <doctest/doctest.h>

#include <sstream>

#include "core/catalogue/barcode.h"
#include "core/store/upstream_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

LineItem last_line(TillDriver& till) {
  const Snapshot now = till.now();
  REQUIRE_FALSE(now.order.lines.empty());
  return now.order.lines.back();
}

std::string with_check(std::string digits) {
  digits += *check_digit(digits);
  return digits;
}

}  // namespace

TEST_CASE("scan: one article is found by every code that its package can have") {
  for (const char* code :
       {"4012345000016", "04012345000016", "]E04012345000016", "]d201040123450000161727013110LOT7",
        "01040123450000161727013110LOT7", "https://id.gs1.org/01/04012345000016/10/LOT7?17=270131",
        "(01)04012345000016", "4012345000016 05", "401234500001612345"}) {
    CAPTURE(std::string(code));
    TillDriver till;
    till.add_product("Frischkäse", 249, "reduced", "4012345000016");
    till.scan(code);
    CHECK(last_line(till).title == "Frischkäse");
    CHECK(last_line(till).quantity == pieces(1));
  }
}

TEST_CASE("scan: a case of an article is not the article") {
  TillDriver till;
  till.add_product("Frischkäse", 249, "reduced", "4012345000016");
  CHECK(till.refused(Scan{"01" + with_check("1401234500001")}).kind == RefusalKind::not_found);
}

TEST_CASE("scan: the shop's own rules say what the label of its scale carries") {
  TillDriver till;
  till.add_product("Gouda", 1990, "reduced", with_check("261234500000"), Unit::kilogram);
  const std::string label = with_check("261234500819");
  CHECK(till.refused(Scan{label}).kind == RefusalKind::not_found);
  till.must(ChangeSetting{"scanner.labels", "26 IIIII GGGGG"});
  till.scan(label);
  CHECK(last_line(till).quantity == Quantity{819});
  till.must(ChangeSetting{"scanner.labels", "26 IIIII PPPPP"});
  till.scan(label);
  CHECK(last_line(till).unit_price == euros(819));
  CHECK(last_line(till).quantity == pieces(1));
  till.reopen();
  CHECK(till.now().settings.scanner.labels.size() == 1);
  CHECK(till.refused(ChangeSetting{"scanner.labels", "26 IIIII"}).detail.find("26 IIIII") !=
        std::string::npos);
}

TEST_CASE("scan: the weight in a code of GS1 is the quantity of weighed goods") {
  TillDriver till;
  till.add_product("Gouda", 1990, "reduced", "4012345000016", Unit::kilogram);
  till.add_product("Eier", 30, "reduced", "4012345000023");
  till.scan("01040123450000163103000819");
  CHECK(last_line(till).title == "Gouda");
  CHECK(last_line(till).quantity == Quantity{819});
  till.scan("]e001040123450000163922500");
  CHECK(last_line(till).unit_price == euros(500));
  till.scan("]d201040123450000233012");
  CHECK(last_line(till).quantity == pieces(12));
}

TEST_CASE("scan: a number that several articles have is not guessed at") {
  TillDriver till;
  std::istringstream file(
      "Handle,Title,Variant SKU,Variant Price\nkiefer,Kiefer,KL,13\nzimt,Zimt,KL,15\n");
  REQUIRE(import_catalogue(till.database(), {file, "shop.csv"}, {})->stored);
  CHECK(till.refused(Scan{"KL"}).text == "Several products have this number. Please choose one.");
}

TEST_CASE("platform: its variants with one SKU are told apart by its own ids") {
  TillDriver till;
  const auto variant_of = [](std::string id, std::int64_t price) {
    PulledVariant variant;
    variant.upstream_id = std::move(id);
    variant.variant.sku = "KL";
    variant.variant.price = euros(price);
    return variant;
  };
  for (int times = 0; times < 3; ++times) {
    ReceiveCatalogue page;
    page.catalogue.products.push_back({"p1", "kiefer", "Kiefer", {variant_of("v1", 1300)}, true});
    page.catalogue.products.push_back({"p2", "zimt", "Zimt", {variant_of("v2", 1500)}, true});
    if (times == 1) std::swap(page.catalogue.products[0], page.catalogue.products[1]);
    till.must(page);
    REQUIRE(find_by_name(till.database(), "Kiefer"));
    REQUIRE(find_by_name(till.database(), "Zimt"));
    CHECK(find_by_name(till.database(), "Kiefer")->price == euros(1300));
    CHECK(find_by_name(till.database(), "Zimt")->price == euros(1500));
  }
}

TEST_CASE("scan: a book and a small package are found by either spelling of their code") {
  for (const auto& [stored, scanned] : {std::pair{"3453317165", "9783453317161"},
                                        {"9783453317161", "3453317165"},
                                        {"9783453317161", "3-453-31716-5"},
                                        {"042100005264", "04252614"},
                                        {"04252614", "042100005264"},
                                        {"042100005264", "0425261402"}}) {
    const std::string pair = std::string(stored) + " by " + scanned;
    CAPTURE(pair);
    TillDriver till;
    till.add_product("Fund", 900, "reduced", normal_barcode(stored));
    till.scan(scanned);
    CHECK(last_line(till).title == "Fund");
  }
}

TEST_CASE("scan: a label whose price is nothing gives nothing away") {
  TillDriver till;
  till.add_product("Senf", 495, "reduced", "4012345000016");
  till.add_product("Wurst", 1500, "reduced", with_check("210003400000"));
  till.scan("]d2010401234500001639220");
  CHECK(last_line(till).unit_price == euros(495));
  till.scan(with_check("210003400000"));
  CHECK(last_line(till).unit_price == euros(1500));
}
