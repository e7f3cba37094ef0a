// The slip as a picture, one pixel for each dot of the printer: what will be
// on the paper, in the characters that the profile has. For the simulated
// printer's window, the receipt on the screen, and tests that read the codes
// back. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "drivers/printer/document.h"
#include "drivers/printer/profiles.h"
#include "drivers/printer/slip_letters.h"

namespace drivers {

// Grey, row by row, 0 black to 255 paper.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> grey;
};

enum class PreviewError { font_missing };

// As wide as the profile's dots and a margin of 32 on both sides.
core::Result<Picture, PreviewError> preview(const Document& document, const Profile& profile,
                                            const SlipFonts& fonts = {});

}  // namespace drivers
