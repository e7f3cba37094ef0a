#include "pos/screens/sell/open_item_sheet.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/tax/country.h"
#include "pos/layout/tax_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::string_view item_name_id = "open-item-name";

std::vector<std::string> tax_codes(const Scene& scene) {
  return core::tax_codes(scene.till.settings.money.rates);
}

std::string tax_choice(const core::Settings& settings, const std::string& code,
                       const std::string& today, const Words& words) {
  const std::vector<core::TaxRate>& rates = settings.money.rates;
  const core::Rate rate = core::rate_on(rates, code, today);
  const core::Country country = core::country_from(settings.shop.country);
  return tax_words({rate, core::key_of(country, rates, code, rate)}, words);
}

std::string iso_date(const core::LocalTime& now) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(now.year) + "-" + two(now.month) + "-" + two(now.day);
}

}  // namespace

OpenItemView present(const Scene& scene, const OpenItemInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  OpenItemView view;
  view.title = words("Free item");
  view.name_label = words("Name");
  view.name_hint = words("Free item");
  view.price = money_text({input.keyed.value(), scene.till.settings.shop.currency}, language);
  view.is_hint = input.keyed.is_empty();
  view.is_refused = input.keyed.is_refused();
  view.tax_word = words("Tax rate");
  const std::string today = iso_date(scene.now);
  const core::Settings& settings = scene.till.settings;
  for (const std::string& code : tax_codes(scene)) {
    view.taxes.push_back(tax_choice(settings, code, today, words));
  }
  view.tax = input.tax;
  view.foot =
      foot(scene, words("Add"), input.keyed.value() == 0 ? words("Key in the price first.") : "");
  return view;
}

OpenItemTap draw(ui::Ui& ui, const OpenItemView& view, OpenItemInput& input, const Words& words) {
  PadPlaces at = pad_places(ui);
  const bool is_naming = ui.has_focus(item_name_id);
  input.keyboard.is_shown = is_naming;
  if (is_naming) {
    const int up = at.sheet.y - 8;  // so that the name stands above the keyboard
    for (ui::Rect* part : {&at.sheet, &at.left, &at.pad, &at.foot}) part->y -= up;
  }
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .can_dismiss = false});
  OpenItemTap tap;
  if (!is_naming && is_left(ui, at.sheet, input.keyboard)) tap.foot = SheetTap::cancel;
  const ui::Rect left = at.left;
  const ui::FieldEvent event = ui::field(ui, {left.x, left.y + 24, left.w, 56}, input.title,
                                         {.id = item_name_id,
                                          .placeholder = view.name_hint,
                                          .label = view.name_label,
                                          .most_bytes = 120});
  if (event == ui::FieldEvent::submitted) ui.blur();
  if (ui::amount_field(ui, {left.x, left.y + 96, left.w, 72},
                       {.value = view.price,
                        .label = "price",
                        .is_focused = !is_naming,
                        .is_hint = view.is_hint,
                        .has_error = view.is_refused}))
    ui.blur();
  ui::text(ui, {left.x, left.y + 184, left.w, 20}, view.tax_word, {.colour = ui::Colour::text_2});
  tap.tax = draw_choices(ui, {left.x, left.y + 208, left.w, 120}, 3, view.taxes, view.tax);
  tap.key = ui::keypad(ui, at.pad, {.is_refused = view.is_refused});
  const SheetTap foot = draw_foot(ui, at.foot, view.foot);
  if (foot != SheetTap::none) tap.foot = foot;
  if (is_naming) {
    draw_keyboard(ui, input.keyboard, words);
    if (!input.keyboard.is_shown) ui.blur();
  }
  return tap;
}

SheetResult react(const OpenItemTap& tap, const Scene& scene, OpenItemInput& input) {
  if (tap.tax) input.tax = *tap.tax;
  const core::Currency currency = scene.till.settings.shop.currency;
  Reaction refused = key_in(tap.key, input.keyed, amount_keying(currency), scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot != SheetTap::accept || input.keyed.value() == 0) return {};
  const auto codes = tax_codes(scene);
  std::string title(core::trim(input.title));
  if (title.empty()) title = scene.words("Free item");
  const std::string code = input.tax < codes.size() ? codes[input.tax] : "standard";
  return close_with(core::AddOpenItem{title, {input.keyed.value(), currency}, code});
}

SheetResult run(ui::Ui& ui, const Scene& scene, OpenItemInput& input) {
  return react(draw(ui, present(scene, input), input, scene.words), scene, input);
}

}  // namespace pos
