// Bytes as text: BASE64 (RFC 4648 section 4, with padding, in one line) and hex.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

std::string to_base64(std::string_view bytes);
// Nothing where `text` is not exactly such a form: no line breaks, no missing padding.
std::optional<std::string> from_base64(std::string_view text);

std::string to_hex(std::string_view bytes);                    // lower case
std::optional<std::string> from_hex(std::string_view digits);  // either case

}  // namespace core
