// Money on its way back to a card, over the order's page: it runs, was declined,
// did not start, or its answer was lost and a person decides with a reason. It
// is there as long as the register knows the attempt. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

struct CardRefundInput {
  core::AttemptId cancelled;                 // was asked to stop
  std::optional<core::CardVerdict> verdict;  // its reason is being asked for
  TextSheetInput reason;
};

enum class CardRefundVerb : std::uint8_t {
  cancel,
  close,
  ask,
  given,
  not_given,
  approve,
  decline,
  silent_charged,
  silent_uncharged
};

struct CardRefundView {
  std::string title, amount, says, explained, close;
  ui::State state = ui::State::accent;
  struct Choice {
    CardRefundVerb verb;
    std::string label;
    std::string why_not = {};
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  std::vector<Choice> choices;
  std::optional<TextSheetView> reason;
  friend bool operator==(const CardRefundView&, const CardRefundView&) = default;
};

// Whether the terminal is giving money of this order back.
bool gives_back(const Scene& scene, core::OrderId order);

// Only where it does.
CardRefundView present(const Scene& scene, const CardRefundInput& input);
Reaction react(CardRefundVerb verb, const Scene& scene, CardRefundInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, CardRefundInput& input);

}  // namespace pos
