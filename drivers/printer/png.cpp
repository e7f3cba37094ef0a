#include "drivers/printer/png.h"

#include <stb_image_write.h>

namespace drivers {

core::Result<core::Done, PngError> save_png(const Picture& picture, const std::string& path) {
  const int written = stbi_write_png(path.c_str(), picture.width, picture.height, 1,
                                     picture.grey.data(), picture.width);
  if (written == 0) return tl::unexpected(PngError::not_written);
  return core::Done{};
}

}  // namespace drivers
