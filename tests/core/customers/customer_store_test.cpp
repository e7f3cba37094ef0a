#include <doctest/doctest.h>

#include "core/store/answers.h"
#include "core/store/customer_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

std::vector<std::string> found(TillDriver& till, std::string_view text) {
  std::vector<std::string> names;
  for (const Customer& customer : find_customers(till.database(), text, 10)) {
    names.push_back(customer.name + " <" + customer.email + ">");
  }
  return names;
}

void sell_to(TillDriver& till, const Customer& customer) {
  till.scan(krimi);
  till.must(SetCustomer{customer});
  till.must(TakeCash{euros(1400)});
}

PulledCustomer pulled(std::string id, Customer customer) {
  return {std::move(id), std::move(customer), false};
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("customers: who has left an address is found again by name and by address") {
  TillDriver till;
  sell_to(till, {"Anna Müller", "anna.mueller@example.de", "de"});
  sell_to(till, {"Bernd Weiß", "bw@example.de", ""});
  const Names anna{"Anna Müller <anna.mueller@example.de>"};
  CHECK(found(till, "Müll") == anna);
  CHECK(found(till, "mueller anna") == anna);
  CHECK(found(till, "anna.mu") == anna);
  CHECK(found(till, "weiss") == Names{"Bernd Weiß <bw@example.de>"});
  CHECK(found(till, "anna weiss").empty());
  CHECK(found(till, "  ").empty());
  CHECK(found(till, "\"*' OR").empty());
}

TEST_CASE("customers: a name without an address is not kept") {
  TillDriver till;
  sell_to(till, {"Laufkunde", "", ""});
  CHECK(customers(till.database(), 10).empty());
}

TEST_CASE("customers: one address is one customer, whose latest name counts") {
  TillDriver till;
  sell_to(till, {"A. Krause", "krause@example.de", "en"});
  sell_to(till, {"Anke Krause", "Krause@Example.de", ""});
  REQUIRE(customers(till.database(), 10).size() == 1);
  const Customer known = customers(till.database(), 10)[0];
  CHECK(known.name == "Anke Krause");
  CHECK(known.language == "en");
  CHECK(found(till, "a").size() == 1);
}

TEST_CASE("customers: who is called as was typed stands before who has it somewhere") {
  TillDriver till;
  sell_to(till, {"Zoe Adam", "za@example.de", ""});
  sell_to(till, {"Bea Zoeller", "bz@example.de", ""});
  sell_to(till, {"Anton Zoe", "az@example.de", ""});
  CHECK(found(till, "zoe") == Names{"Zoe Adam <za@example.de>", "Anton Zoe <az@example.de>",
                                    "Bea Zoeller <bz@example.de>"});
}

TEST_CASE("customers: the platform's customers are taken over, changed and forgotten") {
  TillDriver till;
  sell_to(till, {"Frau Vogt", "vogt@example.de", "de"});
  till.must(ReceiveCatalogue{{},
                             {},
                             {pulled("c1", {"Henrike Vogt", "vogt@example.de", ""}),
                              pulled("c2", {"Omar Haddad", "omar@example.de", ""})}});
  CHECK(found(till, "vogt") == Names{"Henrike Vogt <vogt@example.de>"});
  CHECK(customers(till.database(), 10)[0].language == "de");
  // A new address of the same customer; and one that takes the address of another.
  till.must(ReceiveCatalogue{{}, {}, {pulled("c1", {"Henrike Vogt", "hv@example.de", ""})}});
  CHECK(found(till, "vogt") == Names{"Henrike Vogt <hv@example.de>"});
  till.must(ReceiveCatalogue{{}, {}, {pulled("c2", {"Omar Haddad", "hv@example.de", ""})}});
  CHECK(customers(till.database(), 10).size() == 1);
  // A customer without a name there keeps the one that was typed here.
  sell_to(till, {"Omar H.", "hv@example.de", ""});
  till.must(ReceiveCatalogue{{}, {}, {pulled("c2", {"", "hv@example.de", ""})}});
  CHECK(found(till, "omar") == Names{"Omar H. <hv@example.de>"});
  till.must(ReceiveCatalogue{{}, {}, {{"c2", {}, true}}});
  CHECK(found(till, "omar").empty());
}

TEST_CASE("customers: a corrected address of a placed order is remembered too") {
  TillDriver till;
  sell_to(till, {"Lea Brandt", "lea@example.de", ""});
  const OrderId order = till.now().done->order;
  till.must(SetOrderCustomer{order, {"Lea Brandt", "brandt@example.de", ""}});
  CHECK(found(till, "brandt").size() == 2);
  const auto answered = answer(till.database(), AskCustomers{"lea"});
  CHECK(std::get<FoundCustomers>(answered).text == "lea");
  CHECK(std::get<FoundCustomers>(answered).hits.size() == 2);
}
