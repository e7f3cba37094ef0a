// A card payment: the intent is on disk before the terminal hears of it, and a
// lost answer is unknown until the terminal or a person says what happened.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/counter_refund.h"
#include "core/commands/place.h"
#include "core/commands/returns.h"
#include "core/commands/signing_steps.h"
#include "core/orders/account.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/till_store.h"

namespace core {

namespace {

// What the customer paid for the goods; a tip is not the shop's turnover. Of less than was
// asked for the goods have theirs first.
Money toward_order(const CardResult& result, const CardAttempt& attempt) {
  const std::int64_t most = attempt.amount.minor - attempt.tip.minor;
  return {std::min(result.amount.minor - result.tip.minor, most), attempt.amount.currency};
}

// The outcome row and what follows from it, in one transaction.
Handled settle(Till& till, CardAttempt attempt, const CardResult& result, std::string_view how) {
  attempt.phase = result.phase;
  attempt.says = result.says;
  attempt.reference = result.reference;
  attempt.alike = result.alike;
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
  payment.amount = payment.given = toward_order(result, attempt);
  payment.reference = result.reference;
  payment.tip = {result.amount.minor - payment.amount.minor, attempt.amount.currency};
  if (payment.tip.minor > 0) payment.label = fmt::format("tip {}", to_plain(payment.tip));
  note_attempt_payment(till.database, attempt.id, payment.id);
  auto done = take_payment(till, work, payment, {0, attempt.amount.currency});
  if (done) till.attempt.reset();
  return done;
}

// More than was asked for is not ours to book, and more than as much again is no tip.
CardResult compared(CardResult result, const CardAttempt& attempt) {
  const Money toward{result.amount.minor - result.tip.minor, attempt.amount.currency};
  if (result.phase == CardPhase::approved &&
      (result.tip.minor < 0 || result.tip.minor > attempt.amount.minor || toward.minor <= 0 ||
       toward > attempt.amount)) {
    result.phase = CardPhase::unknown;
    result.says = fmt::format("the terminal booked {}", to_plain(result.amount));
  }
  return result;
}

std::vector<CardAttempt>::iterator find_put_off(Till& till, AttemptId id) {
  return std::find_if(till.put_off.begin(), till.put_off.end(),
                      [&](const CardAttempt& put) { return put.id == id; });
}

// Whether it can come back in hand without taking anything from a customer who
// is being served.
bool is_in_nobodys_way(const Till& till, const CardAttempt& put_off) {
  if (till.attempt) return false;
  return put_off.kind != CardKind::sale || !till.has_order();
}

// An attempt that was put aside. What was not charged is over; what was charged
// is booked now where nobody is being served, else it stays and says so.
Handled answer_put_off(Till& till, std::vector<CardAttempt>::iterator put_off,
                       const CardResult& result, std::string_view how) {
  const AttemptId id = put_off->id;
  if (result.phase == CardPhase::approved && is_in_nobodys_way(till, *put_off) &&
      carry_out(till, TakeUpCard{id})) {
    return settle(till, *till.attempt, result, how);
  }
  CardAttempt attempt = *put_off;
  attempt.alike = result.alike;
  attempt.says = result.phase == CardPhase::approved
                     ? "The terminal says that this card was charged after all."
                     : result.says;
  const bool is_over = !holds_order(result.phase) && result.phase != CardPhase::approved;
  if (is_over) {
    attempt.phase = result.phase;
    attempt.step = CardStep::closed;
  }
  Work work(till);
  work.note(
      is_over ? fmt::format("card {}", word(result.phase)) : "card answered", to_text(id),
      fmt::format("{} {} {} {}", word(result.phase), to_plain(result.amount), how, result.says));
  update_attempt(till.database, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  if (is_over) {
    till.put_off.erase(put_off);
  } else {
    *put_off = std::move(attempt);
  }
  return Effects{};
}

// The open attempt with this id; nothing: it was settled, or never was.
const CardAttempt* open_attempt(const Till& till, AttemptId id) {
  if (!till.attempt || till.attempt->id != id || !holds_order(till.attempt->phase)) return nullptr;
  return &*till.attempt;
}

// In training no terminal hears of it: every card is good.
Handled pay_without_terminal(Till& till, Money amount, Money tip) {
  Payment payment;
  payment.tender = Tender::card;
  payment.amount = payment.given = amount;
  payment.tip = tip;
  payment.reference = "TRAINING";
  Work work(till);
  return take_payment(till, work, payment, {0, amount.currency});
}

Refusal settled_already() {
  return refuse("This card payment is settled already.");
}

}  // namespace

ProbeCard question_about(const Till& till, CardAttempt attempt) {
  auto others = other_tickets(till.database, attempt.id);
  return {std::move(attempt), std::move(others)};
}

Handled carry_out(Till& till, const StartCard& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  if (till.settings.terminal.kind == "none") {
    return tl::unexpected(refuse("No card terminal is set up."));
  }
  const Order& order = till.in_hand();
  if (auto no = cannot_take_back(till, order)) return tl::unexpected(*no);
  const Money due = owed(order);
  if (command.amount.minor <= 0 || command.amount > due) {
    return tl::unexpected(refuse("This is more than is still due."));
  }
  const Money tip{command.tip.minor, order.currency};
  if (tip.minor < 0 || tip.minor > command.amount.minor) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  if (till.training) {
    return pay_without_terminal(till, {command.amount.minor, order.currency}, tip);
  }
  if (auto latched = terminal_is_latched(till)) return tl::unexpected(*latched);
  CardAttempt attempt;
  attempt.id = {till.ids.next(till.now())};
  attempt.order = order.id;
  attempt.order_number = order.number;
  attempt.amount = Money{command.amount.minor, order.currency} + tip;
  attempt.tip = tip;
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
  if (const auto put_off = find_put_off(till, command.attempt); put_off != till.put_off.end()) {
    return answer_put_off(till, put_off, compared(command.result, *put_off), "terminal");
  }
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
  return settle(till, *open, compared(command.result, *open), "terminal");
}

Handled carry_out(Till& till, const AskTerminal& command) {
  const auto put_off = find_put_off(till, command.attempt);
  const bool is_put_off = put_off != till.put_off.end();
  const CardAttempt* open = is_put_off ? &*put_off : open_attempt(till, command.attempt);
  if (!open) return tl::unexpected(settled_already());
  if (!actions_in(open->phase).ask_terminal) {
    return tl::unexpected(refuse("The terminal is still busy with it."));
  }
  CardAttempt attempt = *open;
  ++attempt.asked;
  Work work(till);
  update_attempt(till.database, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  (is_put_off ? *put_off : *till.attempt) = attempt;
  return Effects{question_about(till, std::move(attempt))};
}

Handled carry_out(Till& till, const ResolveCard& command) {
  const auto put_off = find_put_off(till, command.attempt);
  const bool is_put_off = put_off != till.put_off.end();
  const CardAttempt* open = is_put_off ? &*put_off : open_attempt(till, command.attempt);
  if (!open) return tl::unexpected(settled_already());
  if (!actions_in(open->phase).resolve_by_hand) {
    return tl::unexpected(refuse("The terminal is still busy with it."));
  }
  if (auto no = forbidden(till, Permission::resolve_card)) return tl::unexpected(*no);
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  CardResult result;
  result.phase = command.verdict == CardVerdict::paid ? CardPhase::approved : CardPhase::declined;
  result.amount = paid_if_decided(*open);
  result.says = trim(command.reason);
  result.reference = command.verdict == CardVerdict::paid ? "resolved by hand" : "";
  if (command.verdict == CardVerdict::paid && open->alike) {
    // The slip was compared with this booking: it can be refunded like any other.
    result.reference = open->alike->reference + ", resolved by hand";
    result.ticket = open->alike->ticket;
  }
  if (is_put_off && result.phase != CardPhase::approved) {
    return answer_put_off(till, put_off, result, "by hand");
  }
  if (is_put_off) {
    // The money needs its order in hand; a cart that stands there is parked.
    if (auto up = carry_out(till, TakeUpCard{command.attempt}); !up) return up;
  }
  return settle(till, *till.attempt, result, "by hand");
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
  if (open->phase != CardPhase::unknown) {
    return tl::unexpected(refuse("The terminal is still busy with it."));
  }
  const bool is_sale = open->kind == CardKind::sale;
  const bool is_cart = is_sale && till.draft && !till.collecting;
  if (is_sale && till.collecting) {
    // What was tendered besides belongs to a receipt that is not written yet.
    const Order& order = *till.collecting;
    for (const Payment& payment : order.payments) {
      if (payment.version <= order.version || !stands(order, payment)) continue;
      return tl::unexpected(refuse("This payment has to be cleared up here."));
    }
  }
  if (!is_sale && till.draft && till.draft->id == open->order) {
    return tl::unexpected(refuse("This payment has to be cleared up here."));
  }
  Work work(till);
  work.note("card put off", to_text(open->id), open->order_number);
  if (is_cart) {
    Order order = *till.draft;
    order.stage = Stage::parked;
    update_order(till.database, order, price(order));
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.put_off.push_back(std::move(*till.attempt));
  till.attempt.reset();
  if (is_cart) {
    till.draft.reset();
    till.last_line = {};
    till.parked = load_parked(till.database);
  } else if (is_sale) {
    till.collecting.reset();
  }
  ++till.revision;
  return Effects{};
}

Handled carry_out(Till& till, const TakeUpCard& command) {
  const auto put_off = find_put_off(till, command.attempt);
  if (put_off == till.put_off.end()) return tl::unexpected(settled_already());
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  Effects effects;
  if (put_off->kind == CardKind::sale) {
    auto order = find_order(till.database, put_off->order);
    if (!order) return tl::unexpected(refuse("This order is not there."));
    if (order->stage == Stage::parked) return carry_out(till, RecallOrder{order->id});
    if (till.collecting || (till.draft && has_tenders(*till.draft))) {
      return tl::unexpected(
          refuse("Part of it is paid already: finish it, or take the payment back first."));
    }
    Work work(till);
    begin_signing(till, *order, effects);
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    till.collecting = std::move(order);
    till.collecting_since = till.now();
    till.last.reset();
  }
  till.attempt = std::move(*put_off);
  till.put_off.erase(put_off);
  ++till.revision;
  return effects;
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
