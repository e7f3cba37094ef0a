// A store that nothing has happened in: made once for a test program, then copied,
// since making one costs more than most tests do with it.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <utility>

#include "core/store/database.h"
#include "tests/support/temp_folder.h"

namespace tests {

// Puts it into the folder, as till.db.
inline void put_new_store(const std::filesystem::path& folder) {
  static const TempFolder made;
  static const bool is_made = [] {
    return core::Database::open(made / "till.db", core::Access::write).has_value();
  }();
  REQUIRE(is_made);
  std::filesystem::copy_file(made / "till.db", folder / "till.db");
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
