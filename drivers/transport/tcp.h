// A printer or terminal in the network, as a TCP connection (printers: 9100).
#pragma once

#include <cstdint>
#include <string>

#include "drivers/transport/descriptor.h"

namespace drivers {

class TcpTransport final : public Transport {
 public:
  // A host name is looked up at every open(), which may take as long as the
  // system's resolver; an address never waits.
  TcpTransport(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override;
  bool answers() const override { return true; }

 private:
  std::string host_;
  std::uint16_t port_;
  Descriptor socket_;
};

}  // namespace drivers
