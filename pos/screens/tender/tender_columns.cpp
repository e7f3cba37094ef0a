#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/tender/tender_draw.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

// Due, badge, progress, total and paid; returns the height used.
int draw_sum(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  const int line = line_height(ui, ui::Size::t1), due = line_height(ui, ui::Size::t4);
  int y = rect.y;
  ui::text(ui, {rect.x, y, rect.w, line}, view.due_label, {.colour = ui::Colour::text_2});
  y += line;
  const ui::Badge badge{
      .label = view.status, .icon = ui::icons::incomplete_circle, .state = ui::State::warn};
  int room = rect.w;
  const bool fits = ui::badge_width(ui, badge) +
                        ui::text_width(ui, view.due, ui::Size::t4, ui::Weight::semibold) + 16 <=
                    rect.w;
  if (view.is_part_paid && fits) {
    room -= ui::badge_right(ui, rect.right(), y + (due - 32) / 2, badge) + 8;
  }
  ui::amount(ui, {rect.x, y, room, due}, view.due,
             {.size = ui::Size::t4, .align = ui::Align::left});
  y += due + 8;
  ui::progress(ui, {rect.x, y, rect.w, 8}, view.permille);
  y += 16;
  ui::fact(ui, {rect.x, y, rect.w, line + 4}, view.total_label, view.total);
  y += line + 4;
  ui::fact(ui, {rect.x, y, rect.w, line + 4}, view.paid_label, view.paid);
  return y + line + 8 - rect.y;
}

bool draw_payment(ui::Ui& ui, const ui::Rect& rect, const TenderView::Paid& paid,
                  const std::string& undo) {
  ui::icon_disc(ui, {rect.x, rect.y + (rect.h - 40) / 2, 40, 40}, paid.icon,
                ui::category_fill(paid.category), ui::category_ink(paid.category));
  const int amount = ui::text_width(ui, paid.amount, ui::Size::t2, ui::Weight::semibold);
  const int right = rect.right() - 60;
  ui::amount(ui, {right - amount, rect.y, amount, rect.h}, paid.amount);
  const ui::TwoLines lines =
      ui::two_lines(ui, {rect.x + 52, rect.y, right - amount - 8 - rect.x - 52, rect.h},
                    ui::Size::t1, ui::Size::t1);
  ui::text(ui, lines.first, paid.label, {.weight = ui::Weight::medium});
  ui::Rect second = lines.second;
  if (paid.is_received) {
    ui::icon(ui, {second.x, second.y, 18, second.h}, ui::icons::check_circle, ui::Colour::ok, 18);
    second = {second.x + 22, second.y, second.w - 22, second.h};
  }
  const bool is_brief = !paid.brief.empty() && ui::text_width(ui, paid.second) > second.w;
  ui::text(ui, second, is_brief ? paid.brief : paid.second,
           {.colour = paid.is_received ? ui::Colour::ok : ui::Colour::text_2, .shrinks = true});
  const ui::Rect end{rect.right() - 56, rect.y + (rect.h - 56) / 2, 56, 56};
  if (!paid.is_received) {
    ui::icon(ui, end, ui::icons::schedule, ui::Colour::text_2);
  } else if (paid.can_undo) {
    return ui::button(ui, end,
                      {.label = undo + "##undo-" + core::to_text(paid.id),
                       .kind = ui::ButtonKind::ghost,
                       .icon = ui::icons::undo,
                       .is_icon_only = true});
  }
  return false;
}

TenderTap draw_payments(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  TenderTap tap;
  const int row = std::max(64, 2 * line_height(ui, ui::Size::t1) + 8);
  const int n = static_cast<int>(view.payments.size());
  const ui::ScrollArea area(ui, rect, "tender-payments", n * row);
  for (int i = 0; i < n; ++i) {
    const ui::Rect at{rect.x, area.y(rect.y + i * row), rect.w, row};
    if (draw_payment(ui, at, view.payments[static_cast<std::size_t>(i)], view.undo)) {
      tap = {.kind = TenderTap::Kind::undo, .index = i};
    }
  }
  return tap;
}

void draw_customer(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  ui::avatar(ui, {rect.x, rect.y + (rect.h - 40) / 2, 40, 40}, view.initials,
             ui::category_of(view.customer.data(), view.customer.size()));
  const ui::TwoLines lines =
      ui::two_lines(ui, {rect.x + 52, rect.y, rect.w - 52, rect.h}, ui::Size::t1, ui::Size::t1);
  ui::text(ui, lines.first, view.customer, {.weight = ui::Weight::semibold});
  ui::text(ui, lines.second, view.customer_second, {.colour = ui::Colour::text_2});
}

}  // namespace

