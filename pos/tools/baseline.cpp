#include "pos/tools/baseline.h"

#include <algorithm>
#include <string>

#include "pos/runtime/stopwatch.h"

namespace pos::cli {

namespace {

constexpr std::int64_t page_bytes = 4096;

}  // namespace

Baseline::Baseline(const std::filesystem::path& folder, core::Durability durability)
    : file_(folder / "baseline.tmp.db") {
  std::filesystem::remove(file_);
  sqlite3_open_v2(file_.c_str(), &handle_,
                  SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  sqlite3_exec(
      handle_,
      durability == core::Durability::full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF",
      nullptr, nullptr, nullptr);
  sqlite3_exec(handle_,
               "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=16384; "
               "CREATE TABLE raw (row INTEGER PRIMARY KEY, body BLOB)",
               nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(handle_, "INSERT INTO raw (body) VALUES (zeroblob(?))", -1, &insert_, nullptr);
}

Baseline::~Baseline() {
  sqlite3_finalize(insert_);
  sqlite3_close(handle_);
  std::error_code ignored;
  for (const char* tail : {"", "-wal", "-shm"}) {
    std::filesystem::remove(file_.string() + tail, ignored);
  }
}

void Baseline::commit(std::int64_t pages) {
  // The page of the row itself and the first of the file come with every commit.
  sqlite3_bind_int64(insert_, 1, std::max<std::int64_t>(pages - 2, 0) * page_bytes);
  const Stopwatch watch;
  sqlite3_step(insert_);
  sqlite3_reset(insert_);
  commits_.push_back(watch.elapsed());
  time_ += commits_.back();
}

void Baseline::rest() {
  const Stopwatch watch;
  sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  time_ += watch.elapsed();
}

}  // namespace pos::cli
