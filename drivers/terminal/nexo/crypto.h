// How a nexo message is locked on its way between till and terminal (Adyen,
// "local encryption"): AES-256-CBC over the whole document, HMAC-SHA256 over the
// plain text, both keys from one passphrase. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace drivers::nexo {

using Nonce = std::array<std::uint8_t, 16>;

struct Keys {
  std::array<std::uint8_t, 32> mac{};
  std::array<std::uint8_t, 32> cipher{};
  std::array<std::uint8_t, 16> start{};  // the IV is this XOR the nonce
};

// Takes some milliseconds: made once. The passphrase should be plain ASCII, since
// makers disagree about the bytes of anything else.
Keys keys_from(std::string_view passphrase);

// What stands beside the locked document, for the other side to choose its key.
struct Trailer {
  std::string key_id;
  std::int64_t key_version = 1;
  Nonce nonce{};
  std::string mac;  // 32 bytes
};
struct Locked {
  std::string blob;
  Trailer trailer;
};

Locked lock(std::string_view document, const Keys& keys, std::string_view key_id,
            std::int64_t key_version, const Nonce& nonce);
// The document. One error for all that can be wrong with it, so that nobody
// learns from us which part was: padding, length or authentication.
struct Unreadable {};
core::Result<std::string, Unreadable> unlock(const Locked& locked, const Keys& keys);

Nonce random_nonce();

}  // namespace drivers::nexo
