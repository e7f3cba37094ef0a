// The face of a card payment whose answer was lost: what is known, how to find
// out, and the ways out: ask the terminal again, or decide by hand with a
// reason (the register asks for a manager's PIN). UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/cards/card_log.h"
#include "pos/screens/cards/lookalike.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

struct CardUnknownInput {
  CardLog log;
  std::optional<core::CardVerdict> verdict;  // its reason is being asked for
  TextSheetInput reason;
  bool shows_help = false;  // its sheet, where the page has no room for the cards
};

struct CardUnknownView {
  std::string title, second, label, order, amount;
  struct Fact {
    std::string label, value;
    friend bool operator==(const Fact&, const Fact&) = default;
  };
  std::vector<Fact> facts;
  struct Phase {
    std::string title, time;
    bool is_missing = false;
    friend bool operator==(const Phase&, const Phase&) = default;
  };
  std::vector<Phase> phases;
  std::string ask, ask_second, decide;
  std::string paid, paid_second, not_paid, not_paid_second, later, reassurance;
  std::string how, close;
  std::vector<Fact> steps;
  std::string what_happened, saved;
  std::vector<CardEventView> events;
  std::optional<LookalikeView> alike;  // in the place of how to find out
  std::optional<TextSheetView> reason;
  friend bool operator==(const CardUnknownView&, const CardUnknownView&) = default;
};

enum class CardUnknownTap : std::uint8_t {
  none,
  ask,
  paid,
  not_paid,
  later,
  help,
  close_help,
  confirm_reason,
  dismiss_reason
};

// Asks for the reason of a decision by hand.
TextSheetView reason_sheet(const Scene& scene, const core::CardAttempt& attempt,
                           core::CardVerdict verdict, const TextSheetInput& reason);
// Only where there is an attempt.
CardUnknownView present(const Scene& scene, const CardUnknownInput& input);
CardUnknownTap draw(ui::Ui& ui, const CardUnknownView& view, CardUnknownInput& input);
Reaction react(CardUnknownTap tap, const Scene& scene, CardUnknownInput& input);

}  // namespace pos
