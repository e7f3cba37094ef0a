// How often the wrong PIN was keyed in for a person, at sign-in and at approvals.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace core {

struct PinRecord {
  std::int64_t cashier = 0;   // its row
  int wrong = 0;              // in a row; the right one ends it
  Instant locked_until = {};  // no PIN of this person is looked at before
  int guesses = 0;            // wrong ones that no manager has been told of
  Instant last_guess = {};
  friend bool operator==(const PinRecord&, const PinRecord&) = default;
};

// Of this person; one that says nothing where there is none.
PinRecord record_of(const std::vector<PinRecord>& records, std::int64_t cashier);

// How long it is locked from now on. A clock that was set back locks nobody longer
// than the record says.
std::chrono::milliseconds locked_for(const PinRecord& record, Instant now);

// One more wrong PIN at `now`.
PinRecord with_wrong_pin(PinRecord record, Instant now);
// `typed` wrong ones before the right one were no guesses: few, and by whoever knows it.
PinRecord without_typing(PinRecord record, int typed);
// After the right one.
PinRecord with_right_pin(PinRecord record);

// What a manager is told: somebody guessed, or tried to.
struct PinGuesses {
  std::string name;
  int count = 0;
  Instant last;
  friend bool operator==(const PinGuesses&, const PinGuesses&) = default;
};

}  // namespace core
