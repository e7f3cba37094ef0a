#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/base/base64.h"
#include "drivers/terminal/masking.h"
#include "drivers/terminal/nexo/codec.h"
#include "drivers/wire/json.h"

namespace nexo_codec_tests {

using namespace drivers::nexo;
using namespace drivers::wire;
using core::from_base64, core::to_base64;

namespace {

std::string hex(const auto& bytes) {
  std::string text;
  for (const auto byte : bytes) text += fmt::format("{:02x}", static_cast<std::uint8_t>(byte));
  return text;
}

Nonce nonce_from(const std::string& text) {
  Nonce nonce{};
  for (std::size_t i = 0; i < nonce.size(); ++i) {
    nonce[i] = static_cast<std::uint8_t>(std::stoi(text.substr(i * 2, 2), nullptr, 16));
  }
  return nonce;
}

// Our own vectors, and the published ones where they are present.
std::vector<std::string> vector_files() {
  std::vector<std::string> files{TRESEN_SOURCE "/tests/data/nexo-vectors.json"};
  const std::string published = TRESEN_SOURCE "/../shared/data/nexo-vectors.json";
  if (std::filesystem::exists(published)) files.push_back(published);
  return files;
}
nlohmann::json vectors_in(const std::string& file) {
  std::ifstream stream(file);
  return nlohmann::json::parse(stream);
}

Message sale(std::int64_t minor) {
  Header header;
  header.category = "Payment";
  header.service_id = "0000010000";
  header.sale_id = "KASSE1";
  header.poi_id = "V400m-346403161";
  return {header, PaymentRequest{{"bon-1", "2026-11-22T10:00:00Z"}, {minor, core::eur}}};
}

SharedKey key(const std::string& passphrase = "mysupersecretpassphrase") {
  return {"mykey", 1, keys_from(passphrase)};
}

}  // namespace

TEST_CASE("nexo crypto: keys come out of a passphrase as in every vector") {
  for (const std::string& file : vector_files()) {
    const auto vectors = vectors_in(file);
    for (const auto& vector : vectors["key_derivation"]) {
      const Keys keys = keys_from(vector["passphrase"].get<std::string>());
      CHECK(hex(keys.mac) + hex(keys.cipher) + hex(keys.start) == vector["dk_hex"]);
    }
  }
}

TEST_CASE("nexo crypto: every vector unlocks to its document, and the broken ones to nothing") {
  int good = 0, bad = 0;
  for (const std::string& file : vector_files()) {
    const auto vectors = vectors_in(file);
    for (const auto& vector : vectors["decrypt"]) {
      CAPTURE(vector["name"].get<std::string>());
      const SharedKey shared{vector["KeyIdentifier"], vector["KeyVersion"],
                             keys_from(vector["passphrase"].get<std::string>())};
      const std::string text = nlohmann::json{{"SaleToPOIResponse", vector["message"]}}.dump();
      const auto document = unwrap(text, shared);
      if (vector["expect"] == "ok") {
        REQUIRE(document);
        CHECK(*document == vector["plaintext"]);
        const auto message = read_locked(text, shared);
        REQUIRE(message);
        CHECK(std::holds_alternative<PaymentResponse>(message->body));
        ++good;
      } else {
        REQUIRE_FALSE(document);
        CHECK(document.error() == ReadError::unreadable);
        ++bad;
      }
    }
  }
  CHECK(good >= 1);
  CHECK(bad >= 1);
}

TEST_CASE("nexo crypto: what we lock is byte for byte what others lock") {
  for (const std::string& file : vector_files()) {
    const auto vectors = vectors_in(file);
    for (const auto& vector : vectors["encrypt_deterministic"]) {
      const auto& made = vector["result"];
      const Locked locked = lock(vector["plaintext"].get<std::string>(),
                                 keys_from(vector["key"]["Passphrase"].get<std::string>()), "mykey",
                                 1, nonce_from(vector["nonce_hex"]));
      CHECK(to_base64(locked.blob) == made["NexoBlob"]);
      CHECK(to_base64(locked.trailer.mac) == made["SecurityTrailer"]["Hmac"]);
    }
  }
}

TEST_CASE("nexo crypto: no single changed byte goes unnoticed, and all give the same error") {
  const std::string text = write_locked(sale(1234), key(), Nonce{});
  REQUIRE(read_locked(text, key()));
  const Locked whole = lock("{\"a\":1}", key().keys, "mykey", 1, Nonce{});
  for (std::size_t i = 0; i < whole.blob.size(); ++i) {
    Locked changed = whole;
    changed.blob[i] = static_cast<char>(changed.blob[i] ^ 1);
    CHECK_FALSE(unlock(changed, key().keys));
  }
  for (std::size_t size = 0; size < whole.blob.size(); ++size) {
    Locked cut = whole;
    cut.blob.resize(size);
    CHECK_FALSE(unlock(cut, key().keys));
  }
  CHECK(read_locked(text, key("another")).error() == ReadError::unreadable);
  SharedKey renamed = key();
  renamed.version = 2;
  CHECK(read_locked(text, renamed).error() == ReadError::other_key);
}

TEST_CASE("nexo codec: the header outside must be the one inside") {
  const Message message = sale(100);
  Header outside = message.header;
  outside.service_id = "0000020000";
  const Locked locked = lock(write(message), key().keys, "mykey", 1, Nonce{});
  CHECK(read_locked(wrap(outside, locked), key()).error() == ReadError::headers_differ);
  CHECK(read_locked(wrap(message.header, locked), key()) == message);
}

TEST_CASE("nexo codec: each message reads back as it was written") {
  const Header header{"Service", "Payment", "Request", "0000010000", "", "KASSE1", "V400m-1"};
  Header answer = header;
  answer.type = "Response";
  PaymentResponse paid;
  paid.outcome = {"Success", "", "message=OK"};
  paid.sale = {"a", "b"};
  paid.poi = {"c", "d"};
  paid.amount = "12.30";
  paid.tip = "0.30";
  paid.currency = "EUR";
  paid.pan_end = "4242";
  paid.brand = "visa";
  paid.approval = "123456";
  paid.slips = {{true, true, {"name=Card&value=1"}}, {false, false, {}}};
  const Reference of{"Payment", "KASSE1", "0000010000", "V400m-1"};
  const std::vector<Message> all{
      {header, PaymentRequest{{"x \"y\"\n", "z"}, {1234, core::eur}}},
      {header, StatusRequest{of}},
      {header, AbortRequest{of}},
      {header, ReversalRequest{{"c", "d"}, core::Money{100, core::eur}, {"a", "b"}}},
      {header, ReversalRequest{{"c", "d"}, {}, {"a", "b"}}},
      {header, DiagnosisRequest{true}},
      {header, DisplayRequest{"Grüße"}},
      {answer, paid},
      {answer, ReversalResponse{{"Success", "", ""}, {"e", "f"}}},
      {answer, StatusResponse{{"Success", "", ""}, of, paid, {}}},
      {answer, StatusResponse{{"Failure", "NotFound", ""}, of, {}, {}}},
      {answer, DiagnosisResponse{{"Success", "", ""}, "OK"}},
      {answer, DisplayResponse{{"Success", "", ""}}},
      {header, Event{"Reject", "message=no"}}};
  for (const Message& message : all) {
    CAPTURE(write(message));
    CHECK(read(write(message)) == message);
  }
}

TEST_CASE("nexo codec: the published samples mean what they say") {
  for (const std::string& file : vector_files()) {
    const auto vectors = vectors_in(file);
    if (!vectors.contains("messages")) continue;
    for (const auto& sample : vectors["messages"]) {
      const std::string name = sample["name"];
      CAPTURE(name);
      const auto message = read(sample["json"].dump());
      REQUIRE(message);
      const auto* status = std::get_if<StatusResponse>(&message->body);
      if (name == "payment-sync-error") {
        CHECK(std::get<PaymentResponse>(message->body).outcome.error == "UnreachableHost");
      } else if (name == "transaction-status.processed") {
        REQUIRE(status);
        REQUIRE(status->payment);
        CHECK(status->payment->amount == "79");
        CHECK(status->payment->pan_end == "9990");
        CHECK(status->of.service_id == "05140342");
      } else if (name == "transaction-status.in-progress") {
        REQUIRE(status);
        CHECK(status->outcome.error == "InProgress");
      } else if (name == "transaction-status.not-found") {
        REQUIRE(status);
        CHECK(status->outcome.error == "NotFound");
      } else if (name == "event.reject") {
        CHECK(std::get<Event>(message->body).name == "Reject");
      } else if (name == "reversal.success") {
        CHECK(std::get<ReversalResponse>(message->body).outcome.result == "Success");
      }
    }
  }
}

TEST_CASE("nexo codec: amounts are exact decimals, or none") {
  const auto minor = [](std::string_view text) -> std::int64_t {
    const auto money = amount_from(text, core::eur);
    return money ? money->minor : -1;
  };
  CHECK(minor("12.34") == 1234);
  CHECK(minor("1") == 100);
  CHECK(minor("0.1") == 10);
  CHECK(minor("12.3400") == 1234);
  CHECK(minor("1E+2") == 10'000);
  CHECK(minor("1234e-2") == 1234);
  CHECK(minor("8.7") == 870);
  CHECK(minor("1.15") == 115);
  for (const char* bad : {"", "12.345", "abc", "1e99", "99999999999", "1e", "--1", "1.2.3"}) {
    CAPTURE(bad);
    CHECK_FALSE(amount_from(bad, core::eur));
  }
  CHECK(amount_from("500", core::currency_from("JPY"))->minor == 500);
  // As a number of JSON, it never was a double.
  const auto document = read_json("{\"a\":1.15,\"b\":10000000000000000000000}");
  REQUIRE(document);
  CHECK(text_at(*document, "a") == "1.15");
}

TEST_CASE("nexo codec: a document that is none is refused") {
  CHECK_FALSE(read(""));
  CHECK_FALSE(read("[]"));
  CHECK_FALSE(read("{\"SaleToPOIRequest\":{}}"));
  CHECK_FALSE(read_json(std::string(100'000, '[')));
  CHECK_FALSE(read_json("{\"a\":1,\"a\":2}"));
  CHECK(read_locked(write(sale(100)), key()).error() == ReadError::not_locked);
  const std::string whole = write(sale(100));
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(read(whole.substr(0, size)));
}

TEST_CASE("masking: a card number keeps its last four digits, a reference keeps all") {
  using drivers::without_card_numbers;
  CHECK(without_card_numbers("4242424242424242") == "************4242");
  CHECK(without_card_numbers("Karte 5555 5555 5555 4444.") == "Karte **** **** **** 4444.");
  CHECK(without_card_numbers("a=378282246310005;b") == "a=***********0005;b");
  // A number before it does not hide it.
  CHECK(without_card_numbers("424243 4111111111111111") == "424243 ************1111");
  CHECK(without_card_numbers("8815573255107661") == "8815573255107661");
  CHECK(without_card_numbers("tid 60099914, 12.34 EUR") == "tid 60099914, 12.34 EUR");
  CHECK(without_card_numbers("") == "");
}

}  // namespace nexo_codec_tests
