#include "pos/screens/order/capture_sheet.h"

#include "pos/screens/order/order_verbs.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

core::Money amount_of(const OrderSteps& steps, const CaptureInput& input) {
  return {input.keyed.value(), steps.capturable.currency};
}

}  // namespace

CaptureView present(const Scene& scene, const core::OrderDetail& detail,
                    const CaptureInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const OrderSteps steps = steps_of(detail);
  const core::Money amount = amount_of(steps, input);
  CaptureView view;
  view.title = words.fill("Capture a part of {}", {detail.order.number});
  view.shown = money_text(amount, language);
  view.is_hint = input.keyed.is_empty();
  view.is_refused = input.keyed.is_refused();
  view.facts = {
      {std::string(words("Authorised")), amount_text(steps.authorised, language)},
      {std::string(words("Already captured")), amount_text(steps.captured, language)},
      {std::string(words("Left afterwards")), amount_text(steps.capturable - amount, language)}};
  view.warning = expiry_text(detail, scene).words;
  std::string why;
  if (amount.minor == 0) why = words("Key an amount.");
  if (amount > steps.capturable) {
    why = words.fill("No more than {} is authorised.", {money_text(steps.capturable, language)});
  }
  view.foot = foot(scene, words.fill("Capture {}", {money_text(amount, language)}), why);
  return view;
}

CaptureTap draw(ui::Ui& ui, const CaptureView& view) {
  const PadPlaces at = pad_places(ui);
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .close_word = view.foot.cancel});
  CaptureTap tap;
  ui::amount_field(ui, {at.left.x, at.left.y, at.left.w, 72},
                   {.value = view.shown,
                    .label = "capture",
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  const int high = line_height(ui, ui::Size::t1) + 12;
  int y = at.left.y + 96;
  for (const CaptureView::Fact& fact : view.facts) {
    ui::fact(ui, {at.left.x, y, at.left.w, high}, fact.label, fact.value);
    y += high;
  }
  if (!view.warning.empty()) {
    ui::icon(ui, {at.left.x, y + 8, 24, line_height(ui, ui::Size::t1)}, ui::icons::event,
             ui::Colour::warn, 20);
    ui::paragraph(ui, {at.left.x + 28, y + 8, at.left.w - 28, 60}, view.warning,
                  {.weight = ui::Weight::medium, .colour = ui::Colour::warn});
  }
  tap.key = ui::keypad(ui, at.pad, {.is_refused = view.is_refused});
  tap.foot = draw_foot(ui, at.foot, view.foot);
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

SheetResult react(const CaptureTap& tap, const Scene& scene, const core::OrderDetail& detail,
                  CaptureInput& input) {
  const ui::Keying keying = amount_keying(detail.order.currency);
  Reaction refused = key_in(tap.key, input.keyed, keying, scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.foot == SheetTap::cancel) return close_sheet();
  const bool is_possible = present(scene, detail, input).foot.why_not.empty();
  if (tap.foot != SheetTap::accept || !is_possible) return {};
  return {verb(core::CapturePayment{detail.order.id, amount_of(steps_of(detail), input)}), true};
}

}  // namespace pos
