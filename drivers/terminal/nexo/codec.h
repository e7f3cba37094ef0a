// nexo Retailer messages as Adyen's terminals speak them (Terminal API 3.0), as
// values. Words that are not known are kept or passed over, never an error: the
// lists of the protocol are open. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/money.h"
#include "core/base/result.h"
#include "drivers/terminal/nexo/crypto.h"

namespace drivers::nexo {

struct Header {
  std::string message_class = "Service";  // or Device, Event
  std::string category;                   // Payment, Reversal, TransactionStatus, Abort ...
  std::string type = "Request";           // or Response, Notification
  std::string service_id;                 // one to ten letters and digits
  std::string device_id;                  // of the class Device only
  std::string sale_id;                    // the till
  std::string poi_id;                     // the terminal
  friend bool operator==(const Header&, const Header&) = default;
};

// Names a booking at the terminal or at the till.
struct TransactionName {
  std::string id;
  std::string moment;  // ISO, as it was written
  friend bool operator==(const TransactionName&, const TransactionName&) = default;
};
// Names an earlier request.
struct Reference {
  std::string category, sale_id, service_id, poi_id;
  friend bool operator==(const Reference&, const Reference&) = default;
};

struct PaymentRequest {
  TransactionName sale;
  core::Money amount;
  friend bool operator==(const PaymentRequest&, const PaymentRequest&) = default;
};
struct StatusRequest {
  Reference of;
  friend bool operator==(const StatusRequest&, const StatusRequest&) = default;
};
struct AbortRequest {
  Reference of;
  friend bool operator==(const AbortRequest&, const AbortRequest&) = default;
};
struct ReversalRequest {
  TransactionName original;
  std::optional<core::Money> amount;  // nothing: all of it
  TransactionName sale;
  friend bool operator==(const ReversalRequest&, const ReversalRequest&) = default;
};
struct DiagnosisRequest {
  bool asks_host = false;
  friend bool operator==(const DiagnosisRequest&, const DiagnosisRequest&) = default;
};
struct DisplayRequest {
  std::string text;
  friend bool operator==(const DisplayRequest&, const DisplayRequest&) = default;
};

// How it ended. `error` is one of an open list: Aborted, Busy, Cancel, Refusal ...
struct Outcome {
  std::string result;  // Success, Partial, Failure
  std::string error;
  std::string more;  // "message=..&refusalReason=..": for people, never for decisions
  friend bool operator==(const Outcome&, const Outcome&) = default;
};
struct Slip {
  bool is_for_customer = true;
  bool needs_signature = false;
  std::vector<std::string> lines;
  friend bool operator==(const Slip&, const Slip&) = default;
};
struct PaymentResponse {
  Outcome outcome;
  TransactionName sale, poi;
  std::string amount, tip;  // as written: "12.34"
  std::string currency;
  std::string pan_end;  // the last four digits: no more of a card is ever read
  std::string brand, approval;
  std::vector<Slip> slips;
  friend bool operator==(const PaymentResponse&, const PaymentResponse&) = default;
};
struct ReversalResponse {
  Outcome outcome;
  TransactionName poi;
  friend bool operator==(const ReversalResponse&, const ReversalResponse&) = default;
};
struct StatusResponse {
  Outcome outcome;
  Reference of;
  std::optional<PaymentResponse> payment;  // as it was answered, or would have been
  std::optional<ReversalResponse> reversal;
  friend bool operator==(const StatusResponse&, const StatusResponse&) = default;
};
struct DiagnosisResponse {
  Outcome outcome;
  std::string state;  // GlobalStatus: OK, Busy, Maintenance ...
  friend bool operator==(const DiagnosisResponse&, const DiagnosisResponse&) = default;
};
struct DisplayResponse {
  Outcome outcome;
  friend bool operator==(const DisplayResponse&, const DisplayResponse&) = default;
};
struct Event {
  std::string name;  // Reject, Shutdown ...
  std::string details;
  friend bool operator==(const Event&, const Event&) = default;
};
// A message of a kind that we do not speak.
struct Other {
  friend bool operator==(Other, Other) = default;
};

using Body = std::variant<Other, PaymentRequest, StatusRequest, AbortRequest, ReversalRequest,
                          DiagnosisRequest, DisplayRequest, PaymentResponse, ReversalResponse,
                          StatusResponse, DiagnosisResponse, DisplayResponse, Event>;
struct Message {
  Header header;
  Body body;
  friend bool operator==(const Message&, const Message&) = default;
};

enum class ReadError {
  not_nexo,        // no JSON, or nothing with a message header
  not_locked,      // a message in clear where a locked one is due
  other_key,       // locked with a key of another name or version
  unreadable,      // locked with another passphrase, or changed on the way
  headers_differ,  // what is inside is not what the outside says
};

std::string write(const Message& message);
core::Result<Message, ReadError> read(std::string_view document);

struct SharedKey {
  std::string id;
  std::int64_t version = 1;
  Keys keys;
};
// The message, locked, with its header in clear beside it.
std::string write_locked(const Message& message, const SharedKey& key, const Nonce& nonce);
std::string wrap(const Header& header, const Locked& locked);
core::Result<Message, ReadError> read_locked(std::string_view text, const SharedKey& key);
// The locked document itself, before it is read.
core::Result<std::string, ReadError> unwrap(std::string_view text, const SharedKey& key);

// "message" of the form-encoded `more`, for people; empty if there is none.
std::string message_in(std::string_view more);
// The words of a slip's line: "name=Card&value=..&key=pan" is "Card  ..".
std::string line_in(std::string_view form);

}  // namespace drivers::nexo
