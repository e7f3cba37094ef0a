// A line of the cart comes back instead of being sold, and nobody has a receipt: why, and
// whether it can be sold again. One tap on a reason does it.
#pragma once

#include <string>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct TakeBackInput {
  core::LineId line;
  core::Shelf shelf = core::Shelf::restock;
};

struct TakeBackView {
  std::string title, subject = {}, cancel = {};
  std::vector<std::string> reasons = {}, shelves = {};
  std::size_t shelf = 0;
  friend bool operator==(const TakeBackView&, const TakeBackView&) = default;
};
struct TakeBackTap {
  bool is_cancelled = false;
  std::optional<std::size_t> reason = {}, shelf = {};
};

// Why goods come back, in the cashier's language.
std::vector<std::string> return_reasons(const Words& words);

TakeBackView present(const Scene& scene, const TakeBackInput& input);
TakeBackTap draw(ui::Ui& ui, const TakeBackView& view);
SheetResult react(const TakeBackTap& tap, const Scene& scene, TakeBackInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, TakeBackInput& input);

}  // namespace pos
