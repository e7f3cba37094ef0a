#include "drivers/terminal/zvt/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/ensure.h"

namespace drivers::zvt {

namespace {

constexpr int deepest = 8;  // levels of TLV; real messages have three

// How long the value of a field is.
enum class Size : std::int8_t { unknown = -1, ll = -2, lll = -3, tlv = -4 };

struct Known {
  std::uint8_t tag;
  std::int8_t size;  // bytes, or a Size
};
constexpr auto ll = static_cast<std::int8_t>(Size::ll);
constexpr auto lll = static_cast<std::int8_t>(Size::lll);
constexpr auto tlv = static_cast<std::int8_t>(Size::tlv);
constexpr auto unknown = static_cast<std::int8_t>(Size::unknown);

constexpr std::array known_fields{
    Known{0x01, 1},   Known{0x02, 1},  Known{0x03, 1},   Known{0x04, 6},   Known{0x05, 1},
    Known{0x06, tlv}, Known{0x0B, 3},  Known{0x0C, 3},   Known{0x0D, 2},   Known{0x0E, 2},
    Known{0x17, 2},   Known{0x19, 1},  Known{0x22, ll},  Known{0x23, ll},  Known{0x24, lll},
    Known{0x27, 1},   Known{0x29, 4},  Known{0x2A, 15},  Known{0x2D, ll},  Known{0x2E, lll},
    Known{0x37, 3},   Known{0x3A, 2},  Known{0x3B, 8},   Known{0x3C, lll}, Known{0x3D, 3},
    Known{0x49, 2},   Known{0x4C, ll}, Known{0x60, lll}, Known{0x70, 4},   Known{0x71, 4},
    Known{0x72, 4},   Known{0x73, 4},  Known{0x74, 4},   Known{0x75, 4},   Known{0x87, 2},
    Known{0x88, 3},   Known{0x8A, 1},  Known{0x8B, ll},  Known{0x8C, 1},   Known{0x92, lll},
    Known{0x9A, lll}, Known{0xA0, 1},  Known{0xA7, ll},  Known{0xAA, 3},   Known{0xAF, lll},
    Known{0xBA, 5},   Known{0xD0, 1},  Known{0xD1, ll},  Known{0xD2, 1},   Known{0xD3, 1},
    Known{0xE0, 1},   Known{0xE1, ll}, Known{0xE2, ll},  Known{0xE3, ll},  Known{0xE4, ll},
    Known{0xE5, ll},  Known{0xE6, ll}, Known{0xE7, ll},  Known{0xE8, ll},  Known{0xE9, 1},
    Known{0xEA, 1},   Known{0xEB, 8},  Known{0xF0, 1},   Known{0xF1, ll},  Known{0xF2, ll},
    Known{0xF3, ll},  Known{0xF4, ll}, Known{0xF5, ll},  Known{0xF6, ll},  Known{0xF7, ll},
    Known{0xF8, ll},  Known{0xF9, 1},  Known{0xFA, 1},   Known{0xFB, 1},   Known{0xFC, 1},
    Known{0xFD, 1}};

std::int8_t size_of(std::uint8_t tag) {
  for (const Known& known : known_fields) {
    if (known.tag == tag) return known.size;
  }
  return unknown;
}

struct Stretch {
  std::size_t header = 0, value = 0;
};

// "F1 F2" is 12, "F0 F1 F2" is 12.
std::optional<Stretch> decimal_length(ByteView bytes, std::size_t digits) {
  if (bytes.size() < digits) return {};
  Stretch stretch{digits, 0};
  for (std::size_t i = 0; i < digits; ++i) {
    if ((bytes[i] & 0xF0U) != 0xF0U || (bytes[i] & 0x0FU) > 9U) return {};
    stretch.value = stretch.value * 10 + (bytes[i] & 0x0FU);
  }
  return stretch;
}

// 00..7F, 81 nn, 82 hi lo.
std::optional<Stretch> ber_length(ByteView bytes) {
  if (bytes.empty()) return {};
  if (bytes[0] < 0x80) return Stretch{1, bytes[0]};
  if (bytes[0] == 0x81 && bytes.size() >= 2) return Stretch{2, bytes[1]};
  if (bytes[0] == 0x82 && bytes.size() >= 3) {
    return Stretch{3, static_cast<std::size_t>(bytes[1]) << 8U | bytes[2]};
  }
  return {};
}

void append_ber_length(Bytes& bytes, std::size_t size) {
  ENSURE(size <= longest_data);
  if (size >= 0x100) {
    bytes.insert(bytes.end(), {0x82, static_cast<std::uint8_t>(size >> 8U)});
  } else if (size >= 0x80) {
    bytes.push_back(0x81);
  }
  bytes.push_back(static_cast<std::uint8_t>(size & 0xFFU));
}

std::optional<Stretch> stretch_of(std::int8_t size, ByteView bytes) {
  if (size == ll) return decimal_length(bytes, 2);
  if (size == lll) return decimal_length(bytes, 3);
  if (size == tlv) return ber_length(bytes);
  return Stretch{0, static_cast<std::size_t>(size)};
}

// The tag at `at`, which moves behind it; nothing: it does not end.
std::optional<std::uint32_t> take_tag(ByteView bytes, std::size_t& at) {
  const std::size_t begin = at;
  std::uint32_t tag = bytes[at++];
  if ((tag & 0x1FU) != 0x1FU) return tag;
  do {
    if (at == bytes.size() || at - begin == 3) return {};
    tag = tag << 8U | bytes[at];
  } while (bytes[at++] & 0x80U);
  return tag;
}

core::Result<Tlvs, Fault> parse_tlvs(ByteView bytes, std::size_t base, int depth);

// One object at `at`, which moves behind it.
core::Result<Tlv, Fault> parse_tlv(ByteView bytes, std::size_t& at, std::size_t base, int depth) {
  Tlv object;
  const std::size_t begin = at;
  const auto tag = take_tag(bytes, at);
  if (!tag) return tl::unexpected(Fault{base + begin, "a TLV tag does not end"});
  object.tag = *tag;
  const auto length = ber_length(bytes.subspan(at));
  if (!length || length->value > bytes.size() - at - length->header) {
    return tl::unexpected(
        Fault{base + at, fmt::format("TLV {:02X}: its length reaches beyond the end", object.tag)});
  }
  at += length->header;
  const ByteView value = bytes.subspan(at, length->value);
  if (is_constructed(object.tag) && depth < deepest) {
    auto children = parse_tlvs(value, base + at, depth + 1);
    if (!children) return tl::unexpected(children.error());
    object.children = std::move(*children);
  } else {
    object.value.assign(value.begin(), value.end());
  }
  at += length->value;
  return object;
}

core::Result<Tlvs, Fault> parse_tlvs(ByteView bytes, std::size_t base, int depth) {
  Tlvs objects;
  for (std::size_t at = 0; at < bytes.size();) {
    auto object = parse_tlv(bytes, at, base, depth);
    if (!object) return tl::unexpected(object.error());
    objects.push_back(std::move(*object));
  }
  return objects;
}

}  // namespace

bool is_constructed(std::uint32_t tag) {
  while (tag > 0xFFU) tag >>= 8U;
  return (tag & 0x20U) != 0;
}

core::Result<Tlvs, Fault> parse_tlvs(ByteView bytes) {
  return parse_tlvs(bytes, 0, 0);
}

Bytes encode(const Tlvs& objects) {
  Bytes bytes;
  for (const Tlv& object : objects) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      const std::uint32_t rest = object.tag >> static_cast<unsigned>(shift);
      if (rest != 0 || shift == 0) bytes.push_back(static_cast<std::uint8_t>(rest & 0xFFU));
    }
    const Bytes value = object.children.empty() ? object.value : encode(object.children);
    append_ber_length(bytes, value.size());
    bytes.insert(bytes.end(), value.begin(), value.end());
  }
  return bytes;
}

