#include "pos/screens/shift/opening_page.h"

#include <algorithm>

#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using ui::Rect;

// What the last closing left; nothing: it is being looked up. What was found while a
// shift was open is what that one began with.
std::optional<core::Money> kept_in(const Scene& scene) {
  const auto& found = scene.found.shift;
  if (!found || found->shift) return {};
  return found->kept;
}

core::Money opening_of(const Scene& scene, const OpeningInput& input) {
  const core::Currency currency = scene.till.settings.shop.currency;
  if (input.by_coin) return core::sum_of(input.coins, currency);
  if (input.keyed) return {input.keyed->value(), currency};
  return kept_in(scene).value_or(core::Money{0, currency});
}

}  // namespace

OpeningTap draw_opening(ui::Ui& ui, const Rect& rect, const OpeningView& view) {
  OpeningTap tap;
  ui::card(ui, rect);
  const bool low = is_low(ui);
  const Rect inner = rect.inset(low ? 12 : 16);
  const int line = line_height(ui, ui::Size::t1);
  int y = inner.y;
  if (!low) {
    ui::text(ui, {inner.x, y, inner.w, line}, view.amount_label, {.colour = ui::Colour::text_2});
    y += line + 4;
  }
  const int field = low ? 56 : std::max(72, line_height(ui, ui::Size::t4) + 8);
  ui::amount_field(ui, {inner.x, y, inner.w, field},
                   {.value = view.amount,
                    .label = "opening",
                    .is_focused = !view.coins,
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  y += field + 8;
  if (!low || !view.difference) {
    ui::fact(ui, {inner.x, y, inner.w, line}, view.kept.label, view.kept.amount);
    y += line + 8;
  }
  // The keys stay where they are, whether there is a difference or not.
  const int difference = low ? 40 - (view.difference ? 0 : line + 8) : difference_height;
  if (view.difference) {
    draw_difference(ui, {inner.x, y, inner.w, low ? 40 : difference_height}, *view.difference);
  }
  y += std::max(0, difference) + 8;
  const int main = low ? 56 : 80, bottom = inner.bottom() - main - (low ? 8 : 16);
  if (!view.coins) {
    tap.key = ui::keypad(ui, {inner.x, y, inner.w, bottom - y}, {.is_refused = view.is_refused});
  }
  ui::Button open{.label = view.open,
                  .kind = ui::ButtonKind::main,
                  .icon = ui::icons::lock_open,
                  .key = ui::Key::enter,
                  .enabled = view.why_not.empty(),
                  .why_not = view.why_not};
  fit(ui, open, inner.w);
  tap.is_opened = ui::button(ui, {inner.x, inner.bottom() - main, inner.w, main}, open);
  return tap;
}

OpeningView present(const Scene& scene, const OpeningInput& input, const ClosingsInput& closings) {
  const Words& words = scene.words;
  const Language language = words.language();
  OpeningView view;
  view.title = words("Open the shift");
  view.amount_label = words("In the drawer");
  view.open = words.with("button", "Open the shift");
  view.list = closings_list(scene, closings);
  const auto kept = kept_in(scene);
  const core::Money opening = opening_of(scene, input);
  view.amount = money_text(opening, language);
  view.is_hint = !input.keyed && !input.by_coin;
  view.is_refused = input.keyed && !input.by_coin && input.keyed->is_refused();
  view.kept = {std::string(words("Left by the last closing")),
               kept ? amount_text(*kept, language) : "…"};
  const core::Currency currency = opening.currency;
  if (!core::coins_of(currency).empty()) {
    view.by_coin_word = words("By note and coin");
    view.by_sum_word = words("As a sum");
  }
  if (input.by_coin) {
    view.coins = coins_view(input.coins, currency, input.pad.coin, words);
    view.pad = present(scene, input.pad, *view.coins);
    show_keyed(*view.coins, view.pad);
    if (input.coins.empty()) view.why_not = words("Count the drawer first.");
    if (input.coins.empty()) return view;
  } else if (!kept && !input.keyed) {
    view.why_not = words("What was left is being looked up …");
  }
  // Before the first closing there was nothing that could be compared with.
  const bool is_first = scene.found.shift && scene.found.shift->next_z_number == 1;
  if (kept && opening != *kept && !is_first)
    view.difference = difference_of(opening - *kept, scene);
  return view;
}

OpeningTap draw(ui::Ui& ui, const OpeningView& view) {
  const Rect page = page_of(ui), body = below_title(page);
  OpeningTap tap;
  Rect row = title_row(page);
  if (!view.by_coin_word.empty()) {
    const ui::Chip chips[] = {{.label = view.by_sum_word, .is_selected = !view.coins},
                              {.label = view.by_coin_word, .is_selected = view.coins.has_value()}};
    const int width = ui::chip_width(ui, chips[0]) + 8 + ui::chip_width(ui, chips[1]);
    const int room = std::min(width, row.w - 200);
    const auto chosen =
        ui::chips(ui, {row.right() - room, row.y, room, 56}, chips, "shift-opening-by");
    if (chosen) tap.by_coin = *chosen == 1;
    row.w -= room + 16;
  }
  ui::text(ui, row, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold, .shrinks = true});
  const int gap = card_gap(ui);
  Rect opening, list;
  if (ui.is_portrait()) {
    const int height = std::min(640, body.h * 3 / 5);
    list = {body.x, body.y, body.w, body.h - height - gap};
    opening = {body.x, body.bottom() - height, body.w, height};
  } else {
    const int width = view.coins && is_low(ui) ? 280 : std::min(392, body.w * 2 / 5);
    const bool is_left = ui.is_left_handed();
    opening = {is_left ? body.x : body.right() - width, body.y, width, body.h};
    list = {is_left ? body.x + width + gap : body.x, body.y, body.w - width - gap, body.h};
  }
  if (view.coins) {
    tap.coin = draw(ui, list, *view.coins);
  } else {
    tap.list = draw(ui, list, view.list);
  }
  if (view.pad) {
    tap.pad = draw(ui, opening, *view.pad);
    return tap;
  }
  const OpeningTap tapped = draw_opening(ui, opening, view);
  tap.key = tapped.key;
  tap.is_opened = tapped.is_opened;
  return tap;
}

namespace {

// A number that is half keyed is kept before another row is touched.
void keep_number(OpeningInput& input) {
  const auto [value, number] = std::exchange(input.pad, {});
  if (value == 0 || number.is_refused()) return;
  input.coins = with_number(std::move(input.coins), {value, number.value()});
}

void react_coin(const CoinsTap& tap, OpeningInput& input) {
  keep_number(input);
  const std::int64_t number = number_of(input.coins, tap.value);
  if (tap.step == ui::StepperTap::value) {
    input.pad = key_coin(input.coins, tap.value);
    return;
  }
  const std::int64_t changed = number + (tap.step == ui::StepperTap::more ? 1 : -1);
  input.coins = with_number(std::move(input.coins),
                            {tap.value, std::clamp<std::int64_t>(changed, 0, coin_keying.most)});
}

Reaction react_pad(const CoinPadTap& tap, const Scene& scene, OpeningInput& input) {
  using Kind = CoinPadTap::Kind;
  if (tap.kind == Kind::key) return key_in(tap.key, input.pad.number, coin_keying, scene.words);
  if (tap.kind == Kind::left) input.pad = {};
  if (input.pad.number.is_refused()) {
    Reaction reaction;
    reaction.refused = scene.words("This key does not fit here. Please erase and key it again.");
    return reaction;
  }
  const std::int64_t next = coin_after(input.pad.coin, scene.till.settings.shop.currency);
  keep_number(input);
  if (tap.kind == Kind::next && next != 0) input.pad = key_coin(input.coins, next);
  return {};
}

}  // namespace

Reaction react(const OpeningTap& tap, const Scene& scene, OpeningInput& input) {
  const core::Currency currency = scene.till.settings.shop.currency;
  if (tap.by_coin) {
    input = {.keyed = {}, .by_coin = *tap.by_coin, .coins = {}, .pad = {}};
    return {};
  }
  if (tap.coin.is_cleared) input.coins.clear(), input.pad = {};
  if (tap.coin.step != ui::StepperTap::none) {
    react_coin(tap.coin, input);
    return {};
  }
  if (tap.pad.kind != CoinPadTap::Kind::none) return react_pad(tap.pad, scene, input);
  if (tap.key != ui::PadKey::none) {
    if (!input.keyed) input.keyed = ui::Keyed(opening_of(scene, input).minor);
    return key_in(tap.key, *input.keyed, amount_keying(currency), scene.words);
  }
  if (!tap.is_opened || !present(scene, input, {}).why_not.empty()) return {};
  const core::OpenShift open{opening_of(scene, input),
                             input.by_coin ? input.coins : std::vector<core::CoinCount>{}};
  input = {};
  return say(open);
}

}  // namespace pos
