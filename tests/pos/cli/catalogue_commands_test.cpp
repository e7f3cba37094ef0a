// tresen import, tresen products: the real program on files good and bad.
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

using namespace tests;
using Json = nlohmann::json;

namespace {

constexpr const char* good_file =
    "Handle,Title,Variant Price,Variant SKU\n"
    "rye,Rye bread,3.90,RYE\n"
    "roll,Roll,0.45,ROLL\n";
constexpr const char* bad_file =
    "Handle,Title,Variant Price,Variant SKU\n"
    "rye,Rye bread,-3.90,RYE\n"
    "roll,Roll,0.45,ROLL\n";

}  // namespace

TEST_CASE("import: a good file is for sale afterwards, in text and in JSON") {
  const Shop shop;
  const Said said = shop.must({"import", shop.write("good.csv", good_file)});
  CHECK(said.out == "imported 2 products, 2 variants (2 new, 0 updated, 0 removed)\n");
  CHECK(said.err.empty());
  CHECK(shop.must({"products"}).out.find("Rye bread") != std::string::npos);
  const Json json = Json::parse(shop.must({"products", "--search", "rye", "--json"}).out);
  REQUIRE(json.size() == 1);
  CHECK(json[0]["sku"] == "RYE");
  CHECK(json[0]["price"] == "3.90");
  CHECK(json[0]["currency"] == "EUR");
}

TEST_CASE("import: one bad row keeps the whole file out and is named by file, line and field") {
  const Shop shop;
  const std::string file = shop.write("bad.csv", bad_file);
  const Said said = shop({"import", file});
  CHECK(said.status == 1);
  CHECK(said.err.find(file + ":2: Variant Price: ") != std::string::npos);
  CHECK(said.out.find("nothing imported") != std::string::npos);
  CHECK(Json::parse(shop.must({"products", "--json"}).out).empty());
}

TEST_CASE("import: with --skip-bad the good rows are in and the bad ones are listed") {
  const Shop shop;
  const Said said = shop.must({"import", shop.write("bad.csv", bad_file), "--skip-bad"});
  CHECK(said.err.find(":2: Variant Price: ") != std::string::npos);
  const Json json = Json::parse(shop.must({"products", "--json"}).out);
  REQUIRE(json.size() == 1);
  CHECK(json[0]["name"] == "Roll");
}

TEST_CASE("import: what a platform keeps itself is told and imported, what it archived is not") {
  const Shop shop;
  const Said said =
      shop.must({"import", shop.write("export.csv",
                                      "Handle,Title,Variant Price,Variant SKU,Status\n"
                                      "pine,Pine,1,KL,active\nmoss,Moss,2,KL,active\n"
                                      "old,Old,3,OLD,archived\n")});
  CHECK(said.err.find("warning: ") != std::string::npos);
  CHECK(said.err.find(":3: Variant SKU: KL is already on line 2") != std::string::npos);
  CHECK(said.out.find("1 archived or draft not taken") != std::string::npos);
  CHECK(Json::parse(shop.must({"products", "--json"}).out).size() == 2);
}

TEST_CASE("import: a dry run says what it would do and does nothing") {
  const Shop shop;
  const Said said = shop.must({"import", shop.write("good.csv", good_file), "--dry-run"});
  CHECK(said.out.starts_with("would import 2 products"));
  CHECK(Json::parse(shop.must({"products", "--json"}).out).empty());
}

TEST_CASE("import: --replace removes what the file does not name") {
  const Shop shop;
  shop.must({"import", shop.write("good.csv", good_file)});
  const std::string other = shop.write("other.csv", "name,price\nHoney,6.50\n");
  const Said said = shop.must({"import", other, "--replace", "--json"});
  const Json json = Json::parse(said.out);
  CHECK(json["stored"] == true);
  CHECK(json["created"] == 1);
  CHECK(json["removed"] == 2);
}

TEST_CASE("import: files that cannot be one are refused in a sentence and leave no product") {
  const Shop shop;
  const auto refused = [&](const std::string& name, std::string_view text, int status) {
    CAPTURE(name);
    const Said said = shop({"import", shop.write(name, text)});
    CHECK(said.status == status);
    CHECK(said.err.starts_with("tresen: "));
  };
  refused("empty.csv", "", 2);
  refused("no-price.csv", "Handle,Title\nrye,Rye\n", 2);
  refused("dos.csv", "name,price\nK\x84se,1.00\n", 1);
  refused("quote.csv", "name,price\n\"Rye,1.00\n", 2);
  refused("wide.csv", "name,price\n" + std::string(11'000'000, 'x') + ",1\n", 2);
  CHECK(shop({"import", shop.file("missing.csv").string()}).status == 2);
  CHECK(shop({"import", "/"}).status == 2);
  CHECK(Json::parse(shop.must({"products", "--json"}).out).empty());
}

TEST_CASE("products: what a file put into a name never reaches the terminal as a command") {
  const Shop shop;
  const auto said = shop({"import", shop.write("evil.csv", "name,price\nRye\x1b[2J,1.00\n")});
  CHECK(said.status == 1);
  CHECK((said.out + said.err).find('\x1b') == std::string::npos);
  CHECK(Json::parse(shop.must({"products", "--json"}).out).empty());
}

TEST_CASE("import: the product files of a real platform are imported and sold") {
  const std::filesystem::path folder = TRESEN_SOURCE "/../shared/data/shopify-products";
  const Shop shop;
  std::vector<std::string> files{data_file("products-classic.csv"),
                                 data_file("products-new-headings.csv")};
  if (std::filesystem::exists(folder)) {
    files.clear();
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      files.push_back(entry.path().string());
    }
  }
  for (const std::string& file : files) shop.must({"import", file});
  const Json products = Json::parse(shop.must({"products", "--json", "--limit", "1000"}).out);
  std::string basket;
  for (const Json& product : products) {
    std::string name = product["name"];
    for (auto at = name.find('"'); at != name.npos; at = name.find('"', at + 2)) {
      name.insert(at, "\"");
    }
    basket += (basket.empty() ? "\"" : ",\"") + name + "\"";
  }
  const Said said = shop.must({"replay", shop.write("all.csv", basket), "--json", "--no-push"});
  CHECK(Json::parse(said.out)["items"] == products.size());
  CHECK(Json::parse(said.out)["products_made"] == 0);
}

TEST_CASE("import: where there are people with PINs it wants one, and is in the journal") {
  const Shop shop;
  const std::string file = shop.write("good.csv", good_file);
  shop.must(
      {"staff", "add", "Klara", "--role", "manager", "--pin-file", shop.write("pin", "1234")});
  shop.must(
      {"staff", "add", "Nina", "--as", "Klara", "--pin-file", shop.write("pins", "1234\n5678")});
  CHECK(shop({"import", file}).err.find("--as NAME") != std::string::npos);
  CHECK(shop({"import", file, "--as", "Nina", "--pin-file", shop.write("pin", "5678")}).status !=
        0);
  CHECK(Json::parse(shop.must({"products", "--json"}).out).empty());
  shop.must({"import", file, "--dry-run"});
  shop.must({"import", file, "--as", "Klara", "--pin-file", shop.write("pin", "1234")});
  CHECK(Json::parse(shop.must({"products", "--json"}).out).size() == 2);
  const Json entry = Json::parse(shop.must({"journal", "--json", "--limit", "1"}).out)[0];
  CHECK(entry["kind"] == "products imported");
  CHECK(entry["actor"] == "Klara");
  CHECK(entry["content"] == "2 new, 0 updated, 0 removed");
}
