// Text as people write it: UTF-8 checks, folding for search, e-mail addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

std::string_view trim(std::string_view text);
bool is_utf8(std::string_view text);

// The code points of `text`; a broken byte becomes U+FFFD.
std::vector<char32_t> code_points(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);

// For searching and comparing: lower case, accents removed, "ß" as "ss", "ä"
// as "a"; anything but letters and digits becomes one space.
std::string fold(std::string_view text);

// Whether `text` can be the address of one mail box: one @, a dot in the
// domain, no blank, control character, comma or angle bracket, at most 254
// bytes (RFC 5321 section 4.5.3.1). A newline can therefore never reach a header.
bool is_email(std::string_view text);

// The first letters of the first two words, in capitals: "Landjäger Paar" -> "LP".
// Words that begin with a digit only count where there are no others.
std::string initials(std::string_view name);

// SHA-256 as lower-case hex.
std::string sha256_hex(std::string_view bytes);

}  // namespace core
