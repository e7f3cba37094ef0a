// What the files of a folder upstream prove of the till's journal.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/store/anchor.h"

namespace syncing {

// The anchors in the files of the till's highest order numbers that are still in
// `outbox`. Files that cannot be read prove nothing.
std::vector<core::Anchor> pushed_anchors(const std::filesystem::path& outbox,
                                         std::string_view till);

}  // namespace syncing
