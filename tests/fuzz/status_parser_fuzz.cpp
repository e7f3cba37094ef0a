// Any bytes from a printer: the parser neither fails nor grows, and makes the
// same of them in one piece as in single bytes.
#include <cstdlib>

#include "drivers/printer/status_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers;
  const ByteView bytes(data, size);
  const auto whole = StatusParser().feed(bytes);
  StatusParser parser;
  std::vector<StatusEvent> single;
  for (std::size_t i = 0; i < size; ++i) {
    for (StatusEvent& event : parser.feed(bytes.subspan(i, 1))) single.push_back(std::move(event));
  }
  if (whole != single) std::abort();
  return 0;
}
