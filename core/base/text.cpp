#include "core/base/text.h"

#include <idn2.h>
#include <sodium.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace core {

namespace {

constexpr char32_t broken = 0xFFFD;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Reads one code point at `at` and moves behind it.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0x80) return static_cast<char32_t>(text[at++]);
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) {
    ++at;
    return broken;
  }
  char32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) {
      ++at;
      return broken;
    }
    value = (value << 6) | (byte(at + i) & 0x3FU);
  }
  const bool too_long = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (too_long || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    ++at;
    return broken;
  }
  at += length;
  return value;
}

// Letters that Unicode does not take apart into a letter and a mark. "ä" is "a"
// and "ß" is "ss" by its own tables.
std::string_view plain_letters(char32_t c) {
  switch (c) {
    case U'Æ':
    case U'æ':
      return "ae";
    case U'Ð':
    case U'ð':
    case U'Đ':
    case U'đ':
      return "d";
    case U'Ø':
    case U'ø':
    case U'Œ':
    case U'œ':
      return "o";
    case U'Þ':
    case U'þ':
      return "th";
    case U'Ħ':
    case U'ħ':
      return "h";
    case U'ı':
    case U'Ĳ':
    case U'ĳ':
      return "i";
    case U'ĸ':
      return "k";
    case U'Ł':
    case U'ł':
    case U'Ŀ':
    case U'ŀ':
      return "l";
    case U'ŉ':
    case U'Ŋ':
    case U'ŋ':
      return "n";
    case U'Ŧ':
    case U'ŧ':
      return "t";
    default:
      return "";
  }
}

// What stands over or under a letter and may be left out: accents, and the
// points of Hebrew and Arabic. A mark that makes another syllable stays (Unicode
// chapter 4.3: classes below 10 are nuktas, voicing marks and viramas, those
// from 36 to 199 the vowels and tones of Thai, Lao and Tibetan).
bool is_accent(char32_t c) {
  if (c >= 0xFE00 && c <= 0xFE0F) return true;  // only chooses between two pictures
  const auto* letter = utf8proc_get_property(static_cast<utf8proc_int32_t>(c));
  const int place = letter->combining_class;
  return (place >= 10 && place <= 35) || place >= 200;
}

// Signs that mean nothing in a name. Pictures from U+2C00 on stay: some names
// have nothing else.
bool is_sign(char32_t c) {
  return c < 0xC0 || c == broken || (c >= 0x2000 && c <= 0x2BFF);
}

bool is_letter(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_plain(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void append_folded(std::string& folded, char32_t c) {
  const auto blank = [&] {
    if (!folded.empty() && folded.back() != ' ') folded += ' ';
  };
  if (const auto letters = plain_letters(c); !letters.empty()) {
    folded += letters;
    return;
  }
  if (is_sign(c)) return blank();
  std::array<utf8proc_int32_t, 24> parts{};  // the longest of Unicode 15 has 18
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD), &boundary);
  for (utf8proc_ssize_t i = 0; i < count; ++i) {
    const auto part = static_cast<char32_t>(parts[static_cast<std::size_t>(i)]);
    if (is_plain(part) || (part >= 0x180 && !is_sign(part) && !is_accent(part))) {
      append_utf8(folded, part);
    } else if (!is_accent(part)) {
      blank();
    }
  }
}

}  // namespace

namespace {

// A blank of Unicode, a zero-width one or a byte order mark.
bool is_blank(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool breaks_a_line(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

std::size_t start_of_last(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

}  // namespace

std::string_view trim(std::string_view text) {
  for (std::size_t next = 0; !text.empty(); text.remove_prefix(next), next = 0) {
    if (!is_blank(next_code_point(text, next))) break;
  }
  while (!text.empty()) {
    std::size_t at = start_of_last(text);
    const std::size_t start = at;
    if (!is_blank(next_code_point(text, at))) break;
    text = text.substr(0, start);
  }
  return text;
}

std::string one_line(std::string_view text) {
  const std::string_view bare = trim(text);
  std::string line;
  line.reserve(bare.size());
  bool is_broken = false;
  for (std::size_t at = 0; at < bare.size();) {
    const std::size_t start = at;
    const bool breaks = breaks_a_line(next_code_point(bare, at));
    if (breaks && !is_broken && line.back() != ' ') line += ' ';
    if (!breaks) line += bare.substr(start, at - start);
    is_broken = breaks;
  }
  return line;
}

std::string as_utf8(std::string_view text) {
  std::string sound;
  sound.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append_utf8(sound, next_code_point(text, at));
  return sound;
}

namespace {

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

}  // namespace

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(code_points(text), is_control);
}

std::string without_control_characters(std::string_view text) {
  std::string clean;
  for (const char32_t c : code_points(text)) append_utf8(clean, is_control(c) ? broken : c);
  return clean;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const bool says_so = text.substr(at, 3) == "\xEF\xBF\xBD";
    if (next_code_point(text, at) == broken && !says_so) return false;
    if (at == start) return false;
  }
  return true;
}

void Utf16Reader::append(std::string& text, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!odd_) {
      odd_ = byte;
      continue;
    }
    const bool is_big = order_ == Order::big;
    const unsigned high = is_big ? *odd_ : byte, low = is_big ? byte : *odd_;
    odd_.reset();
    put(text, (high << 8) | low);
  }
}

