#include "core/catalogue/gs1.h"

#include <doctest/doctest.h>

using namespace core;

namespace {

std::string gtin(std::string_view scanned) {
  const auto code = read_gs1(scanned);
  return code ? code->gtin : "none";
}

}  // namespace

TEST_CASE("gs1: an element string is read with its identifier, with FNC1 and without both") {
  for (const char* scanned :
       {"]d201040123450000161727013110LOT7", "]C10104012345000016", "]e00104012345000016",
        "]Q30104012345000016\x1D"
        "21ABC",
        "\x1D"
        "01040123450000161727013110LOT7",
        "01040123450000161727013110LOT7", "(01)04012345000016(17)270131(10)LOT7"}) {
    INFO(scanned);
    CHECK(gtin(scanned) == "4012345000016");
  }
  CHECK(gtin("]d217270131010401234500001610LOT7") == "4012345000016");
  CHECK(gtin("]d210LOT7\x1D"
             "0104012345000016") == "4012345000016");
}

TEST_CASE("gs1: a Digital Link of any domain is read, with more in its path or none") {
  for (const char* scanned :
       {"https://id.gs1.org/01/04012345000016/10/LOT7?17=270131",
        "https://id.gs1.org/01/04012345000016", "http://Example.com/some/path/01/4012345000016",
        "HTTPS://EXAMPLE.COM/01/04012345000016/21/7",
        "https://example.com/gtin/4012345000016/lot/7",
        "https://example.com/01/04012345000016#top"}) {
    INFO(scanned);
    CHECK(gtin(scanned) == "4012345000016");
  }
  CHECK(gtin("https://example.com/01/04012345000017") == "none");
  CHECK(gtin("https://example.com/shop") == "none");
}

TEST_CASE("gs1: what is no code of GS1 stays alone") {
  for (const char* scanned :
       {"4012345000016", "01040123450000171727", "LJ-200", "", "]E04006381333931", "01", "(01)",
        "]d2", "]d201", "https://", "T1-R000123"}) {
    INFO(scanned);
    CHECK(gtin(scanned) == "none");
  }
  CHECK(without_symbology("]E04006381333931") == "4006381333931");
  CHECK(without_symbology("]C0T1-R000123") == "T1-R000123");
  CHECK(without_symbology("]E") == "]E");
  CHECK(without_symbology("4006381333931") == "4006381333931");
}

TEST_CASE("gs1: weight, count and price of a variable measure are told") {
  const auto cheese = read_gs1("01990123450000143103000819");
  REQUIRE(cheese);
  CHECK(cheese->gtin == "99012345000014");
  CHECK(cheese->grams == 819);
  CHECK(read_gs1("]e0010401234500001631020008193922819")->grams == 8190);
  const auto priced = read_gs1("]e001040123450000163922819");
  CHECK(priced->price == "8.19");
  CHECK(priced->price_currency.empty());
  CHECK(read_gs1("]e001040123450000163932978819")->price_currency == "978");
  CHECK(read_gs1("]d201040123450000163012")->pieces == 12);
  CHECK(read_gs1("https://example.com/01/04012345000016?3103=000819")->grams == 819);
}

TEST_CASE("gs1: without an identifier the article need not stand in front") {
  for (const char* scanned : {"10LOT7\x1D"
                              "0104012345000016",
                              "1727013110LOT7\x1D"
                              "0104012345000016",
                              "172701310104012345000016",
                              "99X\x1D"
                              "0104012345000016"}) {
    CAPTURE(std::string(scanned));
    CHECK(gtin(scanned) == "4012345000016");
  }
  CHECK(gtin("]d2010401234500001672309AB\x1D"
             "10LOT") == "4012345000016");
  CHECK(gtin("]d2zz\x1D"
             "0104012345000016") == "4012345000016");
  CHECK(gtin("17270131") == "none");
  CHECK(gtin("1727013111270131") == "none");
}

TEST_CASE("gs1: no pieces are not said to be any") {
  const auto code = read_gs1("]d20104012345000016300\x1D");
  REQUIRE(code);
  CHECK_FALSE(code->pieces);
}
