// A file that only its owner reads: what is kept of a person.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pos {

// Makes it; it must not be there yet. What went wrong, in words; nothing: it is written.
std::optional<std::string> write_private(const std::filesystem::path& file, std::string_view text);

}  // namespace pos
