// A store that nothing has happened in: made once for a build, then copied, since making one
// costs more than most tests do with it.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <utility>

#include "core/store/database.h"

namespace tests {

// Puts it into the folder, as till.db.
inline void put_new_store(const std::filesystem::path& folder) {
  std::filesystem::copy_file(TRESEN_NEW_STORE, folder / "till.db");
}

// Opens it there, for a test that writes to it without a register.
inline core::Database new_store(const std::filesystem::path& folder) {
  put_new_store(folder);
  auto opened =
      core::Database::open(folder / "till.db", core::Access::write, core::Durability::none);
  REQUIRE(opened);
  return std::move(*opened);
}

}  // namespace tests
