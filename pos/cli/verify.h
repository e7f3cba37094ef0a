// Proves the journal for the command line: its latest part, which is quick however
// old the shop is, or all of it, on every core and with a bar that says how far it is.
#pragma once

#include <filesystem>
#include <vector>

#include "pos/doctor/doctor.h"

namespace pos::cli {

// `database` reads the store in `file`; more connections are opened for Extent::all.
Verified verify(core::Database& database, const std::filesystem::path& file,
                const std::vector<core::Anchor>& anchors, Extent extent);

}  // namespace pos::cli
