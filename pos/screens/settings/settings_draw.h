// The parts of the settings screen, each drawn by itself. UI thread.
#pragma once

#include "pos/screens/settings/settings_screen.h"

namespace pos {

ui::Icon state_icon(ui::State state);
SettingsTap draw_devices(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view);
SettingsTap draw_rows(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view);
SettingsTap draw_staff(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view);
SettingsTap draw_steps(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view);
SettingsTap draw_checks(ui::Ui& ui, const ui::Rect& rect, const SettingsView& view);
// One section without the list of all; the width of its button comes with it.
SettingsTap draw_page(ui::Ui& ui, const PagePlace& place, const SettingsView& view,
                      SettingsInput& input);
int title_button_width(ui::Ui& ui, const SettingsView& view);
// The options of a choice that has too many for its row.
SettingsTap draw_options(ui::Ui& ui, const SettingsView& view);

}  // namespace pos