TenderTap draw_order(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  TenderTap tap;
  ui::card(ui, rect);
  const int padding = card_gap(ui), line = line_height(ui, ui::Size::t1);
  const ui::Rect inner = rect.inset(padding);
  int y = inner.y + draw_sum(ui, {inner.x, inner.y, inner.w, inner.h}, view);
  // From the bottom: the explanation where there is room, leaving, the customer.
  int bottom = inner.bottom();
  const int explained = ui::paragraph_height(ui, inner.w, view.leave_explained);
  int customer = view.customer.empty() ? 0 : std::max(56, 2 * line) + 8;
  if (bottom - y - 64 - customer < 2 * 64) customer = 0;
  const bool is_explained = bottom - y - explained - 64 - customer >= 2 * 64;
  if (is_explained) {
    bottom -= explained;
    ui::paragraph(ui, {inner.x, bottom, inner.w, explained}, view.leave_explained,
                  {.colour = ui::Colour::text_2});
    bottom -= 10;
  }
  bottom -= 56;
  ui::Button leave{.label = view.leave,
                   .kind = ui::ButtonKind::line,
                   .icon = ui::icons::pause_circle_outline,
                   .enabled = view.can_leave,
                   .why_not = view.leave_why_not,
                   .size = ui::Size::t2};
  fit(ui, leave, inner.w);
  if (ui::button(ui, {inner.x, bottom, inner.w, 56}, leave)) tap.kind = TenderTap::Kind::leave;
  bottom -= 8;
  if (customer > 0) {
    bottom -= customer;
    draw_customer(ui, {inner.x, bottom, inner.w, customer - 8}, view);
  }
  ui::separator(ui, inner.x, y, inner.w);
  y += 8;
  if (bottom - y >= line + 8 + 2 * 64) {
    ui::text(ui, {inner.x, y + 4, inner.w, line}, view.payments_label,
             {.colour = ui::Colour::text_2});
    y += line + 8;
  }
  const TenderTap undone = draw_payments(ui, {inner.x, y, inner.w, bottom - y}, view);
  return undone.kind == TenderTap::Kind::none ? tap : undone;
}

namespace {

bool part_button(ui::Ui& ui, const ui::Rect& rect, const TenderView::Part& part) {
  if (part.is_selected) {
    const std::string label = part.detail.empty() ? part.label : part.label + " · " + part.detail;
    return ui::chip(ui, rect, {.label = label, .is_selected = true});
  }
  const bool has_room = ui::text_width(ui, part.label, ui::Size::t2, ui::Weight::semibold) +
                            ui::text_width(ui, part.detail) + 56 <=
                        rect.w;
  return ui::button(ui, rect,
                    {.label = part.label,
                     .trailing = has_room ? std::string_view(part.detail) : std::string_view{},
                     .size = rect.h >= 64 ? ui::Size::t2 : ui::Size::t1});
}

TenderTap draw_split(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  const int line = line_height(ui, ui::Size::t1);
  ui::text(ui, {rect.x, rect.y, rect.w, line}, view.split_label, {.colour = ui::Colour::text_2});
  const int top = rect.y + line + 8, height = (rect.bottom() - top - 8) / 2;
  const auto halves = side_by_side({rect.x, top + height + 8, rect.w, height}, 2);
  const ui::Rect places[] = {{rect.x, top, rect.w, height}, halves[0], halves[1]};
  TenderTap tap;
  for (int i = 0; i < 3; ++i) {
    if (part_button(ui, places[i], view.parts[static_cast<std::size_t>(i)])) {
      tap = {.kind = TenderTap::Kind::part, .index = i};
    }
  }
  return tap;
}

}  // namespace

int methods_height(const ui::Ui& ui) {
  const int line = line_height(ui, ui::Size::t1), title = line_height(ui, ui::Size::t2);
  const int split = line + 8 + 2 * 56 + 8, row = std::max(68, line + title + 4);
  return 2 * card_gap(ui) + (has_large_text(ui) ? 0 : line + 8) + 4 * row + 8 + split;
}

TenderTap draw_methods(ui::Ui& ui, const ui::Rect& rect, const TenderView& view) {
  TenderTap tap;
  ui::card(ui, rect);
  const int padding = card_gap(ui), line = line_height(ui, ui::Size::t1);
  const bool is_tight = is_low(ui) || ui.is_portrait();
  const int part = is_tight ? 56 : 64, split = line + 8 + 2 * part + 8;
  int y = rect.y + padding;
  if (!is_low(ui) && !has_large_text(ui)) {
    ui::text(ui, {rect.x + padding, y, rect.w - 2 * padding, line}, view.methods_label,
             {.colour = ui::Colour::text_2});
    y += line + 8;
  }
  const int n = static_cast<int>(view.methods.size());
  const int room = rect.bottom() - padding - split - 8 - y;
  const int step = std::clamp(room / n, 64, 80), height = std::min(72, step - 4);
  for (int i = 0; i < n; ++i) {
    const auto& method = view.methods[static_cast<std::size_t>(i)];
    if (ui::row(ui, {rect.x + 8, y + i * step, rect.w - 16, height},
                {.title = method.label,
                 .second = method.second,
                 .brief = method.brief,
                 .icon = method.icon,
                 .trailing = method.is_selected ? ui::icons::check : ui::icons::none,
                 .is_selected = method.is_selected,
                 .has_separator = false,
                 .enabled = method.enabled,
                 .why_not = method.why_not,
                 .size = ui::Size::t2,
                 .second_state = method.state})) {
      tap = {.kind = TenderTap::Kind::method, .index = i};
    }
  }
  const TenderTap parts = draw_split(
      ui, {rect.x + padding, rect.bottom() - padding - split, rect.w - 2 * padding, split}, view);
  return parts.kind == TenderTap::Kind::none ? tap : parts;
}

}  // namespace pos
