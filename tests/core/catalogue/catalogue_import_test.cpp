#include "core/catalogue/catalogue_import.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/catalogue/barcode.h"
#include "tests/support/utf16.h"

using namespace core;

namespace {

struct Read {
  ImportReport report;
  std::vector<Product> products;

  // The only problem, as a person reads it.
  std::string problem() const {
    REQUIRE(report.problems.size() == 1);
    return to_text(report.problems[0]);
  }
};

Read read(std::istream& input, std::string file) {
  Read result;
  result.report = read_catalogue(
      {input, std::move(file)},
      {[&](Product product) { result.products.push_back(std::move(product)); }, {}, {}});
  return result;
}

Read read(const std::string& text) {
  std::istringstream input(text);
  return read(input, "shop.csv");
}

Read read_file(const std::filesystem::path& path) {
  std::ifstream input(path, std::ios::binary);
  REQUIRE(input);
  return read(input, path.filename().string());
}

const std::filesystem::path test_data = std::filesystem::path(TRESEN_SOURCE) / "tests/data";

}  // namespace

TEST_CASE("import: a Shopify export gives products with their variants") {
  const Read shop = read_file(test_data / "products-classic.csv");
  CHECK(shop.report.problem_count == 0);
  CHECK(shop.report.complete);
  CHECK(shop.report.rows == 5);
  REQUIRE(shop.products.size() == 3);
  const Product& apron = shop.products[0];
  CHECK(apron.handle == "linen-apron");
  REQUIRE(apron.variants.size() == 2);
  CHECK(name_of(apron.variants[1]) == "Linen Apron, Large / Sand");
  CHECK(apron.variants[0].price.minor == 3990);
  CHECK(apron.variants[0].compare_at->minor == 4500);
  CHECK(apron.variants[0].barcodes == std::vector<std::string>{"4006381333931"});
  CHECK(apron.variants[1].stock == pieces(0));
  CHECK(apron.variants[1].category == "Kitchen");
}

TEST_CASE("import: Default Title is no title, an untracked quantity no stock") {
  const Read shop = read_file(test_data / "products-classic.csv");
  const Variant& board = shop.products[1].variants[0];
  CHECK(board.title.empty());
  CHECK_FALSE(board.stock);
  const Variant& voucher = shop.products[2].variants[0];
  CHECK(voucher.gift_card);
  CHECK_FALSE(voucher.digital);
  CHECK(voucher.tax_code == "zero");
}

TEST_CASE("import: the headings of Shopify since 2025 mean the same") {
  const Read shop = read_file(test_data / "products-new-headings.csv");
  CHECK(shop.report.problem_count == 0);
  REQUIRE(shop.products.size() == 2);
  CHECK(shop.products[0].variants[1].title == "Large");
  CHECK(shop.products[0].variants[1].sku == "AP-L");
  CHECK(shop.products[0].variants[0].compare_at->minor == 4500);
  CHECK(shop.products[1].variants[0].digital);
}

TEST_CASE("import: Handle, Title and Variant Price are all that Shopify's format needs") {
  const Read shop = read("Handle,Title,Variant Price\nmug,Mug,9.5\n");
  CHECK(shop.report.problem_count == 0);
  CHECK(shop.products[0].variants[0].price.minor == 950);
  CHECK(shop.products[0].variants[0].tax_code == "standard");
}

TEST_CASE("import: a handle that comes back later brings further variants") {
  const Read shop =
      read("Handle,Title,Option1 Value,Variant Price\nmug,Mug,Red,9\ncup,Cup,,5\nmug,,Blue,9\n");
  CHECK(shop.report.problem_count == 0);
  REQUIRE(shop.products.size() == 3);
  CHECK(name_of(shop.products[2].variants[0]) == "Mug, Blue");
}

