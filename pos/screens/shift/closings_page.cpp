#include "pos/screens/shift/closings_page.h"

#include <algorithm>

#include "pos/layout/day_layout.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using ui::Rect;

// "Sa, 21.11. 08:02 – 18:12"; the day of its end where that is another.
std::string period(const core::Shift& shift, const Scene& scene) {
  const Language language = scene.words.language();
  const core::LocalTime from = shop_time(shift.opened, scene), to = shop_time(shift.closed, scene);
  const std::string end = day_text(to, language) + " " + time_text(to);
  const bool is_one_day = from.day == to.day && from.month == to.month && from.year == to.year;
  if (is_one_day) {
    return day_text(from, language) + " " + time_text(from) + " – " + time_text(to);
  }
  return day_text(from, language) + " " + time_text(from) + " – " + end;
}

// The terminal's day beside ours, payment by payment.
void add_terminal_notes(const core::TerminalComparison& comparison, const Words& words,
                        ClosingView& view) {
  const Language language = words.language();
  if (comparison.is_open) {
    view.notes.emplace_back(words("Card terminal: not compared."));
    return;
  }
  if (!comparison.says.empty()) view.notes.emplace_back(words(comparison.says));
  if (comparison.difference().is_zero() && comparison.differences.empty()) {
    view.notes.push_back(
        words.fill("Card terminal: {}, as here.", {money_text(comparison.theirs, language)}));
    return;
  }
  view.notes.push_back(
      words.fill("Card terminal: {} there, {} here, difference {}",
                 {money_text(comparison.theirs, language), money_text(comparison.ours, language),
                  signed_text(comparison.difference(), language)}));
  for (const core::BookingDifference& each : comparison.differences) {
    view.notes.push_back(mismatch_text(each, words) + " " +
                         signed_text(each.difference(), language));
  }
}

ClosingView closing_view(const core::FoundClosings::Closing& closing, const Scene& scene) {
  const Words& words = scene.words;
  const Language language = words.language();
  const auto& [shift, report, receipt, terminal] = closing;
  ClosingView view;
  view.title = words.fill("Z report {}", {number_text(shift.z_number, language)});
  view.second = period(shift, scene) + " · " + person(shift.closed_by, words);
  view.turnover = {std::string(words("Turnover")), money_text(report.turnover(), language)};
  view.tenders = tender_rows(report, words);
  view.account = account_rows(shift, report, words);
  const core::Money counted = shift.counted.value_or(shift.opening);
  view.account.push_back({std::string(words("Counted")), amount_text(counted, language)});
  view.difference = difference_of(counted - report.expected(shift.opening), scene);
  if (!shift.dropped.is_zero()) {
    view.after.push_back(
        {std::string(words("Taken out at the closing")), amount_text(-shift.dropped, language)});
  }
  view.after.push_back(
      {std::string(words("Left for the next float")), amount_text(shift.left(), language)});
  if (terminal) add_terminal_notes(*terminal, words, view);
  if (!shift.note.empty()) view.notes.push_back(shift.note);
  if (!shift.approver.empty()) {
    view.notes.push_back(words.fill("Approved by {}", {shift.approver}));
  }
  if (shift.opened_itself) {
    view.notes.emplace_back(words("The shift had opened by itself, with the first sale."));
  } else if (shift.opened_by != shift.closed_by) {
    view.notes.push_back(words.fill("Opened by {}", {person(shift.opened_by, words)}));
  }
  return view;
}

constexpr int list_row = 72;

