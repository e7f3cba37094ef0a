// Reads comma-separated values (RFC 4180) row by row, with bounded memory for
// any input: quotes and doubled quotes, LF, CRLF or CR, a byte order mark, and comma, semicolon or
// tab as the separator, which a first line "sep=;" as Excel writes it decides, or else the first
// row.
//
// A blank line is no row. Lines and columns count from 1; a column counts bytes.
// One reader, one thread; the stream must outlive it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/text.h"

namespace core {

inline constexpr std::size_t largest_csv_field = 1 << 20;         // bytes
inline constexpr std::size_t largest_csv_row = 10 * 1000 * 1000;  // bytes

enum class CsvFault {
  // The row is spoilt, the next one can be read.
  not_utf8,          // at the first byte that is none
  text_after_quote,  // "..."x
  // Nothing more can be read.
  unterminated_quote,  // at the quote that opens the field
  field_too_long,      // at the start of the field
  row_too_long,        // at the start of the row
  unreadable,          // the stream failed
};

struct CsvError {
  CsvFault fault;
  std::int64_t line;
  std::int64_t column;
  friend bool operator==(const CsvError&, const CsvError&) = default;
};

bool ends_reading(CsvFault fault);
std::string_view in_words(CsvFault fault);  // "is not UTF-8", to follow a place

// UTF-8, what Excel for Windows writes where nothing else is asked for, or what it
// writes as "Unicode Text".
enum class CsvLetters { utf8, windows_1252, utf16_little, utf16_big };

// Looks through the whole stream and goes back to its beginning. UTF-16 by its beginning.
// Windows-1252 only where nothing speaks for another one: no byte order mark or other
// letter of UTF-8, no byte of a DOS or Macintosh letter within a word. A stream that
// cannot go back is UTF-8.
CsvLetters letters_of(std::istream& input);

// Follows the bytes of one code point (Unicode 15, table 3-7).
struct Utf8Check {
  int missing = 0;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  bool accept(unsigned char byte);
};

struct CsvRow {
  std::int64_t line = 0;  // where the row begins
  std::vector<std::string> fields;
};

class CsvReader {
 public:
  explicit CsvReader(std::istream& input, CsvLetters letters = CsvLetters::utf8);

  // Reads the next row into `row`; false at the end. After a fault that ends
  // reading, every further call gives that fault again.
  Result<bool, CsvError> next(CsvRow& row);

  std::int64_t bytes_read() const { return utf16_ ? read_ : taken_; }
  char separator() const { return separator_; }

 private:
  struct Place {
    std::int64_t line = 1;
    std::int64_t column = 1;
  };
  enum class State { field_start, plain, quoted, quote_in_quoted };
  bool refill();
  void refill_from_utf16();
  int peek();
  char take();
  void open_stream();
  void check_utf8(char byte);
  void spoil(CsvFault fault, Place at);
  bool is_too_long();
  void end_field(CsvRow& row);
  void add(char c);
  bool step(char c, CsvRow& row);
  Result<bool, CsvError> finish(CsvRow& row);

  std::istream& input_;
  CsvLetters letters_;
  std::optional<Utf16Reader> utf16_;
  std::array<char, 1 << 16> buffer_{};
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  bool started_ = false;
  char separator_ = ',';
  std::int64_t taken_ = 0;
  std::int64_t read_ = 0;                        // of UTF-16, in the bytes of the stream
  Place here_, byte_, row_start_, field_start_;  // byte_: of the byte last taken
  Place code_point_;                             // where the one being read begins
  State state_ = State::field_start;
  Utf8Check utf8_;
  std::string field_;
  std::size_t row_bytes_ = 0;
  std::optional<CsvError> error_;  // the first of this row; one that ends reading stays
};

}  // namespace core
