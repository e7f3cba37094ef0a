// Asks somebody who may for a PIN, so that the refused command can be tried
// again with it. It says what is approved, and stays until the till has answered:
// after a wrong PIN the command is still there, and no key goes elsewhere.
#pragma once

#include "pos/screens/frame/approval_words.h"
#include "pos/screens/frame/frame.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct ApprovalView {
  std::string title, asked_by;
  ApprovalWords words;
  std::string message;  // what to do, or what was wrong
  bool is_wrong = false, is_waiting = false;
  int entered = 0;
  FootView foot;
  friend bool operator==(const ApprovalView&, const ApprovalView&) = default;
};
struct ApprovalTap {
  ui::PadKey key = ui::PadKey::none;
  SheetTap foot = SheetTap::none;
};

ApprovalView present_approval(const Scene& scene, const FrameInput& input);
ApprovalTap draw(ui::Ui& ui, const ApprovalView& view);
Reaction react(const ApprovalTap& tap, const Scene& scene, FrameInput& input);
// The code of a badge that was scanned, in the place of a PIN.
Reaction approve_by(const std::string& badge, FrameInput& input);
Reaction run_approval(ui::Ui& ui, const Scene& scene, FrameInput& input);

// What went out with a PIN was refused, for the PIN or for another reason: the
// sheet says so and is there for the next PIN.
void refuse_approval(FrameInput& input, std::string why);
// It was carried out, or is not wanted any more.
void close_approval(FrameInput& input);

}  // namespace pos
