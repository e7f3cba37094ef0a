#include "drivers/signing/keys.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>

#include "core/base/ensure.h"

namespace drivers {

namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* thing) const { release(thing); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;
using Key = std::shared_ptr<EVP_PKEY>;
using Digest = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using PlainSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;
using Paper = Owned<X509, X509_free>;
using Stream = Owned<BIO, BIO_free_all>;

const unsigned char* octets_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets_of(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// The curves that a point of so many bytes may lie on; it lies on one of them at most.
struct NamedCurve {
  const char* name;
  std::size_t point_size;
};
constexpr std::array named_curves{NamedCurve{"P-256", 65},
                                  NamedCurve{"brainpoolP256r1", 65},
                                  NamedCurve{"P-384", 97},
                                  NamedCurve{"brainpoolP384r1", 97},
                                  NamedCurve{"brainpoolP512r1", 129},
                                  NamedCurve{"P-521", 133},
                                  NamedCurve{"P-224", 57},
                                  NamedCurve{"brainpoolP224r1", 57},
                                  NamedCurve{"brainpoolP320r1", 81}};

Key owned(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

Key key_on(const char* curve, std::string_view point) {
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  ENSURE(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0));
  ENSURE(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                          point.size()));
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return {};
  }
  return owned(key);
}

std::size_t half_of_signature(EVP_PKEY* key) {
  return (static_cast<std::size_t>(EVP_PKEY_get_bits(key)) + 7) / 8;
}

// The uncompressed point, whatever form the key came in; empty where it is no curve's.
std::string point_of(EVP_PKEY* key) {
  if (!EVP_PKEY_is_a(key, "EC")) return {};
  const std::size_t half = half_of_signature(key);
  std::string point(1 + 2 * half, '\4');
  for (const std::size_t i : {0U, 1U}) {
    BIGNUM* read = nullptr;
    const char* name = i == 0 ? OSSL_PKEY_PARAM_EC_PUB_X : OSSL_PKEY_PARAM_EC_PUB_Y;
    if (EVP_PKEY_get_bn_param(key, name, &read) != 1) return {};
    const Owned<BIGNUM, BN_free> coordinate(read);
    if (BN_bn2binpad(read, octets_of(point) + 1 + i * half, static_cast<int>(half)) < 0) return {};
  }
  return point;
}

const EVP_MD* hash_of(int bits) {
  switch (bits) {
    case 224:
      return EVP_sha224();
    case 256:
      return EVP_sha256();
    case 384:
      return EVP_sha384();
    default:
      return EVP_sha512();
  }
}

