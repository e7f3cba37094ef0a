// Where this build has its files.
#pragma once

#include <filesystem>

namespace pos {

std::filesystem::path assets_folder();

}  // namespace pos