const Tlv* find(const Tlvs& objects, std::uint32_t tag) {
  for (const Tlv& object : objects) {
    if (object.tag == tag) return &object;
    if (const Tlv* inner = find(object.children, tag)) return inner;
  }
  return nullptr;
}

bool lists_tag(ByteView tags, std::uint32_t tag) {
  for (std::size_t at = 0; at < tags.size();) {
    const auto listed = take_tag(tags, at);
    if (!listed) return false;
    if (*listed == tag) return true;
  }
  return false;
}

const Bytes* Fields::find(std::uint8_t tag) const {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Field& field) { return field.tag == tag; });
  return found == list.end() ? nullptr : &found->value;
}

const Bytes* Fields::find_tlv(std::uint32_t tag) const {
  const Tlv* object = tlvs ? zvt::find(*tlvs, tag) : nullptr;
  return object ? &object->value : nullptr;
}

core::Result<Fields, Fault> parse_fields(ByteView bytes) {
  Fields fields;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::uint8_t tag = bytes[at];
    const std::int8_t size = size_of(tag);
    if (size == unknown) return tl::unexpected(Fault{at, fmt::format("no field is {:02X}", tag)});
    const auto stretch = stretch_of(size, bytes.subspan(at + 1));
    if (!stretch) {
      return tl::unexpected(Fault{at + 1, fmt::format("field {:02X} has no length", tag)});
    }
    const std::size_t begin = at + 1 + stretch->header;
    if (stretch->value > bytes.size() - begin) {
      return tl::unexpected(Fault{at, fmt::format("field {:02X} reaches beyond the end", tag)});
    }
    const ByteView value = bytes.subspan(begin, stretch->value);
    if (tag == 0x06) {
      auto objects = parse_tlvs(value, begin, 0);
      if (!objects) return tl::unexpected(objects.error());
      fields.tlvs = std::move(*objects);
    } else {
      fields.list.push_back({tag, Bytes(value.begin(), value.end())});
    }
    at = begin + stretch->value;
  }
  return fields;
}

