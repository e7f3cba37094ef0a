// What stands at this till: a card for each device, with its state in words and
// what can be tried. UI thread.
#pragma once

#include <vector>

#include "pos/screens/settings/settings_screen.h"

namespace pos {

// How a section of the settings is called, and its icon.
struct SectionFace {
  const char* label;
  const char* second;
  ui::Icon icon;
};
const SectionFace& face_of(Section section);

std::vector<DeviceCard> device_cards(const Scene& scene);
// What the button of the card with this number does.
Reaction try_device(const Scene& scene, std::size_t index, SettingsInput& input);
// Its slips are drawn on the screen: there is no paper.
bool is_printer_simulated(const Scene& scene);

}  // namespace pos
