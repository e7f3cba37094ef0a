// How the Reports page is drawn: figures, the chart, then cards in two columns, or one
// below the other where the window is narrow. All of it scrolls under the title row.
#include <algorithm>

#include "pos/screens/parts/room.h"
#include "pos/screens/reports/reports_screen.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {

namespace {

using ui::Colour;
using ui::Rect;
using ui::measure::gap;
using ui::measure::margin;
using ui::measure::padding;
using ui::measure::target;

constexpr int bar_height = 6, share_height = 24, square = 14;
constexpr std::array share_colours{Colour::accent,      Colour::ch2,    Colour::bar_old,
                                   Colour::line_strong, Colour::ok_dot, Colour::warn_dot};

Colour share_colour(std::size_t i) {
  return share_colours[std::min(i, share_colours.size() - 1)];
}

int high(const ui::Ui& ui) {
  return line_height(ui, ui::Size::t1);
}

// --- the title row ---

struct Controls {
  ui::Button span, csv, print, journal;
  std::vector<ui::Chip> kinds;
  int span_width = 0, kinds_width = 0, csv_width = 0, print_width = 0, journal_width = 0;
  int walk() const { return 2 * (target + gap) + span_width; }
};

Controls controls_of(ui::Ui& ui, const ReportsView& view) {
  Controls all;
  all.span = {.label = view.span, .icon = ui::icons::event};
  all.csv = {.label = view.csv, .icon = ui::icons::download};
  all.print = {.label = view.print,
               .kind = ui::ButtonKind::main,
               .icon = ui::icons::print,
               .enabled = view.why_not_print.empty(),
               .why_not = view.why_not_print};
  all.journal = {.label = view.journal, .icon = ui::icons::fact_check};
  all.journal_width = ui::button_width(ui, all.journal);
  all.span_width = ui::button_width(ui, all.span);
  for (std::size_t i = 0; i < view.kinds.size(); ++i) {
    all.kinds.push_back({.label = view.kinds[i], .is_selected = static_cast<int>(i) == view.kind});
    all.kinds_width = std::max(all.kinds_width, ui::chip_width(ui, all.kinds.back()));
  }
  all.kinds_width *= static_cast<int>(all.kinds.size());
  all.csv_width = ui::button_width(ui, all.csv);
  all.print_width = ui::button_width(ui, all.print);
  return all;
}

void shorten(Controls& all) {
  all.csv.is_icon_only = all.print.is_icon_only = all.journal.is_icon_only = true;
  all.csv_width = all.print_width = all.journal_width = target;
}

void draw_walk(ui::Ui& ui, int x, int y, const Controls& all, const ReportsView& view,
               ReportsTap& tap) {
  if (ui::button(ui, {x, y, target, target},
                 {.label = view.earlier, .icon = ui::icons::chevron_left, .is_icon_only = true})) {
    tap.kind = ReportsTap::Kind::earlier;
  }
  x += target + gap;
  if (ui::button(ui, {x, y, all.span_width, target}, all.span)) tap.kind = ReportsTap::Kind::span;
  x += all.span_width + gap;
  if (ui::button(ui, {x, y, target, target},
                 {.label = view.later,
                  .icon = ui::icons::chevron_right,
                  .enabled = view.why_not_later.empty(),
                  .why_not = view.why_not_later,
                  .is_icon_only = true})) {
    tap.kind = ReportsTap::Kind::later;
  }
}

// One control in parts that touch, as wide as its words.
void draw_kinds(ui::Ui& ui, const Rect& rect, const Controls& all, ReportsTap& tap) {
  const auto count = static_cast<int>(all.kinds.size());
  ui::raised(ui, rect, Colour::surface);
  for (int i = 0; i < count; ++i) {
    const ui::Chip& kind = all.kinds[static_cast<std::size_t>(i)];
    const Rect part{rect.x + rect.w * i / count, rect.y,
                    rect.w * (i + 1) / count - rect.w * i / count, rect.h};
    const ui::Touch touch = ui.touch(part, kind.label, ui::ItemKind::chip, true, kind.is_selected);
    const Colour fill = touch.is_pressed   ? Colour::press
                        : kind.is_selected ? Colour::accent_tint
                                           : Colour::none;
    if (fill != Colour::none) ui::box(ui, part, fill, ui::measure::radius);
    ui::text(ui, part.inset(4), kind.label,
             {.weight = kind.is_selected ? ui::Weight::semibold : ui::Weight::medium,
              .colour = kind.is_selected ? Colour::accent_text : Colour::text,
              .align = ui::Align::centre,
              .shrinks = true});
    if (touch.is_tapped) tap = {ReportsTap::Kind::kind, i, {}};
  }
}

void draw_ways_out(ui::Ui& ui, int right, int y, const Controls& all, ReportsTap& tap) {
  if (ui::button(ui, {right - all.print_width, y, all.print_width, target}, all.print)) {
    tap.kind = ReportsTap::Kind::print;
  }
  right -= all.print_width + gap;
  if (ui::button(ui, {right - all.csv_width, y, all.csv_width, target}, all.csv)) {
    tap.kind = ReportsTap::Kind::csv;
  }
  right -= all.csv_width + gap;
  if (ui::button(ui, {right - all.journal_width, y, all.journal_width, target}, all.journal)) {
    tap.kind = ReportsTap::Kind::journal;
  }
}

// Returns its height: one row, or two where one has no room.
int draw_header(ui::Ui& ui, const Rect& page, const ReportsView& view, ReportsTap& tap) {
  const int title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  const Rect row = title_row(page);
  if (!view.unlock.empty()) {
    ui::text(ui, row, view.title, {.size = ui::Size::t3, .weight = ui::Weight::semibold});
    return target;
  }
  Controls all = controls_of(ui, view);
  const auto needed = [&] {
    return title + margin + all.walk() + margin + all.kinds_width + margin + all.journal_width +
           gap + all.csv_width + gap + all.print_width;
  };
  if (needed() > page.w) shorten(all);
  const bool is_one = needed() <= page.w;
  if (!is_one) all = controls_of(ui, view);
  ui::text(ui, {row.x, row.y, title, row.h}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  draw_ways_out(ui, row.right(), row.y, all, tap);
  if (is_one) {
    int x = row.right() - all.journal_width - gap - all.csv_width - gap - all.print_width - margin -
            all.kinds_width;
    draw_kinds(ui, {x, row.y, all.kinds_width, target}, all, tap);
    x -= margin + all.walk();
    draw_walk(ui, x, row.y, all, view, tap);
    return target;
  }
  const int y = row.bottom() + gap;
  all.span_width = std::min(all.span_width, std::max(120, page.w / 2 - 2 * (target + gap)));
  draw_walk(ui, page.x, y, all, view, tap);
  const int x = page.x + all.walk() + margin;
  draw_kinds(ui, {x, y, std::min(all.kinds_width, page.right() - x), target}, all, tap);
  return 2 * target + gap;
}

// --- the figures ---

int draw_figures(ui::Ui& ui, const Rect& at, const ReportsView& view) {
  const int columns = at.w >= scaled(ui, 760) ? 4 : 2;
  const auto count = static_cast<int>(view.figures.size());
  const ui::Size size = is_low(ui) || has_large_text(ui) ? ui::Size::t3 : ui::Size::t4;
  const int label = high(ui), value = line_height(ui, size);
  const int height = 12 + label + 4 + value + 4 + label + 12;
  const int between = card_gap(ui);
  for (int i = 0; i < count; ++i) {
    const FigureView& figure = view.figures[static_cast<std::size_t>(i)];
    const int x0 = (at.w + between) * (i % columns) / columns;
    const int x1 = (at.w + between) * (i % columns + 1) / columns - between;
    const Rect card{at.x + x0, at.y + i / columns * (height + between), x1 - x0, height};
    ui::card(ui, card);
    const Rect in{card.x + 20, card.y + 12, card.w - 32, label};
    ui::text(ui, in, figure.label, {.colour = Colour::text_2});
    ui::amount(ui, {in.x, in.bottom() + 4, in.w, value}, figure.value,
               {.size = size, .align = ui::Align::left});
    const Rect note{in.x, in.bottom() + 4 + value + 4, in.w, label};
    if (figure.note.empty()) continue;
    const Colour ink =
        figure.state == ui::State::neutral ? Colour::text_2 : ui::state_ink(figure.state);
    int x = note.x;
    if (figure.icon != ui::icons::none) {
      ui::icon(ui, {x, note.y, 20, label}, figure.icon, ink, 20);
      x += 26;
    }
    ui::text(ui, {x, note.y, note.right() - x, label}, figure.note,
             {.colour = ink, .shrinks = true});
  }
  return (count + columns - 1) / columns * (height + between) - between;
}

// --- the chart ---

void draw_legend(ui::Ui& ui, const Rect& row, const ChartView& chart) {
  int right = row.right();
  const auto entry = [&](const std::string& word, Colour colour, Colour ink) {
    if (word.empty()) return;
    const int width = ui::text_width(ui, word);
    ui::text(ui, {right - width, row.y, width, row.h}, word, {.colour = ink});
    ui::box(ui, {right - width - 8 - square, row.y + (row.h - square) / 2, square, square}, colour,
            4);
    right -= width + 8 + square + margin;
  };
  entry(chart.before_word, Colour::bar_old, Colour::text_2);
  entry(chart.now_word, Colour::accent, Colour::text);
  ui::text(ui, {row.x, row.y, right - row.x, row.h}, chart.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
}

void draw_bar(ui::Ui& ui, const Rect& foot, std::int64_t value, std::int64_t full, int plot,
              Colour colour) {
  if (value <= 0) return;
  const int tall = std::max(2, static_cast<int>(value * plot / full));
  ui::box(ui, {foot.x, foot.y - tall, foot.w, tall}, colour, std::min(4, foot.w / 2),
          ui::Corners::top);
}

void draw_chart(ui::Ui& ui, const Rect& card, const ChartView& chart) {
  ui::card(ui, card);
  const int line = high(ui);
  draw_legend(ui, {card.x + padding, card.y + 12, card.w - 2 * padding, 32}, chart);
  int axis = 0;
  for (const std::string& height : chart.heights) axis = std::max(axis, ui::text_width(ui, height));
  const Rect plot{card.x + padding + axis + 8, card.y + 48 + line, card.w - 2 * padding - axis - 8,
                  card.h - 48 - line - line - 20};
  std::int64_t full = 3 * chart.step;
  for (const BarView& bar : chart.bars) full = std::max({full, bar.now, bar.before});
  for (std::size_t i = 0; i < chart.heights.size(); ++i) {
    const auto value = static_cast<std::int64_t>(i) * chart.step;
    const int y = plot.bottom() - static_cast<int>(value * plot.h / full);
    ui::box(ui, {plot.x, y, plot.w, 1}, i == 0 ? Colour::line_strong : Colour::line);
    ui::text(ui, {card.x + padding, y - line / 2, axis, line}, chart.heights[i],
             {.colour = Colour::text_2, .align = ui::Align::right});
  }
  const auto count = static_cast<int>(chart.bars.size());
  if (count == 0) return;
  const int pair = plot.w / count;
  const int between = pair >= 12 ? 2 : 0;
  const int width = std::clamp((pair - between - std::min(8, pair / 4)) / 2, 1, 22);
  int widest = 0;
  std::int64_t highest = 0;
  for (const BarView& bar : chart.bars) {
    widest = std::max(widest, ui::text_width(ui, bar.label));
    highest = std::max(highest, bar.now);
  }
  const int every = (widest + 8 + pair - 1) / pair;  // labels that would touch are left out
  const int unit = chart.unit.empty() ? 0 : ui::text_width(ui, chart.unit, ui::Size::t1);
  bool is_told = false;
  for (int i = 0; i < count; ++i) {
    const BarView& bar = chart.bars[static_cast<std::size_t>(i)];
    const int x = plot.x + plot.w * i / count, middle = x + pair / 2;
    draw_bar(ui, {middle - width - between / 2, plot.bottom(), width, 0}, bar.before, full, plot.h,
             Colour::bar_old);
    draw_bar(ui, {middle + between / 2, plot.bottom(), width, 0}, bar.now, full, plot.h,
             Colour::accent);
    if (i % every == 0) {
      ui::text(ui, {middle - widest, plot.bottom() + 4, 2 * widest, line}, bar.label,
               {.colour = Colour::text_2, .align = ui::Align::centre});
    }
    if (bar.now == highest && highest > 0 && !is_told) {
      is_told = true;
      const int wide = ui::text_width(ui, chart.highest, ui::Size::t1, ui::Weight::semibold);
      const int at = std::clamp(middle - wide / 2, plot.x, plot.right() - wide);
      ui::text(
          ui,
          {at, plot.bottom() - static_cast<int>(bar.now * plot.h / full) - line - 2, wide, line},
          chart.highest, {.weight = ui::Weight::semibold});
    }
  }
  if (unit > 0 && pair / 2 - widest / 2 > unit + 4) {
    ui::text(ui, {plot.right() - unit, plot.bottom() + 4, unit, line}, chart.unit,
             {.colour = Colour::text_2, .align = ui::Align::right});
  }
}

// --- the cards ---

int row_height(const ui::Ui& ui, const ReportCardView& card) {
  if (card.kind == ReportCardKind::bars) return high(ui) + bar_height + 18;
  return high(ui) + 17;
}

int card_height(const ui::Ui& ui, const ReportCardView& card) {
  int height = 12 + 32 + 8;
  if (!card.heads.empty()) height += high(ui) + 12;
  if (card.kind == ReportCardKind::shares) height += share_height + 8;
  height += static_cast<int>(card.rows.size()) * row_height(ui, card);
  if (!card.note.empty()) height += high(ui) + 8;
  return height + 8;
}

// Amounts end at equal distances: the first cell has what is left of them.
std::vector<Rect> columns_of(const Rect& row, std::size_t count) {
  std::vector<Rect> columns;
  const int each = count < 2 ? 0 : std::min(168, row.w / static_cast<int>(count));
  const int first = row.w - each * (static_cast<int>(count) - 1);
  columns.push_back({row.x, row.y, first, row.h});
  for (std::size_t i = 1; i < count; ++i) {
    columns.push_back({row.x + first + each * static_cast<int>(i - 1), row.y, each, row.h});
  }
  return columns;
}

void draw_table_row(ui::Ui& ui, const Rect& row, const std::vector<std::string>& cells,
                    ui::Weight weight, Colour colour) {
  const auto columns = columns_of(row, cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i == 0) {
      ui::text(ui, columns[i], cells[i], {.weight = weight, .colour = colour, .shrinks = true});
    } else {
      ui::amount(ui, columns[i], cells[i],
                 {.size = ui::Size::t1, .weight = weight, .colour = colour});
    }
  }
}

// All amounts of a card stand in one column.
int amounts_width(ui::Ui& ui, const ReportCardView& card) {
  int widest = 64;
  for (const ReportRowView& row : card.rows) {
    widest =
        std::max(widest, ui::text_width(ui, row.cells.back(), ui::Size::t1, ui::Weight::semibold));
  }
  return widest + 16;
}

// A label, how often or how much, and an amount.
void draw_list_row(ui::Ui& ui, const Rect& row, const ReportRowView& view, int left, int amounts) {
  const std::string& amount = view.cells.back();
  const std::string middle = view.cells.size() > 2 ? view.cells[1] : "";
  const int middles = middle.empty() ? 0 : ui::text_width(ui, middle) + 12;
  ui::text(ui, {left, row.y, row.right() - amounts - middles - 8 - left, row.h}, view.cells[0],
           {.weight = ui::Weight::medium});
  ui::text(ui, {row.right() - amounts - middles, row.y, middles, row.h}, middle,
           {.colour = Colour::text_2, .align = ui::Align::right});
  ui::amount(ui, {row.right() - amounts, row.y, amounts, row.h}, amount, {.size = ui::Size::t1});
}

void draw_shares(ui::Ui& ui, const Rect& bar, const std::vector<ReportRowView>& rows) {
  const int between = 4;
  const auto count = static_cast<int>(std::count_if(
      rows.begin(), rows.end(), [](const ReportRowView& row) { return row.permille > 0; }));
  const int room = bar.w - between * (count - 1);
  int x = bar.x, drawn = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].permille <= 0) continue;
    // Each can be seen, and the last one ends with the bar.
    const int left = bar.right() - x - (count - ++drawn) * (2 * between);
    const int width =
        drawn == count ? left : std::clamp(room * rows[i].permille / 1000, between, left);
    ui::box(ui, {x, bar.y, width, bar.h}, share_colour(i), std::min(4, width / 2));
    x += width + between;
  }
}

