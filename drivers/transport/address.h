// Where a device is, as one word of the configuration:
//   tcp:192.168.1.50          tcp:printer.local:9100     tcp:[fe80::1]:9100
//   usb:/dev/usb/lp0          file:slips.bin
//   serial:/dev/ttyUSB0       serial:/dev/ttyUSB0:19200
// Without a number TCP is port 9100 and a serial line 9600 baud. Pure: nothing
// is opened.
#pragma once

#include <memory>
#include <string_view>

#include "drivers/transport/transport.h"

namespace drivers {

enum class AddressError {
  unknown_kind,  // none of tcp, usb, serial, file
  no_place,      // no host, or no path
  bad_number,    // no port between 1 and 65535, no speed
};

core::Result<std::unique_ptr<Transport>, AddressError> transport_at(std::string_view address);

}  // namespace drivers
