// Text as people write it, in any script: UTF-8 checks, folding for search, letters
// put together for showing, e-mail addresses. What Unicode says about a letter
// comes from utf8proc, what a domain is called from libidn2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool are_digits(std::string_view text) {  // at least one, and nothing else
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return !text.empty();
}
// What digits say, at most eighteen of them.
constexpr std::int64_t number_of(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// Without the blanks at its ends, any of Unicode's, and without marks that nobody
// sees there: what is copied from a web page ends in one.
std::string_view trim(std::string_view text);
// The same in one line: a line break or a tab inside becomes one blank.
std::string one_line(std::string_view text);
bool is_utf8(std::string_view text);
std::string as_utf8(std::string_view text);  // each broken byte becomes U+FFFD
// One that moves a terminal's cursor or worse; a line break and a tab are none.
bool has_control_character(std::string_view text);
std::string without_control_characters(std::string_view text);  // each becomes U+FFFD

// UTF-16 put into UTF-8 piece by piece; a piece may end within a letter. Half of a letter
// alone becomes U+FFFD.
class Utf16Reader {
 public:
  enum class Order { little, big };
  explicit Utf16Reader(Order order) : order_(order) {}
  void append(std::string& text, std::string_view bytes);
  void end(std::string& text);  // what the last piece left

 private:
  void put(std::string& text, char32_t unit);

  Order order_;
  std::optional<unsigned char> odd_;  // of a unit whose other byte is still to come
  char32_t high_ = 0;                 // of a pair whose other half is; 0: none
};

// Whether a file that begins so is UTF-16: by its byte order mark, or because every other
// byte is 0, as where Latin text has none.
std::optional<Utf16Reader::Order> utf16_order(std::string_view beginning);

// The text of a file that another program wrote, without its byte order mark: UTF-16
// becomes UTF-8, anything else stays as it is.
std::string file_text(std::string_view bytes);

// The code points of `text`; a broken byte becomes U+FFFD.
std::vector<char32_t> code_points(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);

// For searching and comparing: lower case, accents removed, "ß" as "ss", "ä"
// as "a"; anything but letters and digits becomes one space. The store keeps
// folded words: another folding needs a migration that folds them again.
std::string fold(std::string_view text);

// Text of another system as it is kept here: line ends as "\n", and no control
// characters besides that and the tab.
std::string without_controls(std::string_view text);

// At most `most` bytes of `text`, cut between two letters.
std::string_view cut_to(std::string_view text, std::size_t most);

// "a" with a separate diaeresis as "ä" (Unicode's normal form C): for showing and
// printing. Text that is not UTF-8 stays as it is.
std::string composed(std::string_view text);

// How many columns of a fixed font a character takes: 2 for those of East Asia,
// 0 for marks and for what is not seen.
int columns_of(char32_t c);
bool is_letter_or_mark(char32_t c);
bool is_unseen(char32_t c);  // controls, directions, joiners: never drawn

// The address of one mail box as mail servers know it, the domain in its ASCII
// form: "kundin@xn--bcherstube-9db.example". Nothing where `text` is none: it has
// one @, a dot in the domain, no blank, control character, comma or angle bracket,
// ASCII before the @ (other letters need SMTPUTF8 on every server of the way), at
// most 254 bytes (RFC 5321 section 4.5.3.1). A newline can never reach a header.
std::optional<std::string> ascii_address(std::string_view text);
bool is_email(std::string_view text);  // whether there is one

// The first letters of the first two words, in capitals: "Landjäger Paar" -> "LP".
// Words that begin with a digit only count where there are no others.
std::string initials(std::string_view name);

// SHA-256 as lower-case hex.
std::string sha256_hex(std::string_view bytes);

}  // namespace core
