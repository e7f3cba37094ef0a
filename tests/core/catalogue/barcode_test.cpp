#include "core/catalogue/barcode.h"

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

TEST_CASE("barcode: zeros in front, or lost, do not make another code of it") {
  for (const char* written : {"036000291452", "0036000291452", "00036000291452", "36000291452"}) {
    CHECK(normal_barcode(written) == "0036000291452");
  }
  CHECK(normal_barcode("73513537") == "73513537");
  CHECK(normal_barcode("0000073513537") == "73513537");
  CHECK(normal_barcode("00000073513537") == "73513537");
  CHECK(normal_barcode("14006381333938") == "14006381333938");
}

TEST_CASE("barcode: what exports and spreadsheets put around a code is taken off") {
  CHECK(normal_barcode("'4012345000016") == "4012345000016");
  CHECK(normal_barcode("=\"4012345000016\"") == "4012345000016");
  CHECK(normal_barcode("4012345000016.0") == "4012345000016");
  CHECK(normal_barcode("'0036000291452") == "0036000291452");
}

TEST_CASE("barcode: an ISBN is the code that the book's bars have") {
  CHECK(normal_barcode("978-3-16-148410-0") == "9783161484100");
  CHECK(normal_barcode("978\u20113\u201116\u2011148410\u20110") == "9783161484100");
  CHECK(normal_barcode("978 3 16 148410 0") == "9783161484100");
  CHECK(normal_barcode("3-16-148410-X") == "9783161484100");
  CHECK(normal_barcode("0-306-40615-2") == "9780306406157");
  CHECK(normal_barcode("978-3-16-148410-1") == "978-3-16-148410-1");
  CHECK(normal_barcode("12-345") == "12-345");
}

TEST_CASE("barcode: a rounded number is recognised, whatever the spreadsheet's language") {
  for (const char* lost : {"4,01235E+12", "4.01235E+12", "4E+12", "4,01235e+12 "}) {
    CHECK(is_rounded_number(lost));
  }
  for (const char* good : {"4012345000016", "E+12", "KB-1E5", "1E5", "", "AE+1"}) {
    CHECK_FALSE(is_rounded_number(good));
  }
}

TEST_CASE("barcode: the issue of a magazine stands behind its code") {
  CHECK(without_addon("419012345678505") == std::nullopt);
  std::string magazine = "419012345678";
  magazine += *check_digit(magazine);
  CHECK(without_addon(magazine + "05") == magazine);
  CHECK(without_addon(magazine + " 12345") == magazine);
  CHECK(without_addon("03600029145205") == "0036000291452");
  CHECK_FALSE(without_addon(magazine));
  CHECK_FALSE(without_addon(magazine + "123"));
  CHECK_FALSE(without_addon(magazine + "AB"));
}

TEST_CASE("barcode: a table of rules is read as it is written") {
  const auto rules = embedded_rules_from("26 IIIII GGGGG; 22 iiii x ppppp C,27IIIIIINNNN");
  REQUIRE(rules);
  REQUIRE(rules->size() == 3);
  CHECK((*rules)[0] == EmbeddedRule{"26", 5, false, EmbeddedKind::weight, 5, 3});
  CHECK((*rules)[1] == EmbeddedRule{"22", 4, true, EmbeddedKind::price, 5, 2});
  CHECK((*rules)[2] == EmbeddedRule{"27", 6, false, EmbeddedKind::count, 4, 0});
  CHECK(embedded_rules_from(to_text(*rules)) == *rules);
  CHECK(embedded_rules_from(to_text(german_embedded_rules())) == german_embedded_rules());
  CHECK(embedded_rules_from("")->empty());
  for (const char* bad : {"26", "26 IIIII GGGG", "IIIII GGGGGGG", "26 IIIII QQQQQ",
                          "26 GGGGG IIIII", "26 IIIII xx PPP", "26 IIIII GGGGG; 26 IIII GGGGGG"}) {
    INFO(bad);
    CHECK_FALSE(embedded_rules_from(bad));
  }
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

TEST_CASE("barcode: the short bars of a UPC-A and its twelve digits are each other's spelling") {
  for (const auto& [brief, whole] :
       {std::pair{"04252614", "0042100005264"}, std::pair{"01234531", "0012300000451"},
        std::pair{"01234543", "0012340000053"}, std::pair{"01234565", "0012345000065"}}) {
    const std::string of_bars = brief;
    CAPTURE(of_bars);
    CHECK(other_spelling(brief) == whole);
    CHECK(other_spelling(whole) == brief);
  }
  CHECK_FALSE(other_spelling("04252615"));
  CHECK_FALSE(other_spelling("96385074"));
  CHECK_FALSE(other_spelling("4006381333931"));
}

TEST_CASE("barcode: ten digits and a book's thirteen are each other's spelling") {
  CHECK(other_spelling("3453317165") == "9783453317161");
  CHECK(other_spelling("9783453317161") == "3453317165");
  CHECK(other_spelling("9783161484100") == "316148410X");
  CHECK_FALSE(other_spelling("3453317166"));
  CHECK(normal_barcode("ISBN 978-3-453-31716-1") == "9783453317161");
  CHECK(normal_barcode("ISBN-13: 978-3-453-31716-1") == "9783453317161");
  CHECK(normal_barcode("EANNE") == "EANNE");
}

TEST_CASE("barcode: the issue may stand behind short bars as well") {
  CHECK(without_addon("0425261402") == "0042100005264");
  CHECK(without_addon("04252614 12345") == "0042100005264");
  CHECK_FALSE(without_addon("0425261502"));
}
