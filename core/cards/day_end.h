// The card terminal's own end of day beside what the till has booked: their sums, and,
// payment by payment, what only one of them knows. Pure; no thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/stored.h"

namespace core {

// A payment as one side has it, with its tip; below 0: given back.
struct CardBooking {
  Money amount;
  std::string ticket = {};     // the terminal's own name for it; empty: it has none here
  std::string reference = {};  // masked card and authorisation
  std::string order = {};      // its number; empty: not known
  friend bool operator==(const CardBooking&, const CardBooking&) = default;
};

// What the terminal said when its day was closed.
struct TerminalDay {
  bool is_closed = false;  // else it could not be asked, and `says` why
  std::string says = {};
  std::optional<Money> total = {};  // of all that it booked since its last day
  // Each of them, where the terminal tells that. Nothing: what it had told of each payment
  // when it was made stands for it.
  std::optional<std::vector<CardBooking>> bookings = {};
  friend bool operator==(const TerminalDay&, const TerminalDay&) = default;
};

enum class Mismatch { only_till, only_terminal, other_amount };
template <>
inline constexpr int stored_count<Mismatch> = 1 + static_cast<int>(Mismatch::other_amount);
std::string_view word(Mismatch mismatch);  // "only at the till"

struct BookingDifference {
  Mismatch kind = Mismatch::only_till;
  Money ours, theirs;     // 0 where a side has none
  std::string reference;  // of whichever side tells more
  std::string order;
  Money difference() const { return theirs - ours; }
  friend bool operator==(const BookingDifference&, const BookingDifference&) = default;
};

// + the terminal has more, - it has less. Open: the terminal was not reached, so that
// there is nothing to compare.
struct TerminalComparison {
  Instant at;
  bool is_open = true;
  std::string says;
  Money ours, theirs;
  std::vector<BookingDifference> differences;
  Money difference() const { return theirs - ours; }
  // What no payment explains.
  Money unexplained() const;
  friend bool operator==(const TerminalComparison&, const TerminalComparison&) = default;
};

// `ours`: what the till booked since the terminal's last day; `told`: the same as the
// terminal had told it, payment by payment.
TerminalComparison compare(const TerminalDay& day, const std::vector<CardBooking>& ours,
                           const std::vector<CardBooking>& told, Currency currency);

}  // namespace core
