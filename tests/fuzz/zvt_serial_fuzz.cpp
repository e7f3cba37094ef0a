// Any bytes on the serial line, in one piece and in single ones; and any message
// in a block comes out of it.
#include <cstdlib>

#include "drivers/terminal/zvt/serial.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers;
  using namespace drivers::zvt;
  const ByteView bytes(data, size);
  BlockReader whole, single;
  const auto events = whole.feed(bytes);
  std::vector<LinkEvent> more;
  for (std::size_t i = 0; i < size; ++i) {
    for (LinkEvent& event : single.feed(bytes.subspan(i, 1))) more.push_back(std::move(event));
  }
  if (events != more) std::abort();
  const auto back = BlockReader().feed(encode_block(bytes));
  if (back != std::vector<LinkEvent>{GoodBlock{Bytes(data, data + size)}}) std::abort();
  return 0;
}
