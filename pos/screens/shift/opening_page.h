// No shift is open: what lies in the drawer is keyed, preset with what the last
// closing left, or counted by note and coin; one tap opens the next one. Beside it are
// the closed ones.
#pragma once

#include "pos/screens/shift/closings_page.h"
#include "pos/screens/shift/coin_pad.h"

namespace pos {

struct OpeningInput {
  std::optional<ui::Keyed> keyed;  // nothing: what was left
  bool by_coin = false;
  std::vector<core::CoinCount> coins;
  CoinPadInput pad;
};

struct OpeningView {
  std::string title, amount_label, amount;
  bool is_hint = false, is_refused = false;
  AmountRow kept;
  std::optional<DifferenceView> difference;  // to what was left
  std::string open, why_not;                 // why it cannot be opened yet
  std::string by_coin_word, by_sum_word;     // empty: the currency's coins are not known
  std::optional<CoinsView> coins;            // in the place of the list
  std::optional<CoinPadView> pad;
  ClosingsList list;
  friend bool operator==(const OpeningView&, const OpeningView&) = default;
};

struct OpeningTap {
  bool is_opened = false;
  std::optional<bool> by_coin = {};
  CoinsTap coin = {};
  CoinPadTap pad = {};
  ui::PadKey key = ui::PadKey::none;
  ClosingsTap list = {};
};

OpeningView present(const Scene& scene, const OpeningInput& input, const ClosingsInput& closings);
OpeningTap draw(ui::Ui& ui, const OpeningView& view);
// The amount with its keys and the button alone.
OpeningTap draw_opening(ui::Ui& ui, const ui::Rect& rect, const OpeningView& view);
// What is chosen in the list is the screen's.
Reaction react(const OpeningTap& tap, const Scene& scene, OpeningInput& input);

}  // namespace pos
