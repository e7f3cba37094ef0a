// Any bytes as TLV objects: what can be read is written to what reads the same.
#include <cstdlib>

#include "drivers/terminal/zvt/fields.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers::zvt;
  const auto objects = parse_tlvs(drivers::ByteView(data, size));
  if (!objects) return 0;
  const auto again = parse_tlvs(encode(*objects));
  if (!again || *again != *objects) std::abort();
  return 0;
}
