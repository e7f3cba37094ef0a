#include "pos/screens/shift/no_sale_sheet.h"

#include "core/base/text.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/shift/shift_words.h"

namespace pos {

NoSaleView present(const Scene& scene, const NoSaleInput& input) {
  const Words& words = scene.words;
  NoSaleView view;
  view.title = words("Open drawer");
  view.explained = words("It is written down, and counted on the Z report.");
  view.cancel = words("Cancel");
  view.reasons = in_words(
      words, {"Change money", "Wrong change was given", "To look into it", "Other reason …"});
  if (input.other) {
    TextSheetView text;
    text.title = view.title;
    text.placeholder = words("Reason");
    text.confirm = words("Open drawer");
    text.close = view.cancel;
    text.layout = layout_of(words);
    text.most_bytes = 60;
    text.can_confirm = !core::trim(input.other->value).empty();
    text.why_not = words("Please give a reason.");
    view.text = std::move(text);
  }
  return view;
}

NoSaleTap draw(ui::Ui& ui, const NoSaleView& view, NoSaleInput& input) {
  if (view.text) return {.text = draw(ui, *view.text, *input.other)};
  const int rows = static_cast<int>(view.reasons.size());
  const int explained = ui::paragraph_height(ui, 440 - 48, view.explained);
  const ui::Rect at = sheet_place(ui, 440, 72 + explained + 16 + rows * 64 + 16, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  NoSaleTap tap{.is_cancelled = sheet.is_dismissed()};
  const int x = at.x + 24, w = at.w - 48;
  ui::paragraph(ui, {x, at.y + 72, w, explained}, view.explained, {.colour = ui::Colour::text_2});
  tap.reason = draw_choices(ui, {x, at.y + 72 + explained + 16, w, rows * 64}, 1, view.reasons, {});
  return tap;
}

SheetResult react(const NoSaleTap& tap, const Scene& scene, NoSaleInput& input) {
  if (input.other) {
    if (tap.text == TextSheetTap::dismiss) input.other.reset();
    if (tap.text != TextSheetTap::confirm) return {};
    return close_with(core::OpenDrawerByHand{std::string(core::trim(input.other->value))});
  }
  if (tap.is_cancelled) return close_sheet();
  if (!tap.reason) return {};
  const auto reasons = present(scene, input).reasons;
  if (*tap.reason + 1 == reasons.size()) {
    input.other.emplace();
    return {};
  }
  return close_with(core::OpenDrawerByHand{reasons.at(*tap.reason)});
}

SheetResult run(ui::Ui& ui, const Scene& scene, NoSaleInput& input) {
  return react(draw(ui, present(scene, input), input), scene, input);
}

}  // namespace pos
