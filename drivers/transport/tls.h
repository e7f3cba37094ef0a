// TLS over another transport, for a device in the shop's network. Its certificate must be
// the one in the file, or come from the authority in it: what it is reached by is an
// address and proves nothing. There is no way to turn that off.
#pragma once

#include <memory>
#include <string>

#include "drivers/transport/transport.h"

namespace drivers {

class TlsTransport final : public Transport {
 public:
  TlsTransport(std::unique_ptr<Transport> inner, std::string authority_file);
  ~TlsTransport() override;

  // `no_permission`: the certificate is another one, or the file cannot be read.
  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override;
  bool answers() const override { return inner_->answers(); }

 private:
  struct Session;
  core::Result<core::Done, LinkError> flush(Milliseconds patience);
  core::Result<core::Done, LinkError> take_in(Milliseconds patience);
  core::Result<core::Done, LinkError> greet(Milliseconds patience);

  std::unique_ptr<Transport> inner_;
  std::string authority_file_;
  std::unique_ptr<Session> session_;
};

}  // namespace drivers
