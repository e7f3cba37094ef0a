// What the disk and SQLite alone cost: commits of a given size into a file of
// their own beside the store, in WAL and as durable as the store. The yardstick
// for `tresen replay --baseline`.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <vector>

#include "core/store/database.h"

namespace pos::cli {

class Baseline {
 public:
  // The file is removed again at the end.
  Baseline(const std::filesystem::path& folder, core::Durability durability);
  ~Baseline();
  Baseline(const Baseline&) = delete;
  Baseline& operator=(const Baseline&) = delete;

  // One commit that writes about `pages` pages.
  void commit(std::int64_t pages);
  void rest();

  const std::vector<std::chrono::nanoseconds>& commits() const { return commits_; }
  // All of it, rests included.
  std::chrono::nanoseconds time() const { return time_; }

 private:
  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  std::vector<std::chrono::nanoseconds> commits_;
  std::chrono::nanoseconds time_{};
};

}  // namespace pos::cli