TEST_CASE("import: our own format in German, as a spreadsheet writes it") {
  const Read shop = read(
      "\xEF\xBB\xBF"
      "Bezeichnung;Preis;Artikelnummer;EAN;Kategorie;Farbe;MwSt;Einheit;Bestand;"
      "Meldebestand;Bild;Digital;Gutschein;Favorit\r\n"
      "Bergkäse 12 Monate;24,90;BK-12;2000000000015 036000291452;Käse;1;7 %;kg;8,250;2;"
      "cheese.png;nein;;1\r\n");
  CHECK(shop.report.problem_count == 0);
  const Variant& cheese = shop.products.at(0).variants.at(0);
  CHECK(shop.products[0].handle == "bergkase-12-monate");
  CHECK(cheese.price.minor == 2490);
  CHECK(tile_price(cheese).minor == 249);
  CHECK(cheese.unit == Unit::kilogram);
  CHECK(cheese.tax_code == "reduced");
  CHECK(cheese.barcodes == std::vector<std::string>{"2000000000015", "0036000291452"});
  CHECK(cheese.stock == Quantity{8250});
  CHECK(cheese.low_stock == pieces(2));
  CHECK(cheese.category_colour == 1);
  CHECK(cheese.favourite == 1);
  CHECK_FALSE(cheese.digital);
}

TEST_CASE("import: a missing column is named and nothing is read") {
  const Read shop = read("Handle,Title\nmug,Mug\n");
  CHECK(shop.problem() == "shop.csv, line 1, Variant Price: this column is missing");
  CHECK_FALSE(shop.report.complete);
  CHECK(read("name;sku\na;b\n").problem() == "shop.csv, line 1, price: this column is missing");
  CHECK(read("price,name,PRICE\n1,a,2\n").problem() ==
        "shop.csv, line 1, price: this column occurs twice");
}

TEST_CASE("import: an empty file, headings alone") {
  CHECK(read("").problem() == "shop.csv: the file is empty");
  CHECK(read("\n\n").problem() == "shop.csv: the file is empty");
  const Read bare = read("name,price\n");
  CHECK(bare.report.problem_count == 0);
  CHECK(bare.report.complete);
  CHECK(bare.products.empty());
}

TEST_CASE("import: a bad price is named by file, line and field, the other rows are read") {
  CHECK(read("name,price\na,-1\n").problem() == "shop.csv, line 2, price: \"-1\" is below zero");
  CHECK(read("name,price\na,10000000.01\n").problem() ==
        "shop.csv, line 2, price: \"10000000.01\" is above the limit of 10000000.00");
  CHECK(read("name,price\na,1.234\n").problem() ==
        "shop.csv, line 2, price: \"1.234\" has more digits than the currency");
  CHECK(read("name;price\na;1.234,5,0\n").problem() ==
        "shop.csv, line 2, price: \"1.234,5,0\" is not an amount such as 12.90");
  CHECK(read("name,price\na,\n").problem() == "shop.csv, line 2, price: is missing");
  const Read both = read("name,price\na,abc\nb,2\n");
  CHECK(both.problem() == "shop.csv, line 2, price: \"abc\" is not an amount such as 12.90");
  REQUIRE(both.products.size() == 1);
  CHECK(both.products[0].title == "b");
}

TEST_CASE("import: an amount is read as spreadsheets write it, where it means one thing only") {
  const auto price = [](const std::string& written) {
    const Read shop = read("name;price\na;" + written + "\n");
    return shop.products.empty() ? -1 : shop.products[0].variants[0].price.minor;
  };
  for (const char* written :
       {"1.234,50", "1,234.50", "1 234,50", "1'234.50", "1234,5", "1.234,50 €", "€ 1.234,50",
        "EUR 1234.50", "1234,50\u00A0€", "1234.500000"}) {
    CAPTURE(std::string(written));
    CHECK(price(written) == 123450);
  }
  CHECK(price("1.234.567") == 123456700);
  CHECK(price("'12,90") == 1290);
  for (const char* unclear : {"24,-", "12 $", "1.23.456", "1.234", "1,23,4"}) {
    CAPTURE(std::string(unclear));
    CHECK(price(unclear) == -1);
  }
}

TEST_CASE("import: Excel's own first line names the separator") {
  for (const char* first : {"sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\xEF\xBB\xBFsep=;\r\n"}) {
    const Read shop =
        read(std::string(first) + "Bezeichnung;EAN;Preis\nTeekanne;4012345000023;24,90\n");
    CHECK(shop.report.problem_count == 0);
    REQUIRE(shop.products.size() == 1);
    CHECK(shop.products[0].title == "Teekanne");
  }
  CHECK(read("sep=;\nname;price\na;x\n").report.problems.at(0).line == 3);
}

