// The words of an Epson TSE's host, and what its errors mean, on texts alone.
#include "drivers/signing/epson/codec.h"

#include <doctest/doctest.h>

#include <array>

#include "drivers/signing/epson/errors.h"
#include "drivers/wire/json.h"

namespace epson_codec_tests {

using namespace drivers;
using namespace drivers::epson;

namespace {

ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string result_with(const std::string& json) {
  return "<device_data><device_id>local_TSE</device_id><data><type>operateresult</type>"
         "<success>true</success><code>SUCCESS</code><resultdata>" +
         json + "</resultdata></data><data_id>7</data_id></device_data>";
}

SigningFailure failure(const std::string& code) {
  return failure_of({code, "StartTransaction", nlohmann::json::object()});
}

}  // namespace

TEST_CASE("epson codec: the hash of a challenge is the one of the maker's guide") {
  CHECK(challenge_hash("jdsdsdsdjdsdj", "EPSONKEY") ==
        "wWM1Xcd0qrctlQwpvBMg3x0t9h/tgAg2qhTlxTX8V4A=");
}

TEST_CASE("epson codec: what is said is one element, with its JSON escaped") {
  CHECK(open_device("local_TSE") ==
        "<open_device><device_id>local_TSE</device_id><data><type>type_storage</type></data>"
        "</open_device>");
  const std::string json = request("GetChallenge", "TSE1", R"({"userId":"Kasse & 1"})");
  CHECK(json == R"({"storage":{"type":"TSE","vendor":"TSE1"},"function":"GetChallenge",)"
                R"("input":{"userId":"Kasse & 1"},"compress":{"required":false,"type":""}})");
  const std::string said = operate("a<b", Milliseconds{10'000}, json);
  CHECK(said.find("<device_id>a&lt;b</device_id>") != said.npos);
  CHECK(said.find("<timeout>10000</timeout>") != said.npos);
  CHECK(said.find("{&quot;userId&quot;:&quot;Kasse &amp; 1&quot;}") != said.npos);
  CHECK(request("GetStorageInfo", "", "{}").find(R"("type":"COMMON","vendor":"")") !=
        std::string::npos);
}

TEST_CASE("epson codec: what the host says is found whatever stands around it") {
  const Message hello = read_message(
      "\"\n<connect>\r\n <data><client_id>sock7</client_id><protocol_version>2"
      "</protocol_version></data></connect>\"");
  CHECK(hello.said == Said::connected);
  CHECK(hello.client_id == "sock7");
  const Message opened = read_message(
      "<open_device xmlns='x'><device_id>local_TSE</device_id><code> DEVICE_IN_USE </code>"
      "<data_id>3</data_id></open_device>");
  CHECK(opened.said == Said::device_opened);
  CHECK(opened.code == "DEVICE_IN_USE");
  CHECK(opened.data_id == "3");
  CHECK(read_message("<close_device><code>OK</code></close_device>").said == Said::device_closed);
  CHECK(read_message("<reconnect><code>OK</code></reconnect>").said == Said::reconnected);
  CHECK(read_message("<data><code>ERROR_DEVICE_BUSY</code><resultdata/></data>").said ==
        Said::result);
  for (const char* nothing : {"", "<", "hello", "<connect", "</connect>", "<a><b></a></b>"}) {
    CHECK(read_message(nothing).said == Said::nothing);
  }
}

TEST_CASE("epson codec: JSON is read escaped, raw and in a CDATA section") {
  const std::string raw =
      R"({"result":"EXECUTION_OK","function":"F","output":{"a":"<code>x</code>"}})";
  const std::string escaped =
      "{&quot;result&quot;:&quot;EXECUTION_OK&quot;,&quot;function&quot;:&#34;F&#x22;,"
      "&quot;output&quot;:{&quot;a&quot;:&quot;&lt;code&gt;x&lt;/code&gt;&quot;}}";
  for (const std::string& written : {raw, escaped, "<![CDATA[" + raw + "]]>"}) {
    const Message message = read_message(result_with(written));
    CHECK(message.said == Said::result);
    CHECK(message.code == "SUCCESS");
    const auto reply = read_reply(message.result);
    REQUIRE(reply);
    CHECK(reply->is_ok());
    CHECK(wire::text_at(reply->output, "a") == "<code>x</code>");
  }
}

TEST_CASE("epson codec: what is no answer of a TSE is none") {
  for (const char* text : {"", "{}", "[]", "null", "{\"result\":5}", "{\"result\":\"\"}",
                           "{\"result\":", "<html>", "{\"result\":\"a\",\"result\":\"b\"}"}) {
    const auto reply = read_reply(text);
    // A number is read as the text it was written as.
    CHECK((!reply || reply->result == "5"));
  }
  CHECK_FALSE(read_reply(std::string(100'000, '[')));
}

TEST_CASE("epson codec: a stream is cut at each NUL, wherever it arrives in pieces") {
  const std::string stream = std::string("<a/>\0<b>", 8) + std::string("x</b>\0\0<c", 9);
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    MessageReader reader;
    std::vector<std::string> messages;
    for (const std::string& part : {stream.substr(0, cut), stream.substr(cut)}) {
      reader.feed(bytes_of(part));
      while (auto message = reader.next()) messages.push_back(*message);
    }
    CHECK(messages == std::vector<std::string>{"<a/>", "<b>x</b>", ""});
    CHECK(reader.is_inside());
    CHECK_FALSE(reader.is_too_long());
  }
}

TEST_CASE("epson codec: ten megabytes without a NUL are noticed and not kept for ever") {
  MessageReader reader;
  const std::string part(1U << 20U, 'x');
  int parts = 0;
  while (!reader.is_too_long() && parts < 20) {
    reader.feed(bytes_of(part));
    CHECK_FALSE(reader.next());
    ++parts;
  }
  CHECK(parts == 9);
}

TEST_CASE("epson errors: each one says what the till can do about it") {
  struct Expected {
    const char* code;
    SigningFault fault;
    Repair repair;
  };
  constexpr std::array all{
      Expected{"TSE1_ERROR_NO_TIME_SET", SigningFault::busy, Repair::set_time},
      Expected{"TSE1_ERROR_WRONG_STATE_NEEDS_SELF_TEST", SigningFault::busy, Repair::self_test},
      Expected{"TSE1_ERROR_WRONG_STATE_NEEDS_SELF_TEST_PASSED", SigningFault::busy,
               Repair::self_test},
      Expected{"TSE1_ERROR_POWER_CYCLE_DETECTED", SigningFault::busy, Repair::self_test},
      Expected{"TSE1_ERROR_AUTHENTICATION_USER_NOT_LOGGED_IN", SigningFault::busy, Repair::log_in},
      Expected{"OTHER_ERROR_UNAUTHENTICATED_TIME_ADMIN_USER", SigningFault::busy, Repair::log_in},
      Expected{"OTHER_ERROR_UNAUTHENTICATED_ADMIN_USER", SigningFault::busy, Repair::log_in_admin},
      Expected{"OTHER_ERROR_UNAUTHENTICATED_HOST", SigningFault::needs_person, Repair::none},
      Expected{"OTHER_ERROR_HOST_AUTHENTICATION_FAILED", SigningFault::needs_person, Repair::wait},
      Expected{"TSE1_ERROR_TIMEOUT", SigningFault::lost, Repair::none},
      Expected{"TSE1_ERROR_EXPORT_RETRY", SigningFault::busy, Repair::wait},
      Expected{"OTHER_ERROR_CURRENTLY_EXPORTING", SigningFault::busy, Repair::wait},
      Expected{"TSE1_ERROR_CLIENT_NOT_REGISTERED", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_AUTHENTICATION_FAILED", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_AUTHENTICATION_PIN_BLOCKED", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_WRONG_STATE_NEEDS_PIN_CHANGE", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_WRONG_STATE_NEEDS_PUK_CHANGE", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_WRONG_STATE_NEEDS_TSE_UNLOCK", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_TSE_NOT_INITIALIZED", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_MAX_REGISTERED_CLIENTS_REACHED", SigningFault::needs_person,
               Repair::none},
      Expected{"TSE1_ERROR_MAX_PARALLEL_TRANSACTIONS", SigningFault::needs_person, Repair::none},
      Expected{"TSE1_ERROR_EXPORT_UNACKNOWLEDGED_DATA", SigningFault::needs_person, Repair::none},
      Expected{"OTHER_ERROR_TSE_ALREADY_SET_UP", SigningFault::needs_person, Repair::none},
      Expected{"OTHER_ERROR_TOO_MANY_TIME_ADMIN_USER_LOGGED_IN", SigningFault::busy, Repair::wait},
      Expected{"OTHER_ERROR_TOO_MANY_CHALLENGE_REQUESTED", SigningFault::busy, Repair::wait},
      Expected{"TSE1_ERROR_CERTIFICATE_EXPIRED", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_STORE_FULL", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_TRANSACTION_SIGNATURES_EXCEEDED", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_TSE_DECOMMISSIONED", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_SELF_TEST_FAILED_FW", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_SELF_TEST_FAILED_CSP", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_SELF_TEST_FAILED_RNG", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_SIG_ERROR", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_IO", SigningFault::worn_out, Repair::none},
      Expected{"TSE1_ERROR_NO_TSE", SigningFault::unreachable, Repair::none},
      Expected{"OTHER_ERROR_NO_STORAGE_FOUND", SigningFault::unreachable, Repair::none},
      Expected{"OTHER_ERROR_NO_EXPORT_STARTED", SigningFault::busy, Repair::none},
      Expected{"OTHER_ERROR_ALREADY_ALL_DATA_EXPORTED", SigningFault::busy, Repair::none},
      Expected{"OTHER_ERROR_ALL_DATA_NOT_EXPORTED_YET", SigningFault::refused, Repair::none},
      Expected{"OTHER_ERROR_NO_TIME_SET_BEFORE_EXPORT", SigningFault::busy, Repair::set_time},
      Expected{"TSE1_ERROR_EXPORT_NONE_IN_PROGRESS", SigningFault::busy, Repair::none},
      Expected{"TSE1_ERROR_EXPORT_NOT_INITIALIZED", SigningFault::busy, Repair::none},
      Expected{"TSE1_ERROR_EXPORT_FAILED", SigningFault::busy, Repair::none},
      Expected{"TSE1_ERROR_EXPORT_NO_DATA_AVAILABLE", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_WRONG_JSON_FORMAT", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_INVALID_PARAMETER", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_INVALID_PARAMETER_RANGE", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_INVALID_TIME_FORMAT", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_OVER_DATA_SIZE", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_NOT_ENOUGH_CONTENTS", SigningFault::refused, Repair::none},
      Expected{"JSON_ERROR_UNEXPECTED_FUNCTION", SigningFault::refused, Repair::none},
      Expected{"TSE1_ERROR_INVALID_PARAMETER", SigningFault::refused, Repair::none},
      Expected{"TSE1_ERROR_CMD_NOT_FOUND", SigningFault::refused, Repair::none},
      Expected{"OTHER_ERROR_PARAMETER_MISMATCH", SigningFault::refused, Repair::none},
      Expected{"SOMETHING_NEW", SigningFault::refused, Repair::none}};
  for (const Expected& expected : all) {
    CAPTURE(expected.code);
    CHECK(failure(expected.code).fault == expected.fault);
    CHECK(repair_of(expected.code) == expected.repair);
    CHECK_FALSE(failure(expected.code).says.empty());
    CHECK(failure(expected.code).detail == expected.code);
  }
}

TEST_CASE("epson errors: how many tries a PIN has left is told") {
  const Reply reply{"TSE1_ERROR_AUTHENTICATION_FAILED", "", {{"remainingRetries", "2"}}};
  CHECK(failure_of(reply).tries_left == 2);
  CHECK(failure("TSE1_ERROR_AUTHENTICATION_FAILED").tries_left == -1);
}

TEST_CASE("epson errors: those of the host say whether anything can have been done") {
  CHECK(host_failure("DEVICE_IN_USE").fault == SigningFault::busy);
  CHECK(host_failure("ERROR_DEVICE_BUSY").fault == SigningFault::busy);
  CHECK(host_failure("DEVICE_NOT_OPEN").fault == SigningFault::busy);
  CHECK(host_failure("DEVICE_NOT_FOUND").fault == SigningFault::needs_person);
  CHECK(host_failure("DEVICE_TYPE_INVALID").fault == SigningFault::needs_person);
  CHECK(host_failure("DEVICE_OPEN_ERROR").fault == SigningFault::unreachable);
  CHECK(host_failure("PARAM_ERROR").fault == SigningFault::refused);
  for (const char* unsure : {"ERROR_TIMEOUT", "DEVICE_ERROR", "SYSTEM_ERROR", "WHATEVER"}) {
    CHECK(host_failure(unsure).fault == SigningFault::lost);
  }
}

}  // namespace epson_codec_tests
