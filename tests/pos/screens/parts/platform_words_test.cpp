#include "pos/screens/parts/platform_words.h"

#include <doctest/doctest.h>

#include "pos/screens/parts/order_words.h"
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