void Utf16Reader::put(std::string& text, char32_t unit) {
  const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
  const char32_t high = std::exchange(high_, 0);
  if (high != 0 && is_low) {
    append_utf8(text, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    return;
  }
  if (high != 0) append_utf8(text, broken);
  if (unit >= 0xD800 && unit < 0xDC00) {
    high_ = unit;
  } else {
    append_utf8(text, is_low ? broken : unit);
  }
}

void Utf16Reader::end(std::string& text) {
  if (odd_ || high_ != 0) append_utf8(text, broken);
  odd_.reset();
  high_ = 0;
}

std::optional<Utf16Reader::Order> utf16_order(std::string_view beginning) {
  const auto is = [&](std::size_t at) { return beginning[at] != '\0'; };
  if (beginning.starts_with("\xFF\xFE")) return Utf16Reader::Order::little;
  if (beginning.starts_with("\xFE\xFF")) return Utf16Reader::Order::big;
  if (beginning.size() < 4) return {};
  if (is(0) && !is(1) && is(2) && !is(3)) return Utf16Reader::Order::little;
  if (!is(0) && is(1) && !is(2) && is(3)) return Utf16Reader::Order::big;
  return {};
}

std::string file_text(std::string_view bytes) {
  std::string text;
  if (const auto order = utf16_order(bytes)) {
    Utf16Reader reader(*order);
    text.reserve(bytes.size());
    reader.append(text, bytes);
    reader.end(text);
  } else {
    text = bytes;
  }
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  return text;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) points.push_back(next_code_point(text, at));
  return points;
}

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&](char32_t value) { text += static_cast<char>(value); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::string fold(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool is_ascii = true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_plain(c)) {
      folded += static_cast<char>(c);
    } else if (c >= 'A' && c <= 'Z') {
      folded += static_cast<char>(c - 'A' + 'a');
    } else {
      append_folded(folded, c);
      is_ascii = is_ascii && c < 0x180;
    }
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return is_ascii ? folded : composed(folded);
}

std::string composed(std::string_view text) {
  // Below U+0300 nothing is ever put together; this is nearly every text.
  const bool is_simple = std::all_of(text.begin(), text.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0xCC; });
  if (is_simple || !is_utf8(text)) return std::string(text);
  utf8proc_uint8_t* made = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &made,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
  std::free(made);
  return result;
}

int columns_of(char32_t c) {
  return utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
}

bool is_letter_or_mark(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

bool is_unseen(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_CC ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
         (c >= 0xFE00 && c <= 0xFE0F);
}

namespace {

bool is_well_dotted(std::string_view part) {
  return !part.empty() && part.front() != '.' && part.back() != '.' && part.find("..") == part.npos;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The domain as name servers know it (RFC 5891); empty: it cannot be one.
std::string ascii_domain(std::string_view domain) {
  if (is_ascii(domain)) return std::string(domain);
  char* made = nullptr;
  const int fault =
      idn2_to_ascii_8z(std::string(domain).c_str(), &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  std::string ascii = fault == IDN2_OK ? made : "";
  idn2_free(made);
  return ascii;
}

}  // namespace

std::optional<std::string> ascii_address(std::string_view text) {
  constexpr std::size_t longest = 254;
  if (text.size() > longest || !is_utf8(text)) return {};
  constexpr std::string_view never = " ,;:<>()[]\\\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x21 || c == 0x7F || never.find(c) != never.npos) return {};
  }
  const auto at = text.find('@');
  if (at == text.npos || at > 64 || text.find('@', at + 1) != text.npos) return {};
  const std::string_view local = text.substr(0, at);
  if (!is_ascii(local) || !is_well_dotted(local)) return {};
  const std::string domain = ascii_domain(text.substr(at + 1));
  // A hard blank or the like has become one of these.
  const bool is_named = std::ranges::all_of(domain, [&](char c) {
    return static_cast<unsigned char>(c) > ' ' && never.find(c) == never.npos && c != '@';
  });
  if (!is_named || !is_well_dotted(domain) || domain.find('.') == domain.npos ||
      domain.front() == '-' || domain.back() == '-' || local.size() + 1 + domain.size() > longest) {
    return {};
  }
  return std::string(local) + "@" + domain;
}

std::string without_controls(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '\r') {
      const bool is_pair = i + 1 < text.size() && text[i + 1] == '\n';
      if (!is_pair) kept += '\n';
    } else if ((byte >= 0x20 && byte != 0x7F) || text[i] == '\n' || text[i] == '\t') {
      kept += text[i];
    }
  }
  return kept;
}

std::string_view cut_to(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

bool is_email(std::string_view text) {
  return ascii_address(text).has_value();
}

namespace {

enum class Digits : bool { skipped, counted };

std::string initials_of(std::string_view name, Digits digits) {
  std::string result;
  int words = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < name.size() && words < 2;) {
    const char32_t c = next_code_point(name, at);
    const bool digit = c >= '0' && c <= '9';
    const bool letter = is_letter(c);
    if ((letter || (digit && digits == Digits::counted)) && !in_word) {
      append_utf8(result,
                  static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))));
      ++words;
    }
    in_word = letter || digit || is_letter_or_mark(c);
  }
  return result;
}

}  // namespace

std::string initials(std::string_view name) {
  const std::string whole = composed(name);
  std::string letters = initials_of(whole, Digits::skipped);
  return letters.empty() ? initials_of(whole, Digits::counted) : letters;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  std::string hex(hash.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace core
