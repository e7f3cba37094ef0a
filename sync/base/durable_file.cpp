#include "sync/base/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace syncing {

namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

tl::unexpected<std::string> failed(const fs::path& file, int error) {
  return tl::unexpected(
      fmt::format("{}: {}", file.string(), std::generic_category().message(error)));
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A dot and another ending: no reader of the folder takes it for the file.
fs::path unnamed(const fs::path& file) {
  return file.parent_path() / ("." + file.filename().string() + ".tmp");
}

enum class Flush { now, later };

FileResult write(const fs::path& file, std::string_view bytes, Flush flush) {
  const fs::path temporary = unnamed(file);
  const Descriptor descriptor(
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!descriptor.is_open()) return failed(file, errno);
  const bool written = write_all(descriptor.number(), bytes) &&
                       (flush == Flush::later || fsync(descriptor.number()) == 0);
  if (written) return core::Done{};
  const int error = errno;
  unlink(temporary.c_str());
  return failed(file, error);
}

}  // namespace

FileResult make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return core::Done{};
  if (fs::exists(folder, error)) return failed(folder, ENOTDIR);
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  if (parent != folder) {
    if (auto made = make_folder(parent); !made) return made;
  }
  fs::create_directory(folder, error);
  if (error) return failed(folder, error.value());
  return sync_folder(parent);
}

FileResult write_durably(const fs::path& file, std::string_view bytes) {
  return write(file, bytes, Flush::now).and_then([&](core::Done) { return give_name(file); });
}

FileResult write_unnamed(const fs::path& file, std::string_view bytes) {
  return write(file, bytes, Flush::later);
}

FileResult give_name(const fs::path& file) {
  if (rename(unnamed(file).c_str(), file.c_str()) == 0) return core::Done{};
  const int error = errno;
  unlink(unnamed(file).c_str());
  return failed(file, error);
}

FileResult sync_contents(const fs::path& folder) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.is_open() || syncfs(descriptor.number()) != 0) return failed(folder, errno);
  return core::Done{};
}

FileResult sync_folder(const fs::path& folder) {
  const Descriptor descriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.is_open() || fsync(descriptor.number()) != 0) return failed(folder, errno);
  return core::Done{};
}

core::Result<std::optional<std::string>, std::string> read_file(const fs::path& file,
                                                                std::size_t most) {
  const Descriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!descriptor.is_open() && errno == ENOENT) return std::nullopt;
  if (!descriptor.is_open()) return failed(file, errno);
  std::string bytes;
  std::string chunk(64 * 1024, '\0');
  for (;;) {
    const ssize_t got = read(descriptor.number(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(file, errno);
    if (got == 0) return bytes;
    bytes.append(chunk, 0, static_cast<std::size_t>(got));
    if (bytes.size() > most) return failed(file, EFBIG);
  }
}

FileResult move_file(const fs::path& from, const fs::path& to) {
  if (rename(from.c_str(), to.c_str()) != 0) return failed(from, errno);
  return core::Done{};
}

}  // namespace syncing
