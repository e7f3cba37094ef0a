#include "sync/upstream/derived_id.h"

#include <string>

#include "core/base/text.h"

namespace syncing {

core::Uuid derived_id(std::string_view what, std::size_t position) {
  const std::string hex = core::sha256_hex(what);
  core::Uuid id;
  for (std::size_t i = 0; i < 14; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(i * 2, 2), nullptr, 16));
  }
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  id.bytes[14] = static_cast<std::uint8_t>(position >> 8U);
  id.bytes[15] = static_cast<std::uint8_t>(position & 0xFFU);
  return id;
}

}  // namespace syncing
