#include "pos/config/terminal_day.h"

namespace pos {

core::TerminalDay terminal_day(const drivers::DayEnd& day, core::Currency currency) {
  core::TerminalDay said{day.is_closed, day.says, day.total};
  if (!day.bookings) return said;
  said.bookings.emplace();
  for (const drivers::DayEnd::Booking& booked : *day.bookings) {
    const drivers::Approved& card = booked.booking;
    const bool is_sale = booked.kind == drivers::CardKind::sale;
    said.bookings->push_back({is_sale ? card.amount : -card.amount, to_text(card.reference),
                              card.brand + " " + card.masked_card, ""});
  }
  if (!said.total) said.total = core::Money{0, currency};
  return said;
}

core::TerminalSlip terminal_slip(const drivers::ReceiptBlock& block, core::AttemptId attempt) {
  core::TerminalSlip slip;
  slip.attempt = attempt;
  slip.copy = static_cast<core::SlipCopy>(block.copy);
  slip.needs_signature = block.needs_signature;
  for (const drivers::BlockLine& line : block.lines) {
    slip.lines.push_back({line.text, line.centred, line.wide, line.tall});
  }
  return slip;
}

}  // namespace pos
