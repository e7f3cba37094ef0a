#include "core/cards/card_attempt.h"

#include <algorithm>
#include <array>

namespace core {

std::string_view word(CardPhase phase) {
  static constexpr std::array<std::string_view, stored_count<CardPhase>> words{
      "requested", "approved", "declined", "not_started", "unknown"};
  return words[static_cast<std::size_t>(phase)];
}

std::string_view word(CardKind kind) {
  static constexpr std::array<std::string_view, stored_count<CardKind>> words{"sale", "refund",
                                                                              "reversal"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(CardStep step) {
  static constexpr std::array<std::string_view, stored_count<CardStep>> words{
      "intent", "sent", "started", "result", "ack_sent", "committed", "closed"};
  return words[static_cast<std::size_t>(step)];
}

std::string_view word(TerminalWork work) {
  static constexpr std::array<std::string_view, 8> words{
      "connection test", "log-in",  "diagnosis", "end of day",
      "totals",          "reprint", "log-off",   "display text"};
  return words[static_cast<std::size_t>(work)];
}

std::string_view word(SlipCopy copy) {
  static constexpr std::array<std::string_view, stored_count<SlipCopy>> words{"merchant",
                                                                              "customer", "admin"};
  return words[static_cast<std::size_t>(copy)];
}

Money paid_if_decided(const CardAttempt& attempt) {
  if (attempt.alike) return std::min(attempt.alike->amount, attempt.amount);
  return attempt.booked.minor > 0 && attempt.booked < attempt.amount ? attempt.booked
                                                                     : attempt.amount;
}

}  // namespace core
