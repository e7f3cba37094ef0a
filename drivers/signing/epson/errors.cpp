#include "drivers/signing/epson/errors.h"

#include <array>

#include "drivers/wire/json.h"

namespace drivers::epson {

namespace {

// Said in more than one place.
constexpr const char* says_prepare =
    "The TSE has to be prepared: log-in, self-test and time. The till does that by itself.";
constexpr const char* says_fault_of_ours =
    "The TSE does not understand what the till says. Please report this, with the code.";
constexpr const char* says_new_tse =
    "The TSE can sign nothing any more: a new one is needed. The old one's records can still be "
    "exported.";
constexpr const char* says_broken =
    "The TSE reports a defect. Switch its printer or server off and on; if it stays, a new TSE "
    "is needed.";
constexpr const char* says_exporting = "The TSE is handing over its records. Please wait a moment.";
constexpr const char* says_wrong_pin = "The TSE does not accept this PIN.";
constexpr const char* says_shared_key =
    "The TSE does not accept the shared key of its host. After a move to another printer or "
    "server it has to be set up for that one.";
constexpr const char* says_unsure =
    "The TSE reports a fault in the middle of its work. The till asks it what became of this.";
constexpr const char* says_set_up = "This TSE is set up already.";
constexpr const char* says_not_begun = "The TSE knows of no such sale that is begun.";
constexpr const char* says_full =
    "The store of the TSE is full: export its records, and let them be deleted there.";
constexpr const char* says_no_tse =
    "No TSE is found there: check that it sits in the printer or server.";
constexpr const char* says_export_again =
    "The export was ended by somebody else: please export again.";
constexpr const char* says_not_exported =
    "The TSE deletes nothing that was not exported whole: export everything first.";

const char* says_wrong_pin_of(int tries_left) {
  switch (tries_left) {
    case 0:
      return "The TSE does not accept this PIN, and no try is left: a new one needs the PUK.";
    case 1:
      return "The TSE does not accept this PIN, and one try is left. It is not sent again.";
    case 2:
      return "The TSE does not accept this PIN, and two tries are left. It is not sent again.";
    default:
      return says_wrong_pin;
  }
}

struct Meaning {
  std::string_view end;  // of the code, behind "TSE1_ERROR_" or "OTHER_ERROR_"
  SigningFault fault;
  Repair repair;
  const char* says;
};

// The first that fits, so the longer of two stands first.
constexpr std::array meanings{
    Meaning{"NO_TIME_SET_BEFORE_EXPORT", SigningFault::busy, Repair::set_time, says_prepare},
    Meaning{"NO_TIME_SET", SigningFault::busy, Repair::set_time, says_prepare},
    Meaning{"NEEDS_SELF_TEST", SigningFault::busy, Repair::self_test, says_prepare},
    Meaning{"NEEDS_SELF_TEST_PASSED", SigningFault::busy, Repair::self_test, says_prepare},
    Meaning{"POWER_CYCLE_DETECTED", SigningFault::busy, Repair::self_test, says_prepare},
    Meaning{"USER_NOT_LOGGED_IN", SigningFault::busy, Repair::log_in, says_prepare},
    Meaning{"UNAUTHENTICATED_TIME_ADMIN_USER", SigningFault::busy, Repair::log_in, says_prepare},
    Meaning{"UNAUTHENTICATED_ADMIN_USER", SigningFault::busy, Repair::log_in_admin, says_prepare},
    Meaning{"UNAUTHENTICATED_HOST", SigningFault::needs_person, Repair::none, says_shared_key},
    Meaning{"UNAUTHENTICATED_USER", SigningFault::busy, Repair::log_in, says_prepare},
    Meaning{"NOT_AUTHORIZED", SigningFault::busy, Repair::log_in, says_prepare},
    Meaning{"HOST_AUTHENTICATION_FAILED", SigningFault::needs_person, Repair::wait,
            says_shared_key},
    Meaning{"SECRETKEY_REGISTRATION", SigningFault::needs_person, Repair::none, says_shared_key},
    Meaning{"TIMEOUT", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"INVALID_RESPONSE", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"RESPONSE_MISSING", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"ERROR_UNKNOWN", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"ERROR_FATAL", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"NO_MEMORY", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"OUTOFMEM", SigningFault::lost, Repair::none, says_unsure},
    Meaning{"EXPORT_RETRY", SigningFault::busy, Repair::wait, says_exporting},
    Meaning{"CURRENTLY_EXPORTING", SigningFault::busy, Repair::wait, says_exporting},
    Meaning{"CURRENTLY_EXPORTING_USER", SigningFault::busy, Repair::wait, says_exporting},
    Meaning{"NOT_ALLOWED_EXPORT_IN_PROGRES", SigningFault::busy, Repair::wait, says_exporting},
    Meaning{"NOT_ALLOWED_EXPORT_IN_PROGRESS", SigningFault::busy, Repair::wait, says_exporting},
    Meaning{"TOO_MANY_TIME_ADMIN_USER_LOGGED_IN", SigningFault::busy, Repair::wait,
            "Too many tills are logged in at this TSE."},
    Meaning{"TOO_MANY_CHALLENGE_REQUESTED", SigningFault::busy, Repair::wait,
            "Too many tills ask this TSE at once."},

    Meaning{"CLIENT_NOT_REGISTERED", SigningFault::needs_person, Repair::none,
            "This till is not registered at the TSE: register it with the admin PIN."},
    Meaning{"AUTHENTICATION_FAILED", SigningFault::needs_person, Repair::none, says_wrong_pin},
    Meaning{"PIN_BLOCKED", SigningFault::needs_person, Repair::none,
            "The PIN of the TSE is blocked. Only a person can set a new one, with the PUK."},
    Meaning{"NEEDS_PIN_CHANGE", SigningFault::needs_person, Repair::none,
            "The TSE wants other PINs than those it was delivered with."},
    Meaning{"NEEDS_PUK_CHANGE", SigningFault::needs_person, Repair::none,
            "The TSE wants another PUK than the one it was delivered with."},
    Meaning{"TSE_UNLOCK", SigningFault::needs_person, Repair::none,
            "The TSE is locked: unlock it with its maker's tool."},
    Meaning{"TSE_NOT_INITIALIZED", SigningFault::needs_person, Repair::none,
            "This TSE is not set up yet."},
    Meaning{"MAX_REGISTERED_CLIENTS_REACHED", SigningFault::needs_person, Repair::none,
            "No further till can be registered at this TSE: remove one that is no longer used."},
    Meaning{"MAX_PARALLEL_TRANSACTIONS", SigningFault::needs_person, Repair::none,
            "Too many sales are begun and not ended at this TSE: end those that are parked."},
    Meaning{"MAX_PARALLEL_TRANSACTIONS_REACHED", SigningFault::needs_person, Repair::none,
            "Too many sales are begun and not ended at this TSE: end those that are parked."},
    Meaning{"EXPORT_UNACKNOWLEDGED_DATA", SigningFault::needs_person, Repair::none,
            says_not_exported},
    Meaning{"TSE_ALREADY_SET_UP", SigningFault::needs_person, Repair::none, says_set_up},
    Meaning{"TSE_ALREADY_INITIALIZED", SigningFault::needs_person, Repair::none, says_set_up},
    Meaning{"FIRMWARE_UPDATE_NOT_APPLIED", SigningFault::needs_person, Repair::none, says_broken},
    Meaning{"TRANSACTION_NOT_STARTED", SigningFault::refused, Repair::none, says_not_begun},
    Meaning{"NO_TRANSACTION_IN_PROGRESS", SigningFault::refused, Repair::none, says_not_begun},
    Meaning{"NO_LAST_TRANSACTION", SigningFault::refused, Repair::none,
            "The TSE has signed nothing yet for this till."},

    Meaning{"CERTIFICATE_EXPIRED", SigningFault::worn_out, Repair::none,
            "The certificate of the TSE is over: a new TSE is needed. The old one's records can "
            "still be exported."},
    Meaning{"STORE_FULL", SigningFault::worn_out, Repair::none, says_full},
    Meaning{"STORE_FULL_INTERNAL", SigningFault::worn_out, Repair::none, says_full},
    Meaning{"SIGNATURES_EXCEEDED", SigningFault::worn_out, Repair::none,
            "The TSE has made all signatures that it can make: a new one is needed."},
    Meaning{"TSE_DECOMMISSIONED", SigningFault::worn_out, Repair::none, says_new_tse},
    Meaning{"SELF_TEST_FAILED_FW", SigningFault::worn_out, Repair::none, says_broken},
    Meaning{"SELF_TEST_FAILED_CSP", SigningFault::worn_out, Repair::none, says_broken},
    Meaning{"SELF_TEST_FAILED_RNG", SigningFault::worn_out, Repair::none, says_broken},
    Meaning{"SIG_ERROR", SigningFault::worn_out, Repair::none, says_broken},
    Meaning{"_IO", SigningFault::worn_out, Repair::none, says_broken},
    Meaning{"NO_TSE", SigningFault::unreachable, Repair::none, says_no_tse},
    Meaning{"NO_STORAGE_FOUND", SigningFault::unreachable, Repair::none, says_no_tse},
    Meaning{"UNKNOWN_STORAGE", SigningFault::unreachable, Repair::none, says_no_tse},

    Meaning{"NO_EXPORT_STARTED", SigningFault::busy, Repair::none, says_export_again},
    Meaning{"EXPORT_NONE_IN_PROGRESS", SigningFault::busy, Repair::none, says_export_again},
    Meaning{"EXPORT_NOT_INITIALIZED", SigningFault::busy, Repair::none, says_export_again},
    Meaning{"ALREADY_ALL_DATA_EXPORTED", SigningFault::busy, Repair::none, says_export_again},
    Meaning{"ALL_DATA_NOT_EXPORTED_YET", SigningFault::refused, Repair::none, says_not_exported},
    Meaning{"EXPORT_FAILED", SigningFault::busy, Repair::none,
            "The TSE could not hand over its records: please export again."},
    Meaning{"EXPORT_NO_DATA_AVAILABLE", SigningFault::refused, Repair::none,
            "The TSE has no records of that time."}};

struct HostMeaning {
  std::string_view code;
  SigningFault fault;
  const char* says;
};
constexpr std::array host_meanings{
    HostMeaning{"DEVICE_IN_USE", SigningFault::busy, "Another till is using the TSE."},
    HostMeaning{"ERROR_DEVICE_BUSY", SigningFault::busy, "The TSE is busy."},
    HostMeaning{"DEVICE_NOT_OPEN", SigningFault::busy, "The TSE is busy."},
    HostMeaning{"DEVICE_NOT_FOUND", SigningFault::needs_person,
                "There is no TSE of this name: check the name of the device that the printer or "
                "server shows."},
    HostMeaning{"DEVICE_TYPE_INVALID", SigningFault::needs_person,
                "The device of this name is no TSE: check the name of the device that the printer "
                "or server shows."},
    HostMeaning{"DEVICE_OPEN_ERROR", SigningFault::unreachable,
                "The TSE cannot be opened: check that it sits in the printer or server."},
    HostMeaning{"PARAM_ERROR", SigningFault::refused, says_fault_of_ours},
    HostMeaning{"ERROR_TIMEOUT", SigningFault::lost, says_unsure}};

const Meaning* meaning_of(std::string_view result) {
  for (const Meaning& meaning : meanings) {
    if (result.ends_with(meaning.end)) return &meaning;
  }
  return nullptr;
}

}  // namespace

Repair repair_of(std::string_view result) {
  const Meaning* meaning = meaning_of(result);
  return meaning ? meaning->repair : Repair::none;
}

SigningFailure failure_of(const Reply& reply) {
  SigningFailure failure{SigningFault::refused, says_fault_of_ours, reply.result};
  if (const Meaning* meaning = meaning_of(reply.result)) {
    failure.fault = meaning->fault;
    failure.says = meaning->says;
  }
  if (const auto left = wire::number_at(reply.output, "remainingRetries");
      left && *left >= 0 && *left <= 9) {
    failure.tries_left = static_cast<int>(*left);
    if (failure.says == says_wrong_pin) failure.says = says_wrong_pin_of(failure.tries_left);
  }
  return failure;
}

SigningFailure host_failure(std::string_view code) {
  for (const HostMeaning& meaning : host_meanings) {
    if (code == meaning.code) return {meaning.fault, meaning.says, std::string(code)};
  }
  // DEVICE_ERROR, SYSTEM_ERROR and whatever a later host invents: it may have been done.
  return {SigningFault::lost, says_unsure, std::string(code)};
}

}  // namespace drivers::epson
