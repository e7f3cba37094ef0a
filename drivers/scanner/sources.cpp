#include "drivers/scanner/sources.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace drivers {

namespace {

constexpr std::size_t longest_code = 512;
constexpr std::size_t hid_data_at = 5;
constexpr std::uint16_t left_shift = 42, right_shift = 54, enter_key = 28, keypad_enter = 96,
                        tab_key = 15;

// By key code, from KEY_1 (2) on; a blank is a key without a character.
constexpr std::string_view unshifted = "1234567890-=  qwertyuiop[]  asdfghjkl;'` \\zxcvbnm,./";
constexpr std::string_view shifted = "!@#$%^&*()_+  QWERTYUIOP{}  ASDFGHJKL:\"~ |ZXCVBNM<>?";

char character_of_key(std::uint16_t key, bool is_shifted) {
  constexpr std::string_view keypad = "789-456+1230.";
  if (key == 57) return ' ';
  if (key >= 71 && key < 71 + keypad.size()) return keypad[key - 71U];
  if (key < 2 || key >= 2 + unshifted.size()) return '\0';
  const char c = (is_shifted ? shifted : unshifted)[key - 2U];
  return c == ' ' ? '\0' : c;
}

std::optional<std::string> taken(std::string& held) {
  if (held.empty()) return {};
  return std::exchange(held, {});
}

}  // namespace

std::optional<std::string> HidPosReader::feed(ByteView report) {
  if (report.size() <= hid_data_at) return {};
  const std::size_t length = std::min<std::size_t>(report[1], report.size() - hid_data_at - 1);
  // A scanner that does not know what it scanned leaves the identifier empty.
  if (held_.empty() && report[2] == ']') {
    held_.assign(report.begin() + 2, report.begin() + hid_data_at);
  }
  held_.append(report.begin() + hid_data_at,
               report.begin() + hid_data_at + static_cast<std::ptrdiff_t>(length));
  const bool has_more = report.back() != 0;
  if (held_.size() > longest_code) held_.clear();
  if (has_more) return {};
  return taken(held_);
}

std::optional<std::string> KeyReader::feed(std::uint16_t key, std::int32_t value) {
  if (key == left_shift || key == right_shift) {
    is_shifted_ = value != 0;
    return {};
  }
  if (value != 1) return {};
  if (key == enter_key || key == keypad_enter || key == tab_key) return taken(held_);
  if (const char c = character_of_key(key, is_shifted_)) held_ += c;
  if (held_.size() > longest_code) held_.clear();
  return {};
}

std::optional<std::string> LineReader::feed(std::uint8_t byte) {
  if (byte == '\r' || byte == '\n') return taken(held_);
  if (byte >= 0x20 || byte == 0x1D) held_ += static_cast<char>(byte);
  if (held_.size() > longest_code) held_.clear();
  return {};
}

}  // namespace drivers
