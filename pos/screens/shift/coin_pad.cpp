#include "pos/screens/shift/coin_pad.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"

namespace pos {

std::int64_t number_of(const std::vector<core::CoinCount>& coins, std::int64_t value) {
  const auto found = std::ranges::find(coins, value, &core::CoinCount::value);
  return found == coins.end() ? 0 : found->number;
}

std::vector<core::CoinCount> with_number(std::vector<core::CoinCount> coins, core::CoinCount coin) {
  const auto place = std::ranges::find_if(
      coins, [&](const core::CoinCount& other) { return other.value <= coin.value; });
  if (place != coins.end() && place->value == coin.value) {
    place->number = coin.number;
  } else {
    coins.insert(place, coin);
  }
  return coins;
}

CoinPadInput key_coin(const std::vector<core::CoinCount>& coins, std::int64_t value) {
  return {value, ui::Keyed(number_of(coins, value))};
}

std::int64_t coin_after(std::int64_t value, core::Currency currency) {
  const auto all = core::coins_of(currency);
  const auto place = std::ranges::find(all, value);
  return place == all.end() || place + 1 == all.end() ? 0 : *(place + 1);
}

std::optional<CoinPadView> present(const Scene& scene, const CoinPadInput& input,
                                   const CoinsView& coins) {
  const auto row = std::ranges::find(coins.rows, input.coin, &CoinRow::value);
  if (row == coins.rows.end()) return {};
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Money sum{input.coin * input.number.value(), scene.till.settings.shop.currency};
  CoinPadView pad;
  pad.coin = *row;
  pad.title = words("How many are there?");
  pad.number = number_text(input.number.value(), language);
  pad.sum = "= " + money_text(sum, language);
  pad.is_refused = input.number.is_refused();
  pad.done = words.with("count", "Done");
  if (row + 1 != coins.rows.end()) pad.next = words.fill("Next: {}", {(row + 1)->label});
  return pad;
}

void show_keyed(CoinsView& coins, const std::optional<CoinPadView>& pad) {
  if (!pad) return;
  for (CoinRow& row : coins.rows) {
    if (row.is_selected) row.number = pad->number;
  }
}

CoinPadTap draw(ui::Ui& ui, const ui::Rect& rect, const CoinPadView& view) {
  CoinPadTap tap;
  using Kind = CoinPadTap::Kind;
  ui::card(ui, rect);
  const ui::Rect inner = rect.inset(is_low(ui) ? 12 : 16);
  // Upright the keys stand beside it.
  const bool is_wide = rect.w >= 600;
  const int column = is_wide ? (inner.w - 24) / 2 : inner.w;
  const int line = line_height(ui, ui::Size::t1), main = is_low(ui) ? 56 : 72;
  draw_coin(ui, {inner.x, inner.y, 64, 56}, view.coin);
  int y = inner.y;
  const bool low = is_low(ui);
  if (!low) {
    ui::text(ui, {inner.x + 76, y, column - 76, 56}, view.title,
             {.weight = ui::Weight::semibold, .shrinks = true});
    y += 56 + 8;
  }
  const int left = low ? inner.x + 72 : inner.x, width = low ? column - 72 : column;
  const int field = low ? 56 : std::max(72, line_height(ui, ui::Size::t4) + 8);
  ui::amount_field(ui, {left, y, width, field},
                   {.value = view.number, .label = "coin-number", .has_error = view.is_refused});
  y += field + 4;
  ui::amount(ui, {inner.x, y, column - 8, line}, view.sum,
             {.size = ui::Size::t1, .weight = ui::Weight::medium, .colour = ui::Colour::text_2});
  y += line + 8;
  const int bottom = is_wide ? inner.bottom() : inner.bottom() - main - 8;
  const int keys = is_wide ? inner.h : std::min(400, bottom - y);
  tap.key = ui::keypad(ui, {inner.right() - column, bottom - keys, column, keys},
                       {.left = ui::PadKey::clear, .is_refused = view.is_refused});
  if (tap.key != ui::PadKey::none) tap.kind = Kind::key;
  const auto places = side_by_side({inner.x, inner.bottom() - main, column, main}, 2);
  const bool has_next = !view.next.empty();
  if (has_next && ui::button(ui, places[0], {.label = view.done, .size = ui::Size::t1})) {
    tap.kind = Kind::done;
  }
  ui::Button go_on{.label = has_next ? view.next : view.done,
                   .kind = ui::ButtonKind::main,
                   .key = ui::Key::enter,
                   .size = ui::Size::t1};
  const ui::Rect last = has_next ? places[1] : ui::Rect{inner.x, places[0].y, column, main};
  // The key works even where there is no room to say so.
  bool is_keyed = false;
  if (ui::button_width(ui, go_on) > last.w) {
    is_keyed = ui.key(ui::Key::enter);
    go_on.key = ui::Key::none;
  }
  if (ui::button(ui, last, go_on) || is_keyed) tap.kind = has_next ? Kind::next : Kind::done;
  if (ui.key(ui::Key::escape)) tap.kind = Kind::left;
  return tap;
}

}  // namespace pos
