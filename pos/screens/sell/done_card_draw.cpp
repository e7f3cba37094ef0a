// How the Done card is drawn: from the top the amounts and what happened, from
// the foot the buttons; an upright window has them side by side.
#include <algorithm>

#include "pos/screens/sell/done_card.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;

// Lines grow with the cashier's letters.
int line_of(const ui::Ui& ui, ui::Size size) {
  return ui.to_base(static_cast<float>(ui.line_pixels(size)));
}

int draw_amounts(ui::Ui& ui, const DoneView& view, const Rect& rect) {
  const int label = line_of(ui, ui::Size::t2), large = line_of(ui, ui::Size::t4);
  const int step = std::max(24, line_of(ui, ui::Size::t1));
  int y = rect.y;
  ui::text(ui, {rect.x, y, rect.w, label}, view.main_label,
           {.size = ui::Size::t2, .colour = ui::Colour::text_2, .shrinks = true});
  ui::amount(ui, {rect.x, y + label + 4, rect.w, large}, view.main_amount,
             {.size = ui::Size::t4, .align = ui::Align::left});
  y += label + large + 12;
  for (const DoneLine& line : view.lines) {
    ui::fact(ui, {rect.x, y, rect.w, step}, line.label, line.value, ui::Colour::text_2);
    y += step;
  }
  return y;
}

int facts_height(const ui::Ui& ui, const DoneView& view) {
  return static_cast<int>(view.facts.size()) * line_of(ui, ui::Size::t1);
}

// Large letters in a low card: first goes what only says that nothing was to be
// done, then what the change is made up of. What happened stays readable.
DoneView fitted(const ui::Ui& ui, DoneView view, int room) {
  const int step = std::max(24, line_of(ui, ui::Size::t1));
  const auto left = [&] {
    return room - line_of(ui, ui::Size::t2) - line_of(ui, ui::Size::t4) - 12 -
           static_cast<int>(view.lines.size()) * step;
  };
  if (facts_height(ui, view) > left())
    std::erase_if(view.facts, [](const DoneFact& fact) { return fact.badge.empty(); });
  while (!view.lines.empty() && facts_height(ui, view) > left()) view.lines.pop_back();
  return view;
}

void draw_fact(ui::Ui& ui, const Rect& rect, const DoneFact& fact) {
  ui::separator(ui, rect.x, rect.y, rect.w);
  ui::icon(ui, {rect.x, rect.y, 24, rect.h}, fact.icon, ui::Colour::text_2);
  int right = rect.right();
  if (!fact.badge.empty())
    right -= 8 + ui::badge_right(ui, right, rect.y + (rect.h - 32) / 2,
                                 {.label = fact.badge,
                                  .icon = fact.badge_icon,
                                  .state = fact.state,
                                  .has_fill = rect.h >= 40});
  const Rect room{rect.x + 36, rect.y, right - rect.x - 36, rect.h};
  if (fact.second.empty() || rect.h < 40)
    return ui::text(ui, room, fact.title, {.weight = ui::Weight::medium, .shrinks = true});
  const ui::TwoLines lines = ui::two_lines(ui, room, ui::Size::t1, ui::Size::t1);
  ui::text(ui, lines.first, fact.title, {.weight = ui::Weight::medium, .shrinks = true});
  ui::text(ui, lines.second, fact.second, {.colour = ui::Colour::text_2});
}

void draw_facts(ui::Ui& ui, const DoneView& view, const Rect& rect) {
  const int count = static_cast<int>(view.facts.size());
  const int height = std::min(64, rect.h / std::max(1, count));
  int y = rect.y;
  for (const DoneFact& fact : view.facts) {
    draw_fact(ui, {rect.x, y, rect.w, height}, fact);
    y += height;
  }
  ui::separator(ui, rect.x, y, rect.w);
}

DoneTap draw_buttons(ui::Ui& ui, const DoneView& view, const Rect& rect) {
  DoneTap tap = DoneTap::none;
  const int half = (rect.w - 8) / 2;
  const auto tool = [&](int column, int row, std::string_view word, ui::Icon icon, DoneTap means) {
    const Rect at{rect.x + column * (half + 8), rect.y + row * 64, half, 56};
    if (ui::button(ui, at, {.label = word, .icon = icon})) tap = means;
  };
  tool(0, 0, view.print_word, icons::print, DoneTap::print);
  tool(1, 0, view.gift_word, icons::card_giftcard, DoneTap::gift);
  tool(0, 1, view.email_word, icons::alternate_email, DoneTap::email);
  tool(1, 1, view.drawer_word, icons::inbox, DoneTap::drawer);
  const int top = rect.y + 120 + std::min(16, rect.h - 120 - 64);
  if (ui::button(ui, {rect.x, top, rect.w, rect.bottom() - top},
                 {.label = view.next_word,
                  .kind = ui::ButtonKind::main,
                  .icon = icons::add_shopping_cart,
                  .second = view.next_second}) ||
      ui.key(ui::Key::enter))
    tap = DoneTap::next;
  return tap;
}

}  // namespace

DoneTap draw(ui::Ui& ui, const DoneView& view, const SellLayout& at) {
  const Rect card = at.done;
  const ui::Overlay overlay(ui, card);
  const bool is_low = card.h < 600 && !at.is_upright;
  const int head = is_low ? 72 : 96, pad = is_low ? 16 : 24;
  const int room = card.w - 120;
  const bool is_short = ui::text_width(ui, view.saved, ui::Size::t1, ui::Weight::medium) > room;
  ui::head(ui, {card.x, card.y, card.w, head},
           {.state = view.is_paid ? ui::State::ok : ui::State::warn,
            .icon = view.is_paid ? icons::check : icons::incomplete_circle,
            .title = view.title,
            .second = is_short ? view.saved_short : view.saved});
  const int top = card.y + head + (is_low ? 8 : 24);
  const Rect body{card.x + pad, top, card.w - 2 * pad, card.bottom() - pad - top};
  const int buttons = is_low ? 120 + 8 + 64 : 120 + 16 + 80;
  if (at.is_upright) {
    const int half = (body.w - 48) / 2;
    draw_amounts(ui, view, {body.x, body.y, half, body.h});
    draw_facts(ui, view, {body.right() - half, body.y, half, 192});
    return draw_buttons(ui, view, {body.right() - half, body.bottom() - buttons, half, buttons});
  }
  const Rect foot{body.x, body.bottom() - buttons, body.w, buttons};
  const int gaps = (is_low ? 4 : 16) + 8;
  const DoneView shown = fitted(ui, view, foot.y - gaps - body.y);
  const int facts = draw_amounts(ui, shown, body) + gaps - 8;
  draw_facts(ui, shown, {body.x, facts, body.w, foot.y - 8 - facts});
  return draw_buttons(ui, view, foot);
}

}  // namespace pos
