#include "drivers/terminal/nexo/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

#include "core/base/ensure.h"

namespace drivers::nexo {

namespace {

constexpr std::string_view salt = "AdyenNexoV1Salt";
constexpr int rounds = 4000;
constexpr std::size_t block = 16;
constexpr std::size_t mac_size = 32;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)>;
Cipher new_cipher() {
  Cipher made(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  ENSURE(made);
  return made;
}

std::array<std::uint8_t, block> start_of(const Keys& keys, const Nonce& nonce) {
  std::array<std::uint8_t, block> start{};
  for (std::size_t i = 0; i < block; ++i) {
    start[i] = static_cast<std::uint8_t>(keys.start[i] ^ nonce[i]);
  }
  return start;
}

std::string mac_of(std::string_view document, const Keys& keys) {
  std::string mac(mac_size, '\0');
  unsigned size = 0;
  ENSURE(HMAC(EVP_sha256(), keys.mac.data(), static_cast<int>(keys.mac.size()), bytes_of(document),
              document.size(), reinterpret_cast<unsigned char*>(mac.data()), &size));
  ENSURE(size == mac_size);
  return mac;
}

}  // namespace

Keys keys_from(std::string_view passphrase) {
  std::array<std::uint8_t, 80> made{};
  ENSURE(PKCS5_PBKDF2_HMAC_SHA1(passphrase.data(), static_cast<int>(passphrase.size()),
                                bytes_of(salt), static_cast<int>(salt.size()), rounds,
                                static_cast<int>(made.size()), made.data()) == 1);
  Keys keys;
  std::copy_n(made.begin(), 32, keys.mac.begin());
  std::copy_n(made.begin() + 32, 32, keys.cipher.begin());
  std::copy_n(made.begin() + 64, 16, keys.start.begin());
  OPENSSL_cleanse(made.data(), made.size());
  return keys;
}

Locked lock(std::string_view document, const Keys& keys, std::string_view key_id,
            std::int64_t key_version, const Nonce& nonce) {
  const auto start = start_of(keys, nonce);
  const Cipher cipher = new_cipher();
  ENSURE(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_cbc(), nullptr, keys.cipher.data(),
                            start.data()) == 1);
  std::string blob(document.size() + block, '\0');
  auto* out = reinterpret_cast<unsigned char*>(blob.data());
  int written = 0, rest = 0;
  ENSURE(EVP_EncryptUpdate(cipher.get(), out, &written, bytes_of(document),
                           static_cast<int>(document.size())) == 1);
  ENSURE(EVP_EncryptFinal_ex(cipher.get(), out + written, &rest) == 1);
  blob.resize(static_cast<std::size_t>(written + rest));
  return {std::move(blob), {std::string(key_id), key_version, nonce, mac_of(document, keys)}};
}

core::Result<std::string, Unreadable> unlock(const Locked& locked, const Keys& keys) {
  const std::string& blob = locked.blob;
  if (blob.empty() || blob.size() % block != 0 || locked.trailer.mac.size() != mac_size) {
    return tl::unexpected(Unreadable{});
  }
  const auto start = start_of(keys, locked.trailer.nonce);
  const Cipher cipher = new_cipher();
  ENSURE(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_cbc(), nullptr, keys.cipher.data(),
                            start.data()) == 1);
  std::string document(blob.size() + block, '\0');
  auto* out = reinterpret_cast<unsigned char*>(document.data());
  int written = 0, rest = 0;
  bool is_good = EVP_DecryptUpdate(cipher.get(), out, &written, bytes_of(blob),
                                   static_cast<int>(blob.size())) == 1;
  is_good = EVP_DecryptFinal_ex(cipher.get(), out + written, &rest) == 1 && is_good;
  document.resize(is_good ? static_cast<std::size_t>(written + rest) : 0);
  // Compared even where the padding was wrong: both take the same way out.
  const std::string mac = mac_of(document, keys);
  is_good = CRYPTO_memcmp(mac.data(), locked.trailer.mac.data(), mac_size) == 0 && is_good;
  if (!is_good) return tl::unexpected(Unreadable{});
  return document;
}

Nonce random_nonce() {
  Nonce nonce{};
  ENSURE(RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) == 1);
  return nonce;
}

}  // namespace drivers::nexo