void draw_closing_row(ui::Ui& ui, const Rect& rect, const ClosingRow& row) {
  const int line = line_height(ui, ui::Size::t1);
  const int y = rect.y + (rect.h - 2 * line) / 2, x = rect.x + 16, right = rect.right() - 16;
  const int amount = ui::text_width(ui, row.amount, ui::Size::t1, ui::Weight::semibold);
  ui::text(ui, {x, y, right - x - amount - 8, line}, row.title, {.weight = ui::Weight::semibold});
  ui::amount(ui, {right - amount, y, amount, line}, row.amount, {.size = ui::Size::t1});
  const ui::Colour ink = ui::state_ink(row.difference.state);
  const int width = ui::text_width(ui, row.difference.amount, ui::Size::t1, ui::Weight::medium);
  ui::text(ui, {x, y + line, right - x - width - 40, line}, row.second,
           {.colour = ui::Colour::text_2, .shrinks = true});
  ui::icon(ui, {right - width - 28, y + line, 20, line}, row.difference.icon, ink, 20);
  ui::amount(ui, {right - width, y + line, width, line}, row.difference.amount,
             {.size = ui::Size::t1, .weight = ui::Weight::medium, .colour = ink});
}

int notes_height(ui::Ui& ui, int width, const std::vector<std::string>& notes) {
  int height = 0;
  for (const std::string& note : notes) height += 8 + ui::paragraph_height(ui, width, note);
  return height;
}

bool has_columns(ui::Ui& ui, int width) {
  return width >= pos::scaled(ui, 500);
}

// The head, what was taken, and the account of the drawer; side by side where there is
// room for both.
struct ClosingHeights {
  int head, taken, account;
};
ClosingHeights closing_heights(ui::Ui& ui, int width, const ClosingView& view) {
  const int line = line_height(ui, ui::Size::t1);
  const int column = has_columns(ui, width) ? (width - 48) / 2 : width;
  return {line_height(ui, ui::Size::t3) + line + 16,
          line + line_height(ui, ui::Size::t4) + 8 + rows_height(ui, view.tenders) +
              notes_height(ui, column, view.notes) + 16,
          rows_height(ui, view.account) + 8 + difference_height + 8 + rows_height(ui, view.after)};
}

void draw_taken(ui::Ui& ui, const Rect& rect, const ClosingView& view) {
  const int line = line_height(ui, ui::Size::t1), large = line_height(ui, ui::Size::t4);
  int y = rect.y;
  ui::text(ui, {rect.x, y, rect.w, line}, view.turnover.label, {.colour = ui::Colour::text_2});
  ui::amount(ui, {rect.x, y + line, rect.w, large}, view.turnover.amount,
             {.size = ui::Size::t4, .align = ui::Align::left});
  y += line + large + 8;
  y += draw_rows(ui, {rect.x, y, rect.w, 0}, view.tenders);
  for (const std::string& note : view.notes) {
    y += 8 + ui::paragraph(ui, {rect.x, y + 8, rect.w, 200}, note, {.colour = ui::Colour::text_2});
  }
}

void draw_closing_account(ui::Ui& ui, const Rect& rect, const ClosingView& view) {
  int y = rect.y + draw_rows(ui, rect, view.account) + 8;
  draw_difference(ui, {rect.x - 8, y, rect.w + 16, difference_height}, view.difference);
  y += difference_height + 8;
  draw_rows(ui, {rect.x, y, rect.w, 0}, view.after);
}

