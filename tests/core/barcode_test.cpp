#include "core/barcode.h"

#include <doctest/doctest.h>

using namespace core;

TEST_CASE("barcode: the check digits of EAN-13, EAN-8, UPC-A and GTIN-14") {
  CHECK(check_digit("400638133393") == '1');
  CHECK(check_digit("7351353") == '7');
  CHECK(check_digit("03600029145") == '2');
  CHECK(check_digit("") == std::nullopt);
  CHECK(check_digit("40063813339x") == std::nullopt);
  CHECK(has_good_check_digit("4006381333931"));
  CHECK(has_good_check_digit("73513537"));
  CHECK(has_good_check_digit("036000291452"));
  CHECK(has_good_check_digit("04006381333931"));
  CHECK_FALSE(has_good_check_digit("4006381333932"));
  CHECK_FALSE(has_good_check_digit("1"));
  CHECK_FALSE(has_good_check_digit(""));
}

TEST_CASE("barcode: UPC-A and GTIN-14 become the EAN-13 of the same article") {
  CHECK(normal_barcode("036000291452") == "0036000291452");
  CHECK(normal_barcode("04006381333931") == "4006381333931");
  CHECK(normal_barcode(" 4006381333931\r\n") == "4006381333931");
}

TEST_CASE("barcode: a code of the shop's own stays as it is") {
  CHECK(normal_barcode("LJ-200") == "LJ-200");
  CHECK(normal_barcode("036000291453") == "036000291453");
  CHECK(normal_barcode("") == "");
}

TEST_CASE("barcode: a scale's price is read out of the code") {
  const auto code = read_embedded("2112345015002", german_embedded_rules(), eur);
  REQUIRE(code);
  CHECK(code->item == "12345");
  CHECK(code->lookup == "2112345000008");
  CHECK(std::get<Money>(code->value).minor == 1500);
  CHECK(std::get<Money>(code->value).currency == eur);
}

TEST_CASE("barcode: a scale's weight is read in grams, its own check digit skipped") {
  std::string label = "281234500252";
  label += *check_digit(label);
  const auto plain = read_embedded(label, german_embedded_rules(), eur);
  REQUIRE(plain);
  CHECK(std::get<Quantity>(plain->value).thousandths == 252);
  std::string with_check = "291234700252";
  with_check += *check_digit(with_check);
  const auto checked = read_embedded(with_check, german_embedded_rules(), eur);
  REQUIRE(checked);
  CHECK(checked->item == "1234");
  CHECK(checked->lookup.starts_with("29123400000"));
  CHECK(std::get<Quantity>(checked->value).thousandths == 252);
}

TEST_CASE("barcode: the longest prefix of the table decides") {
  const std::vector<EmbeddedRule> rules{{"2", 6, false, EmbeddedKind::count, 5, 0},
                                        {"27", 6, false, EmbeddedKind::price, 4, 1}};
  std::string code = "271234560123";
  code += *check_digit(code);
  CHECK(std::get<Money>(read_embedded(code, rules, eur)->value).minor == 1230);
  std::string count = "261234500012";
  count += *check_digit(count);
  CHECK(std::get<Quantity>(read_embedded(count, rules, eur)->value) == pieces(12));
}

TEST_CASE("barcode: what no rule fits carries nothing") {
  CHECK_FALSE(read_embedded("4006381333931", german_embedded_rules(), eur));
  CHECK_FALSE(read_embedded("2112345015003", german_embedded_rules(), eur));
  CHECK_FALSE(read_embedded("21", german_embedded_rules(), eur));
  CHECK_FALSE(read_embedded("2112345015002", {}, eur));
}

TEST_CASE("barcode: an impossible rule is recognised and never applied") {
  CHECK(is_possible({"21", 5, false, EmbeddedKind::price, 5, 2}));
  CHECK_FALSE(is_possible({"21", 5, true, EmbeddedKind::price, 5, 2}));
  CHECK_FALSE(is_possible({"", 7, false, EmbeddedKind::price, 5, 2}));
  CHECK_FALSE(is_possible({"21", 5, false, EmbeddedKind::price, 5, 6}));
  CHECK_FALSE(is_possible({"21", 11, false, EmbeddedKind::price, -1, 0}));
  const std::vector<EmbeddedRule> wrong{{"21", 9, false, EmbeddedKind::price, 9, 2}};
  CHECK_FALSE(read_embedded("2112345015002", wrong, eur));
}

TEST_CASE("barcode: a price in a currency without cents is rounded to its unit") {
  const Currency yen = currency_from("JPY");
  CHECK(
      std::get<Money>(read_embedded("2112345015002", german_embedded_rules(), yen)->value).minor ==
      15);
}
