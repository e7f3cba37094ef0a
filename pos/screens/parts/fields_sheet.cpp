#include "pos/screens/parts/fields_sheet.h"

#include <algorithm>

#include "pos/screens/parts/page.h"

namespace pos {

namespace {

using ui::Rect;

constexpr int widest = 864, columns_from = 700, sheet_title = 72, foot_height = 56,
              scroll_mark = 12;

// The label above, the field, and room to the next one.
int cell_height(const ui::Ui& ui) {
  return line_height(ui, ui::Size::t1) + 4 + 56 + 12;
}

struct Grid {
  Rect room;  // in front of the scrolling
  int columns, cell;

  Rect at(std::size_t index) const {
    const int w = (room.w - 16 * (columns - 1)) / columns, n = static_cast<int>(index);
    return {room.x + n % columns * (w + 16), room.y + n / columns * cell, w, cell};
  }
  int height(std::size_t count) const {
    return (static_cast<int>(count) + columns - 1) / columns * cell;
  }
};

std::size_t focused(const ui::Ui& ui, const FieldsView& view) {
  const auto at = std::ranges::find_if(
      view.fields, [&](const FieldsView::Field& field) { return ui.has_focus(field.id); });
  return static_cast<std::size_t>(at - view.fields.begin());
}

void focus_next(ui::Ui& ui, const FieldsView& view, std::size_t index, FieldsTap& tap) {
  for (std::size_t next = index + 1; next < view.fields.size(); ++next) {
    if (view.fields[next].why_not.empty()) return ui.focus(view.fields[next].id);
  }
  tap.foot = SheetTap::accept;
}

void draw_choice(ui::Ui& ui, const Rect& cell, const FieldsView::Choice& choice, std::size_t index,
                 FieldsTap& tap) {
  const int line = line_height(ui, ui::Size::t1);
  ui::text(ui, {cell.x, cell.y, cell.w, line}, choice.label, {.colour = ui::Colour::text_2});
  std::vector<ui::Chip> chips;
  for (std::size_t i = 0; i < choice.words.size(); ++i) {
    chips.push_back({.label = choice.words[i], .is_selected = i == choice.chosen});
  }
  const auto chosen = ui::chips(ui, {cell.x, cell.y + line + 4, cell.w, 56}, chips, choice.label);
  if (!chosen) return;
  if (!choice.why_not.empty()) return ui.refuse(choice.why_not);
  tap.choice = {index, static_cast<std::size_t>(*chosen)};
}

}  // namespace

FieldsTap draw(ui::Ui& ui, const FieldsView& view, FieldsInput& input, const Words& words) {
  FieldsTap tap;
  input.values.resize(view.fields.size());
  const int width = std::min(widest, ui.width() - 16);
  const int cell = cell_height(ui), columns = width >= columns_from ? 2 : 1;
  const int explained =
      view.explained.empty() ? 0 : 8 + ui::paragraph_height(ui, width - 48, view.explained, {});
  const Grid sized{{0, 0, width - 48, 0}, columns, cell};
  const int content =
      sized.height(view.fields.size()) + sized.height(view.choices.size()) + explained;
  const Rect at =
      sheet_place(ui, width, sheet_title + content + foot_height + 40, input.keyboard.is_shown);
  const ui::Sheet sheet(ui, at, {.title = view.title, .can_dismiss = false});
  if (is_left(ui, at, input.keyboard)) tap.foot = SheetTap::cancel;

  // Somebody has to have the letters.
  std::size_t here = focused(ui, view);
  if (here == view.fields.size() && input.keyboard.is_shown) {
    for (const FieldsView::Field& field : view.fields) {
      if (!field.why_not.empty()) continue;
      ui.focus(field.id);
      break;
    }
    here = focused(ui, view);
  }
  const Rect room{at.x + 24, at.y + sheet_title, at.w - 48, at.h - sheet_title - foot_height - 32};
  const Rect fields{room.x, room.y, room.w - scroll_mark, room.h};
  std::optional<ui::Part> reveal;
  if (here < view.fields.size() && view.fields[here].id != input.seen_focus) {
    input.seen_focus = view.fields[here].id;
    reveal = ui::Part{Grid{fields, columns, cell}.at(here).y, cell};
  }
  {
    ui::ScrollArea area(ui, room, "fields", content, reveal);
    const Grid grid{{fields.x, area.y(fields.y), fields.w, content}, columns, cell};
    const int line = line_height(ui, ui::Size::t1);
    for (std::size_t i = 0; i < view.fields.size(); ++i) {
      const FieldsView::Field& field = view.fields[i];
      const Rect place = grid.at(i);
      ui::text(ui, {place.x, place.y, place.w, line}, field.label,
               {.colour = ui::Colour::text_2, .shrinks = true});
      const auto event = ui::field(ui, {place.x, place.y + line + 4, place.w, 56}, input.values[i],
                                   {.id = field.id,
                                    .placeholder = field.placeholder,
                                    .icon = field.icon,
                                    .most_bytes = field.most_bytes,
                                    .enabled = field.why_not.empty(),
                                    .why_not = field.why_not});
      if (event == ui::FieldEvent::submitted) focus_next(ui, view, i, tap);
    }
    Grid below = grid;
    below.room.y += grid.height(view.fields.size());
    for (std::size_t i = 0; i < view.choices.size(); ++i) {
      draw_choice(ui, below.at(i), view.choices[i], i, tap);
    }
    if (explained > 0) {
      ui::paragraph(ui,
                    {room.x, below.room.y + below.height(view.choices.size()), room.w, explained},
                    view.explained, {.colour = ui::Colour::text_2});
    }
  }
  Rect foot{room.x, at.bottom() - 16 - foot_height, room.w, foot_height};
  if (!input.keyboard.is_shown) {
    if (ui::button(
            ui, {foot.x, foot.y, 56, 56},
            {.label = view.keyboard_word, .icon = ui::icons::keyboard, .is_icon_only = true})) {
      input.keyboard.is_shown = true;
      input.seen_focus.clear();
    }
    foot.x += 64;
    foot.w -= 64;
  }
  const SheetTap tapped = draw_foot(ui, foot, view.foot);
  if (tapped != SheetTap::none) tap.foot = tapped;
  draw_keyboard(ui, input.keyboard, words,
                here < view.fields.size() ? view.fields[here].keyboard : ui::KeyboardKind::text);
  return tap;
}

}  // namespace pos