Bytes encode(const Fields& fields) {
  Bytes bytes;
  for (const Field& field : fields.list) {
    bytes.push_back(field.tag);
    const std::int8_t size = size_of(field.tag);
    const std::size_t length = field.value.size();
    if (size == lll) bytes.push_back(static_cast<std::uint8_t>(0xF0U | length / 100 % 10));
    if (size == ll || size == lll) {
      bytes.push_back(static_cast<std::uint8_t>(0xF0U | length / 10 % 10));
      bytes.push_back(static_cast<std::uint8_t>(0xF0U | length % 10));
    }
    bytes.insert(bytes.end(), field.value.begin(), field.value.end());
  }
  if (fields.tlvs) {
    const Bytes inner = encode(*fields.tlvs);
    bytes.push_back(0x06);
    append_ber_length(bytes, inner.size());
    bytes.insert(bytes.end(), inner.begin(), inner.end());
  }
  return bytes;
}

std::string bcd_text(ByteView bytes) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 0x0FU];
  }
  return text;
}

std::optional<std::int64_t> bcd_number(ByteView bytes) {
  if (bytes.size() > 8) return {};
  std::int64_t number = 0;
  for (const char digit : bcd_text(bytes)) {
    if (digit > '9') return {};
    number = number * 10 + (digit - '0');
  }
  return number;
}

Bytes bcd(std::string_view digits, std::size_t size) {
  std::string padded(size * 2, '0');
  const std::size_t used = std::min(digits.size(), padded.size());
  digits.copy(padded.data() + padded.size() - used, used, digits.size() - used);
  return from_hex(padded).value_or(Bytes(size));
}

Bytes bcd(std::int64_t number, std::size_t size) {
  return bcd(std::to_string(number), size);
}

std::string hex(ByteView bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  Bytes bytes;
  int high = -1;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == ':') continue;
    const int nibble = c >= '0' && c <= '9'   ? c - '0'
                       : c >= 'a' && c <= 'f' ? c - 'a' + 10
                       : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                              : -1;
    if (nibble < 0) return {};
    if (high < 0) {
      high = nibble;
    } else {
      bytes.push_back(static_cast<std::uint8_t>(high * 16 + nibble));
      high = -1;
    }
  }
  if (high >= 0) return {};
  return bytes;
}

std::string masked_card(ByteView field_22) {
  std::string digits = bcd_text(field_22);
  digits.erase(std::min(digits.find_first_of("DF"), digits.size()));
  if (digits.size() < 8) return "";
  const std::string last = digits.substr(digits.size() - 4);
  if (last.find_first_not_of("0123456789") != std::string::npos) return "";
  return "•••• " + last;
}

bool is_secret(std::uint8_t field) {
  static constexpr std::array<std::uint8_t, 9> secret{0x22, 0x23, 0x24, 0x2D, 0x2E,
                                                      0x3A, 0x9A, 0xA7, 0xAF};
  return std::find(secret.begin(), secret.end(), field) != secret.end();
}

bool is_secret_tlv(std::uint32_t tag) {
  return (tag >= 0x1F08 && tag <= 0x1F0A) || tag == 0x1F3E || tag == 0x5A || tag == 0x57;
}

int currency_number(std::string_view code) {
  static constexpr std::array<std::pair<std::string_view, int>, 9> known{{{"EUR", 978},
                                                                          {"CHF", 756},
                                                                          {"USD", 840},
                                                                          {"GBP", 826},
                                                                          {"PLN", 985},
                                                                          {"CZK", 203},
                                                                          {"HUF", 348},
                                                                          {"SEK", 752},
                                                                          {"DKK", 208}}};
  for (const auto& [name, number] : known) {
    if (name == code) return number;
  }
  return 0;
}

}  // namespace drivers::zvt
