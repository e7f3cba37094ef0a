// A shift: the time from the float to the Z report, of one drawer. All receipts that
// are written in it belong to it; a till that sells without one opens it by itself.
// Plain values; no thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/stored.h"
#include "core/shift/cash.h"

namespace core {

enum class ShiftState {
  open,
  closing,  // the drawer is being counted; what is sold meanwhile still belongs to it
  closed,
};
template <>
inline constexpr int stored_count<ShiftState> = 1 + static_cast<int>(ShiftState::closed);
std::string_view word(ShiftState state);

struct Shift {
  std::int64_t row = 0;
  ShiftState state = ShiftState::open;
  Instant opened;
  std::string opened_by;
  bool opened_itself = false;  // somebody sold before it was opened
  Money kept;                  // what the closing before it left in the drawer
  Money opening;               // what was counted when it was opened
  std::vector<CoinCount> opening_coins;
  std::int64_t after_receipt = 0;  // numbers of the last receipt, and of the last entry of
  std::int64_t after_entry = 0;    // the journal, before it

  std::optional<Money> counted;  // nothing: not counted yet, which is not 0.00
  std::vector<CoinCount> coins;
  std::string counted_by;

  Instant closed;
  std::string closed_by;
  std::string approver;  // of the difference
  Money dropped;         // what left the drawer with the closing
  std::string note;
  std::int64_t z_number = 0;      // gapless for the till; 0: not closed
  std::int64_t last_receipt = 0;  // number of its Z report

  // + is over, - is short.
  Money opening_difference() const { return opening - kept; }
  Money left() const { return counted.value_or(opening) - dropped; }
  friend bool operator==(const Shift&, const Shift&) = default;
};

// One of the list of closings.
struct ClosedShift {
  Shift shift;
  Money turnover;
  Money difference;  // of the closing: + is over, - is short
  friend bool operator==(const ClosedShift&, const ClosedShift&) = default;
};

}  // namespace core
