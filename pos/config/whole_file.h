// A file that a person asked for by its name: it is whole and on the disk, or what stood there
// before stays.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pos {

// Only its owner reads it. A device or a pipe of that name is written to as it is. What went
// wrong, in words; nothing: it is written.
std::optional<std::string> write_whole(const std::filesystem::path& file, std::string_view bytes);

}  // namespace pos
