// Files that are either not there or complete, whatever is pulled out: written
// under another name, fsynced, then renamed. The errors are sentences that name
// the file and say what the system said.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace syncing {

using FileResult = core::Result<core::Done, std::string>;

// Creates the folder and its parents where they are missing.
FileResult make_folder(const std::filesystem::path& folder);

// Replaces a file of this name. The name itself is durable after `sync_folder`,
// which one call can do for many files.
FileResult write_durably(const std::filesystem::path& file, std::string_view bytes);
FileResult sync_folder(const std::filesystem::path& folder);

// None: the file is not there. A file of more than `most` bytes is an error.
core::Result<std::optional<std::string>, std::string> read_file(const std::filesystem::path& file,
                                                                std::size_t most);

FileResult move_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace syncing