TEST_CASE("import: a number that a spreadsheet has rounded is named by line and field") {
  CHECK(read("Bezeichnung;EAN;Preis\na;4,01235E+12;1\nb;4012345000023;2\n").problem() ==
        "shop.csv, line 2, EAN: 4,01235E+12 is a number that a spreadsheet has rounded; format the "
        "column as text there");
  CHECK(read("name,sku,price\na,4.01E+05,1\n").problem().find("line 2, sku") != std::string::npos);
  CHECK(read("Handle,Title,Variant Price,Variant Barcode\na,A,1,4.01235E+12\n")
            .problem()
            .find("line 2, Variant Barcode") != std::string::npos);
}

TEST_CASE("import: Shopify's apostrophe and a book's hyphens are no part of a code") {
  const Read shop = read(
      "Handle,Title,Variant SKU,Variant Price,Variant Barcode\n"
      "helm,'s Helmke,'007,49.90,'4012345000023\nbuch,Gedichte,,14,978-3-16-148410-0\n");
  CHECK(shop.report.problem_count == 0);
  REQUIRE(shop.products.size() == 2);
  CHECK(shop.products[0].title == "'s Helmke");
  CHECK(shop.products[0].variants[0].sku == "007");
  CHECK(shop.products[0].variants[0].barcodes == std::vector<std::string>{"4012345000023"});
  CHECK(shop.products[1].variants[0].barcodes == std::vector<std::string>{"9783161484100"});
}

TEST_CASE("import: blanks in one code are told from those between several") {
  const auto codes = [](const std::string& written) {
    return read("name,ean,price\na," + written + ",1\n").products.at(0).variants.at(0).barcodes;
  };
  CHECK(codes("4 012345 000016") == std::vector<std::string>{"4012345000016"});
  CHECK(codes("978 3 16 148410 0") == std::vector<std::string>{"9783161484100"});
  // Thirteen digits that happen to check, but two codes.
  CHECK(codes("73513537 12342").size() == 2);
  CHECK(codes("9783161484100 4012345000016").size() == 2);
}

TEST_CASE("import: what Shopify keeps itself is told with its rows and never refused") {
  const Read shop = read(
      "Handle,Title,Option1 Value,Variant SKU,Variant Price,Variant Barcode\n"
      "kiefer,Kiefer,Klein,KL,13,4012345000016\nzimt,Zimt,Klein,KL,15,4012345000016\n"
      "moos,Moos,,,9,4012345000017\n");
  CHECK(shop.report.problem_count == 0);
  CHECK(shop.report.variants == 3);
  REQUIRE(shop.report.warning_count == 3);
  CHECK(to_text(shop.report.warnings[0]) ==
        "shop.csv, line 3, Variant SKU: KL is already on line 2");
  CHECK(to_text(shop.report.warnings[1]) ==
        "shop.csv, line 3, Variant Barcode: 4012345000016 is already on line 2");
  CHECK(shop.report.warnings[2].line == 4);
  CHECK(shop.products[1].variants[0].barcodes.empty());
}

TEST_CASE("import: what is archived or a draft in Shopify is left out, with all its rows") {
  std::vector<std::string> gone, sold;
  std::istringstream input(
      "Handle,Title,Option1 Value,Variant Price,Status\nneu,Neu,,9,active\n"
      "alt,Alt,Rot,9,Archived\nalt,,Blau,9,\nplan,,,,draft\nfern,Fern,,9,unlisted\n");
  ImportSink sink;
  sink.product = [&](const Product& product) { sold.push_back(product.handle); };
  sink.not_for_sale = [&](const std::string& handle) { gone.push_back(handle); };
  const ImportReport report = read_catalogue({input, "shop.csv"}, sink);
  CHECK(report.problem_count == 0);
  CHECK(report.not_for_sale == 2);
  CHECK(sold == std::vector<std::string>{"neu", "fern"});
  CHECK(gone == std::vector<std::string>{"alt", "plan"});
}

TEST_CASE("import: one name twice is right where a number or a code tells the articles apart") {
  CHECK(read("name,price,sku\nKarte,1,A\nKarte,2,B\nKarte,3,\n").report.problem_count == 0);
  CHECK(
      read("name,price,ean\nKarte,1,4012345000016\nKarte,2,4012345000023\n").report.problem_count ==
      0);
  CHECK(read("name,price,sku\nKarte,1,\nKarte,2,B\nKarte,3,\n").problem() ==
        "shop.csv, line 4, name: Karte is already on line 2");
}

