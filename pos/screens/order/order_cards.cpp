#include "pos/screens/order/order_cards.h"

#include <algorithm>

#include "pos/screens/parts/order_words.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Colour;
using ui::Rect;
using ui::Size;
using ui::Weight;
using ui::measure::padding;

constexpr int thumbnail = 48;

constexpr ui::Text line_title{.weight = Weight::medium};
constexpr ui::Text second_style{.colour = Colour::text_2};

// Where a line's words stand: between its picture and its price.
struct LinePlaces {
  int x, words, price, amount;
};
LinePlaces places_in(ui::Ui& ui, int width, const OrderLineView& line) {
  LinePlaces at{};
  at.x = thumbnail + 16;
  at.amount = scaled(ui, 96);
  at.price = std::min(scaled(ui, 168), ui::text_width(ui, line.price));
  at.words = width - at.amount - at.x - at.price - 24;
  return at;
}

// A long name or a note takes as many lines as it needs: both are read at the
// packing table.
int line_row_height(ui::Ui& ui, int width, const OrderLineView& line) {
  const int words = places_in(ui, width, line).words;
  return std::max(56, ui::paragraph_height(ui, words, line.title, line_title) +
                          ui::paragraph_height(ui, words, line.second, second_style) + 16);
}

void draw_line(Pen& pen, const Rect& row, const OrderLineView& line) {
  ui::Ui& ui = pen.ui;
  const Rect picture{row.x, row.y + (row.h - thumbnail) / 2, thumbnail, thumbnail};
  ui::thumbnail(ui, picture,
                {.path = line.picture, .initials = line.initials, .category = line.category});
  const LinePlaces at = places_in(ui, row.w, line);
  const int amount = at.amount, right = row.right() - amount, high = line_height(pen);
  const int title = ui::paragraph_height(ui, at.words, line.title, line_title);
  const int second = ui::paragraph_height(ui, at.words, line.second, second_style);
  const int x = row.x + at.x, top = row.y + (row.h - title - second) / 2;
  ui::paragraph(ui, {x, top, at.words, title}, line.title, line_title);
  ui::paragraph(ui, {x, top + title, at.words, second}, line.second, second_style);
  ui::text(ui, {right - at.price - 8, row.y, at.price, row.h}, line.price,
           {.colour = Colour::text_2, .align = ui::Align::right});
  if (line.old_amount.empty()) {
    ui::amount(ui, {right, row.y, amount, row.h}, line.amount);
    return;
  }
  const int large = line_height(ui, Size::t2);
  const int y = row.y + (row.h - large - high) / 2;
  ui::amount(ui, {right, y, amount, large}, line.amount);
  ui::amount(
      ui, {right, y + large, amount, high}, line.old_amount,
      {.size = Size::t1, .weight = Weight::regular, .colour = Colour::text_2, .is_struck = true});
}

}  // namespace

Rect begin_card(Pen& pen, int height, std::string_view title, const BadgeView* badge) {
  const Rect card{pen.x, pen.y, pen.w, height};
  ui::card(pen.ui, card);
  int right = card.right() - padding;
  if (badge && !badge->label.empty()) {
    const int room =
        card.w - 2 * padding - 16 - ui::text_width(pen.ui, title, Size::t2, Weight::semibold);
    const int width = std::min(room, ui::badge_width(pen.ui, drawn(*badge)));
    right -= width + 16;
    ui::badge(pen.ui, card.right() - padding - width, card.y + 12, drawn(*badge), width);
  }
  ui::text(pen.ui, {card.x + padding, card.y, right - card.x - padding, card_title}, title,
           {.size = Size::t2, .weight = Weight::semibold});
  pen.y += height + ui::measure::margin;
  return {card.x + padding, card.y + card_title, card.w - 2 * padding, height - card_title};
}

void draw_facts(Pen& pen, Rect& room, const std::vector<FactView>& facts) {
  for (const FactView& fact : facts) {
    ui::fact(pen.ui, {room.x, room.y, room.w, fact_height(pen)}, fact.label, fact.value);
    room.y += fact_height(pen);
  }
}

void draw_trouble(Pen& pen, const OrderView& view, OrderTap& tap) {
  if (view.trouble.empty()) return;
  const std::string words = joined_sentences(view.trouble, view.advice);
  const ui::Notice notice{.words = words, .action = view.mend, .state = view.trouble_state};
  const Rect rect{pen.x, pen.y, pen.w, std::max(72, ui::notice_height(pen.ui, pen.w, notice))};
  if (ui::banner(pen.ui, rect, notice) == ui::NoticeTap::action) tap.kind = OrderTap::Kind::mend;
  pen.y += rect.h + ui::measure::margin;
}

