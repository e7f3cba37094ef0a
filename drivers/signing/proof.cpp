#include "drivers/signing/proof.h"

#include <optional>

#include "core/base/base64.h"
#include "drivers/signing/keys.h"
#include "drivers/signing/log_message.h"

namespace drivers {

namespace {

bool is_signed_as(const char* operation, const FinishedTransaction& finished,
                  const std::string& external, LogTime form, const PublicKey& key,
                  const SigningAlgorithm& algorithm) {
  LogMessage message;
  message.operation = operation;
  message.client = finished.client;
  message.process_type = finished.process_type;
  message.process_data = finished.process_data;
  message.external = external;
  message.transaction = finished.transaction;
  message.serial = key.serial();
  message.algorithm = &algorithm;
  message.counter = finished.counter;
  message.time = finished.time;
  message.time_form = form;
  return key.has_signed(bytes_to_sign(message), finished.signature, algorithm.hash_bits);
}

}  // namespace

std::string_view in_words(ProofFault fault) {
  switch (fault) {
    case ProofFault::algorithm:
      return "no such algorithm is known";
    case ProofFault::time_format:
      return "no such form of the time is known";
    case ProofFault::public_key:
      return "the public key lies on no curve that is known";
    case ProofFault::signature:
      return "the signature does not verify";
  }
  return "";
}

namespace {

core::Result<std::string, ProofFault> prove_as(const char* operation,
                                               const FinishedTransaction& finished) {
  const SigningAlgorithm* algorithm = algorithm_named(finished.algorithm);
  if (!algorithm) return tl::unexpected(ProofFault::algorithm);
  const auto form = log_time_from(finished.time_format);
  if (!form) return tl::unexpected(ProofFault::time_format);
  const auto key = PublicKey::from(finished.public_key);
  if (!key) return tl::unexpected(ProofFault::public_key);
  const auto is_signed = [&](LogTime as) {
    return is_signed_as(operation, finished, "", as, *key, *algorithm) ||
           (!finished.id.empty() &&
            is_signed_as(operation, finished, finished.id, as, *key, *algorithm));
  };
  // Some devices call it "utcTime" and sign the seconds all the same.
  if (!is_signed(*form) &&
      (*form != LogTime::utc_time || !is_signed(LogTime::utc_time_with_seconds))) {
    return tl::unexpected(ProofFault::signature);
  }
  return core::to_hex(key->serial());
}

}  // namespace

core::Result<std::string, ProofFault> prove(const FinishedTransaction& finished) {
  return prove_as("FinishTransaction", finished);
}

core::Result<std::string, ProofFault> prove_start(const FinishedTransaction& started) {
  return prove_as("StartTransaction", started);
}

}  // namespace drivers
