// The card terminal's own end of day, and what it says beside what the till has booked.
#include <fmt/format.h>

#include "core/commands/all.h"
#include "core/commands/shift_work.h"
#include "core/store/terminal_day_store.h"

namespace core {

namespace {

std::string comparison_text(const TerminalComparison& comparison) {
  if (comparison.is_open) return fmt::format("not compared: {}", comparison.says);
  return fmt::format("here {}, there {}", to_plain(comparison.ours), to_plain(comparison.theirs));
}

}  // namespace

Handled carry_out(Till& till, const EndTerminalDay&) {
  if (auto no = forbidden(till, Permission::run_shift)) return tl::unexpected(*no);
  if (till.settings.terminal.kind == "none") {
    return tl::unexpected(refuse("No card terminal is set up."));
  }
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  Work work(till);
  work.note("terminal", word(TerminalWork::end_of_day));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{CloseTerminalDay{till.settings.shop.currency}};
}

Handled carry_out(Till& till, const TerminalDayEnded& command) {
  const Currency currency = till.settings.shop.currency;
  const std::int64_t after = till.shift ? till.shift->after_receipt : 0;
  const CardBookings booked = bookings_to_compare(till.database, after, currency);
  TerminalComparison comparison = compare(command.day, booked.ours, booked.told, currency);
  comparison.at = till.now();
  Work work(till);
  work.note("terminal day ended", "", comparison_text(comparison));
  std::optional<std::int64_t> shift;
  if (till.shift) shift = till.shift->row;
  insert_terminal_day(till.database, shift, comparison);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.terminal_day = std::move(comparison);
  return Effects{};
}

}  // namespace core
