#include "core/base/text.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace core {

namespace {

constexpr char32_t broken = 0xFFFD;

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

// The plain letters for U+00C0..U+017F, lower case; empty where there are none.
std::string_view plain_letters(char32_t c) {
  static constexpr std::array<std::string_view, 64> latin1{
      "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
      "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
      "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
      "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};
  static constexpr std::string_view extended =
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllll"
      "lnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  if (c >= 0xC0 && c <= 0xFF) return latin1[c - 0xC0];
  if (c >= 0x100 && c < 0x100 + extended.size()) return extended.substr(c - 0x100, 1);
  return "";
}

}  // namespace

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
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
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      folded += static_cast<char>(c);
    } else if (c >= 'A' && c <= 'Z') {
      folded += static_cast<char>(c - 'A' + 'a');
    } else if (const auto letters = plain_letters(c); !letters.empty()) {
      folded += letters;
    } else if (c >= 0x180 && c != broken && !(c >= 0x2000 && c <= 0x2BFF)) {
      append_utf8(folded, c);
    } else if (!folded.empty() && folded.back() != ' ') {
      folded += ' ';
    }
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

bool is_email(std::string_view text) {
  if (text.size() > 254 || !is_utf8(text)) return false;
  const auto at = text.find('@');
  if (at == text.npos || at == 0 || at > 64 || text.find('@', at + 1) != text.npos) return false;
  constexpr std::string_view never = " ,;:<>()[]\\\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x21 || c == 0x7F) return false;
    if (never.find(c) != never.npos) return false;
  }
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  const auto well_dotted = [](std::string_view part) {
    return !part.empty() && part.front() != '.' && part.back() != '.' &&
           part.find("..") == part.npos;
  };
  return well_dotted(local) && well_dotted(domain) && domain.find('.') != domain.npos &&
         domain.front() != '-' && domain.back() != '-';
}

namespace {

enum class Digits : bool { skipped, counted };

std::string initials_of(std::string_view name, Digits digits) {
  std::string result;
  int words = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < name.size() && words < 2;) {
    const std::size_t start = at;
    const char32_t c = next_code_point(name, at);
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= 0xC0 && c != broken && c < 0x2000);
    if ((letter || (digit && digits == Digits::counted)) && !in_word) {
      if (c >= 'a' && c <= 'z') {
        result += static_cast<char>(c - 'a' + 'A');
      } else if (c >= 0xE0 && c <= 0xFE && c != 0xF7) {
        append_utf8(result, c - 0x20);
      } else {
        result += name.substr(start, at - start);
      }
      ++words;
    }
    in_word = letter || digit;
  }
  return result;
}

}  // namespace

std::string initials(std::string_view name) {
  std::string letters = initials_of(name, Digits::skipped);
  return letters.empty() ? initials_of(name, Digits::counted) : letters;
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
