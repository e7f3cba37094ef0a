#include "pos/config/places.h"

namespace pos {

std::filesystem::path assets_folder() {
  return TRESEN_ASSETS;
}

}  // namespace pos