TEST_CASE("import: every bad field of a row is named") {
  const Read shop = read(
      "name,price,tax,unit,stock,digital,favourite,colour,picture\n"
      "a,1,16 %,litre,many,perhaps,first,9,../a.png\n");
  CHECK(shop.report.problem_count == 7);
  CHECK(shop.products.empty());
  CHECK(to_text(shop.report.problems[1]) ==
        "shop.csv, line 2, tax: \"16 %\" is no tax code; write standard, reduced or zero");
}

TEST_CASE("import: a SKU, barcode or name that occurs twice is named with both lines") {
  CHECK(read("name,price,sku\na,1,X\nb,1,X\n").problem() ==
        "shop.csv, line 3, sku: X is already on line 2");
  CHECK(read("name,price,ean\na,1,4006381333931\nb,1,4006381333931\n").problem() ==
        "shop.csv, line 3, ean: 4006381333931 is already on line 2");
  CHECK(read("name,price\nKäse,1\nkäse,1\n").problem() ==
        "shop.csv, line 3, name: Käse is already on line 2");
  CHECK(read("name,variant,price\nMug,red,1\nMug,blue,1\n").report.problem_count == 0);
}

TEST_CASE("import: a wrong check digit is named with the right one") {
  CHECK(read("name,price,ean\na,1,4006381333932\n").problem() ==
        "shop.csv, line 2, ean: 4006381333932 has a wrong check digit, it should end in 1");
}

TEST_CASE("import: a row of too many fields is not guessed at") {
  CHECK(read("name,price\na,1,50\n").problem() ==
        "shop.csv, line 2: the row has 3 fields, the headings are 2");
  CHECK(read("name,price\na,1,,\n").report.problem_count == 0);
  CHECK(read("name,price,sku\na,1\n").report.problem_count == 0);
}

TEST_CASE("import: a wrong encoding is named by line and column") {
  // "ä" of DOS; and a file that is UTF-8 but for one byte.
  for (const char* name : {"K\x84se", "Käse \xE4"}) {
    const Read shop = read(std::string("name,price\n") + name + ",1\nBrot,2\n");
    CHECK(shop.problem().starts_with("shop.csv, line 2: column "));
    CHECK(shop.problem().ends_with(" is not UTF-8; save the file as UTF-8"));
    CHECK(shop.products.size() == 1);
  }
}

TEST_CASE("import: what Excel writes as Unicode Text is read, however long it is") {
  std::string text = "Bezeichnung\tPreis\r\n";
  for (int i = 0; i < 9000; ++i) text += "Käse €" + std::to_string(i) + "\t1,90\r\n";
  for (const bool is_big : {false, true}) {
    const Read shop = read(tests::utf16(text, is_big));
    CHECK(shop.report.problem_count == 0);
    CHECK(shop.report.warning_count == 0);
    REQUIRE(shop.products.size() == 9000);
    CHECK(shop.products.back().title == "Käse €8999");
  }
}

TEST_CASE("import: a file of Excel for Windows is read in its own letters, with a warning") {
  const Read shop =
      read("Bezeichnung;Preis\nK\xE4semesser \x96 gro\xDF;\x80 18,90\nd\x92Isigny;1\n");
  CHECK(shop.report.problem_count == 0);
  REQUIRE(shop.products.size() == 2);
  CHECK(shop.products[0].title == "Käsemesser – groß");
  CHECK(shop.products[0].variants[0].price.minor == 1890);
  CHECK(shop.products[1].title == "d’Isigny");
  REQUIRE(shop.report.warning_count == 1);
  CHECK(to_text(shop.report.warnings[0]) ==
        "shop.csv: is not UTF-8, and was read as Windows-1252; look at the umlauts");
}

TEST_CASE("import: what cannot be read to its end is not complete") {
  const Read open = read("name,price\na,1\nb,\"2\nc,3\n");
  CHECK(open.problem() == "shop.csv, line 3: column 3 opens a quote that is never closed");
  CHECK_FALSE(open.report.complete);
  const Read wide = read("name,price\na," + std::string(11'000'000, '7') + "\n");
  CHECK_FALSE(wide.report.complete);
  CHECK(wide.problem() == "shop.csv, line 2: column 3 holds a field longer than 1 MiB");
}

TEST_CASE("import: a file of nothing but mistakes lists a thousand and counts them all") {
  std::string text = "name,price\n";
  for (int i = 0; i < 1500; ++i) text += "a,x\n";
  const Read shop = read(text);
  CHECK(shop.report.problems.size() == most_listed_problems);
  CHECK(shop.report.problem_count == 1500);
}

