// Whether a PIN is right, with every wrong one counted for the person whose it is
// not, on disk and in the journal.
#pragma once

#include <string_view>

#include "core/till/till.h"

namespace core {

// The PIN that `who` signs in with. Nothing: it is right, and still to be noted with
// `forget_wrong_pins`.
std::optional<Refusal> wrong_pin(Till& till, const Cashier& who, std::string_view pin);
// In the caller's transaction; `keep_record` after its commit.
PinRecord forget_wrong_pins(Till& till, std::int64_t cashier);
void keep_record(Till& till, const PinRecord& record);

// Whose badge it is; nullptr: nobody's.
const Cashier* find_by_badge(Till& till, std::string_view scanned);

// Whoever may approve and has this PIN, or this badge. A wrong one counts for each of them,
// because it was tried on each.
Result<Cashier, Refusal> approver(Till& till, std::string_view proof);

// Since when an approval can be tried; 0: now. And how many wrong ones were tried.
struct ApprovalLock {
  Instant locked_until;
  int wrong = 0;
};
ApprovalLock approval_lock(const Till& till);

// What a manager who is signed in has to be told.
std::vector<PinGuesses> guesses_to_tell(const Till& till);

}  // namespace core
