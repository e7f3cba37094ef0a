#include "drivers/signing/log_message.h"

#include <doctest/doctest.h>

#include "core/base/base64.h"
#include "drivers/wire/ber.h"

using namespace drivers;

namespace {

LogMessage sample_message() {
  LogMessage message;
  message.operation = "FinishTransaction";
  message.client = "KASSE-0001";
  message.process_type = "Kassenbeleg-V1";
  message.process_data = "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar";
  message.transaction = 300;
  message.serial = std::string(32, '\7');
  message.algorithm = algorithm_named("ecdsa-plain-SHA256");
  message.counter = 601;
  message.time = core::Instant{std::chrono::seconds{1'795'946'462}};
  return message;
}

std::string file_of(const LogMessage& message) {
  return log_file(bytes_to_sign(message), std::string(64, 's'));
}

void check_same(const LogMessage& read, const LogMessage& wanted) {
  CHECK(read.kind == wanted.kind);
  CHECK(read.operation == wanted.operation);
  CHECK(read.client == wanted.client);
  CHECK(read.process_type == wanted.process_type);
  CHECK(read.process_data == wanted.process_data);
  CHECK(read.external == wanted.external);
  CHECK(read.transaction == wanted.transaction);
  CHECK(read.data == wanted.data);
  CHECK(read.serial == wanted.serial);
  CHECK(read.algorithm == wanted.algorithm);
  CHECK(read.counter == wanted.counter);
  CHECK(read.time == wanted.time);
  CHECK(read.time_form == wanted.time_form);
}

}  // namespace

TEST_CASE("log message: what is written is read the same, in every kind and form of time") {
  for (const LogKind kind : {LogKind::transaction, LogKind::system, LogKind::audit}) {
    for (int form = 0; form < 5; ++form) {
      LogMessage message = sample_message();
      message.kind = kind;
      message.time_form = static_cast<LogTime>(form);
      if (message.time_form == LogTime::utc_time) message.time -= std::chrono::seconds{2};
      if (form == 4) message.time += std::chrono::milliseconds{45};
      if (kind == LogKind::transaction) message.external = "shop 4";
      if (kind != LogKind::transaction) {
        message.client = message.process_type = message.process_data = "";
        message.transaction = 0;
        message.data = "particulars";
      }
      if (kind == LogKind::audit) message.operation = "";
      const auto read = read_log(file_of(message));
      REQUIRE(read);
      check_same(read->message, message);
      CHECK(read->signed_bytes == bytes_to_sign(message));
      CHECK(read->signature == std::string(64, 's'));
      CHECK(log_time_from(word(message.time_form)) == message.time_form);
    }
  }
}

TEST_CASE("log message: a text in pieces of open length is signed as it lies") {
  const LogMessage message = sample_message();
  std::string bytes = bytes_to_sign(message);
  const std::string plain = ber::der(0x82, message.process_data);
  const std::string pieces = std::string("\xa2\x80") +
                             ber::der(4, message.process_data.substr(0, 5)) +
                             ber::der(4, message.process_data.substr(5)) + std::string(2, '\0');
  bytes.replace(bytes.find(plain), plain.size(), pieces);
  const auto read = read_log(log_file(bytes, "s"));
  REQUIRE(read);
  check_same(read->message, message);
  CHECK(read->signed_bytes == bytes);
}

TEST_CASE("log message: fields that we do not know, and a missing one, do no harm") {
  LogMessage message = sample_message();
  std::string bytes = bytes_to_sign(message);
  const std::string number = ber::der_integer(300, 0x85);
  bytes.replace(bytes.find(number), number.size(),
                number + ber::der(0x86, "inside") + ber::der(0xA7, ber::der_integer(1)));
  const std::string type = ber::der(0x83, message.process_type);
  bytes.erase(bytes.find(type), type.size());
  message.process_type = "";
  const auto read = read_log(log_file(bytes, "s"));
  REQUIRE(read);
  check_same(read->message, message);
  CHECK(read->signed_bytes == bytes);
}

TEST_CASE("log message: an algorithm that we do not know is none, and no fault") {
  std::string bytes = bytes_to_sign(sample_message());
  const std::string_view known = algorithm_named("ecdsa-plain-SHA256")->id;
  bytes[bytes.find(known) + known.size() - 1] = '\x7f';
  const auto read = read_log(log_file(bytes, "s"));
  REQUIRE(read);
  CHECK(read->message.algorithm == nullptr);
}

TEST_CASE("log message: cut anywhere, or a byte more, it is none") {
  const std::string file = file_of(sample_message());
  for (std::size_t size = 0; size < file.size(); ++size)
    CHECK_FALSE(read_log(file.substr(0, size)));
  CHECK(read_log(file + "x").error() == LogFault::trailing_bytes);
}

TEST_CASE("log message: what is missing is named") {
  const auto fault = [](std::string_view hex) {
    return read_log(ber::der(0x30, *core::from_hex(hex))).error();
  };
  const std::string head =
      "020102"
      "060904007f000703070101";
  const std::string serial = "0401aa";
  const std::string algorithm = "300c060a04007f00070101040103";
  CHECK(read_log("").error() == LogFault::no_sequence);
  CHECK(fault("") == LogFault::version);
  CHECK(fault("020102"
              "060904007f000703070104") == LogFault::type);
  CHECK(fault("020102"
              "06082a8648ce3d040302") == LogFault::type);
  CHECK(fault(head) == LogFault::fields);
  CHECK(fault(head + "8500") == LogFault::fields);
  CHECK(fault(head + "020101") == LogFault::serial);
  CHECK(fault(head + "0400") == LogFault::serial);
  CHECK(fault(head + serial + "3000") == LogFault::algorithm);
  CHECK(fault(head + serial + algorithm) == LogFault::counter);
  CHECK(fault(head + serial + algorithm + "170101") == LogFault::counter);
  CHECK(fault(head + serial + algorithm +
              "020101"
              "170461626364") == LogFault::time);
  CHECK(fault(head + serial + algorithm +
              "020101"
              "0209010203040506070809") == LogFault::time);
  CHECK(fault(head + serial + algorithm +
              "020101"
              "020101") == LogFault::signature);
  CHECK(fault(head + serial + algorithm +
              "020101"
              "020101"
              "0400") == LogFault::signature);
  CHECK(fault(head + serial + algorithm +
              "020101"
              "020101"
              "0401aa"
              "0401aa") == LogFault::signature);
  for (int i = 0; i <= static_cast<int>(LogFault::signature); ++i) {
    CHECK_FALSE(in_words(static_cast<LogFault>(i)).empty());
  }
}
