#include "drivers/transport/usb_lp.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace drivers {

core::Result<core::Done, LinkError> UsbLpTransport::open(Milliseconds) {
  if (device_.is_open()) return core::Done{};
  auto opened = open_file(path_, O_RDWR);
  can_read_ = opened.has_value();
  if (!opened && opened.error() == LinkError::no_permission) opened = open_file(path_, O_WRONLY);
  if (!opened) return tl::unexpected(opened.error());
  device_ = std::move(*opened);
  return core::Done{};
}

core::Result<std::size_t, LinkError> UsbLpTransport::write(ByteView bytes, Milliseconds patience) {
  return device_.write(bytes, patience);
}

core::Result<Bytes, LinkError> UsbLpTransport::read(Milliseconds patience) {
  if (!device_.is_open()) return tl::unexpected(LinkError::cut);
  // usblp reports "readable" and then reads 0 bytes when the printer has
  // nothing to say: that is silence, not the end. The end is a hang-up.
  constexpr Milliseconds pause{20};
  std::array<std::uint8_t, 64> buffer{};
  for (Milliseconds waited{0};; waited += pause) {
    const ssize_t count = ::read(device_.number(), buffer.data(), buffer.size());
    if (count > 0) return Bytes(buffer.begin(), buffer.begin() + count);
    const bool quiet = count == 0 || errno == EAGAIN || errno == EINTR;
    if (!quiet) break;
    if (waited >= patience) return tl::unexpected(LinkError::timed_out);
    constexpr short hang_up_only = 0;
    if (wait_for(device_.number(), hang_up_only, pause)) break;
  }
  device_.reset();
  return tl::unexpected(LinkError::cut);
}

}  // namespace drivers
