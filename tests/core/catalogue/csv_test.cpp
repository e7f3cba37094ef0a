#include "core/catalogue/csv.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace core;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& text) {
  std::istringstream input(text);
  CsvReader reader(input);
  CsvRow row;
  Rows rows;
  for (;;) {
    const auto got = reader.next(row);
    REQUIRE(got.has_value());
    if (!*got) return rows;
    rows.push_back(row.fields);
  }
}

// The first fault of this text.
CsvError fault_of(const std::string& text) {
  std::istringstream input(text);
  CsvReader reader(input);
  CsvRow row;
  for (;;) {
    const auto got = reader.next(row);
    if (!got) return got.error();
    REQUIRE(*got);
  }
}

}  // namespace

TEST_CASE("csv: quotes hold separators, line breaks and doubled quotes") {
  CHECK(rows_of("a,\"b,c\",\"d\"\"e\",\"f\ng\"\n") == Rows{{"a", "b,c", "d\"e", "f\ng"}});
}

TEST_CASE("csv: LF, CRLF, CR and a missing last line break end a row alike") {
  const Rows rows{{"a", "b"}, {"c", "d"}};
  CHECK(rows_of("a,b\nc,d") == rows);
  CHECK(rows_of("a,b\r\nc,d\r\n") == rows);
  CHECK(rows_of("a,b\rc,d\r") == rows);
}

TEST_CASE("csv: empty fields count, blank lines do not") {
  CHECK(rows_of("a,,\n\n\r\n,b,\n") == Rows{{"a", "", ""}, {"", "b", ""}});
  CHECK(rows_of("\"\"") == Rows{{""}});
  CHECK(rows_of("").empty());
}

TEST_CASE("csv: a byte order mark is no part of the first field") {
  CHECK(rows_of("\xEF\xBB\xBFname,price\n") == Rows{{"name", "price"}});
}

TEST_CASE("csv: the first row decides between comma, semicolon and tab") {
  CHECK(rows_of("name;price;a,b\nx;1,5;\n") == Rows{{"name", "price", "a,b"}, {"x", "1,5", ""}});
  CHECK(rows_of("a\tb\n1\t2\n") == Rows{{"a", "b"}, {"1", "2"}});
  CHECK(rows_of("\"a;b;c\",d\n") == Rows{{"a;b;c", "d"}});
}

TEST_CASE("csv: a quote within an unquoted field is a letter like any other") {
  CHECK(rows_of("pipe 5\",x\n") == Rows{{"pipe 5\"", "x"}});
}

TEST_CASE("csv: a byte that is not UTF-8 is named by line and column") {
  CHECK(fault_of("a,b\nK\xE4se,1\n") == CsvError{CsvFault::not_utf8, 2, 2});
  CHECK(fault_of("a,\"x\ny\xFF\"\n") == CsvError{CsvFault::not_utf8, 2, 2});
  CHECK(fault_of("a,\xC3") == CsvError{CsvFault::not_utf8, 1, 3});
  CHECK(fault_of("\xFF\xFE"
                 "a")
            .fault == CsvFault::not_utf8);
  CHECK(fault_of("\xED\xA0\x80").fault == CsvFault::not_utf8);
}

TEST_CASE("csv: the row behind a spoilt one is read") {
  std::istringstream input("a\nK\xE4se\n\"x\"y\nb\n");
  CsvReader reader(input);
  CsvRow row;
  CHECK(reader.next(row).value());
  CHECK(reader.next(row).error().fault == CsvFault::not_utf8);
  CHECK(reader.next(row).error() == CsvError{CsvFault::text_after_quote, 3, 4});
  CHECK(reader.next(row).value());
  CHECK(row.fields == std::vector<std::string>{"b"});
  CHECK(row.line == 4);
}

TEST_CASE("csv: an unterminated quote is named by the line that opens it") {
  CHECK(fault_of("a,b\nc,\"d\n\n\n") == CsvError{CsvFault::unterminated_quote, 2, 3});
}

TEST_CASE("csv: a field above 1 MiB and a row above 10 MB end the reading for good") {
  const std::string million(largest_csv_field, 'x');
  CHECK(rows_of(million)[0][0].size() == largest_csv_field);
  CHECK(fault_of("a\nb," + million + "x") == CsvError{CsvFault::field_too_long, 2, 3});
  std::string row;
  for (int i = 0; i < 12; ++i) row += million.substr(1) + ",";
  std::istringstream input("a\n" + row + "\nb\n");
  CsvReader reader(input);
  CsvRow read;
  CHECK(reader.next(read).value());
  CHECK(reader.next(read).error() == CsvError{CsvFault::row_too_long, 2, 1});
  CHECK(reader.next(read).error() == CsvError{CsvFault::row_too_long, 2, 1});
}

TEST_CASE("csv: a row knows its line, whatever stood before it") {
  std::istringstream input("a\r\n\"b\r\nc\"\r\nd\r\n");
  CsvReader reader(input);
  CsvRow row;
  while (reader.next(row).value()) {
  }
  CHECK(reader.bytes_read() == 14);
  std::istringstream again("a\r\n\"b\r\nc\"\r\nd\r\n");
  CsvReader second(again);
  for (const std::int64_t line : {1, 2, 4}) {
    CHECK(second.next(row).value());
    CHECK(row.line == line);
  }
}
