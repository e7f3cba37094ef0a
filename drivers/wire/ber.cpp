#include "drivers/wire/ber.h"

namespace drivers::ber {

namespace {

constexpr int deepest = 8;

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::optional<Element> take_within(std::string_view& rest, int depth);

bool is_end_mark(std::string_view bytes) {
  return bytes.size() >= 2 && bytes[0] == 0 && bytes[1] == 0;
}

// The content of an element without a length: whole elements until the mark of the end.
std::optional<std::string_view> take_until_end(std::string_view& rest, int depth) {
  std::string_view inner = rest;
  while (!is_end_mark(inner)) {
    if (!take_within(inner, depth + 1)) return {};
  }
  const std::string_view content = rest.substr(0, rest.size() - inner.size());
  rest = inner.substr(2);
  return content;
}

std::optional<std::size_t> take_long_length(std::string_view& rest, std::size_t bytes) {
  if (bytes > 4 || rest.size() < bytes) return {};
  std::size_t length = 0;
  for (std::size_t i = 0; i < bytes; ++i) length = length << 8U | byte_at(rest, i);
  rest.remove_prefix(bytes);
  return length;
}

std::optional<Element> take_within(std::string_view& rest, int depth) {
  if (depth > deepest || rest.size() < 2) return {};
  const unsigned char tag = byte_at(rest, 0);
  if ((tag & 0x1FU) == 0x1F) return {};
  std::string_view after = rest.substr(2);
  std::optional<std::size_t> length = byte_at(rest, 1);
  if (*length == 0x80) {
    if ((tag & constructed) == 0) return {};
    const auto content = take_until_end(after, depth);
    if (!content) return {};
    rest = after;
    return Element{tag, *content};
  }
  if (*length > 0x80) length = take_long_length(after, *length & 0x7FU);
  if (!length || *length > after.size()) return {};
  const Element element{tag, after.substr(0, *length)};
  rest = after.substr(*length);
  return element;
}

bool append_octets(std::string& text, const Element& element, int depth) {
  if ((element.tag & constructed) == 0) {
    text += element.content;
    return true;
  }
  if (depth > deepest) return false;
  for (std::string_view rest = element.content; !rest.empty();) {
    const auto piece = take(rest);
    if (!piece || (piece->tag & ~constructed) != octet_string) return false;
    if (!append_octets(text, *piece, depth + 1)) return false;
  }
  return true;
}

}  // namespace

std::optional<Element> take(std::string_view& rest) {
  return take_within(rest, 0);
}

std::optional<std::string> octets(const Element& element) {
  std::string text;
  if (!append_octets(text, element, 0)) return {};
  return text;
}

std::optional<std::int64_t> number(std::string_view content) {
  if (content.empty()) return {};
  while (!content.empty() && content[0] == 0) content.remove_prefix(1);
  if (content.size() > 8 || (content.size() == 8 && byte_at(content, 0) >= 0x80)) return {};
  std::int64_t value = 0;
  for (std::size_t i = 0; i < content.size(); ++i) value = value << 8 | byte_at(content, i);
  return value;
}

std::string object_id_text(std::string_view content) {
  std::string text;
  std::uint64_t arc = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    arc = (arc & (~0ULL >> 8)) << 7U | (byte_at(content, i) & 0x7FU);
    if (byte_at(content, i) >= 0x80) continue;
    if (text.empty()) {
      const std::uint64_t first = arc < 80 ? arc / 40 : 2;
      text = std::to_string(first) + "." + std::to_string(arc - first * 40);
    } else {
      text += "." + std::to_string(arc);
    }
    arc = 0;
  }
  return text;
}

std::string der(unsigned char tag, std::string_view content) {
  std::string bytes(1, static_cast<char>(tag));
  std::size_t size = content.size();
  if (size < 0x80) {
    bytes += static_cast<char>(size);
  } else {
    std::string length;
    for (; size > 0; size >>= 8U) length.insert(0, 1, static_cast<char>(size & 0xFFU));
    bytes += static_cast<char>(0x80U | length.size());
    bytes += length;
  }
  return bytes.append(content);
}

std::string der_integer(std::int64_t value, unsigned char tag) {
  std::string bytes;
  do {
    bytes.insert(0, 1, static_cast<char>(value & 0xFF));
    value >>= 8;
  } while (value > 0);
  if (byte_at(bytes, 0) >= 0x80) bytes.insert(0, 1, '\0');
  return der(tag, bytes);
}

}  // namespace drivers::ber
