// The day ends: the drawer is counted, the difference is written down, and what the
// shift took is the Z report. Nothing that waits keeps it from closing but a card
// payment that nobody knows the end of.
#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/mails.h"
#include "core/commands/shift_work.h"
#include "core/commands/signing_steps.h"
#include "core/orders/account.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/terminal_day_store.h"

namespace core {

namespace {

Money absolute(Money money) {
  return money.minor < 0 ? -money : money;
}

std::optional<Refusal> is_not_settled(const Till& till) {
  const bool is_open = till.attempt && holds_order(till.attempt->phase);
  if (is_open || !till.put_off.empty()) return refuse("A card payment is not settled yet.");
  if (till.collecting) return refuse("Finish collecting this payment first.");
  if (till.draft && has_tenders(*till.draft)) {
    return refuse("Part of it is paid already: finish it, or take the payment back first.");
  }
  return {};
}

constexpr std::string_view counted_kind = "drawer counted", given_up_kind = "count given up";

// One entry for each change of the count that was settled.
void note_count(Till& till, Work& work, const Shift& shift) {
  std::string told;
  auto last = till.database.query(
      "SELECT kind, content FROM journal WHERE seq > ? AND kind IN (?, ?) "
      "ORDER BY seq DESC LIMIT 1");
  last.with(shift.after_entry, counted_kind, given_up_kind);
  if (last.next() && last.view(0) == counted_kind) told = last.text(1);
  const std::string counted = shift.counted ? to_plain(*shift.counted) : "";
  if (counted == told) return;
  work.note(shift.counted ? counted_kind : given_up_kind, "", counted);
}

}  // namespace

Handled carry_out(Till& till, const CountDrawer& command) {
  if (auto no = forbidden(till, Permission::run_shift)) return tl::unexpected(*no);
  if (auto no = no_shift(till)) return tl::unexpected(*no);
  Shift shift = *till.shift;
  const Currency currency = shift.opening.currency;
  shift.coins = command.coins;
  shift.counted.reset();
  if (command.counted) shift.counted = Money{command.counted->minor, currency};
  if (!command.coins.empty()) shift.counted = sum_of(command.coins, currency);
  if (shift.counted && (shift.counted->minor < 0 || shift.counted->minor > largest_minor)) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  shift.state = shift.counted ? ShiftState::closing : ShiftState::open;
  shift.counted_by = shift.counted ? till.actor() : "";
  Work work(till);
  if (command.is_settled) note_count(till, work, shift);
  update_shift(till.database, shift);
  work.keep_shift(std::move(shift));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{};
}

Handled carry_out(Till& till, const CloseShift& command) {
  if (auto no = forbidden(till, Permission::run_shift)) return tl::unexpected(*no);
  if (auto no = no_shift(till)) return tl::unexpected(*no);
  if (auto no = is_not_settled(till)) return tl::unexpected(*no);
  Shift shift = *till.shift;
  if (!shift.counted) return tl::unexpected(refuse("Count the drawer first."));
  shift.dropped = {command.dropped.minor, shift.opening.currency};
  if (shift.dropped.minor < 0 || shift.dropped > *shift.counted) {
    return tl::unexpected(refuse("This is more than lies in the drawer."));
  }
  ShiftReport report = report_of(till.database, shift);
  const Money difference = *shift.counted - report.expected(shift.opening);
  if (absolute(difference).minor > till.settings.shift.difference_limit) {
    if (auto no = forbidden(till, Permission::large_difference)) return tl::unexpected(*no);
    if (till.approver) shift.approver = till.approver->name;
  }
  shift.note = trim(command.note);
  shift.state = ShiftState::closed;
  shift.closed = till.now();
  shift.closed_by = till.actor();
  shift.z_number = next_z_number(till.database);

  Work work(till);
  Effects effects;
  // A cart that was emptied and left; one with goods in it goes on tomorrow.
  if (till.draft && till.draft->lines.empty()) abort_signing(till, work, *till.draft, effects);
  note_count(till, work, shift);
  if (!difference.is_zero()) {
    write_cash_movement(
        till, work, {CashMoveKind::difference, difference, shift.note, shift.approver}, effects);
  }
  if (!shift.dropped.is_zero()) {
    const Receipt drop = write_cash_movement(
        till, work, {CashMoveKind::closing_drop, -shift.dropped, "", shift.approver}, effects);
    print_day_receipt(till, drop, effects);
  }
  Receipt receipt = day_receipt(till, ReceiptKind::z_report);
  receipt.started = shift.opened;
  insert_receipt(till.database, receipt);
  shift.last_receipt = receipt.row;
  update_shift(till.database, shift);
  go_on(report, till.database, shift, receipt.row);
  const DayDocument document =
      ShiftDocument{shift, std::move(report), terminal_day_of(till.database, shift.row)};
  work.note(receipt, day_text(receipt, document));
  sign_closing(till, work, receipt, shift.z_number, effects);
  print_day_receipt(till, receipt, effects, document);
  mail_z_report(till, receipt);
  work.keep_shift(std::nullopt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.terminal_day.reset();
  ++till.orders_revision;
  if (!till.settings.mails.z_report.empty()) effects.push_back(WakeSync{});
  return effects;
}

Handled carry_out(Till& till, const PrintInterimReport&) {
  if (auto no = forbidden(till, Permission::run_shift)) return tl::unexpected(*no);
  if (auto no = no_shift(till)) return tl::unexpected(*no);
  Receipt receipt = day_receipt(till, ReceiptKind::x_report);
  receipt.started = till.shift->opened;
  Work work(till);
  insert_receipt(till.database, receipt);
  const DayDocument document =
      ShiftDocument{*till.shift, report_of(till.database, *till.shift, receipt.row)};
  work.note(receipt, day_text(receipt, document));
  Effects effects;
  print_day_receipt(till, receipt, effects, document);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

Handled carry_out(Till& till, const PrintDayReceiptAgain& command) {
  if (auto no = forbidden(till, Permission::run_shift)) return tl::unexpected(*no);
  const auto receipt = load_receipt(till.database, command.receipt);
  if (!receipt || has_order(receipt->kind)) {
    return tl::unexpected(refuse("There is no such receipt.", "", RefusalKind::not_found));
  }
  Work work(till);
  work.note("printed again", receipt->code, word(SlipForm::copy));
  Effects effects;
  hand_out(till, print_job(till, *receipt, SlipForm::copy), effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return effects;
}

}  // namespace core
