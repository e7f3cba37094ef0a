// Preloaded into the till by the torture suites: counts the calls by which it leaves a trace on
// the disk or the wire, and kills it, fails it or writes down what it did at the n-th of them.
//
//   TORTURE_ROOTS   folders that count, colons between them; all else passes untouched
//   TORTURE_KILL    N:before, N:after or N:half (half of what a write holds is written first)
//   TORTURE_FAIL    N:MANY:ERRNO:OPS: from the n-th of these calls (commas between) on, so many
//                   fail (0: all that follow); a write of ENOSPC leaves half of it, as disks do
//   TORTURE_LOG     file that gets every call with its bytes; see storage.py
//   TORTURE_TIME    seconds of Unix time that it is when the till starts
//   TORTURE_MARKS   a folder outside the roots: files opened for writing there are noted in the
//                   log, which is how a script says that it has come so far
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class Moment { before, after, half };

struct Plan {
  std::vector<std::string> roots;
  std::string marks, failing;
  long kill_at = 0, fail_at = 0, fail_many = 0;
  int fail_with = 0, log = -1;
  Moment moment = Moment::before;
};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size() && !text.empty();) {
    const auto end = std::min(text.find(at, from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

Plan read_plan() {
  Plan plan;
  plan.roots = split(variable("TORTURE_ROOTS"), ':');
  plan.marks = variable("TORTURE_MARKS");
  if (const auto kill = split(variable("TORTURE_KILL"), ':'); kill.size() == 2) {
    plan.kill_at = std::atol(kill[0].c_str());
    plan.moment = kill[1] == "half"    ? Moment::half
                  : kill[1] == "after" ? Moment::after
                                       : Moment::before;
  }
  if (const auto fail = split(variable("TORTURE_FAIL"), ':'); fail.size() == 4) {
    plan.fail_at = std::atol(fail[0].c_str());
    plan.fail_many = std::atol(fail[1].c_str());
    plan.fail_with = std::atoi(fail[2].c_str());
    plan.failing = "," + fail[3] + ",";
  }
  if (const auto log = variable("TORTURE_LOG"); !log.empty()) {
    const int made = static_cast<int>(syscall(SYS_openat, AT_FDCWD, log.c_str(),
                                              O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    plan.log = fcntl(made, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, made);
  }
  return plan;
}

const Plan& plan() {
  static const Plan read = read_plan();
  return read;
}

// One call at a time, so that the log is the order of what happened.
std::mutex& turn() {
  static std::mutex one;
  return one;
}
long counted = 0, failed = 0;

bool counts(std::string_view path) {
  for (const std::string& root : plan().roots) {
    if (path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/')) {
      return true;
    }
  }
  return false;
}

std::string path_of(int descriptor) {
  std::array<char, PATH_MAX> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const auto size = readlink(link.c_str(), path.data(), path.size());
  return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : "";
}

std::string whole_path(int folder, const char* path) {
  if (path[0] == '/') return path;
  std::array<char, PATH_MAX> here{};
  const std::string above =
      folder == AT_FDCWD ? (getcwd(here.data(), here.size()) ? here.data() : "") : path_of(folder);
  return above + "/" + path;
}

void put(const void* bytes, std::size_t size) {
  const char* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const long written = syscall(SYS_write, plan().log, at, size);
    if (written <= 0) return;
    at += written;
    size -= static_cast<std::size_t>(written);
  }
}

// A line "NUMBER op path other offset size" with tabs between, and then so many bytes.
void note(const char* op, const std::string& path, const std::string& other = "", long offset = 0,
          const void* bytes = nullptr, long size = 0) {
  if (plan().log < 0) return;
  const std::string head = std::to_string(counted) + "\t" + op + "\t" + path + "\t" + other + "\t" +
                           std::to_string(offset) + "\t" + std::to_string(size) + "\n";
  put(head.data(), head.size());
  if (bytes) put(bytes, static_cast<std::size_t>(size));
}

[[noreturn]] void die() {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

bool is_killed(Moment moment) {
  return counted == plan().kill_at && plan().moment == moment;
}

// Counts a call; what it fails with, or 0.
int begin(const char* op, const std::string& path) {
  ++counted;
  if (is_killed(Moment::before)) die();
  if (plan().failing.find(std::string(",") + op + ",") == std::string::npos) return 0;
  if (++failed < plan().fail_at) return 0;
  if (plan().fail_many > 0 && failed >= plan().fail_at + plan().fail_many) return 0;
  note("failed", path, op);
  return plan().fail_with;
}

void end() {
  if (is_killed(Moment::after)) die();
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// A call that leaves bytes in a file or on a socket; `write(n)` carries out so many of them.
template <class Write>
ssize_t leave(const char* op, const std::string& path, const void* bytes, std::size_t size,
              long offset, const Write& write) {
  const std::lock_guard lock(turn());
  if (const int fault = begin(op, path); fault != 0) {
    if (fault == ENOSPC && size > 1) {
      const ssize_t some = write(size / 2);
      note(op, path, "", offset, bytes, some);
      return some;
    }
    errno = fault;
    return -1;
  }
  if (is_killed(Moment::half)) {
    write(size / 2);
    die();
  }
  const ssize_t written = write(size);
  const int fault = errno;
  if (written > 0 && std::strcmp(op, "send") != 0) note(op, path, "", offset, bytes, written);
  end();
  errno = fault;
  return written;
}

// A call that has no bytes; it is noted where it went well.
template <class Call>
int change(const char* op, const std::string& path, const std::string& other, long size,
           const Call& call) {
  const std::lock_guard lock(turn());
  if (const int fault = begin(op, path); fault != 0) {
    errno = fault;
    return -1;
  }
  const int result = call();
  const int fault = errno;
  if (result >= 0) note(op, path, other, size);
  end();
  errno = fault;
  return result;
}

bool is_socket(int descriptor) {
  struct stat about {};
  return fstat(descriptor, &about) == 0 && S_ISSOCK(about.st_mode);
}

int opened(int folder, const char* name, int flags, mode_t mode) {
  static auto* real = next<int(int, const char*, int, ...)>("openat64");
  if ((flags & O_ACCMODE) == O_RDONLY && (flags & O_CREAT) == 0) {
    return real(folder, name, flags, mode);
  }
  const std::string path = whole_path(folder, name);
  if (!plan().marks.empty() && path.starts_with(plan().marks)) {
    const std::lock_guard lock(turn());
    note("mark", path);
    return real(folder, name, flags, mode);
  }
  if (!counts(path)) return real(folder, name, flags, mode);
  const bool is_new = access(path.c_str(), F_OK) != 0;
  const auto open = [&] { return real(folder, name, flags, mode); };
  if (is_new) return change("create", path, "", 0, open);
  if ((flags & O_TRUNC) != 0) return change("truncate", path, "", 0, open);
  return open();
}

int synced(const char* op, int descriptor, int (*real)(int)) {
  const std::string path = path_of(descriptor);
  if (!counts(path)) return real(descriptor);
  return change(op, path, "", 0, [&] { return real(descriptor); });
}

ssize_t pread_at(int descriptor, void* to, size_t size, off_t offset) {
  static auto* real = next<ssize_t(int, void*, size_t, off_t)>("pread64");
  if (plan().failing.find(",read,") == std::string::npos) {
    return real(descriptor, to, size, offset);
  }
  const std::string path = path_of(descriptor);
  if (!counts(path)) return real(descriptor, to, size, offset);
  const std::lock_guard lock(turn());
  if (const int fault = begin("read", path); fault != 0) {
    errno = fault;
    return -1;
  }
  return real(descriptor, to, size, offset);
}

ssize_t pwrite_at(int descriptor, const void* bytes, size_t size, off_t offset) {
  static auto* real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite64");
  const std::string path = path_of(descriptor);
  if (!counts(path)) return real(descriptor, bytes, size, offset);
  return leave("write", path, bytes, size, offset,
               [&](std::size_t some) { return real(descriptor, bytes, some, offset); });
}

int truncated(int descriptor, off_t size) {
  static auto* real = next<int(int, off_t)>("ftruncate64");
  const std::string path = path_of(descriptor);
  if (!counts(path)) return real(descriptor, size);
  return change("truncate", path, "", size, [&] { return real(descriptor, size); });
}

// How much later than the machine the till believes it is.
time_t later() {
  static const time_t seconds = [] {
    const std::string wanted = variable("TORTURE_TIME");
    timespec now{};
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    return wanted.empty() ? 0 : static_cast<time_t>(std::atoll(wanted.c_str())) - now.tv_sec;
  }();
  return seconds;
}

mode_t mode_in(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t offset) {
  return pwrite_at(fd, bytes, size, offset);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  return pwrite_at(fd, bytes, size, offset);
}
ssize_t pread64(int fd, void* to, size_t size, off_t offset) {
  return pread_at(fd, to, size, offset);
}
ssize_t pread(int fd, void* to, size_t size, off_t offset) {
  return pread_at(fd, to, size, offset);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  static auto* real = next<ssize_t(int, const void*, size_t)>("write");
  const auto some = [&](std::size_t count) { return real(fd, bytes, count); };
  if (plan().roots.empty()) return some(size);
  if (is_socket(fd)) return leave("send", "socket", bytes, size, 0, some);
  const std::string path = path_of(fd);
  if (!counts(path)) return some(size);
  struct stat about {};
  const bool appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0 && fstat(fd, &about) == 0;
  return leave("write", path, bytes, size, appends ? about.st_size : lseek(fd, 0, SEEK_CUR), some);
}

ssize_t writev(int fd, const iovec* parts, int count) {
  static auto* real = next<ssize_t(int, const iovec*, int)>("writev");
  if (!counts(path_of(fd)) && !is_socket(fd)) return real(fd, parts, count);
  std::string all;
  for (int i = 0; i < count; ++i)
    all.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  return write(fd, all.data(), all.size());
}

ssize_t send(int fd, const void* bytes, size_t size, int flags) {
  static auto* real = next<ssize_t(int, const void*, size_t, int)>("send");
  if (plan().roots.empty()) return real(fd, bytes, size, flags);
  return leave("send", "socket", bytes, size, 0,
               [&](std::size_t some) { return real(fd, bytes, some, flags); });
}

int fsync(int fd) {
  return synced("fsync", fd, next<int(int)>("fsync"));
}
int fdatasync(int fd) {
  return synced("fsync", fd, next<int(int)>("fdatasync"));
}
int syncfs(int fd) {
  return synced("syncfs", fd, next<int(int)>("syncfs"));
}
int ftruncate(int fd, off_t size) {
  return truncated(fd, size);
}
int ftruncate64(int fd, off_t size) {
  return truncated(fd, size);
}

int rename(const char* from, const char* to) {
  static auto* real = next<int(const char*, const char*)>("rename");
  const std::string old = whole_path(AT_FDCWD, from), path = whole_path(AT_FDCWD, to);
  if (!counts(old) && !counts(path)) return real(from, to);
  return change("rename", old, path, 0, [&] { return real(from, to); });
}

int unlink(const char* name) {
  static auto* real = next<int(const char*)>("unlink");
  const std::string path = whole_path(AT_FDCWD, name);
  if (!counts(path)) return real(name);
  return change("unlink", path, "", 0, [&] { return real(name); });
}

int remove(const char* name) {
  static auto* real = next<int(const char*)>("remove");
  const std::string path = whole_path(AT_FDCWD, name);
  if (!counts(path)) return real(name);
  return change("unlink", path, "", 0, [&] { return real(name); });
}

int unlinkat(int folder, const char* name, int flags) {
  static auto* real = next<int(int, const char*, int)>("unlinkat");
  const std::string path = whole_path(folder, name);
  if (!counts(path)) return real(folder, name, flags);
  return change("unlink", path, "", 0, [&] { return real(folder, name, flags); });
}

int mkdir(const char* name, mode_t mode) {
  static auto* real = next<int(const char*, mode_t)>("mkdir");
  const std::string path = whole_path(AT_FDCWD, name);
  if (!counts(path)) return real(name, mode);
  return change("mkdir", path, "", 0, [&] { return real(name, mode); });
}

int open(const char* name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return opened(AT_FDCWD, name, flags, mode);
}
int open64(const char* name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_in(flags, rest);
  va_end(rest);
  return opened(AT_FDCWD, name, flags, mode);
}

FILE* fopen64(const char* name, const char* mode) {
  static auto* real = next<FILE*(const char*, const char*)>("fopen64");
  if (mode[0] == 'r' && std::strchr(mode, '+') == nullptr) return real(name, mode);
  const std::string path = whole_path(AT_FDCWD, name);
  if (!plan().marks.empty() && path.starts_with(plan().marks)) {
    const std::lock_guard lock(turn());
    note("mark", path);
  } else if (counts(path)) {
    const bool is_new = access(path.c_str(), F_OK) != 0;
    if (is_new || mode[0] == 'w') {
      change(is_new ? "create" : "truncate", path, "", 0, [] { return 0; });
    }
  }
  return real(name, mode);
}
FILE* fopen(const char* name, const char* mode) {
  return fopen64(name, mode);
}

int clock_gettime(clockid_t clock, timespec* now) {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, now));
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += later();
  return result;
}
time_t time(time_t* also) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (also) *also = now.tv_sec;
  return now.tv_sec;
}

// These move bytes unseen; whoever calls them has a way without them.
ssize_t sendfile(int, int, off_t*, size_t) {
  errno = EINVAL;
  return -1;
}
ssize_t copy_file_range(int, off64_t*, int, off64_t*, size_t, unsigned) {
  errno = ENOSYS;
  return -1;
}
}
