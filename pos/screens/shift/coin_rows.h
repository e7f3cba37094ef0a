// The notes and coins of the currency, each with a stepper for how many there are. No
// row moves, whatever is counted.
#pragma once

#include <string>
#include <vector>

#include "core/shift/cash.h"
#include "pos/ui/translate.h"
#include "pos/ui/widgets.h"

namespace pos {

struct CoinRow {
  std::int64_t value = 0;  // minor units
  std::string label = {}, number = {}, sum = {};
  ui::Colour fill = ui::Colour::none, ring = ui::Colour::none, ink = ui::Colour::text;
  bool is_note = false, is_selected = false, is_counted = false;
  friend bool operator==(const CoinRow&, const CoinRow&) = default;
};
struct CoinsView {
  std::string notes, notes_sum, coins, coins_sum;
  std::vector<CoinRow> rows;  // the notes first
  std::string hint, clear;
  friend bool operator==(const CoinsView&, const CoinsView&) = default;
};
struct CoinsTap {
  std::int64_t value = 0;
  ui::StepperTap step = ui::StepperTap::none;
  bool is_cleared = false;
};

// `selected`: the value whose number is being keyed; 0: none.
CoinsView coins_view(const std::vector<core::CoinCount>& counted, core::Currency currency,
                     std::int64_t selected, const Words& words);
CoinsTap draw(ui::Ui& ui, const ui::Rect& rect, const CoinsView& view);
// What it looks like: a note, or a disc with its ring.
void draw_coin(ui::Ui& ui, const ui::Rect& rect, const CoinRow& row);

}  // namespace pos
