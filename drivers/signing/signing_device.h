// A device that signs what a till records, as German law asks (TR-03153: TSE), as verbs
// that cannot sign one thing twice. Whoever calls has written the step down before, and
// asks with recover() after a lost answer: start() and finish() never repeat a request
// by themselves. The drivers (software, Epson, fiskaly) all speak this.
//
// Lives on the signing worker's thread, except request_stop(). Nothing here throws;
// PINs and PUKs come from the secrets file or a person and never leave in a text.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace drivers {

// What became of it, for the one who has to decide whether to ask again.
enum class SigningFault {
  unreachable,   // it never got there: an outage, nothing was signed
  lost,          // it left, and no answer came: recover() tells
  busy,          // another till or an export has it: ask again in a moment
  needs_person,  // a PIN, a client that is not registered, not set up yet
  worn_out,      // certificate over, store full, signatures used up, dead: until a new one
  refused,       // it understood, and says no: a fault of ours
};
struct SigningFailure {
  SigningFault fault = SigningFault::unreachable;
  std::string says{};    // an English key, a sentence that says what to check
  std::string detail{};  // the device's own code or words; may be empty; no secrets
  int tries_left = -1;   // of a wrong PIN; -1: not about one
  friend bool operator==(const SigningFailure&, const SigningFailure&) = default;
};
template <class T>
using Signing = core::Result<T, SigningFailure>;

enum class SigningVerb { start, finish };
// One thing that is to be signed. `id` is a UUID that the till chose and wrote down: the
// same for start and finish of one transaction; a device that takes names is told it.
struct SigningStep {
  SigningVerb verb = SigningVerb::start;
  std::string id{};
  std::string client{};           // the till's serial: 1 to 30 characters of PrintableString
  std::int64_t transaction = 0;   // of a finish: as its start answered
  std::string process_type{};     // of a finish: "Kassenbeleg-V1"
  std::string process_data{};     // of a finish: UTF-8, as it is signed
  std::int64_t last_counter = 0;  // the highest signature counter that this till has seen
};

// What the device answered. Bytes lie as they came.
struct Signature {
  std::int64_t transaction = 0;
  std::int64_t counter = 0;
  core::Instant time{};  // the device's log time
  std::string value{};   // raw bytes
  std::string serial{};  // of the device: 64 hex digits in lower case
  friend bool operator==(const Signature&, const Signature&) = default;
};
// The device never did it: it may be sent again.
struct NotSigned {
  friend bool operator==(NotSigned, NotSigned) = default;
};
using Recovered = std::variant<Signature, NotSigned>;

struct OpenTransaction {
  std::int64_t number = 0;
  std::string id{};  // where the device keeps names
  friend bool operator==(const OpenTransaction&, const OpenTransaction&) = default;
};

enum class SigningState { not_set_up, ready, needs_preparation, worn_out };
struct SigningStatus {
  SigningState state = SigningState::not_set_up;
  std::string serial{};         // 64 hex digits
  std::string public_key{};     // raw bytes: the uncompressed point
  std::string algorithm{};      // "ecdsa-plain-SHA384"
  std::string time_format{};    // "unixTime", "utcTime", "generalizedTime"
  std::string certification{};  // the BSI's id, as the device says it; may be empty
  std::string maker{};          // "Epson", "fiskaly", "Tresen"
  std::string version{};        // of its software
  core::Instant certificate_end{};
  std::optional<core::Instant> clock{};  // what it takes the time to be, where it can say
  std::int64_t signatures_made = 0;
  std::optional<std::int64_t> signatures_left{};
  std::optional<std::int64_t> bytes_used{}, bytes_in_all{};
  std::int64_t open_transactions = 0;
  std::optional<std::int64_t> open_transactions_allowed{};
  std::optional<std::int64_t> seconds_to_self_test{};
  bool has_time = true;
  bool takes_tills_time = false;  // prepare() sets its clock, and its records keep that
  std::vector<std::string> clients{};
  bool is_test = false;  // signs nothing that an office would take
};

// What is exported: everything, or what falls within both bounds.
struct ArchiveSpan {
  std::optional<core::Instant> from{}, to{};
  std::optional<std::int64_t> first_transaction{}, last_transaction{};
  // Of everything: the device adds no record until discard_archived() or any other call, and
  // serves no other till meanwhile.
  bool is_to_be_discarded = false;
};
// Takes the next bytes of the TAR; false: it cannot (a full disk), and the export ends.
using ArchiveSink = std::function<bool(std::string_view bytes)>;

// What a person types once. Empty fields are not told.
struct SigningSetup {
  std::string puk{}, admin_pin{}, time_admin_pin{};
  std::string client{};
};

class SigningDevice {
 public:
  virtual ~SigningDevice() = default;
  virtual Signing<SigningStatus> status() = 0;
  // Makes it ready for the day: log-in, self-test, time, client. Repeatable; up to two
  // minutes. `now` is the till's clock.
  virtual Signing<core::Done> prepare(const std::string& client, core::Instant now) = 0;
  // At most the device's time-out (10 s). A repair that the device asks for (log-in, time)
  // is made once within it.
  virtual Signing<Signature> start(const SigningStep& step) = 0;
  virtual Signing<Signature> finish(const SigningStep& step) = 0;
  // What became of a step whose answer was lost. Free of side effects, repeatable.
  virtual Signing<Recovered> recover(const SigningStep& step) = 0;
  // Those of one client that were started and not finished.
  virtual Signing<std::vector<OpenTransaction>> open(const std::string& client) = 0;
  // The TAR, piece by piece. Ends early where request_stop() was called: a failure that says so.
  virtual Signing<core::Done> archive(const ArchiveSpan& span, const ArchiveSink& sink) = 0;
  // Removes from the device what the last archive() brought, which was of everything and said
  // that this would follow. Call it only when that is on disk, synced and verified.
  virtual Signing<core::Done> discard_archived() = 0;
  // The chain in PEM, the leaf first.
  virtual Signing<std::string> certificates() = 0;
  // First use, once, with what a person typed. After a lost answer only the same values.
  virtual Signing<core::Done> set_up(const SigningSetup& setup, core::Instant now) = 0;
  // Sets new PINs with the PUK that a person has typed just now. It is sent once for each PIN that
  // is not empty, and no more after a refusal: one that is wrong too often ends the device.
  virtual Signing<core::Done> unblock(const SigningSetup& setup) = 0;
  // A wish, from any thread: what runs ends soon.
  virtual void request_stop() {}
};

}  // namespace drivers
