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
