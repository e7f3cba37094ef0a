#include "pos/runtime/signing_archive.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "drivers/signing/archive_check.h"
#include "sync/base/durable_file.h"

namespace pos {

namespace {

using ArchiveOutcome = core::Result<std::filesystem::path, std::string>;

// A file that is written piece by piece; what the disk said first is kept.
class PieceFile {
 public:
  explicit PieceFile(const std::filesystem::path& file)
      : file_(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
    if (file_ < 0) fault_ = errno;
  }
  PieceFile(const PieceFile&) = delete;
  PieceFile& operator=(const PieceFile&) = delete;
  ~PieceFile() {
    if (file_ >= 0) ::close(file_);
  }

  bool write(std::string_view bytes) {
    while (fault_ == 0 && !bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) fault_ = errno;
      if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return fault_ == 0;
  }
  bool sync() {
    if (fault_ == 0 && ::fsync(file_) != 0) fault_ = errno;
    return fault_ == 0;
  }
  std::string fault() const { return fault_ == 0 ? "" : std::strerror(fault_); }

 private:
  int file_;
  int fault_ = 0;
};

std::string name_of(core::Instant now) {
  const core::LocalTime utc = core::local_time(now, "UTC");
  return fmt::format("tse-{:04}{:02}{:02}-{:02}{:02}{:02}.tar", utc.year, utc.month, utc.day,
                     utc.hour, utc.minute, utc.second);
}

// Nothing: it holds.
std::string why_it_does_not_hold(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const drivers::ArchiveReport report = drivers::check_archive(stream);
  if (!report.has_end_mark) return "the archive was cut short";
  if (report.fault_count == 0) return "";
  const drivers::ArchiveFault& first = report.faults.front();
  return fmt::format("the archive does not hold: {} {}", first.member, first.says);
}

}  // namespace

ArchiveOutcome archive_device(drivers::SigningDevice& device, const std::filesystem::path& folder,
                              core::Instant now, bool discards) {
  const std::filesystem::path place = folder / "tse", file = place / name_of(now);
  if (auto made = syncing::make_folder(place); !made) return tl::unexpected(made.error());
  drivers::ArchiveSpan span;
  span.is_to_be_discarded = discards;
  if (auto done = archive_into(device, file, span); !done) return tl::unexpected(done.error());
  return file;
}

core::Result<core::Done, std::string> archive_into(drivers::SigningDevice& device,
                                                   const std::filesystem::path& file,
                                                   const drivers::ArchiveSpan& span) {
  const std::filesystem::path unfinished = file.string() + ".part";
  const auto give_up = [&](std::string why) -> core::Result<core::Done, std::string> {
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    return tl::unexpected(std::move(why));
  };
  {
    PieceFile out(unfinished);
    const auto done =
        device.archive(span, [&](std::string_view bytes) { return out.write(bytes); });
    if (!out.sync()) return give_up(fmt::format("{}: {}", unfinished.string(), out.fault()));
    if (!done) return give_up(done.error().says);
  }
  if (std::string why = why_it_does_not_hold(unfinished); !why.empty()) {
    return give_up(std::move(why));
  }
  if (auto moved = syncing::move_file(unfinished, file); !moved) return give_up(moved.error());
  return syncing::sync_folder(file.has_parent_path() ? file.parent_path() : ".");
}

core::Instant last_archive(const std::filesystem::path& folder) {
  std::error_code fault;
  std::string latest;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "tse", fault)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".tar") latest = std::max(latest, name);
  }
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  if (std::sscanf(latest.c_str(), "tse-%4d%2u%2u-%2d%2d%2d.tar", &year, &month, &day, &hour,
                  &minute, &second) != 6) {
    return {};
  }
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (!date.ok()) return {};
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second};
}

}  // namespace pos
