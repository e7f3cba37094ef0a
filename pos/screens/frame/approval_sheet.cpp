#include "pos/screens/frame/approval_sheet.h"

#include <algorithm>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/page.h"

namespace pos {

namespace {

void add_message(const Scene& scene, const FrameInput& input, ApprovalView& view) {
  const std::int64_t seconds = locked_seconds(scene);
  const bool is_refused = !input.why_refused.empty() && input.pin.empty();
  view.is_wrong = seconds > 0 || (is_refused && !input.is_sent);
  view.is_waiting = seconds > 0 || input.is_sent;
  view.message = scene.words("Key in the PIN of a manager.");
  if (seconds > 0) {
    view.message =
        scene.words.fill("Too many wrong PINs. Please wait {} s.", {std::to_string(seconds)});
  } else if (input.is_sent) {
    view.message = scene.words("The PIN is being checked …");
  } else if (view.is_wrong) {
    view.message = input.why_refused;
  }
}

}  // namespace

ApprovalView present_approval(const Scene& scene, const FrameInput& input) {
  ApprovalView view;
  view.title = scene.words("Approval needed");
  view.words = approval_words(scene, *input.pending);
  if (view.words.what.empty()) view.words.what = input.reason;
  if (scene.till.cashier) {
    view.asked_by = scene.words.fill("{} asks for it.", {scene.till.cashier->name});
  }
  view.entered = static_cast<int>(input.pin.size());
  add_message(scene, input, view);
  const bool can_accept = !view.is_waiting && input.pin.size() >= ui::shortest_pin;
  view.foot = foot(scene, scene.words("Approve"), can_accept ? "" : view.message);
  return view;
}

namespace {

// What is approved, by whom it is asked for, and what the till says to the PIN.
void draw_words(ui::Ui& ui, const ui::Rect& at, const ApprovalView& view) {
  int y = at.y;
  const auto add = [&](std::string_view words, const ui::Text& style) {
    if (words.empty()) return;
    y += ui::paragraph(ui, {at.x, y, at.w, at.bottom() - y}, words, style) + 8;
  };
  add(view.words.what, {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  add(view.words.amount, {.size = ui::Size::t2});
  add(view.words.reason, {});
  add(view.asked_by, {.colour = ui::Colour::text_2});
  const ui::Text style{.weight = ui::Weight::medium,
                       .colour = view.is_wrong ? ui::Colour::bad : ui::Colour::text};
  const int height = ui::paragraph_height(ui, at.w - 32, view.message, style);
  const int top = at.bottom() - height;
  ui::icon(ui, {at.x, top, 24, line_height(ui, ui::Size::t1)},
           view.is_wrong ? ui::icons::error : ui::icons::verified_user,
           view.is_wrong ? ui::Colour::bad : ui::Colour::text_2, 20);
  ui::paragraph(ui, {at.x + 32, top, at.w - 32, height}, view.message, style);
}

}  // namespace

ApprovalTap draw(ui::Ui& ui, const ApprovalView& view) {
  const PadPlaces at = pad_places(ui);
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .close_word = view.foot.cancel});
  draw_words(ui, at.left, view);
  ApprovalTap tap;
  ui::pin_dots(ui, {at.pad.x, at.pad.y, at.pad.w, 56}, view.entered,
               static_cast<int>(ui::shortest_pin));
  tap.key = ui::keypad(ui, {at.pad.x, at.pad.y + 64, at.pad.w, at.pad.h - 64},
                       {.is_phone_order = true,
                        .left = ui::PadKey::clear,
                        .clear_word = "C",
                        .enabled = !view.is_waiting,
                        .why_not = view.message});
  tap.foot = draw_foot(ui, at.foot, view.foot);
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

Reaction react(const ApprovalTap& tap, const Scene& scene, FrameInput& input) {
  if (tap.foot == SheetTap::cancel) {
    close_approval(input);
    return {};
  }
  if (Reaction refused = key_in(tap.key, input.pin, scene.words); !refused.is_empty())
    return refused;
  if (tap.foot != SheetTap::accept) return {};
  if (!present_approval(scene, input).foot.why_not.empty()) return {};
  Reaction reaction = say(*input.pending);
  reaction.approval = std::move(input.pin);
  input.pin.clear();
  input.is_sent = true;
  return reaction;
}

Reaction approve_by(const std::string& badge, FrameInput& input) {
  if (!input.pending || input.is_sent) return {};
  Reaction reaction = say(*input.pending);
  reaction.approval = badge;
  input.pin.clear();
  input.is_sent = true;
  return reaction;
}

Reaction run_approval(ui::Ui& ui, const Scene& scene, FrameInput& input) {
  if (!ui.focused().empty()) ui.blur();  // the keys belong to the PIN
  return react(draw(ui, present_approval(scene, input)), scene, input);
}

void refuse_approval(FrameInput& input, std::string why) {
  input.pin.clear();
  input.is_sent = false;
  input.why_refused = std::move(why);
}

void close_approval(FrameInput& input) {
  input.pending.reset();
  input.pin.clear();
  input.is_sent = false;
  input.why_refused.clear();
}

}  // namespace pos
