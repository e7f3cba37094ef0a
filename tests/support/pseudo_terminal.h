// A serial line without a plug.
#pragma once

#include <fcntl.h>
#include <stdlib.h>

#include <string>

#include "drivers/transport/descriptor.h"

namespace tests {

// A line with two ends: what a device file is to the till, and the device.
class PseudoTerminal {
 public:
  PseudoTerminal() : device_(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK)) {
    ::grantpt(device_.number());
    ::unlockpt(device_.number());
    path_ = ::ptsname(device_.number());
  }
  const std::string& path() const { return path_; }
  drivers::Descriptor& device() { return device_; }
  void unplug() { device_.reset(); }

 private:
  drivers::Descriptor device_;
  std::string path_;
};

}  // namespace tests
