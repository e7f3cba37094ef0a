// The protocol of the Mettler Toledo 8217 and of the many scales that speak it:
// 9600 baud, 7 data bits, even parity. "W" asks for the weight, "Z" sets to
// zero. Answers: STX "12.345" CR, with an N behind a net weight, or STX "?" and a
// status byte while there is no weight to be told.
#pragma once

#include <memory>

#include "drivers/scale/scale.h"

namespace drivers {

// The last complete answer among these bytes; nothing: there is none. Pure.
std::optional<ScaleReading> toledo_reading(ByteView answer);

class ToledoScale final : public Scale {
 public:
  explicit ToledoScale(std::unique_ptr<Transport> link) : link_(std::move(link)) {}
  core::Result<ScaleReading, LinkError> read() override;
  core::Result<core::Done, LinkError> set_zero() override;

 private:
  std::unique_ptr<Transport> link_;
};

}  // namespace drivers
