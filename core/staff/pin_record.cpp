#include "core/staff/pin_record.h"

#include <algorithm>

#include "core/staff/staff.h"

namespace core {

namespace {

// So many in a row are no slips of the finger any more: the lock-out begins.
constexpr int guesses_from = 3;

}  // namespace

PinRecord record_of(const std::vector<PinRecord>& records, std::int64_t cashier) {
  const auto at = std::ranges::find(records, cashier, &PinRecord::cashier);
  return at == records.end() ? PinRecord{.cashier = cashier} : *at;
}

std::chrono::milliseconds locked_for(const PinRecord& record, Instant now) {
  const std::chrono::milliseconds longest = lock_out(record.wrong);
  return std::clamp(record.locked_until - now, std::chrono::milliseconds{0}, longest);
}

PinRecord with_wrong_pin(PinRecord record, Instant now) {
  ++record.wrong;
  ++record.guesses;
  record.locked_until = now + lock_out(record.wrong);
  record.last_guess = now;
  return record;
}

PinRecord without_typing(PinRecord record, int typed) {
  record.wrong = std::max(0, record.wrong - typed);
  if (typed < guesses_from) record.guesses = std::max(0, record.guesses - typed);
  return record;
}

PinRecord with_right_pin(PinRecord record) {
  record = without_typing(record, record.wrong);
  record.locked_until = {};
  return record;
}

}  // namespace core
