#include "core/fiscal/dsfinvk/text.h"

#include <doctest/doctest.h>

#include <sstream>

#include "core/base/text.h"
#include "core/catalogue/csv.h"

// Its names are its own, also where sources are joined.
namespace core::dsfinvk {

TEST_CASE("dsfinvk text: decimals have a comma, and a sign before a zero") {
  CHECK(decimal_comma(2778, 2, 2) == "27,78");
  CHECK(decimal_comma(-5, 2, 2) == "-0,05");
  CHECK(decimal_comma(-11776, 5, 5) == "-0,11776");
  CHECK(decimal_comma(0, 2, 2) == "0,00");
  CHECK(decimal_comma(1520, 3, 3) == "1,520");
  CHECK(decimal_comma(1, 0, 3) == "1,000");
  CHECK(decimal_comma(123'450, 5, 2) == "1,23");
  CHECK(decimal_comma(123'500, 5, 2) == "1,24");
  CHECK(decimal_comma(-42, 0, 0) == "-42");
}

TEST_CASE("dsfinvk text: decimals are read as they are written, and nothing else is") {
  for (std::int64_t value = -1'000'000; value < 1'000'000; value += 997) {
    for (const int decimals : {0, 2, 3, 5}) {
      CHECK(read_decimal_comma(decimal_comma(value, decimals, decimals), decimals) == value);
    }
  }
  CHECK(read_decimal_comma("27,7", 2) == 2770);
  for (const char* text :
       {"", "-", "1.00", "1,", ",5", "1,234", "1 000", "+1", "1,2,3", "x", "--1"}) {
    CAPTURE(text);
    CHECK_FALSE(read_decimal_comma(text, 2));
  }
}

TEST_CASE("dsfinvk text: net and tax of a line to five decimals") {
  const Money gross{1797, eur};
  CHECK(fine_tax(gross, {700}) == FineTax{1'797'000, 1'679'439, 117'561});
  CHECK(fine_tax(-Money{129, eur}, {1900}) == FineTax{-129'000, -108'403, -20'597});
  CHECK(fine_tax(gross, {0}) == FineTax{1'797'000, 1'797'000, 0});
}

TEST_CASE("dsfinvk text: times are local, with their distance to UTC") {
  const auto time = from_iso("2026-07-03T10:15:00Z").value();
  CHECK(local_iso(time, "Europe/Berlin") == "2026-07-03T12:15:00+02:00");
  CHECK(local_iso(time + std::chrono::hours{24 * 150}, "Europe/Berlin") ==
        "2026-11-30T11:15:00+01:00");
  CHECK(local_iso(time, "UTC") == "2026-07-03T10:15:00+00:00");
  CHECK(local_iso(time, "America/New_York") == "2026-07-03T06:15:00-04:00");
  // The hour that comes twice is told apart.
  const auto autumn = from_iso("2026-10-25T00:30:00Z").value();
  CHECK(local_iso(autumn, "Europe/Berlin") == "2026-10-25T02:30:00+02:00");
  CHECK(local_iso(autumn + std::chrono::hours{1}, "Europe/Berlin") == "2026-10-25T02:30:00+01:00");
  CHECK(is_iso_time("2026-07-03T12:15:00+02:00"));
  CHECK(is_iso_time("2026-07-03T10:15:00.000Z"));
  for (const char* text :
       {"", "2026-07-03", "03.07.2026 12:15", "2026-07-03T12:15:00", "2026-07-03T12:15:00+0200"}) {
    CHECK_FALSE(is_iso_time(text));
  }
}

TEST_CASE("dsfinvk text: hostile names stand in one field of one row") {
  for (const std::string& name :
       {std::string("a;b"), std::string("say \"x\""), std::string("a\r\nb\nc\td"),
        std::string("nul\0nul", 7), std::string("=SUM(A1)"), std::string("+1"), std::string("@x"),
        std::string("\xff\xfe broken"), std::string("\u202Eright to left\U0001F600^_|"),
        std::string("2;\"Eis\";3.99\r1;\"Tee\";2.00")}) {
    CAPTURE(name);
    std::string row;
    append_field(row, "before", 50);
    row += ';';
    append_field(row, name, 255);
    row += ";behind\r\n";
    CHECK(is_utf8(row));
    std::istringstream stream("a;b;c\r\n" + row);
    CsvReader reader(stream);
    CsvRow read;
    REQUIRE(reader.next(read).value());
    REQUIRE(reader.next(read).value());
    REQUIRE(read.fields.size() == 3);
    CHECK(read.fields[2] == "behind");
    // A break between the lines of an order stays one; this reader calls each "\n".
    const bool has_break = name.find('\r') != std::string_view::npos;
    const std::string never = has_break ? std::string("\0\t", 2) : std::string("\n\0\t", 3);
    CHECK(read.fields[1].find_first_of(never) == std::string::npos);
    CHECK_FALSE(reader.next(read).value());
  }
}

TEST_CASE("dsfinvk text: a long name is cut at a letter") {
  std::string name, row;
  for (int i = 0; i < 300; ++i) name += "ä";
  append_field(row, name, 255);
  CHECK(row.size() == 510);
  row.clear();
  append_field(row, std::string(300, 'x'), 50);
  CHECK(row == std::string(50, 'x'));
}

}  // namespace core::dsfinvk