int draw_card(ui::Ui& ui, const Rect& at, const ReportCardView& view) {
  const Rect card{at.x, at.y, at.w, card_height(ui, view)};
  ui::card(ui, card);
  const Rect head{card.x + padding, card.y + 12, card.w - 2 * padding, 32};
  ui::text(ui, head, view.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  if (!view.total.empty()) ui::amount(ui, head, view.total);
  int y = head.bottom() + 8;
  if (view.kind == ReportCardKind::shares) {
    draw_shares(ui, {head.x, y, head.w, share_height}, view.rows);
    y += share_height + 8;
  }
  if (!view.heads.empty()) {
    draw_table_row(ui, {head.x, y, head.w, high(ui) + 4}, view.heads, ui::Weight::regular,
                   Colour::text_2);
    y += high(ui) + 12;
  }
  const int step = row_height(ui, view);
  const int amounts = amounts_width(ui, view);
  for (std::size_t i = 0; i < view.rows.size(); ++i, y += step) {
    const ReportRowView& row = view.rows[i];
    const Rect place{head.x, y, head.w, step};
    switch (view.kind) {
      case ReportCardKind::table:
        ui::box(ui, {head.x, y, head.w, row.is_sum ? 2 : 1},
                row.is_sum ? Colour::line_strong : Colour::line);
        draw_table_row(ui, place, row.cells, row.is_sum ? ui::Weight::semibold : ui::Weight::medium,
                       Colour::text);
        break;
      case ReportCardKind::bars: {
        draw_list_row(ui, {place.x, place.y, place.w, high(ui) + 4}, row, place.x, amounts);
        const Rect bar{place.x, place.y + high(ui) + 6, place.w, bar_height};
        ui::box(ui, bar, Colour::sunken, 3);
        const int width = bar.w * std::max(0, row.permille) / 1000;
        if (width > 0) ui::box(ui, {bar.x, bar.y, width, bar.h}, Colour::bar_old, 3);
        break;
      }
      case ReportCardKind::shares:
        ui::box(ui, {place.x, place.y + (step - square) / 2, square, square}, share_colour(i), 4);
        draw_list_row(ui, place, row, place.x + square + 12, amounts);
        break;
      case ReportCardKind::list:
        if (i > 0) ui::separator(ui, head.x, y, head.w);
        draw_list_row(ui, place, row, place.x, amounts);
        break;
    }
  }
  if (!view.note.empty()) {
    ui::text(ui, {head.x, y, head.w, high(ui) + 4}, view.note,
             {.colour = Colour::text_2, .shrinks = true});
  }
  return card.bottom();
}

int draw_column(ui::Ui& ui, int x, int y, int width, const std::vector<ReportCardView>& cards) {
  for (const ReportCardView& card : cards) {
    y = draw_card(ui, {x, y, width, 0}, card) + card_gap(ui);
  }
  return y;
}

// Returns where the next thing would go.
int draw_body(ui::Ui& ui, const Rect& at, const ReportsView& view) {
  const int between = card_gap(ui);
  int y = at.y + draw_figures(ui, at, view) + between;
  const int chart = 232 + 2 * high(ui);
  if (at.w < scaled(ui, 800)) {
    draw_chart(ui, {at.x, y, at.w, chart}, view.chart);
    y += chart + between;
    y = draw_column(ui, at.x, y, at.w, view.right);
    return draw_column(ui, at.x, y, at.w, view.left);
  }
  // As in the picture: 704 of 1144.
  const int left = (at.w - between) * 704 / 1128, right = at.w - between - left;
  draw_chart(ui, {at.x, y, left, chart}, view.chart);
  const int end = draw_column(ui, at.x, y + chart + between, left, view.left);
  return std::max(end, draw_column(ui, at.x + left + between, y, right, view.right));
}

void draw_empty(ui::Ui& ui, const Rect& rect, const ReportsView& view, ReportsTap& tap) {
  ui::card(ui, rect);
  const int button = view.unlock.empty() ? 0 : target + padding;
  draw_emptiness(ui, {rect.x, rect.y, rect.w, rect.h - button}, view.empty);
  if (button == 0) return;
  const ui::Button unlock{
      .label = view.unlock, .kind = ui::ButtonKind::main, .icon = ui::icons::lock_open};
  const int width = std::min(rect.w - 2 * padding, ui::button_width(ui, unlock));
  if (ui::button(ui, {rect.x + (rect.w - width) / 2, rect.bottom() - button, width, target},
                 unlock)) {
    tap.kind = ReportsTap::Kind::unlock;
  }
}

}  // namespace

ReportsTap draw(ui::Ui& ui, const ReportsView& view, ReportsInput& input) {
  const Rect page = page_of(ui);
  ReportsTap tap;
  const int head = draw_header(ui, page, view, tap);
  const int top = page.y + head + gap;
  const Rect below{page.x, top, page.w, page.bottom() - top};
  if (!view.empty.title.empty()) {
    draw_empty(ui, below, view, tap);
  } else if (!view.figures.empty()) {
    const Rect rect{below.x - margin, below.y - 4, below.w + 2 * margin, below.h + 4 + margin};
    ui::ScrollArea area(ui, rect, "reports", input.content_height);
    const int end = draw_body(ui, {below.x, area.y(below.y), below.w, 0}, view);
    const int height = end + area.offset() - rect.y;
    if (height != input.content_height) ui.ask_for_frame();
    input.content_height = height;
  }
  if (view.sheet) {
    const SpanSheetTap sheet = draw(ui, *view.sheet);
    if (sheet.kind != SpanSheetTap::Kind::none) tap = {ReportsTap::Kind::sheet, 0, sheet};
  }
  return tap;
}

}  // namespace pos
