// How the closing looks: the count at the left, its account at the right (below,
// upright). While the number of a coin is keyed, the keys stand in the account's place.
#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/shift/count_page.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
using Kind = CountTap::Kind;

CountTap draw_title(ui::Ui& ui, const Rect& row, const CountView& view) {
  CountTap tap;
  const bool is_alone = !view.pad && !view.note_sheet;
  if (ui::button(ui, {row.x, row.y, 56, 56},
                 {.label = view.back,
                  .icon = ui::icons::arrow_back,
                  .key = is_alone ? ui::Key::escape : ui::Key::none,
                  .is_icon_only = true})) {
    tap.kind = Kind::back;
  }
  int right = row.right();
  if (view.has_coins) {
    const ui::Chip chips[] = {{.label = view.by_coin, .is_selected = view.is_by_coin},
                              {.label = view.by_sum, .is_selected = !view.is_by_coin}};
    const int width = ui::chip_width(ui, chips[0]) + 8 + ui::chip_width(ui, chips[1]);
    const int room = std::min(width, row.w - 72 - 160);
    const auto chosen = ui::chips(ui, {right - room, row.y, room, 56}, chips, "shift-count-by");
    if (chosen) tap.kind = *chosen == 0 ? Kind::by_coin : Kind::by_sum;
    right -= room + 16;
  }
  ui::text(ui, {row.x + 72, row.y, right - row.x - 72, row.h}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold, .shrinks = true});
  return tap;
}

// The sum as it is keyed, with its keys in the middle of the card.
CountTap draw_sum(ui::Ui& ui, const Rect& rect, const CountView& view) {
  CountTap tap;
  ui::card(ui, rect);
  const int pad = is_low(ui) ? 12 : 24, width = std::min(400, rect.w - 2 * pad);
  const Rect inner{rect.x + (rect.w - width) / 2, rect.y + pad, width, rect.h - 2 * pad};
  const int line = line_height(ui, ui::Size::t1);
  ui::text(ui, {inner.x, inner.y, inner.w, line}, view.sum_label, {.colour = ui::Colour::text_2});
  const int field = is_low(ui) ? 56 : std::max(72, line_height(ui, ui::Size::t4) + 8);
  int y = inner.y + line + 4;
  ui::amount_field(ui, {inner.x, y, inner.w, field},
                   {.value = view.sum,
                    .label = "count-sum",
                    .is_hint = view.is_hint,
                    .has_error = view.is_refused});
  y += field + 12;
  const int keys = std::min(360, inner.bottom() - 56 - 12 - y);
  tap.key = ui::keypad(ui, {inner.x, y, inner.w, keys}, {.is_refused = view.is_refused});
  if (tap.key != ui::PadKey::none) tap.kind = Kind::key;
  if (ui::button(ui, {inner.x, y + keys + 12, inner.w, 56},
                 {.label = view.coins.clear, .icon = ui::icons::restart_alt})) {
    tap.kind = Kind::clear;
  }
  return tap;
}

int check_height(const ui::Ui& ui, const CheckRow& row) {
  return row.leads_to ? 56 : std::max(40, line_height(ui, ui::Size::t1) + 12);
}

int checks_height(const ui::Ui& ui, const CountView& view) {
  int height = 16;
  for (const CheckRow& row : view.checks) height += check_height(ui, row);
  return height;
}

CountTap draw_checks(ui::Ui& ui, const Rect& rect, const CountView& view) {
  CountTap tap;
  ui::card(ui, rect);
  int y = rect.y + 8;
  for (int i = 0; i < static_cast<int>(view.checks.size()); ++i) {
    const CheckRow& row = view.checks[static_cast<std::size_t>(i)];
    const int height = check_height(ui, row);
    const Rect at{rect.x + 8, y, rect.w - 16, height};
    y += height;
    if (row.leads_to && ui::row_ground(ui, at,
                                       {.label = row.value + "##check-" + std::to_string(i),
                                        .has_separator = false})) {
      tap = {.kind = Kind::check, .index = i};
    }
    const bool is_plain = row.state == ui::State::neutral;
    const ui::Colour ink = is_plain ? ui::Colour::text_2 : ui::state_ink(row.state);
    ui::icon(ui, {at.x + 8, at.y, 24, height}, row.icon, ink);
    const int chevron = row.leads_to ? 28 : 0;
    const int width = ui::text_width(ui, row.value, ui::Size::t1, ui::Weight::medium);
    const int right = at.right() - 8 - chevron;
    if (row.leads_to) {
      ui::icon(ui, {right + 4, at.y, 24, height}, ui::icons::chevron_right, ink);
    }
    ui::text(ui, {right - width, at.y, width, height}, row.value,
             {.weight = ui::Weight::medium, .colour = ink});
    ui::text(
        ui, {at.x + 40, at.y, right - width - 8 - at.x - 40, height}, row.label,
        {.weight = row.leads_to ? ui::Weight::semibold : ui::Weight::regular, .shrinks = true});
  }
  return tap;
}

