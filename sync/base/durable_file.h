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

// Creates the folder and its parents where they are missing; their names are durable.
FileResult make_folder(const std::filesystem::path& folder);

// Replaces a file of this name. The name itself is durable after `sync_folder`.
FileResult write_durably(const std::filesystem::path& file, std::string_view bytes);
FileResult sync_folder(const std::filesystem::path& folder);

// The same for many files of one folder at the price of a few fsyncs: each is
// written under its other name, `sync_contents` makes all of them durable, then
// each is given its name, and `sync_folder` makes the names durable.
FileResult write_unnamed(const std::filesystem::path& file, std::string_view bytes);
FileResult sync_contents(const std::filesystem::path& folder);
FileResult give_name(const std::filesystem::path& file);

// None: the file is not there. A file of more than `most` bytes is an error.
core::Result<std::optional<std::string>, std::string> read_file(const std::filesystem::path& file,
                                                                std::size_t most);

FileResult move_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace syncing
