// BER as signing devices write it (ITU-T X.690): tags of one byte, lengths short, long or
// indefinite, octet strings in one piece or in many; and DER, the strict form, for what we
// write ourselves. Pure. Elements are views into the bytes that were given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace drivers::ber {

enum Tag : unsigned char {
  integer = 0x02,
  octet_string = 0x04,
  object_id = 0x06,
  utc_time = 0x17,
  generalized_time = 0x18,
  sequence = 0x30,
};
constexpr unsigned char constructed = 0x20;
constexpr unsigned char context = 0x80;  // with its number in the low five bits

struct Element {
  unsigned char tag = 0;
  std::string_view content;
  bool is_context() const { return (tag & 0xC0) == context; }
  unsigned char number() const { return tag & 0x1F; }
};

// Takes the next element off the front of `rest`. Nothing, and `rest` as it was, where it
// is cut short, of a longer tag, or nested too deep.
std::optional<Element> take(std::string_view& rest);

// What an octet string says, tagged or not, in one piece or in many.
std::optional<std::string> octets(const Element& element);
// A whole number from 0 on; nothing where it does not fit. A high first bit is no sign:
// devices leave out the zero byte before it.
std::optional<std::int64_t> number(std::string_view content);
// "0.4.0.127.0.7.3.7.1.1"
std::string object_id_text(std::string_view content);

std::string der(unsigned char tag, std::string_view content);
std::string der_integer(std::int64_t value, unsigned char tag = integer);  // value >= 0

}  // namespace drivers::ber
