// An open file descriptor in non-blocking mode, and waiting for it: what the
// transports over sockets, ttys and device files share.
#pragma once

#include <string>

#include "drivers/transport/transport.h"

namespace drivers {

// Owns its descriptor. Movable, not copyable.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { reset(); }

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void reset();

  // As Transport::write and Transport::read; `cut` when it is not open. After
  // `cut` it is closed.
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience);
  core::Result<Bytes, LinkError> read(Milliseconds patience);

 private:
  int number_ = -1;
};

// Opens `path` with O_NONBLOCK | O_CLOEXEC and `flags`.
core::Result<Descriptor, LinkError> open_file(const std::string& path, int flags);

// What an errno of open() or connect() means for the caller.
LinkError link_error(int error_number);

// Waits for `events` of poll(2); false when the time is over.
bool wait_for(int descriptor, short events, Milliseconds patience);

}  // namespace drivers
