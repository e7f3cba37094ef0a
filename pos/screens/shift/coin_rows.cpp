#include "pos/screens/shift/coin_rows.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/shift/drop_sheet.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Colour;
using ui::Rect;

// Notes take the colours that theirs come nearest to.
int note_category(std::int64_t value, core::Currency currency) {
  const bool is_eur = currency == core::eur;
  switch (value) {
    case 20'000:
      return 7;
    case 10'000:
      return is_eur ? 3 : 2;
    case 5'000:
      return is_eur ? 5 : 3;
    case 2'000:
      return is_eur ? 2 : 4;
    case 1'000:
      return is_eur ? 4 : 1;
    default:
      return 8;
  }
}

void dress(CoinRow& row, core::Currency currency) {
  if (row.is_note) {
    const int category = note_category(row.value, currency);
    row.fill = ui::category_fill(category);
    row.ink = ui::category_ink(category);
    return;
  }
  row.ink = Colour::coin_ink;
  row.fill = Colour::coin_silver;
  if (currency == core::eur) {
    row.fill = row.value <= 5 ? Colour::coin_copper : Colour::coin_gold;
    if (row.value == 200) row.ring = Colour::ring_silver;
    if (row.value == 100) row.fill = Colour::coin_silver, row.ring = Colour::ring_gold;
  } else if (row.value == 1) {
    row.fill = Colour::coin_copper;
  } else if (row.value == 5 && currency == core::chf) {
    row.fill = Colour::coin_gold;
  }
}

int step_of(const ui::Ui& ui) {
  return is_low(ui) ? 64 : 72;
}

CoinsTap draw_row(ui::Ui& ui, const Rect& rect, const CoinRow& row) {
  CoinsTap tap{row.value};
  const bool is_narrow = rect.w < 310;
  const int pad = is_narrow ? 4 : 8, chip = is_narrow ? 48 : 64, gap = is_narrow ? 6 : 12;
  const int stepper = is_narrow ? 152 : 160;
  if (row.is_selected) ui::box(ui, rect, Colour::accent_tint, ui::measure::radius);
  draw_coin(ui, {rect.x + pad, rect.y, chip, rect.h}, row);
  const std::string id = "coin-" + std::to_string(row.value);
  const Rect steps{rect.x + pad + chip + gap, rect.y + (rect.h - 56) / 2, stepper, 56};
  tap.step = ui::stepper(ui, steps,
                         {.value = row.number,
                          .id = id,
                          .can_have_less = row.number != "0",
                          .is_on_tint = row.is_selected});
  const int x = steps.right() + gap;
  ui::amount(ui, {x, rect.y, rect.right() - pad - x, rect.h}, row.sum,
             {.size = is_narrow ? ui::Size::t1 : ui::Size::t2,
              .weight = row.is_counted ? ui::Weight::semibold : ui::Weight::regular,
              .colour = row.is_counted ? Colour::text : Colour::text_2});
  return tap;
}

void draw_head(ui::Ui& ui, const Rect& rect, const std::string& title, const std::string& sum) {
  const int width = ui::text_width(ui, sum, ui::Size::t2, ui::Weight::semibold);
  ui::text(ui, {rect.x + 8, rect.y, rect.w - width - 24, rect.h}, title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  ui::amount(ui, {rect.x, rect.y, rect.w - 8, rect.h}, sum);
}

}  // namespace

CoinsView coins_view(const std::vector<core::CoinCount>& counted, core::Currency currency,
                     std::int64_t selected, const Words& words) {
  const Language language = words.language();
  CoinsView view;
  core::Money notes{0, currency}, coins{0, currency};
  for (const std::int64_t value : core::coins_of(currency)) {
    CoinRow row{.value = value};
    row.is_note = is_note(value, currency);
    const auto found = std::ranges::find(counted, value, &core::CoinCount::value);
    row.is_counted = found != counted.end();
    const std::int64_t number = row.is_counted ? found->number : 0;
    const core::Money sum{value * number, currency};
    (row.is_note ? notes : coins) += sum;
    row.label = value < 100 ? number_text(value, language) : note_text({value, currency}, language);
    row.number = number_text(number, language);
    row.sum = amount_text(sum, language);
    row.is_selected = value == selected;
    dress(row, currency);
    view.rows.push_back(std::move(row));
  }
  view.notes = words.with("cash", "Notes");
  view.coins = words("Coins");
  view.notes_sum = amount_text(notes, language);
  view.coins_sum = amount_text(coins, language);
  view.hint = words("Tap a number to key it in.");
  view.clear = words("Clear the count");
  return view;
}

