// What is inside a ZVT message: fields by one-byte tag (BMP, PA00P015 ch. 13)
// and, in field 06, TLV objects (BER, lengths big-endian). Pure; never reads
// beyond what it is given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/terminal/zvt/apdu.h"

namespace drivers::zvt {

// A constructed object has children instead of a value.
struct Tlv {
  std::uint32_t tag = 0;  // 07, 1F73 ...
  Bytes value{};
  std::vector<Tlv> children{};
  friend bool operator==(const Tlv&, const Tlv&) = default;
};
using Tlvs = std::vector<Tlv>;

bool is_constructed(std::uint32_t tag);
core::Result<Tlvs, Fault> parse_tlvs(ByteView bytes);
Bytes encode(const Tlvs& objects);
// The first object with this tag, at any depth; nullptr: none.
const Tlv* find(const Tlvs& objects, std::uint32_t tag);
// Whether a list of bare tags, as in 1F71, names this one.
bool lists_tag(ByteView tags, std::uint32_t tag);

struct Field {
  std::uint8_t tag = 0;
  Bytes value{};
  friend bool operator==(const Field&, const Field&) = default;
};

struct Fields {
  std::vector<Field> list{};   // in the order of the message, without 06
  std::optional<Tlvs> tlvs{};  // field 06; there and empty is not the same as missing

  const Bytes* find(std::uint8_t tag) const;
  const Bytes* find_tlv(std::uint32_t tag) const;
  friend bool operator==(const Fields&, const Fields&) = default;
};

core::Result<Fields, Fault> parse_fields(ByteView bytes);
Bytes encode(const Fields& fields);  // 06 last

// --- values ---
// Digits of BCD, high nibble first; a nibble above 9 is written as A..F.
std::string bcd_text(ByteView bytes);
std::optional<std::int64_t> bcd_number(ByteView bytes);  // nothing: not all are digits
Bytes bcd(std::string_view digits, std::size_t size);    // padded with zeros on the left
Bytes bcd(std::int64_t number, std::size_t size);
std::string hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);  // blanks are skipped

// The last four digits of field 22 as "•••• 4242"; empty where there are none.
std::string masked_card(ByteView field_22);
// Whether a field or object holds what may never be stored or shown.
bool is_secret(std::uint8_t field);
bool is_secret_tlv(std::uint32_t tag);

// The number of a currency in ISO 4217 (EUR: 978); 0: not known here.
int currency_number(std::string_view code);

}  // namespace drivers::zvt