void draw_closing(ui::Ui& ui, const Rect& rect, const ClosingView& view) {
  const ClosingHeights heights = closing_heights(ui, rect.w, view);
  const bool is_wide = has_columns(ui, rect.w);
  const int below =
      is_wide ? std::max(heights.taken, heights.account) : heights.taken + heights.account;
  // The mark of how far it is scrolled stands beside the amounts.
  const ui::ScrollArea area(ui, {rect.x - 12, rect.y, rect.w + 24, rect.h}, "shift-closing",
                            heights.head + below);
  const int line = line_height(ui, ui::Size::t1), title = line_height(ui, ui::Size::t3);
  int y = area.y(rect.y);
  ui::text(ui, {rect.x, y, rect.w, title}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  ui::text(ui, {rect.x, y + title, rect.w, line}, view.second,
           {.colour = ui::Colour::text_2, .shrinks = true});
  y += heights.head;
  const int column = is_wide ? (rect.w - 48) / 2 : rect.w;
  draw_taken(ui, {rect.x, y, column, heights.taken}, view);
  const Rect account = is_wide ? Rect{rect.right() - column, y, column, 0}
                               : Rect{rect.x, y + heights.taken, column, 0};
  draw_closing_account(ui, account, view);
}

ClosingsTap draw_detail(ui::Ui& ui, const Rect& rect, const ClosingsView& view) {
  ClosingsTap tap;
  ui::card(ui, rect);
  const Rect inner = rect.inset(is_low(ui) ? 16 : 24);
  const bool has_next = !view.next.empty();
  // A low window has them all in one row.
  const bool is_row = is_low(ui) && has_columns(ui, inner.w);
  const int main = !has_next || is_row ? 0 : 72 + 8;
  const int buttons = inner.bottom() - main - 56;
  draw_closing(ui, {inner.x, inner.y, inner.w, buttons - 8 - inner.y}, *view.chosen);
  const auto places = side_by_side({inner.x, buttons, inner.w, 56}, is_row && has_next ? 3 : 2);
  const auto add = [&](const Rect& at, const std::string& label, ui::Icon icon,
                       ClosingsTap::Kind kind) {
    ui::Button button{.label = label, .icon = icon, .size = ui::Size::t1};
    fit(ui, button, at.w);
    if (ui::button(ui, at, button)) tap.kind = kind;
  };
  add(places[0], view.slip, ui::icons::visibility, ClosingsTap::Kind::slip);
  add(places[1], view.print, ui::icons::print, ClosingsTap::Kind::print);
  if (!has_next) return tap;
  const Rect at = is_row ? places[2] : Rect{inner.x, inner.bottom() - 72, inner.w, 72};
  const bool is_keyed = ui.key(ui::Key::enter);
  ui::Button next{.label = view.next, .kind = ui::ButtonKind::main};
  if (!is_row) next.key = ui::Key::enter;
  fit(ui, next, at.w);
  if (ui::button(ui, at, next) || is_keyed) tap.kind = ClosingsTap::Kind::next;
  return tap;
}

}  // namespace

Questions wants(const ClosingsInput& input) {
  return {core::AskClosings{input.limit, input.z_number}};
}

ClosingsList closings_list(const Scene& scene, const ClosingsInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  ClosingsList list;
  list.title = words("Closed shifts");
  const auto& found = scene.found.closings;
  if (!found) return list;
  for (const core::ClosedShift& closed : found->rows) {
    const std::int64_t z = closed.shift.z_number;
    list.rows.push_back(
        {z, words.fill("Z report {}", {number_text(z, language)}),
         period(closed.shift, scene) + " · " + person(closed.shift.closed_by, words),
         amount_text(closed.turnover, language), difference_of(closed.difference, scene),
         z == input.z_number});
  }
  list.has_more = static_cast<std::int64_t>(list.rows.size()) >= input.limit;
  if (list.rows.empty()) {
    list.emptiness = {ui::icons::summarize, std::string(words("No shift was closed yet")),
                      std::string(words("Each closing prints its Z report, which is kept here."))};
  }
  return list;
}

ClosingsView present(const Scene& scene, const ClosingsInput& input) {
  const Words& words = scene.words;
  ClosingsView view;
  view.title = words("Closed shifts");
  view.back = words("Back");
  view.list = closings_list(scene, input);
  view.slip = words("Show the slip");
  view.print = words("Print again");
  if (!scene.till.shift) view.next = words("Open the next shift");
  const auto& found = scene.found.closings;
  if (!found || !found->chosen) return view;
  const std::int64_t shown = found->chosen->shift.z_number;
  if (input.z_number != 0 && shown != input.z_number) return view;
  // The answer to what was asked before the closing is not the latest.
  if (input.is_fresh && found->rows.front().shift.z_number != shown) return view;
  view.chosen = closing_view(*found->chosen, scene);
  for (ClosingRow& row : view.list.rows) row.is_selected = row.z_number == shown;
  if (input.is_fresh) {
    const bool is_printed = scene.till.settings.printer.kind != "none";
    view.fresh = words(is_printed ? "The shift is closed. Its Z report is being printed."
                                  : "The shift is closed.");
  }
  return view;
}

