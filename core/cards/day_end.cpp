#include "core/cards/day_end.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

Money total_of(const std::vector<CardBooking>& bookings, Currency currency) {
  Money sum{0, currency};
  for (const CardBooking& booking : bookings) sum += booking.amount;
  return sum;
}

// Takes the first that `is_it` out of `bookings`; nothing: none is.
template <class IsIt>
std::optional<CardBooking> take_out(std::vector<CardBooking>& bookings, IsIt is_it) {
  const auto found = std::ranges::find_if(bookings, is_it);
  if (found == bookings.end()) return {};
  CardBooking taken = std::move(*found);
  bookings.erase(found);
  return taken;
}

BookingDifference difference_of(Mismatch kind, const CardBooking& ours, const CardBooking& theirs) {
  const bool has_words = !ours.reference.empty();
  return {kind, ours.amount, theirs.amount, has_words ? ours.reference : theirs.reference,
          ours.order.empty() ? theirs.order : ours.order};
}

}  // namespace

std::string_view word(Mismatch mismatch) {
  static constexpr std::array<std::string_view, stored_count<Mismatch>> words{
      "only at the till", "only at the terminal", "another amount"};
  return words[static_cast<std::size_t>(mismatch)];
}

Money TerminalComparison::unexplained() const {
  Money rest = difference();
  for (const BookingDifference& each : differences) rest -= each.difference();
  return rest;
}

TerminalComparison compare(const TerminalDay& day, const std::vector<CardBooking>& ours,
                           const std::vector<CardBooking>& told, Currency currency) {
  TerminalComparison result;
  result.is_open = !day.is_closed;
  result.says = day.says;
  result.ours = total_of(ours, currency);
  result.theirs = {0, currency};
  if (result.is_open) return result;
  std::vector<CardBooking> theirs = day.bookings.value_or(told);
  result.theirs = day.total.value_or(total_of(theirs, currency));
  const CardBooking none{{0, currency}};
  // By the terminal's own name first; then by the amount alone.
  std::vector<CardBooking> left;
  for (const CardBooking& booking : ours) {
    const auto same = take_out(theirs, [&](const CardBooking& other) {
      return !booking.ticket.empty() && other.ticket == booking.ticket;
    });
    if (!same) {
      left.push_back(booking);
    } else if (same->amount != booking.amount) {
      result.differences.push_back(difference_of(Mismatch::other_amount, booking, *same));
    }
  }
  for (const CardBooking& booking : left) {
    const auto same =
        take_out(theirs, [&](const CardBooking& other) { return other.amount == booking.amount; });
    if (!same) result.differences.push_back(difference_of(Mismatch::only_till, booking, none));
  }
  for (const CardBooking& booking : theirs) {
    result.differences.push_back(difference_of(Mismatch::only_terminal, none, booking));
  }
  return result;
}

}  // namespace core
