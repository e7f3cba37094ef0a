#include "drivers/signing/fiskaly/errors.h"

#include <array>
#include <string_view>

#include "drivers/wire/json.h"

namespace drivers::fiskaly {

namespace {

constexpr const char* says_disturbed = "fiskaly has a disturbance. The till tries again.";
constexpr const char* says_busy = "fiskaly is busy with another request of this TSE.";
constexpr const char* says_unknown_ids =
    "fiskaly knows no such TSE, till or sale: check the ids in the settings.";
constexpr const char* says_not_ready =
    "The TSE at fiskaly is not set up, is switched off, or this till is not registered there.";
constexpr const char* says_dead =
    "The TSE at fiskaly can sign nothing any more: a new one is needed.";
constexpr const char* says_key = "fiskaly does not accept the API key or its secret: check both.";
constexpr const char* says_not_allowed =
    "fiskaly does not allow this: check the contract and the API key.";
constexpr const char* says_our_fault =
    "fiskaly does not understand what the till says. Please report this, with the code.";
constexpr const char* says_no_net =
    "fiskaly cannot be reached: check the connection to the internet.";

struct CodeMeaning {
  std::string_view code;
  SigningFault fault;
  Repair repair;
  const char* says;
};
constexpr std::array code_meanings{
    CodeMeaning{"E_TX_UPSERT", SigningFault::refused, Repair::look_it_up, says_our_fault},
    CodeMeaning{"E_TX_NOT_FOUND", SigningFault::needs_person, Repair::none, says_unknown_ids},
    CodeMeaning{"E_TSS_NOT_FOUND", SigningFault::needs_person, Repair::none, says_unknown_ids},
    CodeMeaning{"E_CLIENT_NOT_FOUND", SigningFault::needs_person, Repair::none, says_unknown_ids},
    CodeMeaning{"E_PENDING_TX_CONFLICT", SigningFault::busy, Repair::again, says_busy},
    CodeMeaning{"E_MIDDLEWARE_PENDING_REQUEST", SigningFault::busy, Repair::again, says_busy},
    CodeMeaning{"E_TX_LIMIT_REACHED", SigningFault::needs_person, Repair::none,
                "Too many sales are begun and not ended at this TSE: end those that are parked."},
    CodeMeaning{"E_TSS_DISABLED", SigningFault::needs_person, Repair::none, says_not_ready},
    CodeMeaning{"E_TSS_NOT_INITIALIZED", SigningFault::needs_person, Repair::none, says_not_ready},
    CodeMeaning{"E_CLIENT_DEREGISTERED", SigningFault::needs_person, Repair::none, says_not_ready},
    CodeMeaning{"E_TSS_EVICTED", SigningFault::busy, Repair::again, says_disturbed},
    CodeMeaning{"E_TSS_DEFECTIVE", SigningFault::worn_out, Repair::none, says_dead},
    CodeMeaning{"E_TSS_DELETED", SigningFault::worn_out, Repair::none, says_dead},
    CodeMeaning{"E_ADMIN_PIN_BLOCKED", SigningFault::worn_out, Repair::none, says_dead},
    CodeMeaning{"E_CERTIFICATE_EXPIRED", SigningFault::worn_out, Repair::none, says_dead},
    CodeMeaning{"E_TSS_LOCKED", SigningFault::busy, Repair::again, says_disturbed},
    CodeMeaning{"E_SMAERS_GATEWAY_CAPACITIES_DEPLETED", SigningFault::busy, Repair::again,
                says_disturbed},
    CodeMeaning{"ERROR_IDENTIFY_ERS", SigningFault::busy, Repair::again, says_disturbed},
    CodeMeaning{"E_UNAUTHORIZED", SigningFault::needs_person, Repair::log_in, says_key},
    CodeMeaning{"E_ADMIN_LOGIN_FAILED", SigningFault::needs_person, Repair::none,
                "The TSE does not accept this PIN."},
    CodeMeaning{"E_EXPORT_NOT_COMPLETED", SigningFault::busy, Repair::none,
                "fiskaly is still preparing the records: please export again later."},
    CodeMeaning{"E_EXPORT_IN_PROGRESS", SigningFault::busy, Repair::none, says_busy},
    CodeMeaning{"E_TOO_MANY_EXPORTS", SigningFault::busy, Repair::none, says_busy},
    CodeMeaning{"E_DUPLICATE_EXPORT", SigningFault::busy, Repair::none, says_busy},
    CodeMeaning{"E_TSS_LIMIT_REACHED", SigningFault::needs_person, Repair::none, says_not_allowed},
    CodeMeaning{"E_ACCESS_DENIED", SigningFault::needs_person, Repair::none, says_not_allowed}};

CodeMeaning meaning_of(const Reply& reply) {
  for (const CodeMeaning& meaning : code_meanings) {
    if (reply.code == meaning.code) return meaning;
  }
  if (reply.status == 401) return {"", SigningFault::needs_person, Repair::log_in, says_key};
  if (reply.status == 429) {
    return {"", SigningFault::busy, Repair::none,
            "fiskaly wants fewer requests. The till waits a moment."};
  }
  if (reply.status >= 500) return {"", SigningFault::busy, Repair::again, says_disturbed};
  if (reply.status == 403) return {"", SigningFault::needs_person, Repair::none, says_not_allowed};
  if (reply.status == 404) return {"", SigningFault::needs_person, Repair::none, says_unknown_ids};
  return {"", SigningFault::refused, Repair::none, says_our_fault};
}

}  // namespace

std::optional<Reply> read_reply(const WebAnswer& answer) {
  auto json = wire::read_json(answer.body);
  // A gateway may say what is wrong in its status alone.
  const bool says_enough = answer.status == 401 || answer.status == 429 || answer.status >= 500;
  if ((!json || !json->is_object()) && says_enough) json = nlohmann::json::object();
  if (!json || !json->is_object()) return {};
  Reply reply{answer.status, std::move(*json)};
  if (!reply.is_ok()) reply.code = wire::text_at(reply.json, "code");
  return reply;
}

Repair repair_of(const Reply& reply) {
  return meaning_of(reply).repair;
}

SigningFailure failure_of(const Reply& reply) {
  const CodeMeaning meaning = meaning_of(reply);
  const std::string detail =
      reply.code.empty() ? "HTTP " + std::to_string(reply.status) : reply.code;
  return {meaning.fault, meaning.says, detail};
}

SigningFailure failure_of(HttpsTrouble trouble, bool has_left) {
  switch (trouble) {
    case HttpsTrouble::unknown_authority:
    case HttpsTrouble::wrong_name:
    case HttpsTrouble::no_authority_file:
    case HttpsTrouble::not_https:
      return {SigningFault::unreachable,
              "The certificate there was not made by an authority that is trusted: something "
              "stands between the till and fiskaly.",
              "certificate"};
    case HttpsTrouble::no_such_host:
    case HttpsTrouble::unreachable:
    case HttpsTrouble::timed_out:
    case HttpsTrouble::cut:
      break;
  }
  if (!has_left) return {SigningFault::unreachable, says_no_net, "no connection"};
  return {SigningFault::lost, "fiskaly did not answer. The till asks it what became of this.",
          "no answer"};
}

SigningFailure unreadable() {
  return {SigningFault::lost,
          "fiskaly answered something that cannot be read. The till asks it what became of this.",
          ""};
}

}  // namespace drivers::fiskaly
