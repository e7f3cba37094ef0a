// What is known outside the store of how far the journal had come.
#pragma once

#include <string>
#include <vector>

#include "core/settings/settings.h"
#include "core/store/journal.h"
#include "pos/cli/command.h"

namespace pos::cli {

// The till's own anchor, and those that a folder upstream holds. To be asked before
// the store is read: a till that runs meanwhile only goes on.
std::vector<core::Anchor> known_anchors(const Common& common, const core::Settings& settings);

std::string words_for(const core::JournalGap& gap);

}  // namespace pos::cli
