// What the till says of itself while it runs, kept in its data folder: log/till.log and the one
// before it, small ones.
#pragma once

#include <filesystem>
#include <vector>

namespace pos {

// From now on, beside what is said on the screen of whoever started it. A folder that cannot be
// written to costs the log, not the till.
void keep_log(const std::filesystem::path& data);

std::vector<std::filesystem::path> log_files(const std::filesystem::path& data);

}  // namespace pos
