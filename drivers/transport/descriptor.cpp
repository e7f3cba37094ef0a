#include "drivers/transport/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <utility>

namespace drivers {

std::string_view word(LinkError error) {
  switch (error) {
    case LinkError::unreachable:
      return "unreachable";
    case LinkError::refused:
      return "refused";
    case LinkError::timed_out:
      return "timed_out";
    case LinkError::cut:
      return "cut";
    case LinkError::no_permission:
      return "no_permission";
    case LinkError::missing:
      return "missing";
  }
  return "unreachable";
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void Descriptor::reset() {
  if (is_open()) ::close(std::exchange(number_, -1));
}

core::Result<std::size_t, LinkError> Descriptor::write(ByteView bytes, Milliseconds patience) {
  if (!is_open()) return tl::unexpected(LinkError::cut);
  if (bytes.empty()) return 0U;
  for (bool waited = false;; waited = true) {
    const ssize_t count = ::write(number_, bytes.data(), bytes.size());
    if (count > 0) return static_cast<std::size_t>(count);
    const bool full = count == 0 || errno == EAGAIN || errno == EINTR;
    if (!full) break;
    if (waited || !wait_for(number_, POLLOUT, patience))
      return tl::unexpected(LinkError::timed_out);
  }
  reset();
  return tl::unexpected(LinkError::cut);
}

core::Result<Bytes, LinkError> Descriptor::read(Milliseconds patience) {
  if (!is_open()) return tl::unexpected(LinkError::cut);
  std::array<std::uint8_t, 512> buffer{};
  if (!wait_for(number_, POLLIN, patience)) return tl::unexpected(LinkError::timed_out);
  const ssize_t count = ::read(number_, buffer.data(), buffer.size());
  if (count > 0) return Bytes(buffer.begin(), buffer.begin() + count);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return tl::unexpected(LinkError::timed_out);
  reset();
  return tl::unexpected(LinkError::cut);
}

core::Result<Descriptor, LinkError> open_file(const std::string& path, int flags) {
  constexpr mode_t readable_by_owner = S_IRUSR | S_IWUSR;
  Descriptor opened(::open(path.c_str(), flags | O_NONBLOCK | O_CLOEXEC, readable_by_owner));
  if (!opened.is_open()) return tl::unexpected(link_error(errno));
  return opened;
}

LinkError link_error(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return LinkError::no_permission;
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case ENOTDIR:
    case EISDIR:
      return LinkError::missing;
    case ECONNREFUSED:
    case EBUSY:
      return LinkError::refused;
    case ETIMEDOUT:
      return LinkError::timed_out;
    case ECONNRESET:
    case EPIPE:
      return LinkError::cut;
    default:
      return LinkError::unreachable;
  }
}

bool wait_for(int descriptor, short events, Milliseconds patience) {
  pollfd waited{descriptor, events, 0};
  const auto longest = static_cast<Milliseconds::rep>(std::numeric_limits<int>::max());
  const auto wait = std::clamp<Milliseconds::rep>(patience.count(), 0, longest);
  return ::poll(&waited, 1, static_cast<int>(wait)) > 0;
}

}  // namespace drivers
