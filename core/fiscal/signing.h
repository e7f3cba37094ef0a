// What the till has signed, or could not (requirements: KassenSichV section 2 and 6, AEAO to
// section 146a no. 1.14): transactions and their steps, the device, its outages. Plain values.
//
// A step is written down before it is sent: wanted -> sent -> answered | lost. One that an
// outage took is missed, and never made up. A lost one is asked about, never repeated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/stored.h"

namespace core {

using SigningId = Id<struct SigningTag>;

// `abort`: the end of what an outage left open in the device; its receipt went out unsigned.
enum class SigningVerb { start, finish, abort };
template <>
inline constexpr int stored_count<SigningVerb> = 1 + static_cast<int>(SigningVerb::abort);
std::string_view word(SigningVerb verb);

enum class StepState { wanted, sent, answered, lost, missed };
template <>
inline constexpr int stored_count<StepState> = 1 + static_cast<int>(StepState::missed);
std::string_view word(StepState state);
constexpr bool is_over(StepState state) {
  return state == StepState::answered || state == StepState::missed;
}
// It left, and nobody knows what became of it.
constexpr bool is_unclear(StepState state) {
  return state == StepState::sent || state == StepState::lost;
}

// One event of the till, from its first line to its end.
struct SigningTransaction {
  std::int64_t row = 0;
  SigningId id;
  std::optional<std::int64_t> order_row = {};    // nothing: of a receipt of no order
  std::optional<std::int64_t> receipt_row = {};  // that its end signs; nothing: none (yet)
  Instant begun;                                 // by the till's clock
  Instant ended;
  StepState start = StepState::wanted;
  std::optional<StepState> finish = {};  // nothing: it goes on
  std::optional<StepState> abort = {};
  std::int64_t number = 0;  // the device's; 0: not known
  std::string process_type, process_data;
  std::optional<std::int64_t> outage = {};  // in which its receipt goes out unsigned

  std::optional<StepState> state_of(SigningVerb verb) const;
  void set(SigningVerb verb, StepState state);
  friend bool operator==(const SigningTransaction&, const SigningTransaction&) = default;
};
// The step that is to be taken next; nothing: none, for now or for good.
std::optional<SigningVerb> next_step(const SigningTransaction& transaction);
// A step of it is still to come.
bool is_open(const SigningTransaction& transaction);
// Its receipt can neither be printed nor mailed yet.
bool holds_receipt(const SigningTransaction& transaction);

// What the device answered. Bytes lie as they came.
struct DeviceSignature {
  std::int64_t number = 0;   // of the transaction
  std::int64_t counter = 0;  // of the device's signatures
  Instant time;              // the device's
  std::string value;
  std::string serial;  // 64 hex digits
  friend bool operator==(const DeviceSignature&, const DeviceSignature&) = default;
};

struct SigningDeviceFacts {
  std::int64_t row = 0;
  std::string serial, kind;
  std::string public_key;  // raw bytes
  std::string algorithm, time_format;
  bool is_test = false;
  Instant adopted = {};
  // From here on as it was seen last.
  std::string certification, maker, version;
  std::string certificates;  // PEM, the leaf first
  Instant certificate_end = {};
  Instant seen = {};
  std::chrono::milliseconds ahead{0};  // its clock, of the till's
  std::int64_t signatures_made = 0;
  std::optional<std::int64_t> signatures_left = {};
  std::optional<std::int64_t> bytes_used = {}, bytes_in_all = {};
  std::optional<Instant> self_test_due = {};
  Instant archived = {};  // when its TAR was last in the data folder, whole; 0: never
  friend bool operator==(const SigningDeviceFacts&, const SigningDeviceFacts&) = default;
};

struct SigningOutage {
  std::int64_t row = 0;
  Instant began;
  std::optional<Instant> ended = {};
  std::string reason;       // an English key
  std::string detail;       // the device's own words
  std::int64_t events = 0;  // that were not signed in it
  friend bool operator==(const SigningOutage&, const SigningOutage&) = default;
};

// What a receipt says of its signature.
struct ReceiptSigning {
  enum class State { waiting, is_signed, missed };
  State state = State::waiting;
  std::string client;  // the till's serial
  std::string process_type, process_data;
  std::optional<DeviceSignature> start, finish;
  SigningDeviceFacts device;  // that signed it
  friend bool operator==(const ReceiptSigning&, const ReceiptSigning&) = default;
};

// Everything that the journal keeps of a transaction that has ended, one fact on a line.
// The same transaction has the same text for ever.
std::string signing_text(const SigningTransaction& transaction, const ReceiptSigning& signing,
                         const std::string& subject);

}  // namespace core
