#include "core/store/catalogue_store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/catalogue/barcode.h"
#include "core/store/catalogue_search.h"
#include "core/store/migrations.h"
#include "tests/support/temp_folder.h"

using namespace core;

namespace {

constexpr const char* delicatessen =
    "name,price,sku,barcode,category,colour,tax,unit,stock,favourite,variant\n"
    "Bergkäse 12 Monate,24.90,KA-BERG,2000000000015,Käse,1,reduced,kg,8.250,2,\n"
    "Weißwurst,1.40,WU-1,4006381333931,Wurst,4,reduced,,12,,\n"
    "Riesling trocken,8.90,WE-RIES,,Wein,4,standard,,24,1,\n"
    "Olivenöl nativ,12.90,OL-1,,Öl,3,reduced,,,,0.5 l\n"
    "Olivenöl nativ,22.90,OL-2,,Öl,3,reduced,,,,1 l\n"
    "Roggenbrot,4.20,BR-1,,Brot,,reduced,,,,\n"
    "Brotmesser,29.00,BR-2,,Brot,,standard,,,,\n";

struct Shop {
  tests::TempFolder folder;
  Database database = std::move(Database::open(folder / "till.db", Access::write).value());

  ImportOutcome import(const std::string& text, ImportOptions options = {}) {
    std::istringstream input(text);
    auto outcome = import_catalogue(database, {input, "shop.csv"}, options);
    REQUIRE(outcome.has_value());
    return *outcome;
  }

  std::vector<std::string> found(std::string_view text) {
    std::vector<std::string> names;
    for (const Variant& variant : search(database, text, 50)) names.push_back(name_of(variant));
    REQUIRE(database.ok());
    return names;
  }

