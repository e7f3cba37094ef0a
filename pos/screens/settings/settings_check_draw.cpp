// How the page is drawn that looks the till over.
#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/screens/settings/settings_draw.h"
#include "pos/ui/buttons.h"
#include "pos/ui/lists.h"
#include "pos/ui/panels.h"

namespace pos {

namespace {

// Where the words of a row and its button lie; the button goes below where both have no room.
struct CheckPlaces {
  int words = 0, button = 0, height = 0;
  bool is_below = false;
};

CheckPlaces places_of(ui::Ui& ui, const CheckupRow& row, int width) {
  constexpr int left = 56, margin = 16;
  CheckPlaces places;
  if (!row.action.empty()) places.button = ui::button_width(ui, {.label = row.action});
  const int room = width - left - margin;
  places.is_below = places.button > 0 && places.button > room * 2 / 5;
  places.words = room - (places.button > 0 && !places.is_below ? places.button + margin : 0);
  const int title =
      ui::paragraph_height(ui, places.words, row.title, {.weight = ui::Weight::semibold});
  const int says = ui::paragraph_height(ui, places.words, row.says);
  places.height = std::max(title + says + 20, places.button > 0 ? 72 : 0);
  if (places.is_below) places.height = title + says + 20 + 64;
  return places;
}

bool draw_check(ui::Ui& ui, const ui::Rect& at, const CheckupRow& row, const CheckPlaces& places,
                const std::string& id) {
  const int line = line_height(ui, ui::Size::t1), left = at.x + 56;
  const ui::Colour ink =
      row.state == ui::State::neutral ? ui::Colour::text_2 : ui::state_ink(row.state);
  ui::icon(ui, {at.x + 16, at.y + 10, 24, line}, state_icon(row.state), ink);
  const int title = ui::paragraph(ui, {left, at.y + 10, places.words, at.h}, row.title,
                                  {.weight = ui::Weight::semibold});
  ui::paragraph(ui, {left, at.y + 10 + title, places.words, at.h}, row.says,
                {.colour = ui::Colour::text_2});
  ui::separator(ui, left, at.bottom() - 1, at.right() - 16 - left);
  if (places.button == 0) return false;
  const ui::Rect button = places.is_below ? ui::Rect{left, at.bottom() - 64, places.button, 56}
                                          : ui::Rect{at.right() - 16 - places.button,
                                                     at.y + (at.h - 56) / 2, places.button, 56};
  return ui::button(ui, button, {.label = row.action + "##mend-" + id});
}

}  // namespace

SettingsTap draw_checks(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view) {
  SettingsTap tap;
  std::vector<CheckupRow> rows = view.checks;
  const CheckupRow support{view.support_title, view.support_second, view.support,
                           ui::State::neutral};
  rows.insert(rows.begin(), support);
  if (!view.check_waits.empty()) {
    rows.insert(rows.begin(), {view.check_waits, "", "", ui::State::neutral});
  }
  std::vector<CheckPlaces> places;
  int content = 0;
  for (const CheckupRow& row : rows) {
    places.push_back(places_of(ui, row, rect.w));
    content += places.back().height;
  }
  const int height = std::min(rect.h, content + 8);
  ui::card(ui, {rect.x, rect.y, rect.w, height});
  const ui::ScrollArea area(ui, {rect.x, rect.y + 4, rect.w, height - 8}, "settings-check",
                            content);
  const auto before = static_cast<int>(rows.size() - view.checks.size());
  int y = rect.y + 4;
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const ui::Rect at{rect.x, area.y(y), rect.w, places[index].height};
    if (area.shows(y, at.h) &&
        draw_check(ui, at, rows[index], places[index], std::to_string(i - before))) {
      tap = {.kind = i < before ? SettingsTap::Kind::save_support : SettingsTap::Kind::mend,
             .index = std::max(0, i - before)};
    }
    y += places[index].height;
  }
  return tap;
}

}  // namespace pos
