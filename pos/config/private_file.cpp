#include "pos/config/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace pos {

std::optional<std::string> write_private(const std::filesystem::path& file, std::string_view text) {
  const auto why = [&](int fault) {
    return file.string() + ": " + std::generic_category().message(fault);
  };
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return why(errno);
  int fault = 0;
  for (std::size_t at = 0; fault == 0 && at < text.size();) {
    const auto took = ::write(made, text.data() + at, text.size() - at);
    if (took > 0) {
      at += static_cast<std::size_t>(took);
    } else if (errno != EINTR) {
      fault = errno;
    }
  }
  if (::close(made) != 0 && fault == 0) fault = errno;
  if (fault == 0) return {};
  ::unlink(file.c_str());
  return why(fault);
}

}  // namespace pos
