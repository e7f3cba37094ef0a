// What a security device signs (BSI TR-03151 and TR-03153: the log message), read from the
// files of its export and written as it signs them. Pure; who signed it is for keys.h.
//
// A file is one SEQUENCE. Signed is what lies in it before the last OCTET STRING, which is
// the signature: those bytes are kept as they lie, for devices write some things their own
// way (texts in pieces, lengths left open).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace drivers {

enum class LogKind { transaction, system, audit };

// How a signature is made. `plain` is r and s side by side (TR-03111 section 5.2.2).
struct SigningAlgorithm {
  std::string_view name;  // "ecdsa-plain-SHA256"
  std::string_view id;    // of the object, as bytes
  int hash_bits;
};
const SigningAlgorithm* algorithm_named(std::string_view name);  // null: none that we know
const SigningAlgorithm* algorithm_of_id(std::string_view id);

// How the time stands in what is signed.
enum class LogTime {
  unix_time,                           // a number
  utc_time,                            // yymmddhhmmZ
  utc_time_with_seconds,               // yymmddhhmmssZ
  generalized_time,                    // yyyymmddhhmmssZ
  generalized_time_with_milliseconds,  // yyyymmddhhmmss.fffZ
};
std::string_view word(LogTime form);  // as receipts and exports call it: "unixTime"
std::optional<LogTime> log_time_from(std::string_view word);

struct LogMessage {
  LogKind kind = LogKind::transaction;
  std::string operation;  // "StartTransaction"; of a system log what was done; of an audit none
  std::string client;     // of a transaction, as the rest up to its number
  std::string process_type, process_data;
  std::string external;  // what the till added; empty: nothing
  std::int64_t transaction = 0;
  std::string data;                             // of a system or an audit log: its particulars, raw
  std::string serial;                           // 32 raw bytes: SHA-256 of the key's point
  const SigningAlgorithm* algorithm = nullptr;  // null: one that we do not know
  std::int64_t counter = 0;
  core::Instant time{};
  LogTime time_form = LogTime::unix_time;
};

struct SignedLog {
  LogMessage message;
  std::string signed_bytes;
  std::string signature;  // raw
};

// What of a file is not as it must be.
enum class LogFault {
  no_sequence,
  trailing_bytes,
  version,
  type,
  fields,
  serial,
  algorithm,
  counter,
  time,
  signature
};
std::string_view in_words(LogFault fault);  // English, to follow a name

core::Result<SignedLog, LogFault> read_log(std::string_view file);

// The bytes that are signed; the algorithm must be known.
std::string bytes_to_sign(const LogMessage& message);
std::string log_file(std::string_view signed_bytes, std::string_view signature);

}  // namespace drivers
