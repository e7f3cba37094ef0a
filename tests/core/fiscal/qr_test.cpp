#include "core/fiscal/qr.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

// Its names are its own, also where sources are joined.
namespace core::fiscal {

namespace {

SignedReceipt sample_receipt() {
  return {"KASSE-0001",
          {"Kassenbeleg-V1", "Beleg^12.90_17.97_0.00_0.00_0.00^30.87:Bar"},
          17,
          53,
          Instant{std::chrono::milliseconds{1'795'946'462'345}},
          Instant{std::chrono::milliseconds{1'795'946'470'000}},
          "ecdsa-plain-SHA256",
          "unixTime",
          "ABC",
          std::string("\x04\x00\x01", 3)};
}

}  // namespace

TEST_CASE("qr: the text that a receipt carries") {
  CHECK(qr_text(sample_receipt()) ==
        "V0;KASSE-0001;Kassenbeleg-V1;Beleg^12.90_17.97_0.00_0.00_0.00^30.87:Bar;17;53;"
        "2026-11-29T10:01:02.345Z;2026-11-29T10:01:10.000Z;ecdsa-plain-SHA256;unixTime;QUJD;BAAB");
}

TEST_CASE("qr: it is read as it was made, also with semicolons inside and line ends around") {
  SignedReceipt receipt = sample_receipt();
  CHECK(qr_from(qr_text(receipt)) == receipt);
  receipt.process = {"Bestellung-V1", "2;\"Eis; groß\";3.99\r1;\"V0;;;\";0.00"};
  CHECK(qr_from(" " + qr_text(receipt) + "\r\n") == receipt);
}

TEST_CASE("qr: what cannot be read is named") {
  const std::string good = qr_text(sample_receipt());
  const auto with = [&](std::string_view part, std::string_view other) {
    std::string text = good;
    text.replace(text.find(part), part.size(), other);
    return qr_from(text);
  };
  CHECK(with("V0;", "V1;").error() == QrFault::no_qr);
  CHECK(with(";unixTime", "").error() == QrFault::no_qr);
  CHECK(with(";17;", ";x;").error() == QrFault::transaction);
  CHECK(with(";17;", ";-17;").error() == QrFault::transaction);
  CHECK(with(";17;", ";99999999999999999999;").error() == QrFault::transaction);
  CHECK(with(";53;", ";;").error() == QrFault::counter);
  CHECK(with("2026-11-29T10:01:02", "2026-11-31T10:01:02").error() == QrFault::started);
  CHECK(with("10:01:10.000Z", "10:01:10.000").error() == QrFault::finished);
  CHECK(with("QUJD", "QUJ").error() == QrFault::signature);
  CHECK(with("BAAB", "BA B").error() == QrFault::public_key);
  for (const char* text : {"", ";", "V0", "V0;;;;;;;;;;", "https://example.org"}) {
    CHECK(qr_from(text).error() == QrFault::no_qr);
  }
  for (int i = 0; i <= static_cast<int>(QrFault::public_key); ++i) {
    CHECK_FALSE(in_words(static_cast<QrFault>(i)).empty());
  }
}

TEST_CASE("qr: any text ends in a receipt or a fault, and a receipt in the same text again") {
  const std::string good = qr_text(sample_receipt());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char c : {';', '0', 'A', '=', ' ', '\0'}) {
      std::string text = good;
      text[at] = c;
      const auto read = qr_from(text);
      if (read) CHECK(qr_from(qr_text(*read)) == *read);
    }
    CHECK_FALSE((qr_from(good.substr(0, at)) == sample_receipt()));
  }
}

TEST_CASE("qr: receipts of real devices come out as they went in") {
  for (const std::string file : {TRESEN_SOURCE "/tests/data/tse/qr-vectors.tsv",
                                 TRESEN_SOURCE "/../shared/data/tse/qr-vectors.tsv"}) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
      std::istringstream columns(line);
      std::string name, curve, qr;
      std::getline(columns, name, '\t');
      std::getline(columns, curve, '\t');
      std::getline(columns, qr, '\t');
      if (!qr.starts_with("V0;")) continue;
      const auto read = qr_from(qr);
      REQUIRE_MESSAGE(read, name);
      CHECK_MESSAGE(qr_text(*read) == qr, name);
    }
  }
}

}  // namespace core::fiscal
