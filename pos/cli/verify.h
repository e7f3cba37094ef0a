// Proves the journal for the command line: its latest part, which is quick however
// old the shop is, or all of it, on every core and with a bar that says how far it is.
#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "core/store/journal.h"

namespace pos::cli {

enum class Extent { latest, all };

// What was looked at, and what came of it.
struct Verified {
  core::JournalPart part;
  std::variant<core::JournalSound, core::JournalBroken> verdict;
  bool is_whole() const { return part.after == 0; }
};

// `database` reads the store in `file`; more connections are opened for Extent::all.
Verified verify(core::Database& database, const std::filesystem::path& file,
                const std::vector<core::Anchor>& anchors, Extent extent);

}  // namespace pos::cli
