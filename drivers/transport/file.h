// Appends to a file: a slip for a spooler, for another program, or to look at.
#pragma once

#include <string>

#include "drivers/transport/descriptor.h"

namespace drivers {

class FileTransport final : public Transport {
 public:
  explicit FileTransport(std::string path) : path_(std::move(path)) {}

  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds patience) override;
  core::Result<Bytes, LinkError> read(Milliseconds patience) override;
  void close() override { file_.reset(); }
  bool answers() const override { return false; }

 private:
  std::string path_;
  Descriptor file_;
};

}  // namespace drivers
