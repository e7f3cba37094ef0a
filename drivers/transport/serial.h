// A device at a serial line or a USB-to-serial adapter, 8 data bits, no parity,
// one stop bit, with hardware flow control: without it a printer drops bytes.
#pragma once

#include <string>

#include "drivers/transport/descriptor.h"

namespace drivers {

enum class FlowControl { none, hardware };

// The line, opened and set; an unusual baud rate is `missing`.
core::Result<Descriptor, LinkError> open_serial_line(const std::string& path, int baud,
                                                     FlowControl flow);

class SerialTransport final : public Transport {
 public:
  // An unusual baud rate is refused at open() as `missing`.
  SerialTransport(std::string path, int baud, FlowControl flow = FlowControl::hardware)
      : path_(std::move(path)), baud_(baud), flow_(flow) {}

  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override;
  bool answers() const override { return true; }

 private:
  std::string path_;
  int baud_;
  FlowControl flow_;
  Descriptor line_;
};

}  // namespace drivers
