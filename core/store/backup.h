// A copy of the store as it stands at one moment, also while a till writes to
// it. The copy is on disk when this is done, mode 0600; a file that is there
// already is never overwritten.
#pragma once

#include <filesystem>

#include "core/store/database.h"

namespace core {

Stored<Done> copy_store(Database& database, const std::filesystem::path& target);

}  // namespace core