TEST_CASE("import: progress goes up to the size of the file") {
  std::string text = "name,price\n";
  for (int i = 0; i < 50'000; ++i) text += "product " + std::to_string(i) + ",1.00\n";
  std::istringstream input(text);
  std::vector<std::int64_t> steps;
  const auto size = static_cast<std::int64_t>(text.size());
  read_catalogue({input, "shop.csv", size}, {{}, {}, [&](std::int64_t done, std::int64_t total) {
                                               CHECK(total == size);
                                               steps.push_back(done);
                                             }});
  CHECK(steps.size() == 4);
  CHECK(steps.back() == size);
}

TEST_CASE("import: the demo shop has no mistake, and every picture is there") {
  const std::filesystem::path demo = std::filesystem::path(TRESEN_ASSETS) / "demo";
  const Read shop = read_file(demo / "catalogue.csv");
  CHECK(shop.report.problem_count == 0);
  CHECK(shop.report.variants > 250);
  std::vector<std::string> favourites(52);
  for (const Product& product : shop.products) {
    for (const Variant& variant : product.variants) {
      CAPTURE(name_of(variant));
      CHECK((variant.picture.empty() ||
             std::filesystem::exists(demo / "pictures" / variant.picture)));
      REQUIRE(variant.favourite <= 52);
      if (variant.favourite > 0)
        favourites[static_cast<std::size_t>(variant.favourite - 1)] = product.title;
      for (const std::string& code : variant.barcodes) CHECK(has_good_check_digit(code));
    }
  }
  CHECK(favourites[0] == "Bergkäse 12 Monate");
  CHECK(favourites[14] == "Grußkarte mit Umschlag");
  CHECK(std::count(favourites.begin(), favourites.end(), "") == 0);
}

TEST_CASE("import: the exports that Shopify gives to its partners are read without a problem") {
  const std::filesystem::path folder =
      std::filesystem::path(TRESEN_SOURCE) / "../shared/data/shopify-products";
  if (!std::filesystem::exists(folder)) return;
  for (const char* name : {"apparel.csv", "home-and-garden.csv", "jewelery.csv"}) {
    const Read shop = read_file(folder / name);
    CHECK(shop.report.problem_count == 0);
    CHECK(shop.products.size() == 20);
  }
}

TEST_CASE("import: a control character in what is kept as text is refused with its field") {
  CHECK(read("name,price\nB\x1B[31mrot,1.00\n").problem() ==
        "shop.csv, line 2, name: holds a control character");
  CHECK(read("name,price,sku\nBrot,1.00,A\xC2\x9B"
             "1\n")
            .problem() == "shop.csv, line 2, sku: holds a control character");
}

TEST_CASE("import: a row of nothing is passed over, and the end that DOS writes") {
  const Read shop = read("name;preis\nA;1\n;\n\n   ;\u00A0\nB;2\n\x1A");
  CHECK(shop.report.problem_count == 0);
  CHECK(shop.report.rows == 2);
  CHECK(shop.products.size() == 2);
  CHECK(read("name;preis\n;2\n").problem() == "shop.csv, line 2, name: is missing");
}

TEST_CASE("import: a tax rate is read as a table of numbers writes it") {
  const Read shop = read("name;preis;mwst\nA;1;7,0\nB;1;19.0 %\nC;1;0,00\nD;1;7,5\n");
  CHECK(shop.problem() ==
        "shop.csv, line 5, mwst: \"7,5\" is no tax code; write standard, reduced or zero");
  REQUIRE(shop.products.size() == 3);
  CHECK(shop.products[0].variants[0].tax_code == "reduced");
  CHECK(shop.products[1].variants[0].tax_code == "standard");
  CHECK(shop.products[2].variants[0].tax_code == "zero");
}

TEST_CASE("import: a name is one line, without what nobody sees at its ends") {
  const Read shop =
      read("name;preis;isbn\n\"\u200BGroße\nReise\u00A0\";10;ISBN 978-3-453-31716-1\n");
  REQUIRE(shop.products.size() == 1);
  CHECK(shop.products[0].title == "Große Reise");
  CHECK(shop.products[0].variants[0].barcodes == std::vector<std::string>{"9783453317161"});
}
