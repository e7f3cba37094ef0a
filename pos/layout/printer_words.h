// What a printer's trouble is called, with what to check, for the banner, the
// Devices page, the command line and `tresen doctor`. English keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/settings/settings.h"
#include "drivers/printer/printer.h"

namespace pos {

std::string_view in_words(drivers::PrinterTrouble trouble, const core::PrinterSettings& settings);

// What is wrong with the settings themselves, which no trying would tell.
std::optional<std::string> fault_of(const core::PrinterSettings& settings);

}  // namespace pos
