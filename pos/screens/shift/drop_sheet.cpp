#include "pos/screens/shift/drop_sheet.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

std::int64_t smallest_note(core::Currency currency) {
  std::int64_t smallest = 0;
  for (const std::int64_t value : core::coins_of(currency)) {
    if (is_note(value, currency)) smallest = value;
  }
  return std::max<std::int64_t>(smallest, 1);
}

}  // namespace

bool is_note(std::int64_t value, core::Currency currency) {
  const std::int64_t least = currency == core::usd ? 100 : currency == core::chf ? 1'000 : 500;
  return value >= least;
}

core::Money suggested_drop(core::Money counted, const std::vector<core::CoinCount>& coins,
                           core::Money stays) {
  const core::Currency currency = counted.currency;
  std::int64_t rest = counted.minor - stays.minor;
  if (rest <= 0) return {0, currency};
  if (coins.empty()) return {rest - rest % smallest_note(currency), currency};
  std::int64_t taken = 0;
  for (const core::CoinCount& coin : coins) {  // the largest first
    if (!is_note(coin.value, currency)) continue;
    const std::int64_t number = std::min(coin.number, rest / coin.value);
    taken += number * coin.value;
    rest -= number * coin.value;
  }
  return {taken, currency};
}

DropView present(const Scene& scene, const DropInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Money taken{input.keyed.value(), input.counted.currency};
  DropView view;
  view.title = words("Take out at the closing");
  view.counted_label = words("Counted");
  view.counted = amount_text(input.counted, language);
  view.amount = money_text(taken, language);
  view.is_hint = input.keyed.is_empty();
  view.is_refused = input.keyed.is_refused();
  view.stays_label = words("Left for the next float");
  const bool is_too_much = taken > input.counted;
  view.stays = is_too_much ? "–" : amount_text(input.counted - taken, language);
  if (!input.suggested.is_zero()) {
    view.suggestion =
        words.fill("Take {}, leave {}", {money_text(input.suggested, language),
                                         money_text(input.counted - input.suggested, language)});
  }
  view.nothing = words("Leave all of it");
  view.foot = foot(scene, words("Accept"),
                   is_too_much ? words("This is more than lies in the drawer.") : "");
  return view;
}

DropTap draw(ui::Ui& ui, const DropView& view) {
  DropTap tap;
  const PadPlaces at = pad_places(ui);
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .close_word = view.foot.cancel});
  const ui::Rect& left = at.left;
  const int line = line_height(ui, ui::Size::t1) + 4;
  ui::fact(ui, {left.x, left.y, left.w, line}, view.counted_label, view.counted);
  const int high = std::max(72, line_height(ui, ui::Size::t4) + 8);
  ui::amount_field(ui, {left.x, left.y + line + 8, left.w, high},
                   {.value = view.amount,
                    .label = "drop-amount",
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  int y = left.y + line + 8 + high + 8;
  ui::fact(ui, {left.x, y, left.w, line}, view.stays_label, view.stays);
  y += line + 16;
  if (!view.suggestion.empty()) {
    ui::Button button{.label = view.suggestion, .icon = ui::icons::payments, .size = ui::Size::t1};
    fit(ui, button, left.w);
    tap.takes_suggestion = ui::button(ui, {left.x, y, left.w, 56}, button);
    y += 64;
  }
  tap.takes_nothing =
      ui::button(ui, {left.x, y, left.w, 56}, {.label = view.nothing, .size = ui::Size::t1});
  tap.key = ui::keypad(ui, at.pad, {.is_refused = view.is_refused});
  tap.foot = draw_foot(ui, at.foot, view.foot);
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

DropResult react(const DropTap& tap, const Scene& scene, DropInput& input) {
  const core::Currency currency = input.counted.currency;
  Reaction refused = key_in(tap.key, input.keyed, amount_keying(currency), scene.words);
  if (!refused.is_empty()) return {std::move(refused)};
  if (tap.takes_suggestion) return {{}, true, input.suggested};
  if (tap.takes_nothing) return {{}, true, core::Money{0, currency}};
  if (tap.foot == SheetTap::cancel) return {{}, true};
  if (tap.foot != SheetTap::accept || !present(scene, input).foot.why_not.empty()) return {};
  return {{}, true, core::Money{input.keyed.value(), currency}};
}

DropResult run(ui::Ui& ui, const Scene& scene, DropInput& input) {
  return react(draw(ui, present(scene, input)), scene, input);
}

}  // namespace pos
