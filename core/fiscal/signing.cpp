#include "core/fiscal/signing.h"

#include <fmt/format.h>

#include <iterator>

#include "core/base/text.h"

namespace core {

std::string_view word(SigningVerb verb) {
  switch (verb) {
    case SigningVerb::start:
      return "start";
    case SigningVerb::finish:
      return "finish";
    case SigningVerb::abort:
      return "abort";
  }
  return "";
}

std::string_view word(StepState state) {
  switch (state) {
    case StepState::wanted:
      return "wanted";
    case StepState::sent:
      return "sent";
    case StepState::answered:
      return "answered";
    case StepState::lost:
      return "lost";
    case StepState::missed:
      return "missed";
  }
  return "";
}

std::optional<StepState> SigningTransaction::state_of(SigningVerb verb) const {
  if (verb == SigningVerb::start) return start;
  return verb == SigningVerb::finish ? finish : abort;
}

void SigningTransaction::set(SigningVerb verb, StepState state) {
  if (verb == SigningVerb::start) {
    start = state;
  } else {
    (verb == SigningVerb::finish ? finish : abort) = state;
  }
}

std::optional<SigningVerb> next_step(const SigningTransaction& transaction) {
  if (!is_over(transaction.start)) return SigningVerb::start;
  if (transaction.start == StepState::missed || !transaction.finish) return {};
  if (!is_over(*transaction.finish)) return SigningVerb::finish;
  if (transaction.finish == StepState::answered) return {};
  // It is open in the device, and its receipt is out without it.
  if (transaction.abort && is_over(*transaction.abort)) return {};
  return SigningVerb::abort;
}

bool is_open(const SigningTransaction& transaction) {
  const bool goes_on = transaction.start == StepState::answered && !transaction.finish;
  return goes_on || next_step(transaction).has_value();
}

bool holds_receipt(const SigningTransaction& transaction) {
  return transaction.finish && !is_over(*transaction.finish) && !transaction.outage;
}

namespace {

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(byte));
  }
  return text;
}

void add_signature(std::string& text, std::string_view verb, const DeviceSignature& signature) {
  fmt::format_to(std::back_inserter(text), "{} {} counter {} at {} signature {}\n", verb,
                 signature.number, signature.counter, to_iso(signature.time),
                 hex_of(signature.value));
}

}  // namespace

std::string signing_text(const SigningTransaction& transaction, const ReceiptSigning& signing,
                         const std::string& subject) {
  std::string text = fmt::format("signing 1\nof {}\nid {}\nclient {}\n", subject,
                                 to_text(transaction.id), signing.client);
  fmt::format_to(std::back_inserter(text), "type {}\ndata {}\n", transaction.process_type,
                 sha256_hex(transaction.process_data));
  // What comes after an outage has begun comes late, and is told of by itself.
  if (transaction.outage) {
    fmt::format_to(std::back_inserter(text), "outage {}\n", *transaction.outage);
    return text;
  }
  fmt::format_to(std::back_inserter(text), "device {}{}\n", signing.device.serial,
                 signing.device.is_test ? " TEST" : "");
  if (signing.start) add_signature(text, "start", *signing.start);
  if (signing.finish) add_signature(text, "finish", *signing.finish);
  return text;
}

}  // namespace core
