#include "drivers/signing/proof.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/base64.h"
#include "core/fiscal/qr.h"
#include "drivers/signing/keys.h"
#include "drivers/signing/log_message.h"

using namespace drivers;

namespace {

struct QrVector {
  std::string name, curve, qr, serial, message;
};

std::vector<QrVector> vectors_of(const std::string& file) {
  std::vector<QrVector> all;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    QrVector vector;
    std::istringstream columns(line);
    for (std::string* column :
         {&vector.name, &vector.curve, &vector.qr, &vector.serial, &vector.message}) {
      std::getline(columns, *column, '\t');
    }
    if (vector.qr.starts_with("V0;")) all.push_back(vector);
  }
  return all;
}

FinishedTransaction finished_of(std::string_view qr) {
  const auto read = core::fiscal::qr_from(qr);
  REQUIRE(read);
  return {read->till,      read->process.type, read->process.data, read->transaction,
          read->counter,   read->finished,     read->algorithm,    read->time_format,
          read->signature, read->public_key};
}

void check_vectors(const std::string& file, std::size_t how_many) {
  const auto vectors = vectors_of(file);
  REQUIRE(vectors.size() == how_many);
  for (const QrVector& vector : vectors) {
    CAPTURE(vector.name);
    const FinishedTransaction finished = finished_of(vector.qr);
    CHECK(prove(finished) == vector.serial);
    const auto key = PublicKey::from(finished.public_key);
    REQUIRE(key);
    CHECK(core::to_hex(key->serial()) == vector.serial);
    CHECK(key->has_signed(*core::from_hex(vector.message), finished.signature,
                          algorithm_named(finished.algorithm)->hash_bits));
    // Each of its parts is signed.
    for (const auto& spoil : std::initializer_list<void (*)(FinishedTransaction&)>{
             [](auto& f) { f.client += " "; }, [](auto& f) { f.process_data[0] ^= 0x20; },
             [](auto& f) { f.process_type += "1"; }, [](auto& f) { ++f.transaction; },
             [](auto& f) { ++f.counter; }, [](auto& f) { f.time += std::chrono::minutes{1}; },
             [](auto& f) { f.signature.back() ^= 1; }, [](auto& f) { f.signature.pop_back(); }}) {
      FinishedTransaction spoilt = finished;
      spoil(spoilt);
      CHECK(prove(spoilt).error() == ProofFault::signature);
    }
  }
}

}  // namespace

TEST_CASE("proof: receipts of made-up devices on five curves, in all forms of time, verify") {
  check_vectors(TRESEN_SOURCE "/tests/data/tse/qr-vectors.tsv", 8);
}

TEST_CASE("proof: receipts of real devices verify") {
  if (!std::filesystem::exists(TRESEN_SOURCE "/../shared/data/tse/qr-vectors.tsv")) return;
  check_vectors(TRESEN_SOURCE "/../shared/data/tse/qr-vectors.tsv", 6);
}

TEST_CASE("proof: what cannot be held against a key is named") {
  const FinishedTransaction good =
      finished_of(vectors_of(TRESEN_SOURCE "/tests/data/tse/qr-vectors.tsv").at(0).qr);
  FinishedTransaction finished = good;
  finished.algorithm = "rsa";
  CHECK(prove(finished).error() == ProofFault::algorithm);
  finished = good;
  finished.time_format = "sundial";
  CHECK(prove(finished).error() == ProofFault::time_format);
  for (const std::string& key :
       {std::string(), std::string("x"), std::string(65, '\4'), std::string(65, '\0'),
        good.public_key + "x", std::string(200, '\x30')}) {
    finished = good;
    finished.public_key = key;
    CHECK(prove(finished).error() == ProofFault::public_key);
  }
}

TEST_CASE("keys: what is signed verifies, on each curve, and not with another key") {
  for (const Curve curve : {Curve::p256, Curve::brainpool_p256, Curve::brainpool_p384}) {
    const PrivateKey key = PrivateKey::generate(curve);
    const std::string signature = key.sign("what is signed");
    CHECK(key.public_key().has_signed("what is signed", signature, key.hash_bits()));
    CHECK_FALSE(key.public_key().has_signed("What is signed", signature, key.hash_bits()));
    CHECK_FALSE(PrivateKey::generate(curve).public_key().has_signed("what is signed", signature,
                                                                    key.hash_bits()));
    const auto again = PrivateKey::from_pem(key.to_pem());
    REQUIRE(again);
    CHECK(again->public_key().point() == key.public_key().point());
    CHECK(PublicKey::from(key.public_key().point())->serial() == key.public_key().serial());
  }
  CHECK_FALSE(PrivateKey::from_pem("no key"));
}

TEST_CASE("keys: a certificate that signs itself is read, as DER and as PEM") {
  const PrivateKey key = PrivateKey::generate(Curve::brainpool_p384);
  const core::Instant from{std::chrono::seconds{1'795'946'400}};
  const std::string der =
      key.certificate({"KASSE TEST", "Tresen TEST", from, from + std::chrono::hours{24}});
  for (const std::string& file : {der, to_pem(der), to_pem(der) + to_pem(der)}) {
    const Certificates read = certificates_from(file);
    REQUIRE_FALSE(read.known.empty());
    CHECK(read.unknown == 0);
    CHECK(read.known[0].key.serial() == key.public_key().serial());
    CHECK(read.known[0].end == from + std::chrono::hours{24});
    CHECK(read.known[0].der == der);
  }
  CHECK(certificates_from("").unknown == 1);
  CHECK(certificates_from("no certificate").unknown == 1);
}
