// A printer at USB through the kernel's printer class (/dev/usb/lp0, or a
// stable link to it made by udev). Non-blocking: a plain write to it sleeps for
// ever when the paper is out. Its number changes with every plug, so that it is
// better named by what it says of itself: "serial:J4HX012345" or "id:04b8:0e27".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drivers/transport/descriptor.h"

namespace drivers {

// Where the printer of that name is now; nothing: it is not plugged in. A path
// is itself. `classes`: the kernel's list of them.
std::optional<std::string> usb_printer_path(const std::string& name,
                                            const std::string& classes = "/sys/class/usbmisc");
// All that are plugged in: what they call themselves, and the name that finds them again.
struct UsbPrinter {
  std::string product, name;
  friend bool operator==(const UsbPrinter&, const UsbPrinter&) = default;
};
std::vector<UsbPrinter> usb_printers(const std::string& classes = "/sys/class/usbmisc");
// Whether a printer is plugged in whose USB class is the maker's own, so that the
// kernel makes no device for it (Epson 04b8:0202).
bool has_usb_printer_of_wrong_class(const std::string& devices = "/sys/bus/usb/devices");

class UsbLpTransport final : public Transport {
 public:
  explicit UsbLpTransport(std::string name) : name_(std::move(name)) {}

  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override { device_.reset(); }
  bool answers() const override { return can_read_; }

 private:
  std::string name_;
  Descriptor device_;
  bool can_read_ = true;  // some devices can only be opened for writing
};

}  // namespace drivers
