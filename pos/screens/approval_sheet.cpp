#include "pos/screens/approval_sheet.h"

#include <algorithm>

namespace pos {

namespace {

constexpr std::size_t shortest_pin = 4, longest_pin = 12;

}  // namespace

ApprovalView present_approval(const Scene& scene, const FrameInput& input) {
  return {.title = std::string(scene.words("Approval needed")),
          .reason = input.reason,
          .accept = std::string(scene.words("Approve")),
          .cancel = std::string(scene.words("Cancel")),
          .why_not = std::string(scene.words("Key in the PIN of a manager.")),
          .entered = static_cast<int>(input.pin.size()),
          .can_accept = input.pin.size() >= shortest_pin};
}

ApprovalTap draw(ui::Ui& ui, const ApprovalView& view, FrameInput& input) {
  const int width = 432, height = std::min(632, ui.height() - 16);
  const ui::Rect at{(ui.width() - width) / 2, (ui.height() - height) / 2, width, height};
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  const int x = at.x + 24, w = at.w - 48;
  ui::paragraph(ui, {x, at.y + 72, w, 40}, view.reason, {.colour = ui::Colour::text_2, .lines = 2});
  ui::pin_dots(ui, {x, at.y + 120, w, 64}, view.entered, static_cast<int>(shortest_pin));
  const int top = at.y + 192, foot = at.bottom() - 24 - 64;
  const ui::PadKey key =
      ui::keypad(ui, {x, top, w, foot - 16 - top},
                 {.is_phone_order = true, .left = ui::PadKey::clear, .clear_word = "C"});
  ui::apply(key, input.pin, longest_pin);
  const bool accepts = ui::button(ui, {x, foot, w, 64},
                                  {.label = view.accept,
                                   .kind = ui::ButtonKind::main,
                                   .icon = ui::icons::verified_user,
                                   .key = ui::Key::enter,
                                   .enabled = view.can_accept,
                                   .why_not = view.why_not});
  if (sheet.is_dismissed()) return ApprovalTap::cancel;
  return accepts ? ApprovalTap::accept : ApprovalTap::none;
}

Reaction react(ApprovalTap tap, FrameInput& input) {
  if (tap == ApprovalTap::none || !input.pending) return {};
  Reaction reaction;
  if (tap == ApprovalTap::accept) {
    reaction.commands.push_back(*input.pending);
    reaction.approval = input.pin;
  }
  input.pending.reset();
  input.pin.clear();
  return reaction;
}

Reaction run_approval(ui::Ui& ui, const Scene& scene, FrameInput& input) {
  const std::string focused = ui.focused();
  if (!focused.empty()) ui.blur();  // the keys belong to the PIN
  return react(draw(ui, present_approval(scene, input), input), input);
}

}  // namespace pos
