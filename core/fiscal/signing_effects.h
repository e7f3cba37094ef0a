// What the register asks of the worker that owns the signing device. Plain values.
#pragma once

#include <string>

#include "core/fiscal/signing.h"

namespace core {

struct SignStep {
  SigningId transaction = {};
  SigningVerb verb = SigningVerb::start;
  bool asks = false;        // it may have been sent before: ask what became of it
  std::string client = {};  // the till's serial
  std::int64_t number = 0;  // of a finish: the device's
  std::string process_type = {}, process_data = {};
  std::int64_t last_counter = 0;  // that the till has seen
};
// The device should be looked at now, and now and then until it answers.
struct ProbeSigningDevice {
  bool is_asked = false;  // by a person, who may have put something right
};

}  // namespace core
