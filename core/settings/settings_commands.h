// How the till is set up, its devices, and its clock. Plain values.
#pragma once

#include <chrono>
#include <string>

#include "core/base/clock_doubt.h"
#include "core/settings/device_test.h"

namespace core {

struct ChangeSetting {
  std::string key;
  std::string value;
};
struct TryDevice {
  DeviceTest test;
};

// Somebody outside was heard to be so far ahead of the till's clock.
struct ClockSeen {
  ClockWitness witness;
  std::chrono::milliseconds ahead;
};
struct TrustClock {};  // a person says that it is right all the same

}  // namespace core
