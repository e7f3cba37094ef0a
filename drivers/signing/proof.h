// Whether a device has signed what a receipt or an export says of a finished transaction, or
// what was sent to begin one: the message is put together again from its parts (TR-03153
// section 9.1) and held against the key. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace drivers {

struct FinishedTransaction {
  std::string client;  // the till's serial
  std::string process_type, process_data;
  std::int64_t transaction = 0;
  std::int64_t counter = 0;
  core::Instant time{};     // the device's, of the finish
  std::string algorithm;    // "ecdsa-plain-SHA256"
  std::string time_format;  // "unixTime"
  std::string signature;    // raw
  std::string public_key;   // raw: the uncompressed point, or a SubjectPublicKeyInfo
  std::string id = {};      // the till's name of the transaction; some devices sign it at the start
};

enum class ProofFault { algorithm, time_format, public_key, signature };
std::string_view in_words(ProofFault fault);  // English, a sentence

// Gives the device's serial, 64 hex digits in lower case.
core::Result<std::string, ProofFault> prove(const FinishedTransaction& finished);
// The same of a start: its time, counter and signature; process type and data are empty.
core::Result<std::string, ProofFault> prove_start(const FinishedTransaction& started);

}  // namespace drivers
