#include "pos/screens/sell/quantity_sheet.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/ui/buttons.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Quantity;

ui::Keying keying(const QuantityInput& input) {
  if (input.unit != core::Unit::kilogram) return {99'999, 0, false};
  return {999'999, input.in_kilograms ? 3 : 0, false};
}

// What stands there before anything is keyed: the line's quantity, in the unit that is keyed.
std::string hint_of(const QuantityInput& input, Language language) {
  const bool in_grams = input.unit == core::Unit::kilogram && !input.in_kilograms;
  return in_grams ? std::to_string(input.before.thousandths)
                  : quantity_text(input.before, language);
}

}  // namespace

QuantityInput weigh(const core::Variant& variant) {
  return {variant.id.row, {}, core::name_of(variant), variant.unit, variant.price, false, {},
          false};
}

QuantityInput change_quantity(const core::LineItem& line) {
  return {0, line.id, line.title, line.unit, line.unit_price, false, {}, false, line.quantity};
}

QuantityInput change_quantity(const core::ReturnLine& line) {
  const std::int64_t count = std::max<std::int64_t>(line.quantity.thousandths / 1000, 1);
  const core::Money each{line.amount.minor / count, line.amount.currency};
  return {0, line.id, line.title, line.unit, each, false, {}, false, line.quantity};
}

std::optional<Quantity> keyed_quantity(const QuantityInput& input) {
  const std::int64_t one = input.unit == core::Unit::kilogram ? 1 : 1000;
  const Quantity quantity{input.entry.value() * one};
  if (quantity.thousandths <= 0 || quantity.thousandths > core::largest_thousandths) return {};
  return quantity;
}

QuantityView present(const Scene& scene, const QuantityInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const bool is_weighed = input.unit == core::Unit::kilogram;
  QuantityView view;
  view.title = words(is_weighed ? "Weight" : "Quantity");
  view.product = input.title;
  view.price = money_text(input.price, language) + (is_weighed ? "/kg" : "");
  view.unit = is_weighed ? (input.in_kilograms ? "kg" : "g") : "×";
  if (is_weighed) view.units = {"g", "kg"};
  view.in_kilograms = input.in_kilograms;
  view.is_hint = input.entry.is_empty();
  view.is_refused = input.entry.is_refused();
  view.sign = decimal_sign(language);
  const std::string keyed = input.entry.text(keying(input), view.sign);
  view.shown = (view.is_hint ? hint_of(input, language) : keyed) + " " + view.unit;
  const auto quantity = keyed_quantity(input);
  view.comes_to_word = words("Comes to");
  view.comes_to =
      money_text(core::price_of(input.price, quantity.value_or(input.before)), language);
  const std::string_view why =
      quantity ? "" : words(is_weighed ? "Key in the weight first." : "Key in the quantity first.");
  if (is_weighed && scene.devices.weight) {
    view.scale_word = words.fill("Take {} kg", {quantity_text(*scene.devices.weight, language)});
  }
  view.foot = foot(scene, words(input.variant ? "Add" : "Accept"), why);
  return view;
}

QuantityTap draw(ui::Ui& ui, const QuantityView& view) {
  const PadPlaces at = pad_places(ui);
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .close_word = view.foot.cancel});
  QuantityTap tap;
  const ui::Rect left = at.left;
  const int name =
      ui::paragraph(ui, {left.x, left.y, left.w, 48}, view.product,
                    {.size = ui::Size::t2, .weight = ui::Weight::semibold, .lines = 2});
  ui::text(ui, {left.x, left.y + name + 4, left.w, 20}, view.price, {.colour = ui::Colour::text_2});
  ui::amount_field(ui, {left.x, left.y + 88, left.w, 72},
                   {.value = view.shown,
                    .label = "quantity",
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  if (!view.units.empty())
    tap.unit = draw_choices(ui, {left.x, left.y + 168, left.w, 56}, 2, view.units,
                            view.in_kilograms ? 1U : 0U);
  if (!view.scale_word.empty()) {
    tap.takes_weight = ui::button(ui, {left.x, left.y + 232, left.w, 56},
                                  {.label = view.scale_word, .kind = ui::ButtonKind::line});
  }
  const int sum = line_height(ui, ui::Size::t4), word = line_height(ui, ui::Size::t1);
  ui::text(ui, {left.x, left.bottom() - sum - word, left.w, word}, view.comes_to_word,
           {.colour = ui::Colour::text_2});
  ui::amount(ui, {left.x, left.bottom() - sum, left.w, sum}, view.comes_to,
             {.size = ui::Size::t4, .align = ui::Align::left});
  tap.key = ui::keypad(ui, at.pad,
                       {.left = view.in_kilograms ? ui::PadKey::point : ui::PadKey::clear,
                        .clear_word = "C",
                        .point = view.sign,
                        .is_refused = view.is_refused});
  tap.foot = draw_foot(ui, at.foot, view.foot);
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

SheetResult react(const QuantityTap& tap, const Scene& scene, QuantityInput& input) {
  if (tap.unit) {
    input.in_kilograms = *tap.unit == 1;
    input.entry = {};
  }
  if (tap.takes_weight && scene.devices.weight) {
    input.in_kilograms = true;
    input.is_weighed = true;
    input.entry = scene.devices.weight->thousandths;
  } else if (tap.key != ui::PadKey::none || tap.unit) {
    input.is_weighed = false;
  }
  Reaction refused = key_in(tap.key, input.entry, keying(input), scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.foot == SheetTap::cancel) return close_sheet();
  const auto quantity = keyed_quantity(input);
  if (tap.foot != SheetTap::accept || !quantity) return {};
  SheetResult result = input.variant ? close_with(core::AddVariant{input.variant, *quantity})
                                     : close_with(core::ChangeQuantity{input.line, *quantity});
  result.reaction.takes_weight = input.is_weighed;
  return result;
}

SheetResult run(ui::Ui& ui, const Scene& scene, QuantityInput& input) {
  return react(draw(ui, present(scene, input)), scene, input);
}

}  // namespace pos
