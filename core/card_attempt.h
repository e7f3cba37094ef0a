// One try on the card terminal (style: worked example "a card payment"):
// requested -> approved / declined / not_started / unknown. A lost answer is
// unknown: never retried by itself, never folded into failed.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"

namespace core {

enum class CardPhase { requested, approved, declined, not_started, unknown };

std::string_view word(CardPhase phase);

struct CardAttempt {
  AttemptId id;
  OrderId order;
  Money amount;
  CardPhase phase = CardPhase::requested;
  std::string says;       // what the terminal last said, in its own words
  std::string reference;  // masked card and authorisation; empty until approved
  Instant started;
  int asked = 0;  // how often the terminal was asked for its last result
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

// While this holds, the order can be neither parked, voided nor tendered otherwise.
constexpr bool holds_order(CardPhase phase) {
  return phase == CardPhase::requested || phase == CardPhase::unknown;
}

// What came back from the terminal, or from a person who looked at it.
struct CardResult {
  CardPhase phase = CardPhase::unknown;  // never `requested`
  Money amount;                          // as the terminal booked it, when approved
  std::string says;
  std::string reference;
};

}  // namespace core