// One that is not 0.00 has a second line: why.
int shown_difference_height(const ui::Ui& ui, const CountView& view) {
  if (view.note_word.empty()) return difference_height;
  return std::max(56, 2 * line_height(ui, ui::Size::t1) + 16);
}

// True: it was tapped, to say why.
bool draw_explained(ui::Ui& ui, const Rect& rect, const CountView& view) {
  const DifferenceView& difference = *view.difference;
  const ui::Touch touch = ui.touch(rect, view.note_word + "##count-note", ui::ItemKind::row);
  ui::strip(ui, rect, touch.is_pressed ? ui::Colour::press : ui::state_tint(difference.state));
  const ui::Colour ink = ui::state_ink(difference.state);
  ui::icon(ui, {rect.x + 8, rect.y, 24, rect.h}, difference.icon, ink);
  ui::icon(ui, {rect.right() - 28, rect.y, 24, rect.h}, ui::icons::edit_note, ink);
  const int width = ui::text_width(ui, difference.amount, ui::Size::t2, ui::Weight::semibold);
  const int x = rect.x + 40, right = rect.right() - 36 - width;
  const int line = line_height(ui, ui::Size::t1), y = rect.y + (rect.h - 2 * line) / 2;
  ui::text(ui, {x, y, right - 8 - x, line}, difference.label,
           {.weight = ui::Weight::semibold, .colour = ink, .shrinks = true});
  ui::text(ui, {x, y + line, right - 8 - x, line}, view.note, {.colour = ink, .shrinks = true});
  ui::amount(ui, {right, rect.y, width, rect.h}, difference.amount, {.colour = ink});
  return touch.is_tapped;
}

int account_height(ui::Ui& ui, int width, const CountView& view) {
  const int line = line_height(ui, ui::Size::t1);
  int height = 16 + line + line_height(ui, ui::Size::t4) + 12 + 16;
  height += view.hidden.empty() ? rows_height(ui, view.account)
                                : ui::paragraph_height(ui, width - 48, view.hidden);
  if (view.difference) height += shown_difference_height(ui, view);
  return height;
}

// Where not all of it can be seen at once, the difference stands above its account.
CountTap draw_account(ui::Ui& ui, const Rect& rect, const CountView& view, bool is_short) {
  CountTap tap;
  ui::card(ui, rect);
  const Rect inner{rect.x + 24, rect.y + 16, rect.w - 48, rect.h - 32};
  const int line = line_height(ui, ui::Size::t1), large = line_height(ui, ui::Size::t4);
  int y = inner.y;
  ui::text(ui, {inner.x, y, inner.w, line}, view.counted_label, {.colour = ui::Colour::text_2});
  ui::amount(ui, {inner.x, y + line, inner.w, large}, view.counted,
             {.size = view.difference || !view.hidden.empty() ? ui::Size::t4 : ui::Size::t3,
              .align = ui::Align::left});
  y += line + large + 12;
  const auto draw_it = [&] {
    if (!view.difference) return;
    const Rect at{inner.x - 8, y, inner.w + 16, shown_difference_height(ui, view)};
    y = at.bottom();
    if (view.note_word.empty()) {
      draw_difference(ui, at, *view.difference);
    } else if (draw_explained(ui, at, view)) {
      tap.kind = Kind::note;
    }
  };
  if (is_short) draw_it();
  if (view.hidden.empty()) {
    y += draw_rows(ui, {inner.x, y, inner.w, 0}, view.account);
  } else {
    y += ui::paragraph(ui, {inner.x, y, inner.w, 200}, view.hidden, {.colour = ui::Colour::text_2});
  }
  if (!is_short) draw_it();
  return tap;
}

