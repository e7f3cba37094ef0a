// The till looked over: what the doctor found and how the devices are, the worst first, each
// with a way to put it right where the till knows one. Pure.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/settings/settings_screen.h"

namespace pos {

std::vector<CheckupRow> check_rows(const Scene& scene);
// What the button of a row does.
Reaction mend(const Scene& scene, std::size_t row, SettingsInput& input);
// How the devices are, a line each, in English: for the support file.
std::vector<std::string> device_lines(const Scene& scene);

}  // namespace pos
