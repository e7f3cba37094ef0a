#include "core/catalogue/csv.h"

#include <algorithm>

#include "core/base/text.h"

namespace core {

namespace {

constexpr int end_of_input = -1;

// 0x80 to 0x9F; the bytes that Windows-1252 does not use are 0.
constexpr std::array<char16_t, 32> windows_1252{
    u'€', 0,    u'‚', u'ƒ', u'„', u'…', u'†', u'‡', u'ˆ', u'‰', u'Š', u'‹', u'Œ', 0, u'Ž', 0,
    0,    u'‘', u'’', u'“', u'”', u'•', u'–', u'—', u'˜', u'™', u'š', u'›', u'œ', 0, u'ž', u'Ÿ'};

bool is_ascii_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Between two letters these are "ä" and the like of DOS or of a Macintosh; only the
// apostrophe stands there in Windows-1252, and a few letters that are too rare to
// be told apart.
bool is_of_another_table(unsigned char before, unsigned char byte, unsigned char after) {
  if (byte < 0x80 || byte > 0x9F || byte == 0x92) return false;
  return windows_1252[byte - 0x80U] == 0 || (is_ascii_letter(before) && is_ascii_letter(after));
}

// The candidate that stands most often in the first row, outside quotes.
char likely_separator(std::string_view text) {
  std::array<int, 3> counts{};
  constexpr std::string_view candidates = ",;\t";
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto i = candidates.find(c); i != candidates.npos) ++counts[i];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return candidates[static_cast<std::size_t>(most - counts.begin())];
}

// "sep=;" on a line of its own, with or without quotes around it: Excel's word for
// the separator of what follows. Its length without the line break; 0: there is none.
std::size_t separator_line(std::string_view text, char& separator) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  if (line.size() == text.size()) return 0;
  std::string_view word = line;
  if (word.size() == 7 && word.starts_with('"') && word.ends_with('"')) word = word.substr(1, 5);
  const auto is_letter = [&](std::size_t at, char c) { return (word[at] | 0x20) == c; };
  if (word.size() != 5 || word[3] != '=' || !is_letter(0, 's') || !is_letter(1, 'e') ||
      !is_letter(2, 'p') || word[4] == '"') {
    return 0;
  }
  separator = word[4];
  return line.size();
}

}  // namespace

bool ends_reading(CsvFault fault) {
  return fault != CsvFault::not_utf8 && fault != CsvFault::text_after_quote;
}

std::string_view in_words(CsvFault fault) {
  switch (fault) {
    case CsvFault::not_utf8:
      return "is not UTF-8; save the file as UTF-8";
    case CsvFault::text_after_quote:
      return "has text behind a closing quote";
    case CsvFault::unterminated_quote:
      return "opens a quote that is never closed";
    case CsvFault::field_too_long:
      return "holds a field longer than 1 MiB";
    case CsvFault::row_too_long:
      return "is longer than 10 MB";
    case CsvFault::unreadable:
      return "could not be read";
  }
  return "";
}

bool Utf8Check::accept(unsigned char byte) {
  if (missing > 0) {
    const bool fits = byte >= low && byte <= high;
    missing = fits ? missing - 1 : 0;
    low = 0x80;
    high = 0xBF;
    return fits;
  }
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
  // Overlong forms, surrogates and what lies beyond U+10FFFF.
  if (byte == 0xE0) low = 0xA0;
  if (byte == 0xED) high = 0x9F;
  if (byte == 0xF0) low = 0x90;
  if (byte == 0xF4) high = 0x8F;
  return true;
}

CsvLetters letters_of(std::istream& input) {
  const auto start = input.tellg();
  if (start < 0) return CsvLetters::utf8;
  Utf8Check utf8;
  bool is_broken = false, has_utf8 = false, is_other = false;
  unsigned char before = 0, last = 0;
  std::array<char, 1 << 16> buffer{};
  std::optional<Utf16Reader::Order> utf16;
  for (bool is_beginning = true; input; is_beginning = false) {
    input.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const std::string_view read(buffer.data(), static_cast<std::size_t>(input.gcount()));
    if (is_beginning) utf16 = utf16_order(read);
    if (utf16) break;
    for (const char c : read) {
      const auto byte = static_cast<unsigned char>(c);
      const bool continues = utf8.missing > 0;
      is_broken = !utf8.accept(byte) || is_broken;
      has_utf8 = has_utf8 || (continues && utf8.missing == 0 && !is_broken);
      is_other = is_other || byte == 0 || is_of_another_table(before, last, byte);
      before = last;
      last = byte;
    }
  }
  input.clear();
  input.seekg(start);
  if (utf16) {
    return *utf16 == Utf16Reader::Order::little ? CsvLetters::utf16_little : CsvLetters::utf16_big;
  }
  is_broken = is_broken || utf8.missing > 0;
  return is_broken && !has_utf8 && !is_other ? CsvLetters::windows_1252 : CsvLetters::utf8;
}

CsvReader::CsvReader(std::istream& input, CsvLetters letters) : input_(input), letters_(letters) {
  if (letters == CsvLetters::utf16_little) utf16_.emplace(Utf16Reader::Order::little);
  if (letters == CsvLetters::utf16_big) utf16_.emplace(Utf16Reader::Order::big);
}

