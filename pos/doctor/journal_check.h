// Whether the latest part of the journal is what was written, which is quick however old the
// shop is. Each call belongs to the thread of its database.
#pragma once

#include <variant>
#include <vector>

#include "core/store/journal.h"

namespace pos {

// What was looked at, and what came of it.
struct Verified {
  core::JournalPart part;
  std::variant<core::JournalSound, core::JournalBroken> verdict;
  bool is_whole() const { return part.after == 0; }
};

core::JournalPart latest_part_of(core::Database& database);
Verified verify_latest(core::Database& database, const std::vector<core::Anchor>& anchors);

}  // namespace pos
