#include "drivers/transport/serial.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <algorithm>
#include <optional>

namespace drivers {

namespace {

std::optional<speed_t> speed_of(int baud) {
  switch (baud) {
    case 2400:
      return B2400;
    case 4800:
      return B4800;
    case 9600:
      return B9600;
    case 19200:
      return B19200;
    case 38400:
      return B38400;
    case 57600:
      return B57600;
    case 115200:
      return B115200;
    case 230400:
      return B230400;
    default:
      return {};
  }
}

// A file that is no tty refuses this.
bool set_line(int descriptor, speed_t speed, FlowControl flow, Framing framing) {
  termios line{};
  if (::tcgetattr(descriptor, &line) != 0) return false;
  ::cfmakeraw(&line);
  line.c_cflag |= CLOCAL | CREAD;
  if (flow == FlowControl::hardware) line.c_cflag |= CRTSCTS;
  if (flow == FlowControl::software) line.c_iflag |= IXON;
  if (framing == Framing::seven_even) {
    line.c_cflag = (line.c_cflag & ~static_cast<tcflag_t>(CSIZE)) | CS7 | PARENB;
    line.c_iflag |= INPCK | ISTRIP;
  }
  ::cfsetispeed(&line, speed);
  ::cfsetospeed(&line, speed);
  return ::tcsetattr(descriptor, TCSANOW, &line) == 0;
}

}  // namespace

core::Result<Descriptor, LinkError> open_serial_line(const std::string& path, int baud,
                                                     FlowControl flow, Framing framing) {
  const auto speed = speed_of(baud);
  if (!speed) return tl::unexpected(LinkError::missing);
  auto opened = open_file(path, O_RDWR | O_NOCTTY);
  if (!opened) return opened;
  if (!set_line(opened->number(), *speed, flow, framing)) return tl::unexpected(LinkError::missing);
  return opened;
}

core::Result<core::Done, LinkError> SerialTransport::open(Milliseconds) {
  if (line_.is_open()) return core::Done{};
  auto opened = open_serial_line(path_, baud_, flow_, framing_);
  if (!opened) return tl::unexpected(opened.error());
  line_ = std::move(*opened);
  return core::Done{};
}

core::Result<std::size_t, LinkError> SerialTransport::write(ByteView bytes, Milliseconds patience) {
  if (flow_ == FlowControl::hardware || flow_ == FlowControl::software) {
    return line_.write(bytes, patience);
  }
  // Nothing will tell when the device is full: a beat of its time at once.
  constexpr int beat_ms = 40;
  constexpr int bits_of_a_byte = 10;
  const int most = std::max(1, baud_ * 7 / 10 / bits_of_a_byte * beat_ms / 1000);
  const auto accepted =
      line_.write(bytes.first(std::min(bytes.size(), static_cast<std::size_t>(most))), patience);
  if (accepted) ::poll(nullptr, 0, beat_ms);
  return accepted;
}

core::Result<Bytes, LinkError> SerialTransport::read(Milliseconds patience) {
  return line_.read(patience);
}

void SerialTransport::close() {
  if (!line_.is_open()) return;
  // Closing waits for ever on a line that is held up, so what is still in the
  // queue after a second is dropped.
  constexpr Milliseconds pause{20};
  for (Milliseconds waited{0}; waited < Milliseconds{1000}; waited += pause) {
    int queued = 0;
    if (::ioctl(line_.number(), TIOCOUTQ, &queued) != 0 || queued == 0) break;
    ::poll(nullptr, 0, static_cast<int>(pause.count()));
  }
  ::tcflush(line_.number(), TCOFLUSH);
  line_.reset();
}

}  // namespace drivers
