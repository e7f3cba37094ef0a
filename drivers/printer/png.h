// A picture as a PNG file (8-bit grey), by stb_image_write.
#pragma once

#include <string>

#include "drivers/printer/preview.h"

namespace drivers {

enum class PngError { not_written };

// Replaces the file.
core::Result<core::Done, PngError> save_png(const Picture& picture, const std::string& path);

}  // namespace drivers