void draw_lines(Pen& pen, const OrderView& view, OrderTap& tap) {
  ui::Ui& ui = pen.ui;
  std::vector<int> rows;
  int lines = 0;
  for (const OrderLineView& line : view.lines) {
    lines += rows.emplace_back(line_row_height(ui, pen.w - 2 * padding, line));
  }
  const int total = line_height(ui, Size::t3) + 8;
  const int note = view.note.empty()
                       ? 0
                       : ui::paragraph_height(ui, pen.w - 2 * padding - 32, view.note, {}) + 16;
  const int height = card_title + note + lines + 16 +
                     fact_height(pen) * static_cast<int>(view.facts.size()) + total + 12;
  Rect room = begin_card(pen, height, view.lines_title);
  const int title = ui::text_width(ui, view.lines_title, Size::t2, Weight::semibold) + 16;
  ui::text(ui, {room.x + title, room.y - card_title, room.w - title, card_title}, view.origin,
           {.colour = Colour::text_2, .align = ui::Align::right});
  if (note > 0) {
    ui::icon(ui, {room.x, room.y, 24, line_height(pen)}, ui::icons::edit_note, Colour::text_2, 20);
    ui::paragraph(ui, {room.x + 32, room.y, room.w - 32, note}, view.note);
    room.y += note;
  }
  for (std::size_t i = 0; i < rows.size(); room.y += rows[i++]) {
    const Rect place{room.x, room.y, room.w, rows[i]};
    // Of an order of 500 lines only what can be seen is drawn.
    if (place.bottom() <= 0 || place.y >= ui.height()) continue;
    const Rect ground{place.x - 12, place.y, place.w + 24, place.h};
    if (view.lines[i].comes_back &&
        ui::row_ground(ui, ground,
                       {.label = view.lines[i].title + "##line-" + std::to_string(i),
                        .has_separator = false})) {
      tap = {OrderTap::Kind::line, i};
    }
    draw_line(pen, place, view.lines[i]);
  }
  ui::separator(ui, room.x, room.y + 8, room.w);
  room.y += 16;
  draw_facts(pen, room, view.facts);
  ui::text(ui, {room.x, room.y, room.w / 2, total}, view.total.label,
           {.size = Size::t2, .weight = Weight::semibold});
  ui::amount(ui, {room.x + room.w / 3, room.y, room.w - room.w / 3, total}, view.total.value,
             {.size = Size::t3});
}

void draw_receipts(Pen& pen, const OrderView& view, OrderTap& tap, int least_bottom) {
  if (view.receipts.empty()) return;
  const int count = static_cast<int>(view.receipts.size());
  const int row = std::max(64, 2 * line_height(pen) + 16);
  const int height = std::max(card_title + count * row + 16, least_bottom - pen.y);
  Rect room = begin_card(pen, height, view.receipts_title);
  for (std::size_t i = 0; i < view.receipts.size(); ++i) {
    const ReceiptView& receipt = view.receipts[i];
    const std::string name = receipt.code + "##receipt-" + receipt.code;
    if (ui::row(pen.ui, {room.x - 12, room.y, room.w + 24, row},
                {.title = name,
                 .second = receipt.second,
                 .amount = receipt.amount,
                 .icon = ui::icons::receipt,
                 .trailing = ui::icons::chevron_right,
                 .has_separator = i + 1 < view.receipts.size()})) {
      tap = {OrderTap::Kind::receipt, i};
    }
    room.y += row;
  }
}

void draw_timeline(Pen& pen, const OrderView& view, OrderTap& tap, int least_bottom) {
  ui::Ui& ui = pen.ui;
  const int time = scaled(ui, 56), indent = time + 38;
  const auto words_width = [&](const EntryView& entry) {
    const int width = pen.w - 2 * padding;
    return width - indent - 16 - std::min(width / 3, ui::text_width(ui, entry.value));
  };
  std::vector<int> rows;
  int content = 0;
  for (const EntryView& entry : view.timeline) {
    const int words = ui::paragraph_height(ui, words_width(entry), entry.title);
    content += rows.emplace_back(words + 20);
  }
  const int height = std::max(card_title + content + 12, least_bottom - pen.y);
  Rect room = begin_card(pen, height, view.timeline_title);
  const int word = ui::text_width(ui, view.add_note, Size::t1, Weight::semibold) + 48;
  if (ui::text_button(ui, {room.right() - word + 12, room.y - card_title, word, card_title},
                      view.add_note, ui::icons::add)) {
    tap.kind = OrderTap::Kind::note;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const EntryView& entry = view.timeline[i];
    const int actor = std::min(room.w / 3, ui::text_width(ui, entry.value));
    const int row = line_height(pen) + 20;  // its first line
    ui::text(ui, {room.x, room.y, time, row}, entry.second, {.colour = Colour::text_2});
    const bool is_plain = entry.state == ui::State::neutral;
    ui::icon(ui, {room.x + time, room.y, 24, row}, entry.icon,
             is_plain ? Colour::text_2 : ui::state_ink(entry.state), 20);
    ui::paragraph(ui, {room.x + indent, room.y + 10, words_width(entry), rows[i] - 20},
                  entry.title);
    ui::text(ui, {room.right() - actor, room.y, actor, row}, entry.value,
             {.colour = Colour::text_2, .align = ui::Align::right});
    room.y += rows[i];
  }
}

}  // namespace pos
