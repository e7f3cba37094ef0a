// A printer at USB through the kernel's printer class (/dev/usb/lp0, or a
// stable link to it made by udev). Non-blocking: a plain write to it sleeps for
// ever when the paper is out.
#pragma once

#include <string>

#include "drivers/transport/descriptor.h"

namespace drivers {

class UsbLpTransport final : public Transport {
 public:
  explicit UsbLpTransport(std::string path) : path_(std::move(path)) {}

  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override { device_.reset(); }
  bool answers() const override { return can_read_; }

 private:
  std::string path_;
  Descriptor device_;
  bool can_read_ = true;  // some devices can only be opened for writing
};

}  // namespace drivers
