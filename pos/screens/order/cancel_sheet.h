// Cancels an order: why, whether the goods go back to the shelf, and what
// becomes of the money, said before it is done.
#pragma once

#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct CancelInput {
  bool restocks = true;
};

struct CancelView {
  std::string title, money, restock, close;
  std::vector<std::string> reasons;
  bool restocks = true;
  friend bool operator==(const CancelView&, const CancelView&) = default;
};

struct CancelTap {
  std::optional<std::size_t> reason = {};
  bool is_restock = false, is_cancelled = false;
};

std::vector<std::string> cancel_reasons(const Words& words);

CancelView present(const Scene& scene, const core::OrderDetail& detail, const CancelInput& input);
CancelTap draw(ui::Ui& ui, const CancelView& view);
SheetResult react(const CancelTap& tap, const Scene& scene, const core::OrderDetail& detail,
                  CancelInput& input);

}  // namespace pos