void draw_coin(ui::Ui& ui, const Rect& rect, const CoinRow& row) {
  if (row.is_note) {
    const int height = std::min(rect.h, 40);
    const Rect note{rect.x, rect.y + (rect.h - height) / 2, rect.w, height};
    ui::box(ui, note, row.fill, ui::measure::small_radius);
    ui::text(ui, note.inset(2), row.label,
             {.weight = ui::Weight::semibold,
              .colour = row.ink,
              .align = ui::Align::centre,
              .shrinks = true});
    return;
  }
  const int size = std::min({rect.w, rect.h, 48});
  const Rect coin{rect.x + (rect.w - size) / 2, rect.y + (rect.h - size) / 2, size, size};
  if (row.ring != Colour::none) {
    ui::box(ui, coin, row.ring, size / 2);
    ui::box(ui, coin.inset(5), row.fill, size / 2 - 5);
  } else {
    ui::box(ui, coin, row.fill, size / 2);
  }
  ui::text(ui, coin.inset(4), row.label,
           {.weight = ui::Weight::semibold,
            .colour = row.ink,
            .align = ui::Align::centre,
            .shrinks = true});
}

CoinsTap draw(ui::Ui& ui, const Rect& rect, const CoinsView& view) {
  CoinsTap tap;
  ui::card(ui, rect);
  const int pad = is_low(ui) ? 8 : 16, step = step_of(ui), row = step - 8;
  const Rect inner{rect.x + pad, rect.y + 8, rect.w - 2 * pad, rect.h - 16};
  const auto columns = side_by_side(inner, 2);
  const int head = std::max(48, line_height(ui, ui::Size::t2) + 8);
  draw_head(ui, {columns[0].x, inner.y, columns[0].w, head}, view.notes, view.notes_sum);
  draw_head(ui, {columns[1].x, inner.y, columns[1].w, head}, view.coins, view.coins_sum);

  const Rect room{inner.x - 4, inner.y + head, inner.w + 8, inner.h - head};
  int count[2] = {0, 0};
  for (const CoinRow& one : view.rows) ++count[one.is_note ? 0 : 1];
  const int hint = ui::paragraph_height(ui, columns[0].w - 52, view.hint);
  const int foot = hint + 12 + 56;
  const int content = std::max(count[0] * step + 8 + foot, count[1] * step);
  std::optional<ui::Part> reveal;
  int place[2] = {0, 0};
  for (const CoinRow& one : view.rows) {
    int& at = place[one.is_note ? 0 : 1];
    if (one.is_selected) reveal = ui::Part{room.y + at * step, row};
    ++at;
  }
  const ui::ScrollArea area(ui, room, "shift-coins", content, reveal);
  place[0] = place[1] = 0;
  for (const CoinRow& one : view.rows) {
    const int column = one.is_note ? 0 : 1;
    const int y = room.y + place[column]++ * step;
    if (!area.shows(y, row)) continue;
    const Rect& in = columns[static_cast<std::size_t>(column)];
    const CoinsTap tapped = draw_row(ui, {in.x, area.y(y), in.w, row}, one);
    if (tapped.step != ui::StepperTap::none) tap = tapped;
  }
  // Under the notes, of which there are fewer, at the foot of the card.
  const int y = area.y(room.y + std::max(content, room.h) - foot - 4);
  ui::icon(ui, {columns[0].x + 8, y, 24, hint}, ui::icons::calculate, Colour::text_2);
  ui::paragraph(ui, {columns[0].x + 44, y, columns[0].w - 52, hint}, view.hint,
                {.colour = Colour::text_2});
  tap.is_cleared = ui::button(ui, {columns[0].x + 8, y + hint + 12, columns[0].w - 16, 56},
                              {.label = view.clear, .icon = ui::icons::restart_alt});
  return tap;
}

}  // namespace pos
