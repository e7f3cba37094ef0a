#include "pos/backup/recovery_code.h"

#include <fmt/format.h>
#include <sodium.h>

namespace pos {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Times a in GF(32), whose modulus is x^5 + x^2 + 1.
std::uint8_t doubled(std::uint8_t value) {
  const unsigned shifted = static_cast<unsigned>(value) << 1U;
  return static_cast<std::uint8_t>((shifted & 0x20U) != 0 ? shifted ^ 0x25U : shifted);
}

// The sum of a^i times the i-th sign: one wrong sign and two that changed places are found.
std::uint8_t check_of(const std::uint8_t* signs) {
  std::uint8_t sum = 0;
  for (std::size_t i = RecoveryCode::group_size - 1; i-- > 0;) {
    sum = doubled(static_cast<std::uint8_t>(sum ^ signs[i]));
  }
  return sum;
}

// -1: no sign of a code.
int value_of(char typed) {
  char sign = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
  if (sign == 'O') sign = '0';
  if (sign == 'I' || sign == 'L') sign = '1';
  const auto at = alphabet.find(sign);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

RecoveryCode RecoveryCode::make() {
  RecoveryCode code;
  for (std::size_t group = 0; group < groups; ++group) {
    std::uint8_t* signs = code.signs_.data() + group * group_size;
    for (std::size_t i = 0; i + 1 < group_size; ++i) {
      signs[i] = static_cast<std::uint8_t>(randombytes_uniform(32));
    }
    signs[group_size - 1] = check_of(signs);
  }
  return code;
}

core::Result<RecoveryCode, std::string> RecoveryCode::parse(std::string_view typed) {
  RecoveryCode code;
  std::size_t count = 0;
  for (const char c : typed) {
    if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const int value = value_of(c);
    if (value < 0) return tl::unexpected(fmt::format("a code has no \"{}\" in it", c));
    if (count < code.signs_.size()) code.signs_[count] = static_cast<std::uint8_t>(value);
    ++count;
  }
  if (count != code.signs_.size()) {
    return tl::unexpected(
        fmt::format("a code has {} signs, these are {}", code.signs_.size(), count));
  }
  for (std::size_t group = 0; group < groups; ++group) {
    const std::uint8_t* signs = code.signs_.data() + group * group_size;
    if (signs[group_size - 1] != check_of(signs)) {
      return tl::unexpected(fmt::format("group {} of the code is mistyped", group + 1));
    }
  }
  return code;
}

std::string RecoveryCode::text() const {
  std::string text;
  for (std::size_t i = 0; i < signs_.size(); ++i) {
    if (i > 0 && i % group_size == 0) text += '-';
    text += alphabet[signs_[i]];
  }
  return text;
}

std::string RecoveryCode::id() const {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  const std::string_view about = "tresen recovery code id";
  crypto_generichash(hash.data(), hash.size(), signs_.data(), signs_.size(),
                     reinterpret_cast<const unsigned char*>(about.data()), about.size());
  return {alphabet[hash[0] % 32], alphabet[hash[1] % 32]};
}

}  // namespace pos
