#include "pos/screens/order_cards.h"

#include <algorithm>

#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Colour;
using ui::Rect;
using ui::Size;
using ui::Weight;

constexpr int padding = ui::measure::padding;
constexpr int title_height = card_title;
constexpr int thumbnail = 48;

int t1(const Pen& pen) {
  return line_height(pen.ui, Size::t1);
}
int fact_height(const Pen& pen) {
  return t1(pen) + 4;
}

void draw_line(Pen& pen, const Rect& row, const OrderLineView& line) {
  ui::Ui& ui = pen.ui;
  const Rect picture{row.x, row.y + (row.h - thumbnail) / 2, thumbnail, thumbnail};
  ui::thumbnail(ui, picture,
                {.path = line.picture, .initials = line.initials, .category = line.category});
  const int amount = scaled(ui, 96);
  const int x = picture.right() + 16, right = row.right() - amount;
  const int line_price = std::min(scaled(ui, 168), ui::text_width(ui, line.price));
  const int words = right - x - line_price - 24, high = t1(pen);
  const int top = row.y + (row.h - 2 * high) / 2;
  ui::text(ui, {x, top, words, high}, line.title, {.weight = Weight::medium});
  ui::text(ui, {x, top + high, words, high}, line.second, {.colour = Colour::text_2});
  ui::text(ui, {right - line_price - 8, row.y, line_price, row.h}, line.price,
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
    right -= ui::badge_width(pen.ui, drawn(*badge)) + 16;
    ui::badge_right(pen.ui, card.right() - padding, card.y + 12, drawn(*badge));
  }
  ui::text(pen.ui, {card.x + padding, card.y, right - card.x - padding, title_height}, title,
           {.size = Size::t2, .weight = Weight::semibold});
  pen.y += height + ui::measure::margin;
  return {card.x + padding, card.y + title_height, card.w - 2 * padding, height - title_height};
}

void draw_facts(Pen& pen, Rect& room, const std::vector<FactView>& facts) {
  for (const FactView& fact : facts) {
    ui::fact(pen.ui, {room.x, room.y, room.w, fact_height(pen)}, fact.label, fact.value);
    room.y += fact_height(pen);
  }
}

void draw_trouble(Pen& pen, const OrderView& view, OrderTap& tap) {
  if (view.trouble.empty()) return;
  const Rect rect{pen.x, pen.y, pen.w, std::max(72, 2 * t1(pen) + 16)};
  const ui::Notice notice{.words = view.trouble, .action = view.mend, .state = view.sync.state};
  if (ui::banner(pen.ui, rect, notice) == ui::NoticeTap::action) tap.kind = OrderTap::Kind::mend;
  pen.y += rect.h + ui::measure::margin;
}

void draw_lines(Pen& pen, const OrderView& view) {
  ui::Ui& ui = pen.ui;
  const int row = std::max(56, 2 * t1(pen) + 16);
  const int total = line_height(ui, Size::t3) + 8;
  const int note = view.note.empty()
                       ? 0
                       : ui::paragraph_height(ui, pen.w - 2 * padding - 32, view.note, {}) + 16;
  const int height = title_height + note + row * static_cast<int>(view.lines.size()) + 16 +
                     fact_height(pen) * static_cast<int>(view.facts.size()) + total + 12;
  Rect room = begin_card(pen, height, view.lines_title);
  const int title = ui::text_width(ui, view.lines_title, Size::t2, Weight::semibold) + 16;
  ui::text(ui, {room.x + title, room.y - title_height, room.w - title, title_height}, view.origin,
           {.colour = Colour::text_2, .align = ui::Align::right});
  if (note > 0) {
    ui::icon(ui, {room.x, room.y, 24, t1(pen)}, ui::icons::edit_note, Colour::text_2, 20);
    ui::paragraph(ui, {room.x + 32, room.y, room.w - 32, note}, view.note);
    room.y += note;
  }
  for (const OrderLineView& line : view.lines) {
    const Rect place{room.x, room.y, room.w, row};
    // An order of 500 lines costs no more than what of it can be seen.
    if (place.bottom() > 0 && place.y < ui.height()) draw_line(pen, place, line);
    room.y += row;
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
  const int row = std::max(64, 2 * t1(pen) + 16);
  const int height = std::max(title_height + count * row + 16, least_bottom - pen.y);
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
  const int row = t1(pen) + 20;
  const int content = row * static_cast<int>(view.timeline.size());
  const int height = std::max(title_height + content + 12, least_bottom - pen.y);
  Rect room = begin_card(pen, height, view.timeline_title);
  const int word = ui::text_width(ui, view.add_note, Size::t1, Weight::semibold) + 48;
  if (ui::text_button(ui, {room.right() - word + 12, room.y - title_height, word, title_height},
                      view.add_note, ui::icons::add)) {
    tap.kind = OrderTap::Kind::note;
  }
  const int time = scaled(ui, 56);
  for (const EntryView& entry : view.timeline) {
    const int actor = std::min(room.w / 3, ui::text_width(ui, entry.value));
    ui::text(ui, {room.x, room.y, time, row}, entry.second, {.colour = Colour::text_2});
    const bool is_plain = entry.state == ui::State::neutral;
    ui::icon(ui, {room.x + time, room.y, 24, row}, entry.icon,
             is_plain ? Colour::text_2 : ui::state_ink(entry.state), 20);
    const int x = room.x + time + 38;
    ui::text(ui, {x, room.y, room.right() - actor - 16 - x, row}, entry.title);
    ui::text(ui, {room.right() - actor, room.y, actor, row}, entry.value,
             {.colour = Colour::text_2, .align = ui::Align::right});
    room.y += row;
  }
}

}  // namespace pos
