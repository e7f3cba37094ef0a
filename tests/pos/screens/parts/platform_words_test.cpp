#include "pos/screens/parts/platform_words.h"

#include <doctest/doctest.h>

#include <sstream>

#include "pos/screens/parts/order_words.h"
#include "sync/upstream/json/order_json.h"
#include "tests/support/orders_scene.h"

TEST_CASE("platform words: sentences with names and sums in them are told in German") {
  const pos::Translations all = pos::Translations::load(TRESEN_LOCALE);
  const pos::Words& words = all(pos::Language::german);
  const auto says = [&](std::string_view reason) { return pos::reason_text(reason, words); };
  CHECK(says("Medusa's total of #12 is 11.90 EUR, the till's is 10.00 EUR.") ==
        "Medusas Summe von #12 ist 11,90 EUR, die der Kasse 10,00 EUR.");
  CHECK(says("1026.89 were given back here, and Medusa has nothing left that was received: it has "
             "given back 0.00 of 26.89.") ==
        "1.026,89 wurden hier erstattet, und Medusa hat nichts mehr, was eingegangen ist: Es hat "
        "0,00 von 26,89 erstattet.");
  CHECK(says("20.00 were given back, and only 14.80 were paid.") ==
        "20,00 wurden erstattet, bezahlt waren aber nur 14,80.");
  CHECK(
      says("3 x Tee were to be sent, and 1 of them are no longer in the order at Shopify.") ==
      "3 × Tee sollten versandt werden, davon stehen 1 bei Shopify nicht mehr in der Bestellung.");
  CHECK(says("Shopify answers with an error (502).") ==
        "Shopify antwortet mit einem Fehler (502).");
  CHECK(says("A web page answers instead of Medusa: is the address right, or is there a proxy "
             "between?") ==
        "Statt Medusa antwortet eine Webseite: Stimmt die Adresse, oder steht ein Proxy "
        "dazwischen?");
  CHECK(says("Medusa says: Some variant does not have the required inventory") ==
        "Medusa sagt: Some variant does not have the required inventory");
  CHECK(says("the disk is full, free some space (database or disk is full)") ==
        "Der Datenträger ist voll, bitte Platz schaffen (database or disk is full).");
  CHECK(says("sales channel: Tills") == "Verkaufskanal: Tills");
  CHECK(says("Nobody of us said this (1).") == "Nobody of us said this (1).");
}

TEST_CASE("platform words: what is wrong with an order file reads well, and keeps its place") {
  const pos::Translations all = pos::Translations::load(TRESEN_LOCALE);
  const auto says = [&](std::string_view reason, pos::Language language) {
    return pos::reason_text(reason, all(language));
  };
  struct Case {
    std::string_view english, german;
  };
  for (const Case& c :
       {Case{R"(Field "number" is missing)", "Feld „number“ fehlt"},
        Case{R"(Field "extras[0].amount" is negative ("-2.00"))",
             "Feld „extras[0].amount“ ist negativ („-2.00“)"},
        Case{R"(Field "lines[1].quantity" is not a quantity like "2" or "0.252" ("x (y) z"))",
             "Feld „lines[1].quantity“ ist keine Menge wie „2“ oder „0.252“ („x (y) z“)"},
        Case{R"(Field "lines" has more than 1000 entries; Field "unit" is none of: a, b ("c"))",
             "Feld „lines“ hat mehr als 1000 Einträge; Feld „unit“ ist keins von: a, b („c“)"},
        Case{R"(Field "a" is )", "Feld „a“ is "}, Case{"Field \"a", "Field \"a"}}) {
    CHECK(says(c.english, pos::Language::english) == c.english);
    CHECK(says(c.english, pos::Language::german) == c.german);
  }
}

// Each sentence that the reader of order files has.
TEST_CASE("platform words: every fault of an order file has its German") {
  const pos::Translations all = pos::Translations::load(TRESEN_LOCALE);
  for (const char* file :
       {R"({"format": "x", "channel": "till", "number": ""})", R"({"number": []})", "[]", "{",
        R"({"format": "tresen-order/1", "number": "1", "version": 0, "currency": "euro",
            "placed": "today", "tax_included": 7, "customer": 7, "id": "x", "payments": 7,
            "lines": [{"unit": "mile", "quantity": "x", "unit_price": "x", "tax_rate": "x",
                       "id": "0190a5d2-7b3c-7f00-8000-0000000000a1", "note": []},
                      {"unit_price": "-1", "id": "0190a5d2-7b3c-7f00-8000-0000000000a1"}],
            "refunds": [{"amount": "1", "lines": [{"line": 7}]}]})",
        "{\"format\": \"tresen-order/1\", \"number\": \"\xFC\"}"}) {
    const auto order = syncing::order_from_json(file);
    const std::string told = order ? order->attention : syncing::in_words(order.error());
    CAPTURE(told);
    REQUIRE_FALSE(told.empty());
    std::istringstream lines(told);
    for (std::string line; std::getline(lines, line);) {
      const std::string german = pos::reason_text(line, all(pos::Language::german));
      CAPTURE(german);
      CHECK(german != line);
      for (const char* english : {" is ", " are ", " has ", "makes", "missing", "Field"}) {
        CHECK(german.find(english) == std::string::npos);
      }
    }
  }
}