// Account and checks, one under the other or side by side; what they need scrolls.
CountTap draw_sums(ui::Ui& ui, const Rect& rect, const CountView& view, CountInput& input) {
  CountTap tap;
  const auto take = [&](const CountTap& other) {
    if (other.kind != Kind::none) tap = other;
  };
  const int gap = card_gap(ui);
  const bool is_wide = rect.w >= pos::scaled(ui, 640);
  const int width = is_wide ? (rect.w - gap) / 2 : rect.w;
  const int account = account_height(ui, width, view), checks = checks_height(ui, view);
  const int content = is_wide ? std::max(account, checks) : account + gap + checks;
  const Rect window{rect.x - 8, rect.y - 4, rect.w + 16, rect.h + 8};
  const ui::ScrollArea area(ui, window, "shift-account", content + 8);
  const int y = area.y(rect.y);
  if (is_wide) {
    const int height = std::max(content, rect.h);
    take(draw_account(ui, {rect.x, y, width, height}, view, account > rect.h));
    take(draw_checks(ui, {rect.x + width + gap, y, rect.w - width - gap, height}, view));
    return tap;
  }
  // What keeps it from closing stands above.
  const bool is_kept = !view.checks.empty() && view.checks.front().leads_to.has_value();
  if (is_kept) take(draw_checks(ui, {rect.x, y, rect.w, checks}, view));
  const int top = is_kept ? y + checks + gap : y;
  const int height = std::max(account, is_kept ? 0 : rect.h - checks - gap);
  take(draw_account(ui, {rect.x, top, rect.w, height}, view, account > rect.h));
  if (!is_kept) take(draw_checks(ui, {rect.x, top + height + gap, rect.w, checks}, view));
  input.content_height = content;
  return tap;
}

CountTap draw_right(ui::Ui& ui, const Rect& rect, const CountView& view, CountInput& input) {
  const int gap = ui::measure::gap;
  const bool is_upright = ui.is_portrait();
  const int main = is_low(ui) || is_upright ? 64 : 80, drop = is_low(ui) ? 56 : 64;
  const int foot = is_upright ? main : main + gap + drop;
  CountTap tap = draw_sums(ui, {rect.x, rect.y, rect.w, rect.h - foot - card_gap(ui)}, view, input);
  Rect drop_at{rect.x, rect.bottom() - foot, rect.w, drop};
  Rect main_at{rect.x, rect.bottom() - main, rect.w, main};
  if (is_upright) {
    const auto places = side_by_side(main_at, 2);
    drop_at = places[0], main_at = places[1];
  }
  ui::Button take_out{.label = view.drop,
                      .icon = ui::icons::payments,
                      .second = view.drop_second,
                      .enabled = !view.drop_second.empty(),
                      .why_not = view.why_not,
                      .ground = ui::Ground::bg};  // whatever is scrolled under it
  fit(ui, take_out, drop_at.w);
  if (ui::button(ui, drop_at, take_out)) tap.kind = Kind::drop;
  ui::Button close{.label = view.close,
                   .kind = ui::ButtonKind::main,
                   .icon = ui::icons::lock_clock,
                   .second = view.close_second,
                   .key = ui::Key::enter,
                   .enabled = view.why_not.empty(),
                   .why_not = view.why_not};
  fit(ui, close, main_at.w);
  if (ui::button(ui, main_at, close)) tap.kind = Kind::close;
  return tap;
}

// A digit that is typed while no row is chosen begins with the first.
CountTap take_digit(ui::Ui& ui) {
  if (!ui.focused().empty()) return {};
  std::string typed = ui.take_text();
  if (typed.empty() || typed.front() < '0' || typed.front() > '9') return {};
  const auto key = static_cast<ui::PadKey>(typed.front() - '0');
  typed.erase(0, 1);
  if (!typed.empty()) ui.type({.text = std::move(typed)});
  return {.kind = Kind::begin, .key = key};
}

}  // namespace

CountTap draw(ui::Ui& ui, const CountView& view, CountInput& input) {
  const Rect page = page_of(ui), body = below_title(page);
  CountTap tap = draw_title(ui, title_row(page), view);
  if (view.is_by_coin && !view.pad && tap.kind == Kind::none) tap = take_digit(ui);
  const auto take = [&](const CountTap& other) {
    if (other.kind != Kind::none) tap = other;
  };
  const int gap = card_gap(ui);
  Rect count, right;
  if (ui.is_portrait()) {
    const int lower = std::min(416, body.h * 2 / 5);
    count = {body.x, body.y, body.w, body.h - lower - gap};
    right = {body.x, body.bottom() - lower, body.w, lower};
  } else {
    const int width = is_low(ui) ? 280 : std::min(392, body.w * 7 / 20);
    const bool is_left = ui.is_left_handed();
    right = {is_left ? body.x : body.right() - width, body.y, width, body.h};
    count = {is_left ? body.x + width + gap : body.x, body.y, body.w - width - gap, body.h};
  }
  CoinsTap coins;
  if (view.is_by_coin) {
    coins = draw(ui, count, view.coins);
    if (coins.is_cleared) tap.kind = Kind::clear;
  } else {
    take(draw_sum(ui, count, view));
  }
  CoinPadTap pad;
  if (view.pad) {
    pad = draw(ui, right, *view.pad);
  } else {
    take(draw_right(ui, right, view, input));
  }
  tap.coin = coins;
  tap.pad = pad;
  if (view.note_sheet) tap.note_sheet = draw(ui, *view.note_sheet, *input.note_sheet);
  return tap;
}

}  // namespace pos
