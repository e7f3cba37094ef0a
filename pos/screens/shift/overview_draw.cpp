// How the open shift looks: figures above payments, account and movements, the things
// to do beside them (below, upright).
#include <algorithm>

#include "pos/screens/parts/room.h"
#include "pos/screens/shift/overview_page.h"

namespace pos {

namespace {

using ui::Rect;
using ui::measure::padding;

int figures_height(ui::Ui& ui, int width, const OverviewView& view, int& columns) {
  columns = width >= pos::scaled(ui, 600) ? 4 : 2;
  const int rows = (static_cast<int>(view.figures.size()) + columns - 1) / columns;
  return rows * (line_height(ui, ui::Size::t1) + line_height(ui, ui::Size::t3) + 20) + 20;
}

void draw_figures(ui::Ui& ui, const Rect& rect, const OverviewView& view, int columns) {
  ui::card(ui, rect);
  const int line = line_height(ui, ui::Size::t1), large = line_height(ui, ui::Size::t3);
  const int width = (rect.w - 2 * 16) / columns;
  for (int i = 0; i < static_cast<int>(view.figures.size()); ++i) {
    const ShiftFigure& figure = view.figures[static_cast<std::size_t>(i)];
    const int x = rect.x + 20 + i % columns * width;
    const int y = rect.y + 20 + i / columns * (line + large + 20);
    ui::icon(ui, {x, y, 20, line}, figure.icon, ui::Colour::text_2, 20);
    ui::text(ui, {x + 28, y, width - 40, line}, figure.label,
             {.colour = ui::Colour::text_2, .shrinks = true});
    ui::amount(ui, {x, y + line, width - 12, large}, figure.value,
               {.size = ui::Size::t3, .align = ui::Align::left});
  }
}

int title_height(const ui::Ui& ui) {
  return line_height(ui, ui::Size::t2) + 12;
}

void draw_title(ui::Ui& ui, const Rect& rect, int y, const std::string& title) {
  ui::text(ui, {rect.x, y, rect.w, line_height(ui, ui::Size::t2)}, title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
}

int sums_height(ui::Ui& ui, int width, const OverviewView& view) {
  const int line = line_height(ui, ui::Size::t1);
  if (!view.hidden.empty()) {
    return title_height(ui) + ui::paragraph_height(ui, width - 48, view.hidden) + 2 * padding;
  }
  const int tenders = view.tenders.empty() ? line : rows_height(ui, view.tenders);
  return 2 * title_height(ui) + tenders + rows_height(ui, view.account) + 2 * padding + 16;
}

// Payments, and under them the account of the drawer.
void draw_sums(ui::Ui& ui, const Rect& rect, const OverviewView& view) {
  ui::card(ui, rect);
  const Rect inner = rect.inset(padding);
  int y = inner.y;
  if (!view.hidden.empty()) {
    draw_title(ui, inner, y, view.account_title);
    ui::paragraph(ui, {inner.x, y + title_height(ui), inner.w, 200}, view.hidden,
                  {.colour = ui::Colour::text_2});
    return;
  }
  draw_title(ui, inner, y, view.tenders_title);
  y += title_height(ui);
  if (view.tenders.empty()) {
    const int line = line_height(ui, ui::Size::t1);
    ui::text(ui, {inner.x, y, inner.w, line}, view.no_tenders, {.colour = ui::Colour::text_2});
    y += line;
  }
  y += draw_rows(ui, {inner.x, y, inner.w, 0}, view.tenders) + 16;
  draw_title(ui, inner, y, view.account_title);
  y += title_height(ui);
  draw_rows(ui, {inner.x, y, inner.w, 0}, view.account);
}

int move_height(const ui::Ui& ui) {
  return std::max(64, 2 * line_height(ui, ui::Size::t1) + 16);
}

int moves_height(const ui::Ui& ui, const OverviewView& view) {
  return padding + title_height(ui) + static_cast<int>(view.moves.size()) * move_height(ui) + 8;
}

OverviewTap draw_moves(ui::Ui& ui, const Rect& rect, const OverviewView& view) {
  OverviewTap tap;
  ui::card(ui, rect);
  draw_title(ui, {rect.x + padding, 0, rect.w - 2 * padding, 0}, rect.y + padding,
             view.moves_title);
  const int line = line_height(ui, ui::Size::t1), height = move_height(ui);
  int y = rect.y + padding + title_height(ui);
  for (const MoveRow& row : view.moves) {
    const Rect at{rect.x + 8, y, rect.w - 16, height};
    y += height;
    if (at.bottom() < 0 || at.y > ui.height()) continue;
    if (ui::row_ground(ui, at,
                       {.label = row.title + "##move-" + std::to_string(row.receipt),
                        .has_separator = &row != &view.moves.back()})) {
      tap = {OverviewTap::Kind::move, row.receipt};
    }
    const int top = at.y + (height - 2 * line) / 2;
    ui::icon(ui, {at.x + 12, top, 24, 2 * line}, row.icon, ui::Colour::text_2);
    const int amount = ui::text_width(ui, row.amount, ui::Size::t2, ui::Weight::semibold);
    const int x = at.x + 48, right = at.right() - 12;
    ui::amount(ui, {right - amount, top, amount, 2 * line}, row.amount);
    ui::text(ui, {x, top, right - amount - 8 - x, line}, row.title,
             {.weight = ui::Weight::semibold, .shrinks = true});
    ui::text(ui, {x, top + line, right - amount - 8 - x, line}, row.second,
             {.colour = ui::Colour::text_2, .shrinks = true});
  }
  return tap;
}

OverviewTap draw_page(ui::Ui& ui, const Rect& rect, const OverviewView& view,
                      OverviewInput& input) {
  OverviewTap tap;
  const int gap = card_gap(ui);
  // Room for the shadows of the cards.
  const Rect window{rect.x - 8, rect.y - 4, rect.w + 16, rect.h + 8};
  const ui::ScrollArea area(ui, window, "shift-overview", input.content_height);
  int y = area.y(rect.y);
  const int top = y;
  if (!view.notice.empty()) {
    const ui::Notice notice{.words = view.notice, .state = ui::State::warn};
    const Rect at{rect.x, y, rect.w, ui::notice_height(ui, rect.w, notice)};
    ui::banner(ui, at, notice);
    y = at.bottom() + gap;
  }
  if (!view.figures.empty()) {
    int columns = 0;
    const int height = figures_height(ui, rect.w, view, columns);
    draw_figures(ui, {rect.x, y, rect.w, height}, view, columns);
    y += height + gap;
    const bool is_wide = rect.w >= pos::scaled(ui, 640);
    const int width = is_wide ? (rect.w - gap) * 9 / 20 : rect.w;
    const int sums = sums_height(ui, width, view), moves = moves_height(ui, view);
    const int rest = rect.h - (y - top);
    const int both = std::max({sums, moves, rest});
    draw_sums(ui, {rect.x, y, width, is_wide ? both : sums}, view);
    const Rect beside = is_wide ? Rect{rect.x + width + gap, y, rect.w - width - gap, both}
                                : Rect{rect.x, y + sums + gap, rect.w, moves};
    tap = draw_moves(ui, beside, view);
    y = beside.bottom();
  }
  const int height = y - top + 8;
  if (height != input.content_height) ui.ask_for_frame();
  input.content_height = height;
  return tap;
}

struct Deed {
  const std::string& label;
  ui::Icon icon;
  ui::Key key;
  OverviewTap::Kind kind;
  std::string_view why_not = {};
};

OverviewTap draw_deeds(ui::Ui& ui, const Rect& rect, const OverviewView& view) {
  OverviewTap tap;
  const Deed deeds[] = {
      {view.in, ui::icons::login, ui::Key::f5, OverviewTap::Kind::in},
      {view.out, ui::icons::logout, ui::Key::f6, OverviewTap::Kind::out},
      {view.drop, ui::icons::lock, ui::Key::f7, OverviewTap::Kind::drop},
      {view.x, ui::icons::summarize, ui::Key::f8, OverviewTap::Kind::x, view.x_why_not},
      {view.drawer, ui::icons::inbox, ui::Key::none, OverviewTap::Kind::drawer},
  };
  const int main = is_low(ui) ? 64 : 80, gap = ui::measure::gap;
  const bool is_upright = ui.is_portrait();
  const int columns = is_upright ? 5 : 1;
  const int rows = 5 / columns;
  const int height = std::min(72, (rect.h - main - gap) / rows - gap);
  const auto line = side_by_side({rect.x, rect.y, rect.w, height}, columns);
  for (int i = 0; i < 5; ++i) {
    Rect at = line[static_cast<std::size_t>(i % columns)];
    at.y += i / columns * (height + gap);
    const Deed& deed = deeds[i];
    ui::Button button{.label = deed.label,
                      .icon = deed.icon,
                      .key = deed.key,
                      .enabled = deed.why_not.empty(),
                      .why_not = deed.why_not};
    // The key works even where there is no room to say so.
    bool is_keyed = false;
    if (ui::button_width(ui, button) > at.w) {
      is_keyed = button.enabled && ui.key(deed.key);
      button.key = ui::Key::none;
    }
    fit(ui, button, at.w);
    if (ui::button(ui, at, button) || is_keyed) tap.kind = deed.kind;
  }
  ui::Button close{.label = view.close,
                   .kind = ui::ButtonKind::main,
                   .icon = ui::icons::lock_clock,
                   .key = ui::Key::enter};
  fit(ui, close, rect.w);
  if (ui::button(ui, {rect.x, rect.bottom() - main, rect.w, main}, close)) {
    tap.kind = OverviewTap::Kind::close;
  }
  return tap;
}

}  // namespace

OverviewTap draw(ui::Ui& ui, const OverviewView& view, OverviewInput& input) {
  OverviewTap tap;
  const auto take = [&](const OverviewTap& other) {
    if (other.kind != OverviewTap::Kind::none) tap = other;
  };
  const Rect page = page_of(ui), body = below_title(page);
  Rect row = title_row(page);
  const ui::Button closings{.label = view.closings, .icon = ui::icons::summarize};
  const int width = ui::button_width(ui, closings);
  if (ui::button(ui, {row.right() - width, row.y, width, 56}, closings)) {
    tap.kind = OverviewTap::Kind::closings;
  }
  row.w -= width + 16;
  const int title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  ui::text(ui, row, view.title, {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  ui::text(ui, {row.x + title + 12, row.y + 2, row.w - title - 12, row.h}, view.second,
           {.colour = ui::Colour::text_2, .shrinks = true});
  const int gap = card_gap(ui);
  if (ui.is_portrait()) {
    const int deeds = 72 + 8 + 80;
    take(draw_page(ui, {body.x, body.y, body.w, body.h - deeds - gap}, view, input));
    take(draw_deeds(ui, {body.x, body.bottom() - deeds, body.w, deeds}, view));
    return tap;
  }
  const int deeds = std::min(320, body.w * 3 / 10);
  const bool is_left = ui.is_left_handed();
  take(draw_page(ui,
                 {is_left ? body.x + deeds + gap : body.x, body.y, body.w - deeds - gap, body.h},
                 view, input));
  take(draw_deeds(ui, {is_left ? body.x : body.right() - deeds, body.y, deeds, body.h}, view));
  return tap;
}

}  // namespace pos
