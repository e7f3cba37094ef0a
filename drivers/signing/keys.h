// The keys of signing devices, by OpenSSL's libcrypto: who signed, and, for the software
// device, signing. ECDSA on any curve that OpenSSL knows (seen: P-256, P-384,
// brainpoolP256r1, 384r1 and 512r1). Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "drivers/signing/log_message.h"

struct evp_pkey_st;

namespace drivers {

class PublicKey {
 public:
  // From the uncompressed point, of which length and curve are told by itself, or from a
  // SubjectPublicKeyInfo. Nothing for what lies on no curve that we know.
  static std::optional<PublicKey> from(std::string_view bytes);
  explicit PublicKey(std::shared_ptr<evp_pkey_st> key);

  const std::string& point() const { return point_; }    // uncompressed: 04, x, y
  const std::string& serial() const { return serial_; }  // its SHA-256, 32 raw bytes
  // `signature` plain or as DER, whatever the algorithm's name says: devices differ.
  bool has_signed(std::string_view bytes, std::string_view signature, int hash_bits) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::string point_, serial_;
};

enum class Curve { p256, brainpool_p256, brainpool_p384 };
std::string_view word(Curve curve);  // "P-256"

// What a certificate that signs itself says.
struct SelfMade {
  std::string name;   // common name
  std::string maker;  // organisation
  core::Instant from{}, to{};
};

class PrivateKey {
 public:
  static PrivateKey generate(Curve curve);
  static std::optional<PrivateKey> from_pem(std::string_view pem);
  std::string to_pem() const;
  PublicKey public_key() const { return PublicKey(key_); }
  // With the hash of the curve's size, r and s side by side.
  std::string sign(std::string_view bytes) const;
  int hash_bits() const;
  std::string certificate(const SelfMade& says) const;  // DER

 private:
  explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

struct Certificate {
  PublicKey key;
  core::Instant end{};
  std::string der;
};
// What a file of certificates holds, DER or PEM, one or many. `unknown` counts those whose
// key lies on a curve that OpenSSL lacks, or cannot be read.
struct Certificates {
  std::vector<Certificate> known;
  int unknown = 0;
};
Certificates certificates_from(std::string_view file);
std::string to_pem(std::string_view certificate_der);

}  // namespace drivers
