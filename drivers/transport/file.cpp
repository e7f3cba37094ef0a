#include "drivers/transport/file.h"

#include <fcntl.h>

namespace drivers {

core::Result<core::Done, LinkError> FileTransport::open(Milliseconds) {
  if (file_.is_open()) return core::Done{};
  auto opened = open_file(path_, O_WRONLY | O_CREAT | O_APPEND);
  if (!opened) return tl::unexpected(opened.error());
  file_ = std::move(*opened);
  return core::Done{};
}

core::Result<std::size_t, LinkError> FileTransport::write(ByteView bytes, Milliseconds patience) {
  return file_.write(bytes, patience);
}

core::Result<Bytes, LinkError> FileTransport::read(Milliseconds) {
  return tl::unexpected(LinkError::timed_out);
}

}  // namespace drivers
