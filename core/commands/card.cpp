// A card payment: the intent is on disk before the terminal hears of it, and a
// lost answer is unknown until the terminal or a person says what happened.
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/store/order_store.h"
#include "core/store/till_store.h"

namespace core {

namespace {

// The outcome row and what follows from it, in one transaction.
Handled settle(Till& till, CardAttempt attempt, const CardResult& result, std::string_view how) {
  attempt.phase = result.phase;
  attempt.says = result.says;
  attempt.reference = result.reference;
  Work work(till);
  work.note(
      fmt::format("card {}", word(result.phase)), to_text(attempt.id),
      fmt::format("{} {} {} {}", to_plain(attempt.amount), how, result.says, result.reference));
  update_attempt(till.database, attempt);
  if (result.phase != CardPhase::approved) {
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    till.attempt = std::move(attempt);
    return Effects{};
  }
  Payment payment;
  payment.tender = Tender::card;
  payment.amount = payment.given = {result.amount.minor, attempt.amount.currency};
  payment.reference = result.reference;
  auto done = take_payment(till, work, payment, {0, attempt.amount.currency});
  if (done) till.attempt.reset();
  return done;
}

// The open attempt with this id; nothing: it was settled, or never was.
const CardAttempt* open_attempt(const Till& till, AttemptId id) {
  if (!till.attempt || till.attempt->id != id || !holds_order(till.attempt->phase)) return nullptr;
  return &*till.attempt;
}

Refusal settled_already() {
  return refuse("This card payment is settled already.");
}

}  // namespace

Handled carry_out(Till& till, const StartCard& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  if (till.settings.terminal.kind == "none") {
    return tl::unexpected(refuse("No card terminal is set up."));
  }
  const Order& order = till.in_hand();
  const Money due = price(order).total - paid_sum(order);
  if (command.amount.minor <= 0 || command.amount > due) {
    return tl::unexpected(refuse("This is more than is still due."));
  }
  CardAttempt attempt;
  attempt.id = {till.ids.next(till.now())};
  attempt.order = order.id;
  attempt.amount = {command.amount.minor, order.currency};
  attempt.started = till.now();
  Work work(till);
  work.note("card requested", to_text(attempt.id),
            fmt::format("{} for {}", to_plain(attempt.amount), order.number));
  insert_attempt(till.database, order.row, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.attempt = attempt;
  return Effects{AuthorizeCard{attempt}};
}

Handled carry_out(Till& till, const CancelCard& command) {
  if (!open_attempt(till, command.attempt)) return tl::unexpected(settled_already());
  return Effects{WishCancel{command.attempt}};
}

Handled carry_out(Till& till, const CardAnswered& command) {
  const CardAttempt* open = open_attempt(till, command.attempt);
  if (!open) {
    // Too late to act on, and too important to lose.
    Work work(till);
    work.note("card answered late", to_text(command.attempt),
              fmt::format("{} {} {}", word(command.result.phase), to_plain(command.result.amount),
                          command.result.reference));
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    return tl::unexpected(command.result.phase == CardPhase::approved
                              ? refuse("The terminal says that this card was charged after all.",
                                       command.result.reference)
                              : settled_already());
  }
  CardResult result = command.result;
  // More than was asked for is not ours to book.
  if (result.phase == CardPhase::approved &&
      (result.amount.minor <= 0 || result.amount > open->amount)) {
    result.phase = CardPhase::unknown;
    result.says = fmt::format("the terminal booked {}", to_plain(result.amount));
  }
  return settle(till, *open, result, "terminal");
}

Handled carry_out(Till& till, const AskTerminal& command) {
  const CardAttempt* open = open_attempt(till, command.attempt);
  if (!open) return tl::unexpected(settled_already());
  if (!actions_in(open->phase).ask_terminal) {
    return tl::unexpected(refuse("The terminal is still busy with it."));
  }
  CardAttempt attempt = *open;
  ++attempt.asked;
  Work work(till);
  update_attempt(till.database, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.attempt = attempt;
  return Effects{ProbeCard{attempt}};
}

Handled carry_out(Till& till, const ResolveCard& command) {
  const CardAttempt* open = open_attempt(till, command.attempt);
  if (!open) return tl::unexpected(settled_already());
  if (!actions_in(open->phase).resolve_by_hand) {
    return tl::unexpected(refuse("The terminal is still busy with it."));
  }
  if (auto no = forbidden(till, Permission::resolve_card)) return tl::unexpected(*no);
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  CardResult result;
  result.phase = command.verdict == CardVerdict::paid ? CardPhase::approved : CardPhase::declined;
  result.amount = open->amount;
  result.says = trim(command.reason);
  result.reference = command.verdict == CardVerdict::paid ? "resolved by hand" : "";
  return settle(till, *open, result, "by hand");
}

Handled carry_out(Till& till, const DismissCard& command) {
  if (!till.attempt || till.attempt->id != command.attempt) return Effects{};
  if (holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  till.attempt.reset();
  ++till.revision;
  return Effects{};
}

}  // namespace core
