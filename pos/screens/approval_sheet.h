// Asks somebody who may for a PIN, so that the refused command can be tried
// again with it.
#pragma once

#include "pos/screens/frame.h"

namespace pos {

struct ApprovalView {
  std::string title, reason, accept, cancel, why_not;
  int entered = 0;
  bool can_accept = false;
  friend bool operator==(const ApprovalView&, const ApprovalView&) = default;
};
enum class ApprovalTap : std::uint8_t { none, accept, cancel };

ApprovalView present_approval(const Scene& scene, const FrameInput& input);
ApprovalTap draw(ui::Ui& ui, const ApprovalView& view, FrameInput& input);
Reaction react(ApprovalTap tap, FrameInput& input);
Reaction run_approval(ui::Ui& ui, const Scene& scene, FrameInput& input);

}  // namespace pos
