// What is known outside the store of how far the journal had come.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/settings/settings.h"
#include "core/store/journal.h"
#include "pos/ui/translate.h"

namespace pos {

// The till's own anchor, and those that a folder upstream holds. To be asked before
// the store is read: a till that runs meanwhile only goes on.
std::vector<core::Anchor> known_anchors(const std::filesystem::path& data,
                                        const core::Settings& settings);

std::string in_words(const core::JournalGap& gap, const Words& words);

}  // namespace pos