bool CsvReader::refill() {
  at_ = 0;
  if (utf16_) {
    refill_from_utf16();
  } else {
    input_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    filled_ = static_cast<std::size_t>(input_.gcount());
  }
  return filled_ > 0;
}

// Two bytes of UTF-16 are at most three of UTF-8, and what was left of a letter adds three.
void CsvReader::refill_from_utf16() {
  std::array<char, 1 << 15> units{};
  std::string text;
  while (text.empty() && input_) {
    input_.read(units.data(), static_cast<std::streamsize>(units.size()));
    const auto count = static_cast<std::size_t>(input_.gcount());
    read_ += input_.gcount();
    utf16_->append(text, {units.data(), count});
    if (!input_) utf16_->end(text);
  }
  filled_ = text.copy(buffer_.data(), buffer_.size());
}

int CsvReader::peek() {
  if (at_ == filled_ && !refill()) return end_of_input;
  return static_cast<unsigned char>(buffer_[at_]);
}

// Takes the next byte, which peek() has seen; CR and CRLF arrive as LF.
char CsvReader::take() {
  char c = buffer_[at_++];
  ++taken_;
  ++row_bytes_;
  byte_ = here_;
  ++here_.column;
  if (c == '\r') {
    if (peek() == '\n') {
      ++at_;
      ++taken_;
    }
    c = '\n';
  }
  if (c == '\n') here_ = {here_.line + 1, 1};
  return c;
}

void CsvReader::open_stream() {
  started_ = true;
  refill();
  const std::string_view beginning(buffer_.data(), filled_);
  if (beginning.starts_with("\xEF\xBB\xBF")) {
    at_ = 3;
    taken_ = 3;
  }
  if (const auto length = separator_line(beginning.substr(at_), separator_); length > 0) {
    for (std::size_t i = 0; i < length; ++i) take();
    take();  // and its line break
  } else {
    separator_ = likely_separator(beginning.substr(at_));
  }
}

void CsvReader::spoil(CsvFault fault, Place at) {
  if (!error_ || (ends_reading(fault) && !ends_reading(error_->fault))) {
    error_ = CsvError{fault, at.line, at.column};
  }
}

void CsvReader::check_utf8(char byte) {
  if (letters_ != CsvLetters::utf8) return;
  const bool inside = utf8_.missing > 0;
  if (!inside) code_point_ = byte_;
  if (utf8_.accept(static_cast<unsigned char>(byte))) return;
  spoil(CsvFault::not_utf8, code_point_);
  // A byte that breaks a sequence off may begin the next one.
  if (inside) utf8_.accept(static_cast<unsigned char>(byte));
}

bool CsvReader::is_too_long() {
  if (field_.size() > largest_csv_field) spoil(CsvFault::field_too_long, field_start_);
  if (row_bytes_ > largest_csv_row) spoil(CsvFault::row_too_long, row_start_);
  return error_ && ends_reading(error_->fault);
}

void CsvReader::end_field(CsvRow& row) {
  row.fields.push_back(std::move(field_));
  field_.clear();
  field_start_ = here_;
  state_ = State::field_start;
}

void CsvReader::add(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (letters_ != CsvLetters::windows_1252 || byte < 0x80) {
    field_ += c;
  } else {
    append_utf8(field_, byte < 0xA0 ? windows_1252[byte - 0x80U] : byte);
  }
}

// One byte further; true when it ended the row.
bool CsvReader::step(char c, CsvRow& row) {
  if (state_ == State::quoted) {
    if (c == '"') {
      state_ = State::quote_in_quoted;
    } else {
      add(c);
    }
    return false;
  }
  if (c == separator_ || c == '\n') {
    end_field(row);
    return c == '\n';
  }
  if (c == '"' && state_ == State::field_start) {
    state_ = State::quoted;
    return false;
  }
  if (c == '"' && state_ == State::quote_in_quoted) {
    state_ = State::quoted;
  } else if (state_ == State::quote_in_quoted) {
    spoil(CsvFault::text_after_quote, byte_);
    state_ = State::plain;
  } else {
    state_ = State::plain;
  }
  add(c);
  return false;
}

Result<bool, CsvError> CsvReader::finish(CsvRow& row) {
  if (input_.bad()) spoil(CsvFault::unreadable, here_);
  if (state_ == State::quoted) spoil(CsvFault::unterminated_quote, field_start_);
  if (utf8_.missing > 0) spoil(CsvFault::not_utf8, code_point_);
  const bool anything = !row.fields.empty() || !field_.empty() || state_ != State::field_start;
  if (anything) end_field(row);
  if (error_) return tl::unexpected(*error_);
  return anything;
}

Result<bool, CsvError> CsvReader::next(CsvRow& row) {
  if (!started_) open_stream();
  if (error_ && ends_reading(error_->fault)) return tl::unexpected(*error_);
  do {
    row.fields.clear();
    row.line = here_.line;
    error_.reset();
    utf8_ = {};
    row_bytes_ = 0;
    row_start_ = field_start_ = here_;
    for (bool ended = false; !ended;) {
      if (peek() == end_of_input) return finish(row);
      const char c = take();
      check_utf8(c);
      ended = step(c, row);
      if (is_too_long()) return tl::unexpected(*error_);
    }
  } while (row.fields.size() == 1 && row.fields[0].empty() && !error_);
  if (error_) return tl::unexpected(*error_);
  return true;
}

}  // namespace core
