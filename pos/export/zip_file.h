// ZIP files, by libarchive: made of files that lie on the disk, and read entry by entry.
// Errors are sentences that name the file. Any thread, one at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace pos {

struct ZipEntry {
  std::string name;
  std::filesystem::path content;
};

// The file is whole and on disk, or not there: it is written under another name first.
core::Result<core::Done, std::string> write_zip(const std::filesystem::path& zip,
                                                const std::vector<ZipEntry>& entries,
                                                core::Instant modified);

// The names of all entries, as they lie there.
core::Result<std::vector<std::string>, std::string> names_in_zip(const std::filesystem::path& zip);
// Reads one of them, with little memory however large it is. The stream is bad where the
// ZIP is damaged.
using ReadEntry = std::function<void(std::istream& content)>;
core::Result<core::Done, std::string> read_in_zip(const std::filesystem::path& zip,
                                                  std::string_view name, const ReadEntry& read);

}  // namespace pos
