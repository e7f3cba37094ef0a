// tresen drive: the real screens, threads and store, by a script.
#include "tests/support/program.h"

using namespace tests;

TEST_CASE("drive: a scan while something is being keyed sells nothing behind it") {
  const Shop shop;
  const std::string script = shop.write("scan.drive",
                                        "expect neue Bestellungen\n"
                                        "tap Schließen\n"
                                        "tap Krimi: Das stille Tal\n"
                                        "tap Bergkäse 12 Monate\n"
                                        "scan 4000001001170\n"
                                        "expect Der Scan wurde nicht übernommen\n"
                                        "key Escape\n"
                                        "expect 1 Artikel\n"
                                        "scan 4000001001170\n"
                                        "expect 2 Artikel\n");
  const Said said = shop({"drive", script, "--demo", "--headless"});
  CHECK_MESSAGE(said.status == 0, said.err);
}

TEST_CASE("drive: sales are made by the keyboard alone") {
  const Shop shop;
  const std::string script = shop.write("keys.drive",
                                        "expect Favoriten\n"
                                        "type krimi\n"
                                        "key Enter\n"
                                        "expect 1 Artikel\n"
                                        // From the search to the tiles, and two to the right.
                                        "key Tab\n"
                                        "key Tab\n"
                                        "key Tab\n"
                                        "key Tab\n"
                                        "key Down\n"
                                        "key Right\n"
                                        "key Right\n"
                                        "key Enter\n"
                                        "expect 2 Artikel\n"
                                        "key F9\n"
                                        "expect Bezahlt\n"
                                        "wait-idle\n"
                                        // The next customer pays by card.
                                        "type krimi\n"
                                        "key Enter\n"
                                        "expect 1 Artikel\n"
                                        "key F10\n"
                                        "wait-idle\n"
                                        "expect Genehmigen\n");
  const Said said = shop({"drive", script, "--demo", "--headless"});
  CHECK_MESSAGE(said.status == 0, said.err);
}

TEST_CASE("drive: what is typed is shown as it would be booked") {
  const Shop shop;
  const std::string script = shop.write("keyed.drive",
                                        "expect neue Bestellungen\n"
                                        "tap Schließen\n"
                                        "tap Krimi: Das stille Tal\n"
                                        "tap Mehr …\n"
                                        "type 2000\n"
                                        "expect Bar 20,00 € kassieren\n"
                                        "key Backspace\n"
                                        "expect Bar 2,00 € kassieren\n"
                                        "tap Rabatt auf alles\n"
                                        "type 5,5\n"
                                        "expect 5,5 %\n"
                                        "expect 13,23 €\n"
                                        "key Enter\n"
                                        "expect Bitte erst einen Grund wählen.\n"
                                        "tap Kulanz\n"
                                        "type x\n"
                                        "expect Diese Taste passt hier nicht.\n"
                                        "key Enter\n"
                                        "expect Abbrechen\n"
                                        "key Backspace\n"
                                        "key Enter\n"
                                        "expect-not Abbrechen\n"
                                        "expect 13,23 €\n");
  const Said said = shop({"drive", script, "--demo", "--headless"});
  CHECK_MESSAGE(said.status == 0, said.err);
}

TEST_CASE("drive: a wrong PIN is said over its keys and nowhere else, and is over with the right") {
  const Shop shop;
  const std::string manager = shop.write("manager", "7391\n");
  REQUIRE(shop({"staff", "add", "Chefin", "--role", "manager", "--pin-file", manager}).status == 0);
  const std::string script = shop.write("pin.drive",
                                        "expect neue Bestellungen\n"
                                        "tap Schließen\n"
                                        "tap Chefin\n"
                                        "type 9999\n"
                                        "key Enter\n"
                                        "wait-idle\n"
                                        "expect Diese PIN stimmt nicht.\n"
                                        "expect Drucker\n"
                                        "expect-not Schließen\n"
                                        "type 7391\n"
                                        "key Enter\n"
                                        "wait-idle\n"
                                        "expect Favoriten\n"
                                        "expect-not Diese PIN stimmt nicht.\n");
  const Said said = shop({"drive", script});
  CHECK_MESSAGE(said.status == 0, said.err);
}

TEST_CASE("drive: what is said of the window in front of a command is refused, not passed over") {
  const Shop shop;
  const Said said = shop({"--lang", "en", "orders"});
  CHECK(said.status == 64);
  CHECK(said.err ==
        "tresen: --lang in front of orders says nothing to it; see tresen orders --help\n");
}
