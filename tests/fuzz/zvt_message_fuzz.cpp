// Any bytes from a card terminal: nothing reads beyond them, a message that was
// read is written to what reads the same again, and the stream may come in any
// pieces.
#include <cstdlib>

#include "drivers/terminal/zvt/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers;
  using namespace drivers::zvt;
  const ByteView bytes(data, size);
  ApduReader whole, single;
  whole.feed(bytes);
  std::vector<Apdu> first, second;
  while (auto apdu = whole.next()) first.push_back(std::move(*apdu));
  for (std::size_t i = 0; i < size; ++i) {
    single.feed(bytes.subspan(i, 1));
    while (auto apdu = single.next()) second.push_back(std::move(*apdu));
  }
  if (first != second) std::abort();
  for (const Apdu& apdu : first) {
    const auto message = parse(apdu);
    if (!message) continue;
    if (describe(*message).empty()) std::abort();
    status_of(message->fields, Charset::cp437);
    print_part(*message, Charset::zvt7);
    shown(*message, Charset::utf8);
    const Bytes again = encode(message->fields);
    const auto reread = parse_fields(again);
    if (!reread || *reread != message->fields) std::abort();
  }
  return 0;
}
