#include "pos/config/whole_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "sync/base/durable_file.h"

namespace pos {

std::optional<std::string> write_whole(const std::filesystem::path& file, std::string_view bytes) {
  namespace fs = std::filesystem;
  std::error_code unknown;
  if (fs::exists(file, unknown) && !fs::is_regular_file(file, unknown)) {
    errno = 0;
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    stream.close();
    if (stream) return {};
    return file.string() + ": " + std::generic_category().message(errno);
  }
  // A link stays one: the file that it leads to is the one that changes.
  const fs::path place = fs::absolute(file, unknown);
  fs::path target = fs::weakly_canonical(place, unknown);
  if (unknown) target = place;
  const auto written = syncing::write_durably(target, bytes).and_then([&](core::Done) {
    return syncing::sync_folder(target.parent_path());
  });
  if (written) return {};
  return written.error();
}

}  // namespace pos
