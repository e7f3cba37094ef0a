// A device at a serial line or a USB-to-serial adapter, one stop bit. Printers
// take 8 bits without parity and need flow control: without it they drop bytes,
// so then no more is written than 70 % of what the line could carry. Scales
// often take 7 bits with even parity.
#pragma once

#include <string>

#include "drivers/transport/descriptor.h"

namespace drivers {

enum class FlowControl { none, hardware, software };
enum class Framing { eight_none, seven_even };

// The line, opened and set; an unusual baud rate is `missing`.
core::Result<Descriptor, LinkError> open_serial_line(const std::string& path, int baud,
                                                     FlowControl flow,
                                                     Framing framing = Framing::eight_none);

class SerialTransport final : public Transport {
 public:
  // An unusual baud rate is refused at open() as `missing`.
  SerialTransport(std::string path, int baud, FlowControl flow = FlowControl::hardware,
                  Framing framing = Framing::eight_none)
      : path_(std::move(path)), baud_(baud), flow_(flow), framing_(framing) {}

  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override;
  bool answers() const override { return true; }

 private:
  std::string path_;
  int baud_;
  FlowControl flow_;
  Framing framing_;
  Descriptor line_;
};

}  // namespace drivers
