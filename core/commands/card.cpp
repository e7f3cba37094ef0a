// A card payment: the intent is on disk before the terminal hears of it, and a
// lost answer is unknown until the terminal or a person says what happened.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/counter_refund.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/till_store.h"

namespace core {

namespace {

// What the customer paid for the goods; a tip is not the shop's turnover.
Money toward_order(const CardResult& result, Currency currency) {
  return {result.amount.minor - result.tip.minor, currency};
}

// The outcome row and what follows from it, in one transaction.
Handled settle(Till& till, CardAttempt attempt, const CardResult& result, std::string_view how) {
  attempt.phase = result.phase;
  attempt.says = result.says;
  attempt.reference = result.reference;
  if (!result.ticket.empty()) attempt.ticket = result.ticket;
  if (result.phase == CardPhase::approved) attempt.booked = result.amount;
  if (!holds_order(result.phase)) attempt.step = CardStep::closed;
  Work work(till);
  work.note(
      fmt::format("card {}", word(result.phase)), to_text(attempt.id),
      fmt::format("{} {} {} {}", to_plain(attempt.amount), how, result.says, result.reference));
  update_attempt(till.database, attempt);
  if (result.phase != CardPhase::approved) {
    // What was to be given back stays the customer's; an unclear one may come yet.
    if (!holds_order(result.phase)) forget_intended(till.database, attempt.id.uuid);
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    till.attempt = std::move(attempt);
    return Effects{};
  }
  if (attempt.kind != CardKind::sale) {
    return book_card_refund(till, work, attempt, result);
  }
  Payment payment;
  payment.id = {till.ids.next(till.now())};
  payment.tender = Tender::card;
  payment.amount = payment.given = toward_order(result, attempt.amount.currency);
  payment.reference = result.reference;
  if (result.tip.minor > 0) payment.label = fmt::format("tip {}", to_plain(result.tip));
  note_attempt_payment(till.database, attempt.id, payment.id);
  auto done = take_payment(till, work, payment, {0, attempt.amount.currency});
  if (done) till.attempt.reset();
  return done;
}

// An attempt whose order was put aside: what it became is kept for then.
Handled answer_put_off(Till& till, CardAttempt& put_off, const CardResult& result) {
  CardAttempt attempt = put_off;
  attempt.says = result.says;
  Work work(till);
  work.note("card answered", to_text(attempt.id),
            fmt::format("{} {}", word(result.phase), to_plain(result.amount)));
  update_attempt(till.database, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  put_off = std::move(attempt);
  return Effects{};
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
  if (auto latched = terminal_is_latched(till)) return tl::unexpected(*latched);
  CardAttempt attempt;
  attempt.id = {till.ids.next(till.now())};
  attempt.order = order.id;
  attempt.amount = {command.amount.minor, order.currency};
  attempt.started = till.now();
  attempt.last_ticket = last_ticket(till.database);
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
  const auto put_off =
      std::find_if(till.put_off.begin(), till.put_off.end(),
                   [&](const CardAttempt& put) { return put.id == command.attempt; });
  if (put_off != till.put_off.end()) return answer_put_off(till, *put_off, command.result);
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
  const Money toward = toward_order(result, open->amount.currency);
  if (result.phase == CardPhase::approved &&
      (result.tip.minor < 0 || toward.minor <= 0 || toward > open->amount)) {
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

Handled carry_out(Till& till, const CardReached& command) {
  const CardAttempt* open = open_attempt(till, command.attempt);
  if (!open) return tl::unexpected(settled_already());
  CardAttempt attempt = *open;
  attempt.step = command.step;
  if (!command.terminal.empty()) attempt.terminal = command.terminal;
  if (!command.key.empty()) attempt.key = command.key;
  if (command.step == CardStep::result) {
    attempt.booked = {command.result.amount.minor, attempt.amount.currency};
    attempt.ticket = command.result.ticket;
    attempt.reference = command.result.reference;
  }
  Work work(till);
  work.note(fmt::format("card {}", word(attempt.step)), to_text(attempt.id),
            command.step == CardStep::result
                ? fmt::format("{} {}", to_plain(attempt.booked), attempt.reference)
                : attempt.terminal);
  update_attempt(till.database, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.attempt = std::move(attempt);
  return Effects{};
}

Handled carry_out(Till& till, const PutOffCard& command) {
  const CardAttempt* open = open_attempt(till, command.attempt);
  if (!open) return tl::unexpected(settled_already());
  if (open->phase != CardPhase::unknown || open->kind != CardKind::sale || !till.draft ||
      till.collecting) {
    return tl::unexpected(refuse("This payment has to be cleared up here."));
  }
  Order order = *till.draft;
  order.stage = Stage::parked;
  Work work(till);
  work.note("card put off", to_text(open->id), order.number);
  update_order(till.database, order, price(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.put_off.push_back(std::move(*till.attempt));
  till.attempt.reset();
  till.draft.reset();
  till.last_line = {};
  till.parked = load_parked(till.database);
  return Effects{};
}

Handled carry_out(Till& till, const QueueTerminalSlip& command) {
  TerminalSlip slip = command.slip;
  Work work(till);
  insert_terminal_slip(till.database, slip, till.now());
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{PrintTerminalSlip{std::move(slip)}};
}

Handled carry_out(Till& till, const TerminalSlipAnswered& command) {
  Work work(till);
  set_terminal_slip_state(
      till.database, command.row,
      static_cast<int>(command.fate == PrintFate::printed   ? PrintState::printed
                       : command.fate == PrintFate::waiting ? PrintState::waiting
                       : command.fate == PrintFate::refused ? PrintState::refused
                                                            : PrintState::unsure),
      command.reason);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{};
}

Handled carry_out(Till& till, const ServeTerminal& command) {
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  Work work(till);
  work.note("terminal", word(command.work));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{WorkAtTerminal{command.work}};
}

}  // namespace core
