#include "core/base/ids.h"

#include <sodium.h>

#include <cstring>

namespace core {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_dash_before(std::size_t byte) {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

}  // namespace

std::string to_text(const Uuid& id) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (has_dash_before(i)) text += '-';
    text += digits[id.bytes[i] >> 4];
    text += digits[id.bytes[i] & 15];
  }
  return text;
}

std::optional<Uuid> uuid_from(std::string_view text) {
  if (text.size() != 36) return {};
  Uuid id;
  std::size_t at = 0;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (has_dash_before(i) && text[at++] != '-') return {};
    const int high = hex_digit(text[at]);
    const int low = hex_digit(text[at + 1]);
    if (high < 0 || low < 0) return {};
    id.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
  }
  return id;
}

IdSource::IdSource() {
  if (sodium_init() >= 0) randombytes_buf(&state_, sizeof state_);
}

IdSource::IdSource(std::uint64_t seed) : state_(seed) {}

// SplitMix64: ids must be distinct, not secret.
std::uint64_t IdSource::random() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

Uuid IdSource::next(Instant now) {
  const std::int64_t millisecond = now.time_since_epoch().count();
  if (millisecond > last_millisecond_) {
    last_millisecond_ = millisecond;
    counter_ = static_cast<std::uint32_t>(random() & 0x7ff);
  } else if (++counter_ > 0xfff) {
    ++last_millisecond_;
    counter_ = 0;
  }
  Uuid id;
  const auto time = static_cast<std::uint64_t>(last_millisecond_);
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(time >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (counter_ >> 8));
  id.bytes[7] = static_cast<std::uint8_t>(counter_ & 0xff);
  const std::uint64_t tail = random();
  std::memcpy(&id.bytes[8], &tail, 8);
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

}  // namespace core
