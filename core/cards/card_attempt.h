// One try on the card terminal (style: worked example "a card payment"):
// requested -> approved / declined / not_started / unknown. A lost answer is
// unknown: never retried by itself, never folded into failed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/stored.h"

namespace core {

enum class CardPhase { requested, approved, declined, not_started, unknown };
template <>
inline constexpr int stored_count<CardPhase> = 1 + static_cast<int>(CardPhase::unknown);
std::string_view word(CardPhase phase);

// A reversal takes a payment of today back as if it had not been; a refund pays
// money out to a card.
enum class CardKind { sale, refund, reversal };
template <>
inline constexpr int stored_count<CardKind> = 1 + static_cast<int>(CardKind::reversal);
std::string_view word(CardKind kind);

// How far it has got. Each is on disk before the byte that depends on it leaves
// the till: `sent` before the request, `result` before its acknowledgement. A
// result is no approval: that needs proof that the acknowledgement arrived.
enum class CardStep { intent, sent, started, result, ack_sent, committed, closed };
template <>
inline constexpr int stored_count<CardStep> = 1 + static_cast<int>(CardStep::closed);
std::string_view word(CardStep step);

// A booking of the terminal that only its amount ties to an attempt: the request
// may have been lost, and somebody else have paid there.
struct Lookalike {
  Money amount;
  std::string reference;  // masked card and authorisation
  std::string ticket;     // the terminal's own name for it
  friend bool operator==(const Lookalike&, const Lookalike&) = default;
};

struct CardAttempt {
  AttemptId id;
  OrderId order;
  Money amount;
  CardPhase phase = CardPhase::requested;
  std::string says;       // what the terminal last said, in its own words
  std::string reference;  // masked card and authorisation; empty until approved
  Instant started;
  int asked = 0;  // how often the terminal was asked for its last result
  CardKind kind = CardKind::sale;
  CardStep step = CardStep::intent;
  std::int64_t number = 0;      // grows with every attempt of this till, for protocols that count
  std::string terminal = {};    // its own name: TID, POIID
  std::string key = {};         // the driver's: how to find this attempt at the terminal again
  std::string ticket = {};      // the terminal's: how to reverse or refund it later
  Money booked = {};            // what the terminal said that it booked
  TransactionId original = {};  // of a refund or reversal: the payment that goes back
  std::string original_ticket = {};  // and the terminal's name for that
  std::string last_ticket = {};      // of the booking before this one at any terminal
  std::string order_number = {};     // of `order`, for people
  Money tip = {};                    // of `amount`, as it was said at the till
  // Of one that is unknown: found when the terminal was asked last. A person who
  // holds its slip decides. Not kept in the store: after a start it is asked for anew.
  std::optional<Lookalike> alike = {};
  friend bool operator==(const CardAttempt&, const CardAttempt&) = default;
};

// What the cashier may do in a phase; the screen shows it, the register holds to it.
struct CardActions {
  bool abort, retry, other_tender, ask_terminal, resolve_by_hand;
};
constexpr CardActions actions_in(CardPhase phase) {
  switch (phase) {
    case CardPhase::requested:
      return {true, false, false, false, false};
    case CardPhase::approved:
      return {};
    case CardPhase::declined:
    case CardPhase::not_started:
      return {false, true, true, false, false};
    case CardPhase::unknown:
      return {false, false, false, true, true};
  }
  return {};
}

// While this holds, the order can be neither voided nor tendered otherwise, and
// the terminal takes no other payment.
constexpr bool holds_order(CardPhase phase) {
  return phase == CardPhase::requested || phase == CardPhase::unknown;
}

// What came back from the terminal, or from a person who looked at it.
struct CardResult {
  CardPhase phase = CardPhase::unknown;  // never `requested`
  Money amount;                          // as the terminal booked it, when approved
  std::string says;
  std::string reference;
  std::string ticket = {};
  Money tip = {};             // the part of `amount` that the customer added at the terminal
  bool is_requested = false;  // money that goes back was asked for, and is not confirmed
  std::optional<Lookalike> alike = {};  // of `unknown`
};

// The upkeep of a terminal, by hand.
enum class TerminalWork {
  connection_test,
  log_in,
  diagnosis,
  end_of_day,
  totals,
  reprint,
  log_off,
  display_text
};
std::string_view word(TerminalWork work);

// What is taken as paid when a person says that it was: where the terminal had
// told a smaller amount before it fell silent, that one.
Money paid_if_decided(const CardAttempt& attempt);

// What a terminal wants printed, ready to print: text is UTF-8, no card number
// in it. A slip with a line to sign on must reach a person.
enum class SlipCopy { merchant, customer, admin };
template <>
inline constexpr int stored_count<SlipCopy> = 1 + static_cast<int>(SlipCopy::admin);
std::string_view word(SlipCopy copy);
struct TerminalLine {
  std::string text;
  bool centred = false, wide = false, tall = false;
  friend bool operator==(const TerminalLine&, const TerminalLine&) = default;
};
struct TerminalSlip {
  std::int64_t row = 0;
  AttemptId attempt;  // nil: none, as at the end of the day
  SlipCopy copy = SlipCopy::customer;
  bool needs_signature = false;
  std::vector<TerminalLine> lines;
};

}  // namespace core
