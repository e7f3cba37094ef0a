// Why a line or the whole cart is voided. One tap on a reason does it.
#pragma once

#include <string>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct VoidInput {
  std::optional<core::LineId> line = {};  // none: the whole cart
  std::string subject;
};

struct VoidView {
  std::string title, subject, cancel;
  std::vector<std::string> reasons;
  friend bool operator==(const VoidView&, const VoidView&) = default;
};
struct VoidTap {
  bool is_cancelled = false;
  std::optional<std::size_t> reason = {};
};

VoidView present(const Scene& scene, const VoidInput& input);
VoidTap draw(ui::Ui& ui, const VoidView& view);
SheetResult react(const VoidTap& tap, const Scene& scene, const VoidInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, VoidInput& input);

}  // namespace pos
