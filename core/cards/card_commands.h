// Card payments, from the first request to what nobody knows, and the terminal itself. Plain
// values.
#pragma once

#include <string>

#include "core/cards/card_attempt.h"
#include "core/cards/day_end.h"

namespace core {

struct StartCard {
  Money amount;
  Money tip = {};  // beside it: the terminal is asked for both together
};
struct CancelCard {
  AttemptId attempt;
};  // a wish
struct CardAnswered {
  AttemptId attempt;
  CardResult result;
};
struct AskTerminal {
  AttemptId attempt;
};
enum class CardVerdict { paid, not_paid };
struct ResolveCard {
  AttemptId attempt;
  CardVerdict verdict;
  std::string reason;
};
struct DismissCard {
  AttemptId attempt;
};  // declined or not started was read

// How far the attempt has got: written down before the driver goes on.
struct CardReached {
  AttemptId attempt;
  CardStep step;
  std::string terminal;  // empty: as it was
  std::string key;       // empty: as it was
  CardResult result;     // for `result`: what the terminal says that it booked
};

// The order of an unknown attempt is parked (or left); the attempt stays open,
// and its terminal takes no other. It can be asked about and decided meanwhile.
struct PutOffCard {
  AttemptId attempt;
};

// What was put off comes back in hand, with its order; a cart in hand is parked.
struct TakeUpCard {
  AttemptId attempt;
};

// Money back to the card that paid: by reversal as long as the terminal has not
// closed its day, else by refund.
struct RefundToCard {
  OrderId order;
  TransactionId payment;
  Money amount;
  CardKind kind = CardKind::refund;  // never `sale`
  std::string reason;
};
struct ServeTerminal {
  TerminalWork work;
};
// Before the shift is closed: the terminal closes its own day and says its sums.
struct EndTerminalDay {};
// What it said. It is compared with what the till has booked, and stands with the shift.
struct TerminalDayEnded {
  TerminalDay day;
};

}  // namespace core
