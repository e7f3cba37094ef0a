// The demo shop, for a store that is new: its catalogue, and online orders
// that wait in the inbox of the folder upstream. A store that has products or
// orders, or that the first start made somebody's own, is left alone.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace pos {

// The error is a sentence. Opens and closes the store.
core::Result<core::Done, std::string> make_demo_shop(const std::filesystem::path& folder,
                                                     const core::Clock& clock);

// Where the pictures of the catalogue lie: the shop's own, else the demo's.
std::filesystem::path pictures_folder(const std::filesystem::path& folder);

}  // namespace pos
