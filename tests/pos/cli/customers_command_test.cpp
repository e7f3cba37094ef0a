// tresen customers: what the Customers page does, for programs and scripts.
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

using namespace tests;
using Json = nlohmann::json;

namespace {

Json customer_json_of(const Said& said) {
  REQUIRE_MESSAGE(said.status == 0, said.err);
  return Json::parse(said.out);
}

// Anna is number 1.
struct CustomersShop : Shop {
  CustomersShop() {
    const Said said = must({"customers", "add", "Anna Müller", "--email", "anna@example.de",
                            "--street", "Lindenallee 4", "--postcode", "50668", "--city", "Köln",
                            "--mail", "yes", "--notes", "likes \"rye\""});
    CHECK(said.out == "customer 1\n");
  }
};

}  // namespace

TEST_CASE("customers: one is added, shown, changed and found") {
  const CustomersShop shop;
  Json anna = customer_json_of(shop({"customers", "show", "1", "--json"}));
  CHECK(anna["name"] == "Anna Müller");
  CHECK(anna["city"] == "Köln");
  CHECK(anna["may_mail"] == true);
  CHECK(anna["consents"].size() == 1);
  CHECK(anna["consents"][0]["who"] == "till");
  CHECK(anna["orders"] == 0);
  shop.must({"customers", "edit", "anna@example.de", "--phone", "0221 555", "--mail", "no"});
  anna = customer_json_of(shop({"customers", "show", "1", "--json"}));
  CHECK(anna["phone"] == "0221 555");
  CHECK(anna["street"] == "Lindenallee 4");
  CHECK(anna["may_mail"] == false);
  CHECK(shop({"customers", "show", "1"}).out.find("Köln") != std::string::npos);
  // As before there were verbs, and with one.
  for (const Json& found :
       {customer_json_of(shop({"customers", "--search", "müll", "--json"})),
        customer_json_of(shop({"customers", "list", "--search", "0221", "--json"}))}) {
    REQUIRE(found.size() == 1);
    CHECK(found[0]["number"] == 1);
    CHECK(found[0]["email"] == "anna@example.de");
  }
  CHECK(shop({"customers", "--search", "bernd"}).out == "no customer is called like this\n");
}

TEST_CASE("customers: doubles are merged, and both numbers lead to one") {
  const CustomersShop shop;
  CHECK(customer_json_of(shop({"customers", "add", "A. Mueller", "--json"}))["number"] == 2);
  shop.must({"customers", "merge", "1", "2"});
  shop.must({"customers", "merge", "1", "2"});
  CHECK(customer_json_of(shop({"customers", "show", "2", "--json"}))["number"] == 1);
  CHECK(customer_json_of(shop({"customers", "--json"})).size() == 1);
}

TEST_CASE("customers: a person's data goes to a file of its own, as JSON and as CSV") {
  const CustomersShop shop;
  const Json data = customer_json_of(shop({"customers", "export", "1"}));
  CHECK(data["name"] == "Anna Müller");
  CHECK(data["consents"][0]["given"] == true);
  CHECK(data["orders"].empty());
  const std::string file = shop.file("anna.csv").string();
  shop.must({"customers", "export", "1", "--csv", "--to", file});
  const std::string csv = read_file(file);
  CHECK(csv.starts_with("\"what\",\"number\",\"at\",\"name\",\"value\"\r\n"));
  CHECK(csv.find("\"customer\",\"1\",\"\",\"notes\",\"likes \"\"rye\"\"\"\r\n") !=
        std::string::npos);
  CHECK(csv.find("\"mail\",\"yes, till\"") != std::string::npos);
  struct stat about {};
  REQUIRE(stat(file.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  const Said again = shop({"customers", "export", "1", "--to", file});
  CHECK(again.status == 2);
  CHECK(read_file(file) == csv);
}

TEST_CASE("customers: who is removed is a number without a name") {
  const CustomersShop shop;
  shop.must({"customers", "remove", "1"});
  const Json left = customer_json_of(shop({"customers", "show", "1", "--json"}));
  CHECK(left["state"] == "removed");
  CHECK(left["name"] == "");
  CHECK(left["consents"].empty());
  CHECK(shop({"customers"}).out == "no customers yet\n");
  const Said again = shop({"customers", "remove", "1"});
  CHECK(again.status != 0);
  CHECK(again.err == "tresen: This customer was removed.\n");
}

TEST_CASE("customers: what cannot be done is one line") {
  const CustomersShop shop;
  CHECK(shop({"customers", "show", "77"}).err ==
        "tresen: there is no customer \"77\"; see tresen customers\n");
  CHECK(shop({"customers", "show", "77"}).status == 1);
  const Said taken = shop({"customers", "add", "Bo", "--email", "ANNA@example.de"});
  CHECK(taken.status != 0);
  CHECK(std::count(taken.err.begin(), taken.err.end(), '\n') == 1);
  CHECK(taken.err.find("Another customer has this e-mail address.") != std::string::npos);
  CHECK(shop({"customers", "edit", "1", "--mail", "perhaps"}).status == 64);
}
