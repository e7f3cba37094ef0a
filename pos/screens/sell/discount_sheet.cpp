#include "pos/screens/sell/discount_sheet.h"

#include <algorithm>
#include <array>

#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Money;

constexpr std::array<std::int64_t, 4> quick_rates{500, 1000, 1500, 2000};

ui::Keying keying(const Scene& scene, const DiscountInput& input) {
  if (input.kind == Reduction::percent) return {10'000, 2, false};
  return amount_keying(scene.till.order.currency);
}

// The line in question and its place; null: the whole cart, or a line that is gone.
const core::LineItem* line_of(const Scene& scene, const DiscountInput& input) {
  for (const core::LineItem& line : scene.till.order.lines)
    if (input.line && line.id == *input.line) return &line;
  return nullptr;
}

// What the reduction is taken from.
Money base_of(const Scene& scene, const DiscountInput& input) {
  const core::Totals& totals = scene.till.totals;
  if (!input.line) return totals.subtotal - totals.line_discounts;
  const core::LineItem* line = line_of(scene, input);
  return line ? core::price_of(line->unit_price, line->quantity) : Money{};
}

core::Discount discount_in(const DiscountInput& input) {
  if (input.kind == Reduction::percent)
    return {core::DiscountKind::percent, input.keyed.value(), ""};
  return {core::DiscountKind::amount, input.keyed.value(), ""};
}

Money after(const Scene& scene, const DiscountInput& input) {
  const Money base = base_of(scene, input);
  const core::LineItem* line = line_of(scene, input);
  if (input.kind == Reduction::new_price)
    return line && input.keyed.value() > 0
               ? core::price_of({input.keyed.value(), base.currency}, line->quantity)
               : base;
  return base - core::discount_of(base, discount_in(input));
}

std::string_view why_not(const Scene& scene, const DiscountInput& input) {
  const bool is_price = input.kind == Reduction::new_price;
  if (input.keyed.value() == 0)
    return scene.words(is_price ? "Key in the price first." : "Key in the discount first.");
  if (input.kind == Reduction::amount && input.keyed.value() > base_of(scene, input).minor)
    return scene.words("The discount is more than the price.");
  return input.reason ? "" : scene.words("Choose a reason first.");
}

std::string shown(const Scene& scene, const DiscountInput& input) {
  const Language language = scene.words.language();
  if (input.kind == Reduction::percent) {
    const std::string keyed = input.keyed.text(keying(scene, input), decimal_sign(language));
    return keyed + (language == Language::german ? "\u00A0%" : "%");
  }
  return money_text({input.keyed.value(), scene.till.order.currency}, language);
}

bool has_discount(const Scene& scene, const DiscountInput& input) {
  if (!input.line) return scene.till.order.discount.has_value();
  const core::LineItem* line = line_of(scene, input);
  return line && line->discount;
}

core::Command command_of(const Scene& scene, const DiscountInput& input) {
  const std::string reason = discount_reasons(scene.words).at(*input.reason);
  if (input.kind == Reduction::new_price)
    return core::OverridePrice{
        *input.line, {input.keyed.value(), scene.till.order.currency}, reason};
  core::Discount discount = discount_in(input);
  discount.reason = reason;
  if (input.line) return core::DiscountLine{*input.line, discount};
  return core::DiscountOrder{discount};
}

}  // namespace

DiscountView present(const Scene& scene, const DiscountInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::LineItem* line = line_of(scene, input);
  DiscountView view;
  view.title = words(input.line ? "Discount" : "Discount on the cart");
  view.subject = line ? line->title : std::string(words("All lines"));
  view.kinds = {std::string(words("Percent")), std::string(words("Amount"))};
  if (input.line) view.kinds.emplace_back(words("New price"));
  view.kind = static_cast<std::size_t>(input.kind);
  if (input.kind == Reduction::percent) {
    for (std::size_t i = 0; i < quick_rates.size(); ++i) {
      view.quick.push_back(percent_text({quick_rates[i]}, language));
      if (input.keyed.value() == quick_rates[i]) view.chosen_quick = i;
    }
  }
  view.reasons = discount_reasons(words);
  view.reason = input.reason;
  view.reason_word = words("Reason");
  view.shown = shown(scene, input);
  view.is_hint = input.keyed.is_empty();
  view.is_refused = input.keyed.is_refused();
  view.has_sign = input.kind == Reduction::percent;
  view.sign = decimal_sign(language);
  view.before = money_text(base_of(scene, input), language);
  view.after_word = words("Afterwards");
  view.after = money_text(after(scene, input), language);
  view.foot = foot(scene, words("Accept"), why_not(scene, input));
  if (has_discount(scene, input)) view.foot.remove = words("Take discount off");
  return view;
}

DiscountTap draw(ui::Ui& ui, const DiscountView& view) {
  const PadPlaces at = pad_places(ui);
  const ui::Sheet sheet(
      ui, at.sheet, {.title = view.title + " · " + view.subject, .close_word = view.foot.cancel});
  DiscountTap tap;
  const ui::Rect left = at.left;
  tap.kind = draw_choices(ui, {left.x, left.y, left.w, 56}, static_cast<int>(view.kinds.size()),
                          view.kinds, view.kind);
  ui::amount_field(ui, {left.x, left.y + 64, left.w, 64},
                   {.value = view.shown,
                    .label = "reduction",
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  int y = left.y + 136;
  if (!view.quick.empty()) {
    tap.quick = draw_choices(ui, {left.x, y, left.w, 56}, 4, view.quick, view.chosen_quick);
    y += 64;
  }
  tap.reason = draw_choices(ui, {left.x, y, left.w, 120}, 2, view.reasons, view.reason);
  y += 124;
  if (y + 24 <= left.bottom())
    ui::fact(ui, {left.x, left.bottom() - 24, left.w, 24}, view.after_word,
             view.before + " → " + view.after);
  tap.key = ui::keypad(ui, at.pad,
                       {.left = view.has_sign ? ui::PadKey::point : ui::PadKey::clear,
                        .clear_word = "C",
                        .point = view.sign,
                        .is_refused = view.is_refused});
  tap.foot = draw_foot(ui, at.foot, view.foot);
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

SheetResult react(const DiscountTap& tap, const Scene& scene, DiscountInput& input) {
  if (tap.kind) {
    input.kind = static_cast<Reduction>(*tap.kind);
    input.keyed = {};
  }
  if (tap.quick) input.keyed = quick_rates.at(*tap.quick);
  if (tap.reason) input.reason = *tap.reason;
  Reaction refused = key_in(tap.key, input.keyed, keying(scene, input), scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (input.line && !line_of(scene, input)) return close_sheet();
  if (tap.foot == SheetTap::remove) {
    if (input.line) return close_with(core::DiscountLine{*input.line, {}});
    return close_with(core::DiscountOrder{});
  }
  if (tap.foot != SheetTap::accept || !why_not(scene, input).empty()) return {};
  return close_with(command_of(scene, input));
}

SheetResult run(ui::Ui& ui, const Scene& scene, DiscountInput& input) {
  return react(draw(ui, present(scene, input)), scene, input);
}

}  // namespace pos
