// Bytes to and from one device. A transport knows nothing of what they mean;
// it says how far it got, because the caller's promise to people depends on it.
//
// Every call blocks for at most the time it is given. Lives on the worker
// thread of its device. After any error but `timed_out` the connection is
// closed and must be opened again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace drivers {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Milliseconds = std::chrono::milliseconds;

enum class LinkError {
  unreachable,    // no way there: host, network or power is off
  refused,        // it is there and takes no connection: busy with another till
  timed_out,      // nothing happened in the time allowed
  cut,            // the connection was there and ended
  no_permission,  // the file may not be opened by this user
  missing,        // there is no such device or host name
};
std::string_view word(LinkError error);  // "unreachable", for logs and `tresen doctor`

class Transport {
 public:
  virtual ~Transport() = default;

  // Opening an open transport changes nothing.
  virtual core::Result<core::Done, LinkError> open(Milliseconds patience) = 0;

  // Waits until at least one byte could be handed over and says how many were
  // (1..bytes.size()). Handed over is not arrived, and arrived is not printed.
  virtual core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) = 0;

  // Waits until something has arrived and returns it, never empty.
  virtual core::Result<Bytes, LinkError> read(Milliseconds patience) = 0;

  // Lets what was written flow out, within one second, and closes.
  virtual void close() = 0;

  // Whether anything can ever be read from it. A file has no answers.
  virtual bool answers() const = 0;
};

}  // namespace drivers