ClosingsTap draw(ui::Ui& ui, const Rect& rect, const ClosingsList& list) {
  ClosingsTap tap;
  ui::card(ui, rect);
  const int head = std::max(48, line_height(ui, ui::Size::t2) + 24);
  ui::text(ui, {rect.x + 24, rect.y + 4, rect.w - 48, head - 4}, list.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  const Rect room{rect.x + 8, rect.y + head, rect.w - 16, rect.h - head - 8};
  draw_emptiness(ui, room, list.emptiness);
  const int row = std::max(list_row, 2 * line_height(ui, ui::Size::t1) + 20);
  const int count = static_cast<int>(list.rows.size());
  const ui::ScrollArea area(ui, room, "shift-closings", count * row);
  for (int i = 0; i < count; ++i) {
    const ClosingRow& one = list.rows[static_cast<std::size_t>(i)];
    const int y = room.y + i * row;
    if (!area.shows(y, row)) continue;
    const Rect at{room.x, area.y(y), room.w, row};
    if (ui::row_ground(ui, at,
                       {.label = one.title + "##z-" + std::to_string(one.z_number),
                        .is_selected = one.is_selected,
                        .has_separator = i + 1 < count})) {
      tap = {ClosingsTap::Kind::choose, one.z_number};
    }
    draw_closing_row(ui, at, one);
  }
  const bool is_near_end = area.offset() + room.h + 400 > count * row;
  if (tap.kind == ClosingsTap::Kind::none && list.has_more && is_near_end) {
    tap.kind = ClosingsTap::Kind::more;
  }
  return tap;
}

ClosingsTap draw(ui::Ui& ui, const ClosingsView& view) {
  ClosingsTap tap;
  const Rect page = page_of(ui), row = title_row(page);
  if (ui::button(ui, {row.x, row.y, 56, 56},
                 {.label = view.back,
                  .icon = ui::icons::arrow_back,
                  .key = ui::Key::escape,
                  .is_icon_only = true})) {
    tap.kind = ClosingsTap::Kind::back;
  }
  ui::text(ui, {row.x + 72, row.y, row.w - 72, row.h}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  Rect body = below_title(page);
  const int gap = card_gap(ui);
  if (!view.fresh.empty()) {
    const ui::Notice notice{.words = view.fresh, .state = ui::State::ok};
    const Rect at{body.x, body.y, body.w, std::max(56, ui::notice_height(ui, body.w, notice))};
    ui::banner(ui, at, notice);
    body.y += at.h + gap;
    body.h -= at.h + gap;
  }
  const auto take = [&](const ClosingsTap& other) {
    if (other.kind != ClosingsTap::Kind::none) tap = other;
  };
  if (!view.chosen) {
    take(draw(ui, body, view.list));
    return tap;
  }
  if (ui.is_portrait()) {
    const int detail = std::min(body.h * 2 / 3, scaled(ui, 640));
    take(draw(ui, {body.x, body.y, body.w, body.h - detail - gap}, view.list));
    take(draw_detail(ui, {body.x, body.bottom() - detail, body.w, detail}, view));
    return tap;
  }
  const int detail = body.w - std::min(392, body.w * 7 / 20) - gap;
  const bool is_left = ui.is_left_handed();
  take(draw(ui, {is_left ? body.x + detail + gap : body.x, body.y, body.w - detail - gap, body.h},
            view.list));
  take(draw_detail(ui, {is_left ? body.x : body.right() - detail, body.y, detail, body.h}, view));
  return tap;
}

}  // namespace pos
