// What the worker of the signing device says, and what people want of it. Plain values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/fiscal/signing.h"

namespace core {

// The worker is about to send the step, or to ask what became of it. Refused: it must not,
// for it is over, or was answered meanwhile.
struct SigningBegins {
  SigningId transaction;
  SigningVerb verb = SigningVerb::start;
  bool asks = false;  // what became of it
};

// It was not signed, and will not be by itself.
struct NotSigned {
  std::string says;         // an English key: what to check
  std::string detail = {};  // the device's own words
  bool is_refused = false;  // the device understood, and said no
};
struct SignatureLost {
  std::string says, detail = {};
};                       // it left, and no answer came
struct NeverReached {};  // what was lost had never arrived
using SigningAnswer = std::variant<DeviceSignature, NotSigned, SignatureLost, NeverReached>;
struct SigningAnswered {
  SigningId transaction;
  SigningVerb verb = SigningVerb::start;
  SigningAnswer answer;
  // The device's clock, of the till's; nothing: the answer is not of just now.
  std::optional<std::chrono::milliseconds> ahead = {};
};

// It takes longer than a customer should wait. The answer may still come.
struct SigningOverdue {
  SigningId transaction;
  SigningVerb verb = SigningVerb::start;
};

// The device is ready. `open`: numbers of this till's transactions that it holds open.
struct SigningDeviceSeen {
  SigningDeviceFacts device;
  std::vector<std::int64_t> open = {};
};
// The worker is about to set the device's clock by the till's, which its records keep for ever.
// Refused: the till's may be wrong. `is_asked`: by a person, who knows.
struct SigningSetsTime {
  std::string serial;
  bool is_asked = false;
};
// It is not, as a probe found.
struct SigningDeviceAway {
  std::string says, detail = {};
};

// A person says that this device is the one to sign with from now on.
struct AdoptSigningDevice {
  std::string serial;
};
struct TestSigningDevice {};
// The device's archive lies in the data folder: whole, synced and read again.
struct SigningArchived {
  std::string serial, file;
};

}  // namespace core
