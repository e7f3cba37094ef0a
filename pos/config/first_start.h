// The first start of a till in an empty folder: what its store begins with when a shop makes
// it its own, and the shop to look around in. Errors are sentences. Opens and closes the store.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace pos {

// Whether there is neither a store nor a tresen.toml in it.
bool is_untouched(const std::filesystem::path& folder);

// As the session speaks (LC_ALL, LC_MESSAGES, LANG), "de" or "en"; German where it does not say.
std::string session_language();

// A store with nothing of the demo in it, which asks on the screen for what it needs.
core::Result<core::Done, std::string> begin_first_start(const std::filesystem::path& folder,
                                                        const std::string& language,
                                                        const core::Clock& clock);

// Names the demo shop so on every slip and screen.
core::Result<core::Done, std::string> mark_as_demo(const std::filesystem::path& folder,
                                                   const std::string& language,
                                                   const core::Clock& clock);

// A backup that was restored into `restored` below `folder` takes the place of the store that
// the first start made; nothing is done where none was. Also after a power cut half-way.
core::Result<core::Done, std::string> move_restored(const std::filesystem::path& folder);
std::filesystem::path restored_folder(const std::filesystem::path& folder);

}  // namespace pos
