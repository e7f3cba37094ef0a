#include "pos/screens/sell/voucher_sale_sheet.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/tax/tax.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::string_view voucher_number_id = "voucher-number";

// The rates that a voucher may be bound to, each once and none of nothing.
std::vector<core::TaxRate> rates_for_vouchers(const Scene& scene) {
  std::vector<core::TaxRate> rates;
  if (scene.till.settings.money.tax_mode == core::TaxMode::added) return rates;
  for (const core::TaxRate& rate : scene.till.settings.money.rates) {
    const bool is_known = std::any_of(rates.begin(), rates.end(), [&](const core::TaxRate& other) {
      return other.code == rate.code;
    });
    if (!is_known && !rate.rate.is_zero()) rates.push_back(rate);
  }
  return rates;
}

// The card that is there already under the number that was typed.
const core::Voucher* known_card(const Scene& scene, const VoucherSaleInput& input) {
  const core::FoundVoucher& found = scene.found.voucher;
  const bool is_it = !core::trim(input.number).empty() && found.asked == input.number;
  return is_it && found.voucher ? &*found.voucher : nullptr;
}

}  // namespace

Questions wants(const Scene&, const VoucherSaleInput& input) {
  if (core::trim(input.number).empty()) return {};
  return {core::AskVoucher{input.number}};
}

VoucherSaleView present(const Scene& scene, const VoucherSaleInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Voucher* card = known_card(scene, input);
  VoucherSaleView view;
  view.title = words(card ? "Top up a voucher" : "Sell a voucher");
  view.number_label = words("Number of a printed card");
  view.number_hint = words("Empty: the till makes one");
  if (card) {
    view.number_note = words.fill("{} on it now", {money_text(card->balance, language)});
  }
  view.amount = money_text({input.keyed.value(), scene.till.settings.shop.currency}, language);
  view.is_hint = input.keyed.is_empty();
  view.is_refused = input.keyed.is_refused();
  view.goods_word = words("Good for");
  if (!card) {
    view.goods.emplace_back(words("All goods"));
    for (const core::TaxRate& rate : rates_for_vouchers(scene)) {
      view.goods.push_back(words.fill("Only {}", {percent_text(rate.rate, language)}));
    }
    view.chosen = input.goods;
  }
  view.foot = foot(scene, words(card ? "Top up" : "Add"),
                   input.keyed.value() == 0 ? words("Key in the amount first.") : "");
  return view;
}

VoucherSaleTap draw(ui::Ui& ui, const VoucherSaleView& view, VoucherSaleInput& input,
                    const Words& words) {
  PadPlaces at = pad_places(ui);
  const bool is_naming = ui.has_focus(voucher_number_id);
  input.keyboard.is_shown = is_naming;
  if (is_naming) {
    const int up = at.sheet.y - 8;  // so that the number stands above the keyboard
    for (ui::Rect* part : {&at.sheet, &at.left, &at.pad, &at.foot}) part->y -= up;
  }
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .can_dismiss = false});
  VoucherSaleTap tap;
  if (!is_naming && is_left(ui, at.sheet, input.keyboard)) tap.foot = SheetTap::cancel;
  const ui::Rect left = at.left;
  if (ui::amount_field(ui, {left.x, left.y, left.w, 72},
                       {.value = view.amount,
                        .label = "voucher amount",
                        .is_focused = !is_naming,
                        .is_hint = view.is_hint,
                        .has_error = view.is_refused}))
    ui.blur();
  const ui::FieldEvent event = ui::field(ui, {left.x, left.y + 104, left.w, 56}, input.number,
                                         {.id = voucher_number_id,
                                          .placeholder = view.number_hint,
                                          .label = view.number_label,
                                          .most_bytes = 40});
  if (event == ui::FieldEvent::submitted) ui.blur();
  const int below = left.y + 168;
  if (!view.number_note.empty()) {
    ui::text(ui, {left.x, below, left.w, 24}, view.number_note, {.weight = ui::Weight::semibold});
  }
  if (!view.goods.empty()) {
    ui::text(ui, {left.x, below, left.w, 24}, view.goods_word, {.colour = ui::Colour::text_2});
    tap.goods = draw_choices(ui, {left.x, below + 28, left.w, 120}, 3, view.goods, view.chosen);
  }
  tap.key = ui::keypad(ui, at.pad, {.is_refused = view.is_refused});
  const SheetTap foot = draw_foot(ui, at.foot, view.foot);
  if (foot != SheetTap::none) tap.foot = foot;
  if (is_naming) {
    draw_keyboard(ui, input.keyboard, words);
    if (!input.keyboard.is_shown) ui.blur();
  }
  return tap;
}

SheetResult react(const VoucherSaleTap& tap, const Scene& scene, VoucherSaleInput& input) {
  if (tap.goods) input.goods = *tap.goods;
  const core::Currency currency = scene.till.settings.shop.currency;
  Reaction refused = key_in(tap.key, input.keyed, amount_keying(currency), scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot != SheetTap::accept || input.keyed.value() == 0) return {};
  const core::Money amount{input.keyed.value(), currency};
  const std::string number(core::trim(input.number));
  if (known_card(scene, input)) {
    return close_with(
        core::TopUpVoucher{number, amount, std::string(scene.words("Voucher top-up"))});
  }
  const auto rates = rates_for_vouchers(scene);
  const std::string code =
      input.goods > 0 && input.goods <= rates.size() ? rates[input.goods - 1].code : "";
  return close_with(core::SellVoucher{amount, number, code, std::string(scene.words("Voucher"))});
}

SheetResult run(ui::Ui& ui, const Scene& scene, VoucherSaleInput& input) {
  return react(draw(ui, present(scene, input), input, scene.words), scene, input);
}

}  // namespace pos
