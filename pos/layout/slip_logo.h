// The shop's picture as a printer can print it: black dots on white paper.
#pragma once

#include <filesystem>
#include <optional>

#include "drivers/printer/document.h"

namespace pos {

// At most two thirds as wide as the paper and a third as high as that is wide. `dots`: of a
// line of the printer. Nothing where the file is no picture that can be read.
std::optional<drivers::Logo> slip_logo(const std::filesystem::path& picture, int dots);

}  // namespace pos
