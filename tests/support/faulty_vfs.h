// A file system for SQLite that fails on demand: the disk is full at the n-th
// write, a sync fails, or the plug is pulled: what was not synced is taken back
// out of the files, and the process ends. Everything else is the real one.
//
//   FaultyVfs vfs;                    // becomes the default until it goes
//   vfs.fail_at(12, Fault::full);     // counted in writes and syncs from now
#pragma once

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace tests {

// `dead`: a sync fails, and nothing can be written after it.
enum class Fault { none, full, sync_fails, dead, plug_pulled };

class FaultyVfs {
 public:
  FaultyVfs() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
    vfs_.zName = "faulty";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.pAppData = this;
    vfs_.xOpen = &FaultyVfs::open;
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~FaultyVfs() {
    sqlite3_vfs_register(real_, 1);
    sqlite3_vfs_unregister(&vfs_);
  }
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  // From the n-th write or sync on (the first is 1) every one fails so, or only so
  // many. From any thread; the plug is pulled of one thread's store only.
  void fail_at(int n, Fault fault, int times = -1) {
    fault_ = Fault::none;
    steps_ = 0;
    at_ = n;
    left_ = times;
    fault_ = fault;
  }
  void mend() { fault_ = Fault::none; }
  int steps() const { return steps_; }

 private:
  struct File {
    sqlite3_file base;
    FaultyVfs* vfs;
    const char* path;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  // What stood in a file before a write that is not synced yet.
  struct Before {
    sqlite3_int64 offset;
    std::vector<char> bytes;
    sqlite3_int64 size;
  };

  static File* file_of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

  bool is_time() { return ++steps_ >= at_ && fault_ != Fault::none; }
  // Now, of those that fail; counts it.
  bool fails() {
    if (left_ == 0) return false;
    if (left_ > 0) --left_;
    return true;
  }

  [[noreturn]] void pull_the_plug() {
    for (auto& [path, writes] : unsynced_) {
      const int file = ::open(path.c_str(), O_RDWR);
      if (file < 0) continue;
      for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
        if (::pwrite(file, write->bytes.data(), write->bytes.size(), write->offset) < 0) _exit(98);
        if (::ftruncate(file, write->size) != 0) _exit(98);
      }
      ::close(file);
    }
    _exit(99);
  }

  void remember(File& file, int amount, sqlite3_int64 offset) {
    Before before{offset, {}, 0};
    file.real()->pMethods->xFileSize(file.real(), &before.size);
    if (offset < before.size) {
      before.bytes.resize(
          static_cast<std::size_t>(std::min<sqlite3_int64>(amount, before.size - offset)));
      file.real()->pMethods->xRead(file.real(), before.bytes.data(),
                                   static_cast<int>(before.bytes.size()), offset);
    }
    unsynced_[file.path].push_back(std::move(before));
  }

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* opened, int flags, int* out) {
    auto* self = static_cast<FaultyVfs*>(vfs->pAppData);
    File* file = file_of(opened);
    file->vfs = self;
    file->path = path ? path : "";
    const int code = self->real_->xOpen(self->real_, path, file->real(), flags, out);
    opened->pMethods = code == SQLITE_OK ? methods() : nullptr;
    return code;
  }
  static int write(sqlite3_file* opened, const void* bytes, int amount, sqlite3_int64 offset) {
    File* file = file_of(opened);
    FaultyVfs& vfs = *file->vfs;
    if (vfs.is_time()) {
      if (vfs.fault_ == Fault::plug_pulled) vfs.pull_the_plug();
      if (vfs.fault_ == Fault::full && vfs.fails()) return SQLITE_FULL;
      if (vfs.fault_ == Fault::dead && vfs.has_failed_) return SQLITE_IOERR_WRITE;
    }
    if (vfs.fault_ == Fault::plug_pulled) vfs.remember(*file, amount, offset);
    return file->real()->pMethods->xWrite(file->real(), bytes, amount, offset);
  }
  static int sync(sqlite3_file* opened, int flags) {
    File* file = file_of(opened);
    FaultyVfs& vfs = *file->vfs;
    if (vfs.is_time()) {
      if (vfs.fault_ == Fault::plug_pulled) vfs.pull_the_plug();
      if (vfs.fault_ == Fault::dead) vfs.has_failed_ = true;
      if (vfs.fault_ == Fault::dead) return SQLITE_IOERR_FSYNC;
      if (vfs.fault_ == Fault::sync_fails && vfs.fails()) return SQLITE_IOERR_FSYNC;
    }
    if (vfs.fault_ == Fault::plug_pulled) vfs.unsynced_.erase(file->path);
    return file->real()->pMethods->xSync(file->real(), flags);
  }

  // The rest is handed on.
  template <auto Method, class... Arguments>
  static auto pass(sqlite3_file* opened, Arguments... arguments) {
    sqlite3_file* real = file_of(opened)->real();
    return (real->pMethods->*Method)(real, arguments...);
  }
  static const sqlite3_io_methods* methods() {
    using M = sqlite3_io_methods;
    static const M all = [] {
      M m{};
      m.iVersion = 2;
      m.xClose = pass<&M::xClose>;
      m.xRead = pass<&M::xRead, void*, int, sqlite3_int64>;
      m.xWrite = write;
      m.xTruncate = pass<&M::xTruncate, sqlite3_int64>;
      m.xSync = sync;
      m.xFileSize = pass<&M::xFileSize, sqlite3_int64*>;
      m.xLock = pass<&M::xLock, int>;
      m.xUnlock = pass<&M::xUnlock, int>;
      m.xCheckReservedLock = pass<&M::xCheckReservedLock, int*>;
      m.xFileControl = pass<&M::xFileControl, int, void*>;
      m.xSectorSize = pass<&M::xSectorSize>;
      m.xDeviceCharacteristics = pass<&M::xDeviceCharacteristics>;
      m.xShmMap = pass<&M::xShmMap, int, int, int, void volatile**>;
      m.xShmLock = pass<&M::xShmLock, int, int, int>;
      m.xShmBarrier = pass<&M::xShmBarrier>;
      m.xShmUnmap = pass<&M::xShmUnmap, int>;
      return m;
    }();
    return &all;
  }

  sqlite3_vfs* real_;
  sqlite3_vfs vfs_;
  std::atomic<int> steps_ = 0, at_ = 0, left_ = -1;
  std::atomic<Fault> fault_ = Fault::none;
  std::atomic<bool> has_failed_ = false;
  std::map<std::string, std::vector<Before>> unsynced_;
};

}  // namespace tests
