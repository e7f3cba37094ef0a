// Whether the till's clock can be right. Receipts carry its time, and nobody can
// change them afterwards, so what contradicts it is told before it is sold by.
// Pure; no thread.
#pragma once

#include <optional>

#include "core/base/clock.h"

namespace core {

// Who says another time than the till's clock.
enum class ClockWitness {
  program,       // it cannot have been before the program was made
  last_receipt,  // it is before the last receipt, or so long after it that it is strange
  platform,      // of the upstream, by the Date of its answers
  terminal,      // of cards, by its slips
  signing_device
};

struct ClockDoubt {
  ClockWitness witness = ClockWitness::program;
  Instant says;  // what it says now, or when it was made
  // So far off that a sale asks first.
  bool is_grave = false;
  friend bool operator==(const ClockDoubt&, const ClockDoubt&) = default;
};

// What is known beside the clock. Those that are not there say nothing.
struct ClockWitnesses {
  std::optional<Instant> last_receipt;
  // How far ahead of the till's clock each of them was when it was heard last.
  std::optional<std::chrono::milliseconds> platform_ahead = {}, terminal_ahead = {},
                                           signing_device_ahead = {};
};

// The gravest doubt; nothing: the clock agrees with all of them.
std::optional<ClockDoubt> clock_doubt(Instant now, const ClockWitnesses& witnesses);

}  // namespace core