  void sell(std::string_view name, std::int64_t times) {
    Transaction transaction(database);
    note_sold(database, find_by_name(database, name)->id, times);
    REQUIRE(transaction.commit());
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("catalogue: a variant comes back from the store as it was imported") {
  Shop shop;
  CHECK(shop.import(delicatessen).created == 7);
  const auto cheese = find_by_sku(shop.database, "ka-berg");
  REQUIRE(cheese);
  CHECK(name_of(*cheese) == "Bergkäse 12 Monate");
  CHECK(cheese->price.minor == 2490);
  CHECK(cheese->price.currency == eur);
  CHECK(cheese->unit == Unit::kilogram);
  CHECK(cheese->tax_code == "reduced");
  CHECK(cheese->category == "Käse");
  CHECK(cheese->category_colour == 1);
  CHECK(cheese->stock == Quantity{8250});
  CHECK(cheese->barcodes == Names{"2000000000015"});
  CHECK(cheese->favourite == 2);
  CHECK(find_variant(shop.database, cheese->id) == cheese);
}

TEST_CASE("catalogue: an article is found by barcode, SKU and exact name, and only so") {
  Shop shop;
  shop.import(delicatessen);
  CHECK(find_by_barcode(shop.database, "4006381333931")->product_title == "Weißwurst");
  CHECK(find_by_barcode(shop.database, "04006381333931")->product_title == "Weißwurst");
  CHECK_FALSE(find_by_barcode(shop.database, "4006381333"));
  CHECK_FALSE(find_by_barcode(shop.database, ""));
  CHECK_FALSE(find_by_sku(shop.database, ""));
  CHECK(find_by_name(shop.database, "weisswurst")->sku == "WU-1");
  CHECK(find_by_name(shop.database, "Olivenöl nativ, 1 l")->sku == "OL-2");
  CHECK_FALSE(find_by_name(shop.database, "Olivenöl"));
}

TEST_CASE("catalogue: a second import updates what it names and leaves the rest") {
  Shop shop;
  shop.import(delicatessen);
  shop.sell("Weißwurst", 5);
  const auto before = *find_by_sku(shop.database, "WU-1");
  const auto outcome = shop.import("name,price,sku\nWeißwurst Paar,2.60,WU-1\nSenf,3,SE-1\n");
  CHECK(outcome.created == 1);
  CHECK(outcome.updated == 1);
  CHECK(count_variants(shop.database) == 8);
  const auto after = *find_by_sku(shop.database, "WU-1");
  CHECK(after.id == before.id);
  CHECK(name_of(after) == "Weißwurst Paar");
  CHECK(after.price.minor == 260);
  CHECK(after.stock == before.stock);
  CHECK(after.barcodes == before.barcodes);
  CHECK(after.category == "Wurst");
  CHECK(after.popularity == 5);
  CHECK(shop.found("paar") == Names{"Weißwurst Paar"});
}

TEST_CASE("catalogue: variants with one SKU stay apart, in whatever order the file has them") {
  Shop shop;
  const std::string head = "Handle,Title,Option1 Value,Variant SKU,Variant Price\n";
  const std::string pine = "kiefer,Kiefer,Klein,KL,13\n";
  const std::string cinnamon = "zimt,Zimt,Klein,KL,15\n";
  CHECK(shop.import(head + pine + cinnamon).created == 2);
  shop.sell("Zimt, Klein", 4);
  const auto again = shop.import(head + "moos,Moos,Klein,KL,9\n" + cinnamon + pine);
  CHECK(again.created == 1);
  CHECK(again.updated == 2);
  CHECK(again.report.warning_count == 2);
  CHECK(find_by_name(shop.database, "Zimt, Klein")->popularity == 4);
  CHECK(find_by_name(shop.database, "Zimt, Klein")->price.minor == 1500);
  CHECK(find_by_name(shop.database, "Kiefer, Klein")->price.minor == 1300);
  CHECK_FALSE(find_by_sku(shop.database, "kl"));
  CHECK(is_sku_of_several(shop.database, "kl"));
  CHECK(shop.found("KL").size() == 3);
}

TEST_CASE("catalogue: articles of one name are known again by their number or code") {
  Shop shop;
  shop.import("name,price,sku,ean\nKarte,1,A,\nKarte,2,,4012345000016\nKarte,3,,4012345000023\n");
  CHECK(count_variants(shop.database) == 3);
  const auto outcome = shop.import(
      "name,price,sku,ean\nKarte,30,,4012345000023\nKarte,10,A,\nKarte,20,,4012345000016\n");
  CHECK(outcome.updated == 3);
  CHECK(find_by_sku(shop.database, "A")->price.minor == 1000);
  CHECK(find_by_barcode(shop.database, "4012345000016")->price.minor == 2000);
  CHECK(find_by_barcode(shop.database, "4012345000023")->price.minor == 3000);
}

TEST_CASE("catalogue: what has been archived since the last import is taken off") {
  Shop shop;
  shop.import("Handle,Title,Variant Price,Status\na,A,1,active\nb,B,2,active\n");
  const auto outcome = shop.import("Handle,Title,Variant Price,Status\na,A,1,archived\n");
  CHECK(outcome.stored);
  CHECK(outcome.removed == 1);
  CHECK_FALSE(find_by_name(shop.database, "A"));
  CHECK(find_by_name(shop.database, "B"));
}

TEST_CASE("catalogue: a name in other letters is found in any case, in an older store as well") {
  Shop shop;
  shop.import("name,price,ean\nМОСКВА торт,9,\nКниги,5,'3-16-148410-X\n");
  CHECK(shop.found("москва") == Names{"МОСКВА торт"});
  // As a till left it whose folding knew Latin letters only.
  REQUIRE(
      shop.database.execute("UPDATE variants SET words = 'МОСКВА торт' WHERE words GLOB 'москва*';"
                            "DELETE FROM search_words WHERE word = 'москва';"
                            "UPDATE barcodes SET code = char(39) || '3-16-148410-X'"));
  CHECK(shop.found("москва").empty());
  const auto migration = std::ranges::find_if(migrations(), [](const Migration& each) {
    return each.name.find("names_and_codes") != std::string_view::npos;
  });
  REQUIRE(migration != migrations().end());
  REQUIRE(shop.database.execute(std::string(migration->sql).c_str()));
  CHECK(shop.found("москва") == Names{"МОСКВА торт"});
  CHECK(shop.found("масква") == Names{"МОСКВА торт"});
  CHECK(find_by_barcode(shop.database, "9783161484100")->product_title == "Книги");
}

TEST_CASE("catalogue: replacing removes what the file no longer names") {
  Shop shop;
  shop.import(delicatessen);
  const auto outcome =
      shop.import("name,price,sku\nWeißwurst,1.5,WU-1\n", {.mode = ImportMode::replace});
  CHECK(outcome.removed == 6);
  CHECK(count_variants(shop.database) == 1);
  CHECK(shop.found("brot").empty());
  CHECK(categories(shop.database).size() == 1);
}

TEST_CASE("catalogue: a bad row leaves nothing behind, unless bad rows are to be skipped") {
  Shop shop;
  const std::string bad = std::string(delicatessen) + "Senf,-3,SE-1,,,,,,,,\n";
  const auto refused = shop.import(bad);
  CHECK_FALSE(refused.stored);
  CHECK(refused.report.problem_count == 1);
  CHECK(count_variants(shop.database) == 0);
  CHECK(categories(shop.database).empty());
  CHECK(shop.found("wurst").empty());
  const auto skipped = shop.import(bad, {.skip_bad = true});
  CHECK(skipped.stored);
  CHECK(count_variants(shop.database) == 7);
}

TEST_CASE("catalogue: half a file is not imported, not even when bad rows are skipped") {
  Shop shop;
  CHECK_FALSE(shop.import("name,price\na,1\nb,\"2\n", {.skip_bad = true}).stored);
  CHECK(count_variants(shop.database) == 0);
}

TEST_CASE("catalogue: a dry run counts and changes nothing") {
  Shop shop;
  const auto outcome = shop.import(delicatessen, {.dry_run = true});
  CHECK(outcome.created == 7);
  CHECK_FALSE(outcome.stored);
  CHECK(count_variants(shop.database) == 0);
}

TEST_CASE("catalogue: categories keep their first order, and a colour each") {
  Shop shop;
  shop.import(delicatessen);
  const auto found = categories(shop.database);
  REQUIRE(found.size() == 5);
  CHECK(found[0].name == "Käse");
  CHECK(found[4].name == "Brot");
  CHECK(found[4].colour == 5);
  shop.import("name,price,category\nBrötchen,0.4,Brot\n");
  CHECK(categories(shop.database)[4] == found[4]);
}

TEST_CASE("catalogue: tiles come in pages, favourites by their place") {
  Shop shop;
  shop.import(delicatessen);
  const TilePage front = tiles(shop.database, {});
  REQUIRE(front.variants.size() == 2);
  CHECK(front.variants[0].sku == "WE-RIES");
  CHECK(front.pages == 1);
  const std::int64_t oil = categories(shop.database)[3].id;
  const TilePage second = tiles(shop.database, {.category = oil, .page = 1, .page_size = 1});
  CHECK(second.pages == 2);
  CHECK(second.variants.at(0).sku == "OL-2");
  CHECK(tiles(shop.database, {.category = oil, .page = 9, .page_size = 1}) == second);
  CHECK(tiles(shop.database, {.category = 99}).pages == 1);
}

TEST_CASE("catalogue: without favourites the front page shows the best sellers, else the first") {
  Shop shop;
  shop.import("name,price\nA,1\nB,1\nC,1\n");
  CHECK(tiles(shop.database, {}).variants.size() == 3);
  shop.sell("C", 1);
  shop.sell("B", 2);
  const TilePage front = tiles(shop.database, {});
  REQUIRE(front.variants.size() == 2);
  CHECK(front.variants[0].product_title == "B");
}

TEST_CASE("catalogue: a sale lowers what is counted, also below zero, and nothing else") {
  Shop shop;
  shop.import(delicatessen);
  const auto wine = *find_by_sku(shop.database, "WE-RIES");
  const auto oil = *find_by_sku(shop.database, "OL-1");
  Transaction transaction(shop.database);
  change_stock(shop.database, wine.id, pieces(-25));
  change_stock(shop.database, oil.id, pieces(-1));
  REQUIRE(transaction.commit());
  CHECK(find_variant(shop.database, wine.id)->stock == pieces(-1));
  CHECK(is_low(*find_variant(shop.database, wine.id)));
  CHECK_FALSE(find_variant(shop.database, oil.id)->stock);
}

TEST_CASE("search: by the beginning of words, whatever their case and accents") {
  Shop shop;
  shop.import(delicatessen);
  CHECK(shop.found("berg") == Names{"Bergkäse 12 Monate"});
  CHECK(shop.found("MON berg") == Names{"Bergkäse 12 Monate"});
  CHECK(shop.found("bergkase") == Names{"Bergkäse 12 Monate"});
  CHECK(shop.found("bergkaese") == Names{"Bergkäse 12 Monate"});
  CHECK(shop.found("weisswurst") == Names{"Weißwurst"});
  CHECK(shop.found("Weißw") == Names{"Weißwurst"});
  CHECK(shop.found("oliven") == Names{"Olivenöl nativ, 0.5 l", "Olivenöl nativ, 1 l"});
  CHECK(shop.found("we") == Names{"Weißwurst", "Riesling trocken"});  // SKU WE-RIES
}

TEST_CASE("search: also inside of words, after those that begin so") {
  Shop shop;
  shop.import(delicatessen);
  CHECK(shop.found("käse") == Names{"Bergkäse 12 Monate"});
  CHECK(shop.found("brot") == Names{"Brotmesser", "Roggenbrot"});
  CHECK(shop.found("wurs") == Names{"Weißwurst"});
  CHECK(shop.found("kase 12") == Names{"Bergkäse 12 Monate"});
}

TEST_CASE("search: with one letter mistyped, left out, put in or swapped") {
  Shop shop;
  shop.import(delicatessen);
  for (const char* typed : {"brgkäse", "bergkkäse", "begrkäse", "bergkäsw", "verg", "riseling",
                            "weiswurst", "olivenol natib", "olvenoel"}) {
    CAPTURE(typed);
    CHECK(shop.found(typed).size() >= 1);
  }
  CHECK(shop.found("riesking trocken") == Names{"Riesling trocken"});
  CHECK(shop.found("rxxxling").empty());
}

TEST_CASE("search: by SKU and barcode and their beginnings") {
  Shop shop;
  shop.import(delicatessen);
  CHECK(shop.found("4006381333931") == Names{"Weißwurst"});
  CHECK(shop.found("40063") == Names{"Weißwurst"});
  CHECK(shop.found("br-2") == Names{"Brotmesser"});
  CHECK(shop.found("OL-") == Names{"Olivenöl nativ, 0.5 l", "Olivenöl nativ, 1 l"});
}

TEST_CASE("search: what sells best comes first among equals, an exact name before all") {
  Shop shop;
  shop.import("name,price\nBrot A,1\nBrot B,1\nBrot,1\nRoggenbrot,1\n");
  shop.sell("Brot B", 3);
  shop.sell("Roggenbrot", 9);
  CHECK(shop.found("brot") == Names{"Brot", "Brot B", "Brot A", "Roggenbrot"});
}

TEST_CASE("search: nothing that is typed is taken for an expression") {
  Shop shop;
  shop.import(delicatessen);
  for (const char* typed : {"", " ", "\"", "*", "brot*", "\"brot\" OR", "AND", "NOT NEAR(", "%",
                            "_", "-", "brot AND", "words:brot", "^brot", "\xFF\xFE", "(", "'"}) {
    CAPTURE(typed);
    shop.found(typed);
    CHECK(shop.database.ok());
  }
  CHECK(shop.found(std::string(100'000, 'a')).empty());
  CHECK(search(shop.database, "brot", 0).empty());
  CHECK(search(shop.database, "o", 1).size() == 1);
}

TEST_CASE("search: a label of the shop's scale leads to its article of the demo shop") {
  Shop shop;
  std::ifstream demo(std::string(TRESEN_ASSETS) + "/demo/catalogue.csv");
  REQUIRE(import_catalogue(shop.database, {demo, "catalogue.csv"}, {})->stored);
  std::string label = "280100100252";
  label += *check_digit(label);
  const auto read = read_embedded(label, german_embedded_rules(), eur);
  REQUIRE(read);
  const auto cheese = find_by_barcode(shop.database, read->lookup);
  REQUIRE(cheese);
  CHECK(name_of(*cheese) == "Bergkäse 12 Monate");
  CHECK(price_of(cheese->price, std::get<Quantity>(read->value)).minor == 627);
  CHECK(tiles(shop.database, {}).pages == 4);
  CHECK(shop.found("bergkaese").size() == 2);
  CHECK(shop.found("oliven kalmata") == Names{"Oliven Kalamata mariniert"});
}

TEST_CASE("search: a second, read-only connection finds the same") {
  Shop shop;
  shop.import(delicatessen);
  auto reader = Database::open(shop.folder / "till.db", Access::read);
  REQUIRE(reader.has_value());
  CHECK(search(*reader, "begrkäse", 5).size() == 1);
  CHECK(find_by_barcode(*reader, "4006381333931"));
}
