#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/settings/settings_draw.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/notices.h"
#include "pos/ui/panels.h"

namespace pos {

ui::Icon state_icon(ui::State state) {
  switch (state) {
    case ui::State::ok:
      return ui::icons::check_circle;
    case ui::State::warn:
      return ui::icons::warning;
    case ui::State::bad:
      return ui::icons::error;
    default:
      return ui::icons::info;
  }
}

namespace {

constexpr int device_height = 152;  // where the state has room beside the buttons

ui::Badge badge_of(const DeviceCard& device) {
  return {.label = device.state_words, .icon = state_icon(device.state), .state = device.state};
}

// What the buttons at the foot of a card leave for its state.
int room_for_state(ui::Ui& ui, int width, const DeviceCard& device) {
  const int tune = 16 + 56 + 8;
  const int action = device.action.empty() ? 0 : ui::button_width(ui, {.label = device.action}) + 8;
  return width - 16 - tune - action;
}

// A state that is too long for that has lines of its own: an error is read whole.
int state_height(ui::Ui& ui, int width, const DeviceCard& device) {
  if (ui::badge_width(ui, badge_of(device)) <= room_for_state(ui, width, device)) return 0;
  return ui::paragraph_height(ui, width - 60, device.state_words, {.weight = ui::Weight::medium}) +
         16;
}

void draw_state(ui::Ui& ui, const ui::Rect& card, const DeviceCard& device) {
  const int height = state_height(ui, card.w, device), foot = card.bottom() - 72;
  if (height == 0) {
    ui::badge(ui, card.x + 16, foot + 12, badge_of(device));
    return;
  }
  const ui::Colour ink = ui::state_ink(device.state);
  const int y = foot - height + 8, line = line_height(ui, ui::Size::t1);
  ui::icon(ui, {card.x + 16, y, 20, line}, state_icon(device.state), ink, 20);
  ui::paragraph(ui, {card.x + 44, y, card.w - 60, height - 16}, device.state_words,
                {.weight = ui::Weight::medium, .colour = ink});
}

// One device: what it is, how it is, what can be done with it.
SettingsTap draw_device(ui::Ui& ui, const ui::Rect& rect, const DeviceCard& device,
                        const std::string& tune, int index) {
  SettingsTap tap;
  ui::card(ui, rect);
  const int title = line_height(ui, ui::Size::t2), line = line_height(ui, ui::Size::t1);
  ui::icon_plate(ui, {rect.x + 16, rect.y + 20, 48, 48}, device.icon);
  const ui::Rect words{rect.x + 76, rect.y + 20 + (48 - title - line) / 2, rect.w - 92, title};
  ui::text(ui, words, device.title, {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  ui::text(ui, {words.x, words.y + title, words.w, line}, device.second,
           {.colour = ui::Colour::text_2, .shrinks = true});
  draw_state(ui, rect, device);
  const std::string id = std::to_string(index);
  const int y = rect.bottom() - 72;
  int right = rect.right() - 16 - 56;
  if (ui::button(ui, {right, y, 56, 56},
                 {.label = tune + "##tune-" + id, .icon = ui::icons::tune, .is_icon_only = true})) {
    tap = {.kind = SettingsTap::Kind::tune, .index = index};
  }
  if (device.action.empty()) return tap;
  const std::string label = device.action + "##act-" + id;
  const ui::Button action{.label = label};
  const int width = ui::button_width(ui, action);
  right -= 8 + width;
  if (ui::button(ui, {right, y, width, 56}, action))
    tap = {.kind = SettingsTap::Kind::action, .index = index};
  return tap;
}

}  // namespace

SettingsTap draw_devices(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  SettingsTap tap;
  const int gap = card_gap(ui);
  const int columns = rect.w - gap >= (has_large_text(ui) ? 1100 : 800) ? 2 : 1;
  const int width = (rect.w - gap * (columns - 1)) / columns;
  // Cards side by side are as high as the highest of them.
  std::vector<int> heights;
  for (std::size_t i = 0; i < view.devices.size(); ++i) {
    const int height = device_height + state_height(ui, width, view.devices[i]);
    if (static_cast<int>(i) % columns == 0) heights.push_back(height);
    heights.back() = std::max(heights.back(), height);
  }
  int content = 0;
  for (const int height : heights) content += height + gap;
  const int margin = 8;  // room for the shadows
  const ui::ScrollArea area(ui, {rect.x - margin, rect.y, rect.w + 2 * margin, rect.h},
                            "settings-devices", content);
  int y = rect.y;
  for (int i = 0; i < static_cast<int>(view.devices.size()); ++i) {
    const int height = heights[static_cast<std::size_t>(i / columns)];
    const ui::Rect at{rect.x + i % columns * (width + gap), area.y(y), width, height};
    const auto& device = view.devices[static_cast<std::size_t>(i)];
    const SettingsTap one = draw_device(ui, at, device, view.tune, i);
    if (one.kind != SettingsTap::Kind::none) tap = one;
    if (i % columns == columns - 1) y += height + gap;
  }
  return tap;
}

namespace {

std::vector<ui::Chip> chips_of(const SettingRow& row) {
  std::vector<ui::Chip> chips;
  for (const SettingOption& option : row.options) {
    chips.push_back({.label = option.label, .is_selected = option.value == row.value});
  }
  return chips;
}

// The width of all its options side by side; 0: they want a sheet.
int inline_width(ui::Ui& ui, const SettingRow& row, int room) {
  if (row.kind != SettingKind::choice || row.options.size() > 4) return 0;
  int width = -8;
  for (const ui::Chip& chip : chips_of(row)) width += ui::chip_width(ui, chip) + 8;
  return width <= room ? width : 0;
}

constexpr ui::Text label_style{.weight = ui::Weight::semibold};

// What stands at the right of a row: all options, or the value; its width.
int value_width(ui::Ui& ui, const SettingRow& row, const SettingsView& view, int width) {
  if (const int choices = inline_width(ui, row, width * 3 / 5); choices > 0) return choices;
  const std::string& value = row.shown.empty() ? view.empty_value : row.shown;
  return 32 + std::min(ui::text_width(ui, value, ui::Size::t1, ui::Weight::medium),
                       width * (row.explained.empty() ? 3 : 2) / 5);
}

// The label and what explains it, wrapped: neither is cut.
struct RowWords {
  int width, label, explained;
};
RowWords row_words(ui::Ui& ui, const SettingRow& row, const SettingsView& view, int width) {
  RowWords words{width - 20 - value_width(ui, row, view, width) - 16 - 20, 0, 0};
  words.label = ui::paragraph_height(ui, words.width, row.label, label_style);
  words.explained = ui::paragraph_height(ui, words.width, row.explained);
  return words;
}

int row_height(ui::Ui& ui, const SettingRow& row, const SettingsView& view, int width) {
  const RowWords words = row_words(ui, row, view, width);
  const int least = std::max(72, 2 * line_height(ui, ui::Size::t1) + 16);
  return std::max(least, words.label + words.explained + 16);
}

SettingsTap draw_row(ui::Ui& ui, const ui::Rect& rect, const SettingRow& row,
                     const SettingsView& view, int index) {
  SettingsTap tap;
  const int choices = inline_width(ui, row, rect.w * 3 / 5);
  if (choices == 0 &&
      ui::row_ground(ui, rect, {.label = row.label + "##" + row.key, .has_separator = true})) {
    tap = {.kind = SettingsTap::Kind::row, .index = index};
  }
  const int right = rect.right() - 20;
  if (choices > 0) {
    ui::separator(ui, rect.x + 20, rect.bottom() - 1, rect.w - 40);
    const auto chosen = ui::chips(ui, {right - choices, rect.y + (rect.h - 56) / 2, choices, 56},
                                  chips_of(row), row.key);
    if (chosen) tap = {.kind = SettingsTap::Kind::option, .index = index, .option = *chosen};
  } else {
    ui::icon(ui, {right - 24, rect.y, 24, rect.h}, ui::icons::chevron_right, ui::Colour::text_2);
    const bool is_set = !row.shown.empty();
    const int width = value_width(ui, row, view, rect.w) - 32;
    ui::text(ui, {right - 32 - width, rect.y, width, rect.h}, is_set ? row.shown : view.empty_value,
             {.weight = ui::Weight::medium,
              .colour = is_set ? ui::Colour::text : ui::Colour::text_2,
              .align = ui::Align::right,
              .shrinks = true});
  }
  const RowWords words = row_words(ui, row, view, rect.w);
  const int top = rect.y + (rect.h - words.label - words.explained) / 2;
  ui::paragraph(ui, {rect.x + 20, top, words.width, words.label}, row.label, label_style);
  ui::paragraph(ui, {rect.x + 20, top + words.label, words.width, words.explained}, row.explained,
                {.colour = ui::Colour::text_2});
  return tap;
}

}  // namespace

SettingsTap draw_rows(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  SettingsTap tap;
  const int n = static_cast<int>(view.rows.size());
  int rows = 0;
  for (const SettingRow& row : view.rows) rows += row_height(ui, row, view, rect.w);
  const int explained =
      view.explained.empty() ? 0 : ui::paragraph_height(ui, rect.w - 92, view.explained) + 32;
  const int height = std::min(rect.h, explained + rows + 8);
  ui::card(ui, {rect.x, rect.y, rect.w, height});
  const ui::ScrollArea area(ui, {rect.x, rect.y + 4, rect.w, height - 8}, "settings-rows",
                            explained + rows);
  int y = rect.y + 4;
  if (explained > 0) {
    ui::icon(ui, {rect.x + 20, area.y(y + 16), 24, 20}, ui::icons::info_outline,
             ui::Colour::text_2);
    ui::paragraph(ui, {rect.x + 56, area.y(y + 16), rect.w - 92, explained - 32}, view.explained,
                  {.colour = ui::Colour::text_2});
    y += explained;
  }
  for (int i = 0; i < n; ++i) {
    const SettingRow& row = view.rows[static_cast<std::size_t>(i)];
    const ui::Rect at{rect.x, area.y(y), rect.w, row_height(ui, row, view, rect.w)};
    y += at.h;
    const SettingsTap one = draw_row(ui, at, row, view, i);
    if (one.kind != SettingsTap::Kind::none) tap = one;
  }
  return tap;
}

namespace {

constexpr int least_staff_row = 72;

int staff_row(ui::Ui& ui) {
  return std::max(least_staff_row, 2 * line_height(ui, ui::Size::t1) + 16);
}

// Two lines behind an avatar or an icon; whether it was tapped.
bool draw_staff_row(ui::Ui& ui, const ui::Rect& at, const std::string& label,
                    const std::string& title, const std::string& second) {
  const bool is_tapped =
      ui::row_ground(ui, at, {.label = title + "##" + label, .has_separator = false});
  ui::icon(ui, {at.right() - 36, at.y, 24, at.h}, ui::icons::chevron_right, ui::Colour::text_2);
  const int line = line_height(ui, ui::Size::t1);
  const int lines = second.empty() ? 1 : 2;
  const ui::Rect name{at.x + 64, at.y + (at.h - lines * line) / 2, at.w - 112, line};
  ui::text(ui, name, title, {.weight = ui::Weight::semibold});
  if (!second.empty()) {
    ui::text(ui, name.moved(0, line), second, {.colour = ui::Colour::text_2, .shrinks = true});
  }
  ui::separator(ui, name.x, at.bottom() - 1, at.w - 76);
  return is_tapped;
}

}  // namespace

SettingsTap draw_staff(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  SettingsTap tap;
  const int row = staff_row(ui);
  const int people = static_cast<int>(view.staff.size());
  const int extras = static_cast<int>(view.extras.size());
  ui::Rect list = rect;
  if (people == 0) {
    const ui::Rect above{rect.x, rect.y, rect.w, rect.h - extras * row - 8 - card_gap(ui)};
    ui::card(ui, above);
    draw_emptiness(ui, above, {ui::icons::groups, view.title, view.no_staff});
    list = {rect.x, above.bottom() + card_gap(ui), rect.w, extras * row + 8};
  }
  const int n = people + extras, height = std::min(list.h, n * row + 8);
  ui::card(ui, {list.x, list.y, list.w, height});
  const ui::ScrollArea area(ui, {list.x, list.y + 4, list.w, height - 8}, "settings-staff",
                            n * row);
  for (int i = 0; i < n; ++i) {
    const ui::Rect at{list.x + 8, area.y(list.y + 4 + i * row), list.w - 16, row};
    if (i < people) {
      const auto& person = view.staff[static_cast<std::size_t>(i)];
      if (draw_staff_row(ui, at, "person-" + std::to_string(person.row), person.name,
                         person.second)) {
        tap = {.kind = SettingsTap::Kind::person, .index = i};
      }
      ui::avatar(ui, {at.x + 12, at.y + (row - 40) / 2, 40, 40}, person.initials, person.category);
      continue;
    }
    const auto& extra = view.extras[static_cast<std::size_t>(i - people)];
    if (draw_staff_row(ui, at, extra.id, extra.label, extra.second)) {
      tap = {.kind = SettingsTap::Kind::extra, .index = i - people};
    }
    ui::icon(ui, {at.x + 20, at.y, 24, row}, extra.icon, ui::Colour::text_2);
  }
  return tap;
}

SettingsTap draw_steps(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  SettingsTap tap;
  const int row = staff_row(ui), n = static_cast<int>(view.steps.size());
  const int height = std::min(rect.h, n * row + 8);
  ui::card(ui, {rect.x, rect.y, rect.w, height});
  const ui::ScrollArea area(ui, {rect.x, rect.y + 4, rect.w, height - 8}, "settings-steps",
                            n * row);
  for (int i = 0; i < n; ++i) {
    const auto& step = view.steps[static_cast<std::size_t>(i)];
    const ui::Rect at{rect.x + 8, area.y(rect.y + 4 + i * row), rect.w - 16, row};
    if (draw_staff_row(ui, at, "step-" + std::string(word(step.step)), step.label, step.second)) {
      tap = {.kind = SettingsTap::Kind::step, .index = i};
    }
    ui::icon(ui, {at.x + 20, at.y, 24, row}, step.icon,
             step.is_done ? ui::Colour::ok : ui::Colour::text_2);
  }
  return tap;
}

SettingsTap draw_options(ui::Ui& ui, const SettingsView& view) {
  SettingsTap tap;
  const SettingRow& row = *view.choice;
  const int n = static_cast<int>(row.options.size()), step = 64;
  const ui::Rect at = sheet_of(ui, 560, 80 + n * step + 16);
  const ui::Sheet sheet(ui, at, {.title = row.label, .close_word = view.close});
  const ui::Rect list{at.x + 16, at.y + 80, at.w - 32, at.bottom() - 16 - at.y - 80};
  const ui::ScrollArea area(ui, list, "settings-options", n * step);
  const auto which = std::find_if(view.rows.begin(), view.rows.end(),
                                  [&](const SettingRow& each) { return each.key == row.key; });
  for (int i = 0; i < n; ++i) {
    const SettingOption& option = row.options[static_cast<std::size_t>(i)];
    const bool is_chosen = option.value == row.value;
    if (ui::row(ui, {list.x, area.y(list.y + i * step), list.w, 56},
                {.title = option.label,
                 .trailing = is_chosen ? ui::icons::check : ui::icons::none,
                 .is_selected = is_chosen,
                 .has_separator = false})) {
      tap = {.kind = SettingsTap::Kind::option,
             .index = static_cast<int>(which - view.rows.begin()),
             .option = i};
    }
  }
  if (sheet.is_dismissed()) tap = {.kind = SettingsTap::Kind::dismiss};
  return tap;
}

}  // namespace pos