std::string der_of_plain(std::string_view plain) {
  const std::size_t half = plain.size() / 2;
  const PlainSignature signature(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(octets_of(plain), static_cast<int>(half), nullptr);
  BIGNUM* s = BN_bin2bn(octets_of(plain.substr(half)), static_cast<int>(half), nullptr);
  ENSURE(r && s && ECDSA_SIG_set0(signature.get(), r, s) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  ENSURE(size > 0);
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

bool verifies_der(EVP_PKEY* key, std::string_view bytes, std::string_view signature, int hash) {
  const Digest digest(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(digest.get(), nullptr, hash_of(hash), nullptr, key) == 1 &&
         EVP_DigestVerify(digest.get(), octets_of(signature), signature.size(), octets_of(bytes),
                          bytes.size()) == 1;
}

Stream stream_of(std::string_view bytes) {
  return Stream(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string text_of(BIO* stream) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(stream, &data);
  return {data, static_cast<std::size_t>(size)};
}

core::Instant end_of(const X509* paper) {
  std::tm time{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(paper), &time) != 1) return {};
  return core::Instant{std::chrono::seconds{timegm(&time)}};
}

std::string der_of(X509* paper) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(paper, &der);
  ENSURE(size > 0);
  std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

void put(Certificates& all, X509* paper) {
  EVP_PKEY* key = X509_get_pubkey(paper);
  if (key) {
    PublicKey known(owned(key));
    if (!known.point().empty()) {
      all.known.push_back({std::move(known), end_of(paper), der_of(paper)});
      return;
    }
  }
  ++all.unknown;
}

}  // namespace

PublicKey::PublicKey(std::shared_ptr<evp_pkey_st> key)
    : key_(std::move(key)), point_(point_of(key_.get())), serial_(32, '\0') {
  EVP_Digest(point_.data(), point_.size(), octets_of(serial_), nullptr, EVP_sha256(), nullptr);
}

std::optional<PublicKey> PublicKey::from(std::string_view bytes) {
  for (const NamedCurve& curve : named_curves) {
    if (curve.point_size != bytes.size() || bytes[0] != 4) continue;
    if (Key key = key_on(curve.name, bytes)) return PublicKey(std::move(key));
  }
  const unsigned char* at = octets_of(bytes);
  EVP_PKEY* read = d2i_PUBKEY(nullptr, &at, static_cast<long>(bytes.size()));
  ERR_clear_error();
  if (!read) return {};
  PublicKey key(owned(read));
  if (key.point().empty()) return {};
  return key;
}

bool PublicKey::has_signed(std::string_view bytes, std::string_view signature,
                           int hash_bits) const {
  const bool may_be_plain = signature.size() == 2 * half_of_signature(key_.get());
  const bool is_good =
      (may_be_plain && verifies_der(key_.get(), bytes, der_of_plain(signature), hash_bits)) ||
      verifies_der(key_.get(), bytes, signature, hash_bits);
  ERR_clear_error();
  return is_good;
}

std::string_view word(Curve curve) {
  switch (curve) {
    case Curve::p256:
      return "P-256";
    case Curve::brainpool_p256:
      return "brainpoolP256r1";
    case Curve::brainpool_p384:
      return "brainpoolP384r1";
  }
  return "";
}

PrivateKey PrivateKey::generate(Curve curve) {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", word(curve).data());
  ENSURE(key != nullptr);
  return PrivateKey(owned(key));
}

std::optional<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
  EVP_PKEY* key = PEM_read_bio_PrivateKey(stream_of(pem).get(), nullptr, nullptr, nullptr);
  ERR_clear_error();
  if (!key) return {};
  PrivateKey read(owned(key));
  if (read.public_key().point().empty()) return {};
  return read;
}

std::string PrivateKey::to_pem() const {
  const Stream stream(BIO_new(BIO_s_mem()));
  ENSURE(PEM_write_bio_PrivateKey(stream.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                  nullptr) == 1);
  return text_of(stream.get());
}

int PrivateKey::hash_bits() const {
  return EVP_PKEY_get_bits(key_.get()) > 256 ? 384 : 256;
}

std::string PrivateKey::sign(std::string_view bytes) const {
  const Digest digest(EVP_MD_CTX_new());
  std::size_t size = 0;
  ENSURE(EVP_DigestSignInit(digest.get(), nullptr, hash_of(hash_bits()), nullptr, key_.get()) ==
             1 &&
         EVP_DigestSign(digest.get(), nullptr, &size, octets_of(bytes), bytes.size()) == 1);
  std::string der(size, '\0');
  ENSURE(EVP_DigestSign(digest.get(), octets_of(der), &size, octets_of(bytes), bytes.size()) == 1);
  const unsigned char* at = octets_of(std::string_view(der));
  const PlainSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  ENSURE(signature != nullptr);
  const std::size_t half = half_of_signature(key_.get());
  std::string plain(2 * half, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), octets_of(plain), static_cast<int>(half));
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), octets_of(plain) + half, static_cast<int>(half));
  return plain;
}

std::string PrivateKey::certificate(const SelfMade& says) const {
  const Paper paper(X509_new());
  X509_set_version(paper.get(), X509_VERSION_3);
  std::array<unsigned char, 8> number{};
  ENSURE(RAND_bytes(number.data(), static_cast<int>(number.size())) == 1);
  number[0] &= 0x7F;
  const Owned<BIGNUM, BN_free> serial(
      BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
  BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(paper.get()));
  ASN1_TIME_set(X509_getm_notBefore(paper.get()),
                std::chrono::floor<std::chrono::seconds>(says.from).time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(paper.get()),
                std::chrono::floor<std::chrono::seconds>(says.to).time_since_epoch().count());
  X509_NAME* name = X509_get_subject_name(paper.get());
  X509_NAME_add_entry_by_NID(name, NID_organizationName, MBSTRING_UTF8, octets_of(says.maker),
                             static_cast<int>(says.maker.size()), -1, 0);
  X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, octets_of(says.name),
                             static_cast<int>(says.name.size()), -1, 0);
  X509_set_issuer_name(paper.get(), name);
  X509_set_pubkey(paper.get(), key_.get());
  ENSURE(X509_sign(paper.get(), key_.get(), hash_of(hash_bits())) > 0);
  return der_of(paper.get());
}

Certificates certificates_from(std::string_view file) {
  Certificates all;
  const unsigned char* at = octets_of(file);
  if (const Paper paper{d2i_X509(nullptr, &at, static_cast<long>(file.size()))}) {
    put(all, paper.get());
  } else {
    const Stream stream = stream_of(file);
    while (const Paper next{PEM_read_bio_X509(stream.get(), nullptr, nullptr, nullptr)}) {
      put(all, next.get());
    }
    if (all.known.empty() && all.unknown == 0) all.unknown = 1;
  }
  ERR_clear_error();
  return all;
}

std::string to_pem(std::string_view certificate_der) {
  const unsigned char* at = octets_of(certificate_der);
  const Paper paper{d2i_X509(nullptr, &at, static_cast<long>(certificate_der.size()))};
  const Stream stream(BIO_new(BIO_s_mem()));
  ENSURE(paper && PEM_write_bio_X509(stream.get(), paper.get()) == 1);
  return text_of(stream.get());
}

}  // namespace drivers
