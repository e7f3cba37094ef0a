#include "core/store/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace core {

namespace {

StoreError error_at(const std::filesystem::path& file, StoreFault fault, std::string_view what) {
  return {fault, file.string() + ": " + std::string(what)};
}

// SQLite's own copying (sqlite.org/backup.html): one read transaction for all
// pages, so the copy is of one moment.
Stored<Done> copy_pages(sqlite3* from, const std::filesystem::path& target) {
  sqlite3* to = nullptr;
  int code = sqlite3_open_v2(target.c_str(), &to, SQLITE_OPEN_READWRITE, nullptr);
  if (code == SQLITE_OK) {
    // A copy of a store in WAL mode needs no log of its own.
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup) sqlite3_backup_step(backup, -1);
    code = backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(to);
  }
  const std::string said = sqlite3_errmsg(to);
  sqlite3_close(to);
  if (code == SQLITE_OK) return Done{};
  const StoreFault fault = (code & 0xff) == SQLITE_FULL      ? StoreFault::full
                           : (code & 0xff) == SQLITE_CORRUPT ? StoreFault::corrupt
                           : (code & 0xff) == SQLITE_BUSY    ? StoreFault::busy
                                                             : StoreFault::unwritable;
  return tl::unexpected(error_at(target, fault, said));
}

Stored<Done> sync_folder(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::string why = std::strerror(errno);
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return Done{};
  return tl::unexpected(error_at(folder, StoreFault::unwritable, why));
}

}  // namespace

Stored<Done> copy_store(Database& database, const std::filesystem::path& target) {
  // Made by us, empty and private, before SQLite fills it.
  const int made = ::open(target.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) {
    return tl::unexpected(error_at(target, StoreFault::unwritable, std::strerror(errno)));
  }
  ::close(made);
  auto copied = copy_pages(database.handle(), target);
  if (copied) copied = sync_folder(target);
  if (!copied) ::unlink(target.c_str());
  return copied;
}

}  // namespace core
