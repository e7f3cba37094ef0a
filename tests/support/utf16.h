// A text as a program of Windows writes it where it says "Unicode".
#pragma once

#include <string>
#include <string_view>

#include "core/base/text.h"

namespace tests {

inline std::string utf16(std::string_view text, bool is_big, bool is_marked = true) {
  std::string bytes;
  const auto put = [&](char32_t unit) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    bytes += {is_big ? high : low, is_big ? low : high};
  };
  if (is_marked) put(0xFEFF);
  for (const char32_t c : core::code_points(text)) {
    if (c < 0x10000) {
      put(c);
    } else {
      put(0xD800 + ((c - 0x10000) >> 10));
      put(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return bytes;
}

}  // namespace tests
