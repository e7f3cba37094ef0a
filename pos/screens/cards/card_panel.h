// The card payment inside the tender screen: it runs, was declined, did not
// start, or was put off while its outcome is unknown. Which buttons there are
// is core::actions_in(phase). Beside it, clearly apart, the window of the
// simulated terminal, where a person is the card. UI thread.
#pragma once

#include <string>

#include "pos/desk/scene.h"
#include "pos/screens/cards/card_log.h"
#include "pos/ui/ui.h"

namespace pos {

struct CardPanelInput {
  core::AttemptId cancelled;  // the attempt that was asked to stop
};

struct CardPanelView {
  ui::State state = ui::State::neutral;
  ui::Icon icon = ui::icons::contactless;
  std::string title, says, amount, explained;
  bool has_cancel = false, can_cancel = false;
  std::string cancel, cancel_why_not;
  bool has_retry = false;
  std::string retry, other_tender, back;
  std::vector<CardEventView> events;  // the tender screen knows them
  bool has_simulator = false;
  std::string simulator, simulator_explained, approve, decline, charged, uncharged;
  friend bool operator==(const CardPanelView&, const CardPanelView&) = default;
};

enum class CardPanelTap : std::uint8_t {
  none,
  cancel,
  retry,
  other_tender,
  back,
  approve,
  decline,
  silent_charged,
  silent_uncharged
};

// Only where there is an attempt.
CardPanelView present(const Scene& scene, const CardPanelInput& input);
CardPanelTap draw(ui::Ui& ui, const ui::Rect& rect, const CardPanelView& view);
// `other_tender` concerns the tender screen as well.
Reaction react(CardPanelTap tap, const Scene& scene, CardPanelInput& input);

}  // namespace pos
