// What the card terminal's end of day was compared with, and what came of it.
#pragma once

#include <optional>
#include <vector>

#include "core/cards/day_end.h"
#include "core/store/database.h"

namespace core {

// Since the terminal's last day that was closed, or since `after_receipt` where there was
// none: what the till has booked, and what the terminal had told of each payment.
struct CardBookings {
  std::vector<CardBooking> ours, told;
};
CardBookings bookings_to_compare(Database& database, std::int64_t after_receipt, Currency currency);

void insert_terminal_day(Database& database, std::optional<std::int64_t> shift,
                         const TerminalComparison& comparison);
// The latest of the shift; nothing: the terminal was not asked.
std::optional<TerminalComparison> terminal_day_of(Database& database, std::int64_t shift);

}  // namespace core
