// What fiskaly's answers mean for a till, on texts alone.
#include "drivers/signing/fiskaly/errors.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>

namespace fiskaly_errors_tests {

using namespace drivers;
using namespace drivers::fiskaly;

namespace {

Reply reply(long status, const char* code) {
  const auto read = read_reply(
      {status,
       fmt::format(R"({{"status_code":{},"error":"x","code":"{}","message":"m"}})", status, code),
       {}});
  REQUIRE(read);
  return *read;
}

}  // namespace

TEST_CASE("fiskaly errors: each one says what the till can do about it") {
  struct Expected {
    long status;
    const char* code;
    SigningFault fault;
    Repair repair;
  };
  constexpr std::array all{
      Expected{400, "E_TX_UPSERT", SigningFault::refused, Repair::look_it_up},
      Expected{404, "E_TX_NOT_FOUND", SigningFault::needs_person, Repair::none},
      Expected{404, "E_TSS_NOT_FOUND", SigningFault::needs_person, Repair::none},
      Expected{404, "E_CLIENT_NOT_FOUND", SigningFault::needs_person, Repair::none},
      Expected{409, "E_TX_NO_TYPE_DEFINED", SigningFault::refused, Repair::none},
      Expected{409, "E_TX_ILLEGAL_TYPE_CHANGE", SigningFault::refused, Repair::none},
      Expected{409, "E_PENDING_TX_CONFLICT", SigningFault::busy, Repair::again},
      Expected{409, "E_MIDDLEWARE_PENDING_REQUEST", SigningFault::busy, Repair::again},
      Expected{400, "E_TX_LIMIT_REACHED", SigningFault::needs_person, Repair::none},
      Expected{400, "E_TSS_DISABLED", SigningFault::needs_person, Repair::none},
      Expected{400, "E_TSS_NOT_INITIALIZED", SigningFault::needs_person, Repair::none},
      Expected{400, "E_CLIENT_DEREGISTERED", SigningFault::needs_person, Repair::none},
      Expected{423, "E_TSS_EVICTED", SigningFault::busy, Repair::again},
      Expected{423, "E_TSS_DEFECTIVE", SigningFault::worn_out, Repair::none},
      Expected{423, "E_TSS_DELETED", SigningFault::worn_out, Repair::none},
      Expected{423, "E_ADMIN_PIN_BLOCKED", SigningFault::worn_out, Repair::none},
      Expected{423, "E_CERTIFICATE_EXPIRED", SigningFault::worn_out, Repair::none},
      Expected{503, "E_TSS_LOCKED", SigningFault::busy, Repair::again},
      Expected{503, "E_SMAERS_GATEWAY_CAPACITIES_DEPLETED", SigningFault::busy, Repair::again},
      Expected{400, "E_FAILED_SCHEMA_VALIDATION", SigningFault::refused, Repair::none},
      Expected{400, "E_ILLEGAL_CLIENT_SERIAL", SigningFault::refused, Repair::none},
      Expected{400, "E_PARAMETER_MISMATCH", SigningFault::refused, Repair::none},
      Expected{401, "E_UNAUTHORIZED", SigningFault::needs_person, Repair::log_in},
      Expected{401, "E_ADMIN_LOGIN_FAILED", SigningFault::needs_person, Repair::none},
      Expected{425, "E_EXPORT_NOT_COMPLETED", SigningFault::busy, Repair::none},
      Expected{409, "E_EXPORT_IN_PROGRESS", SigningFault::busy, Repair::none},
      Expected{409, "E_TOO_MANY_EXPORTS", SigningFault::busy, Repair::none},
      Expected{400, "E_DUPLICATE_EXPORT", SigningFault::busy, Repair::none},
      Expected{502, "SMAERS_GATEWAY_ERROR_UNKNOWN", SigningFault::busy, Repair::again},
      Expected{502, "ERROR_IDENTIFY_ERS", SigningFault::busy, Repair::again},
      Expected{403, "E_TSS_LIMIT_REACHED", SigningFault::needs_person, Repair::none},
      Expected{403, "E_ACCESS_DENIED", SigningFault::needs_person, Repair::none},
      Expected{401, "", SigningFault::needs_person, Repair::log_in},
      Expected{403, "", SigningFault::needs_person, Repair::none},
      Expected{404, "", SigningFault::needs_person, Repair::none},
      Expected{429, "", SigningFault::busy, Repair::none},
      Expected{500, "", SigningFault::busy, Repair::again},
      Expected{418, "E_SOMETHING_NEW", SigningFault::refused, Repair::none}};
  for (const Expected& expected : all) {
    CAPTURE(expected.code);
    const Reply said = reply(expected.status, expected.code);
    CHECK_FALSE(said.is_ok());
    CHECK(failure_of(said).fault == expected.fault);
    CHECK(repair_of(said) == expected.repair);
    CHECK_FALSE(failure_of(said).says.empty());
    CHECK_FALSE(failure_of(said).detail.empty());
  }
}

TEST_CASE("fiskaly errors: a page in HTML is no answer, but a gateway's status is one") {
  for (const long status : {200L, 302L, 400L, 404L}) {
    CHECK_FALSE(read_reply({status, "<html>hello</html>", {}}));
  }
  for (const char* body : {"", "[]", "null", "\"x\"", "{\"a\":", "{\"a\":1,\"a\":2}"}) {
    CHECK_FALSE(read_reply({200, body, {}}));
  }
  for (const long status : {401L, 429L, 500L, 502L, 503L}) {
    REQUIRE(read_reply({status, "<html>sorry</html>", {}}));
  }
  CHECK_FALSE(read_reply({200, std::string(100'000, '['), {}}));
}

TEST_CASE("fiskaly errors: what has left may have been carried out, the rest was not") {
  for (const HttpsTrouble trouble :
       {HttpsTrouble::timed_out, HttpsTrouble::cut, HttpsTrouble::unreachable}) {
    CHECK(failure_of(trouble, true).fault == SigningFault::lost);
    CHECK(failure_of(trouble, false).fault == SigningFault::unreachable);
  }
  for (const HttpsTrouble trouble : {HttpsTrouble::unknown_authority, HttpsTrouble::wrong_name,
                                     HttpsTrouble::not_https, HttpsTrouble::no_authority_file}) {
    CHECK(failure_of(trouble, false).fault == SigningFault::unreachable);
  }
}

}  // namespace fiskaly_errors_tests
