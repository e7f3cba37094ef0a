// Any bytes as what the host of an Epson TSE says: cut into messages, read, and judged.
#include <cstdlib>

#include "drivers/signing/epson/codec.h"
#include "drivers/signing/epson/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers::epson;
  MessageReader reader;
  // In two pieces: where the first ends changes nothing.
  const std::size_t cut = size == 0 ? 0 : data[0] % size;
  std::size_t heard = 0;
  for (const drivers::ByteView part :
       {drivers::ByteView(data, cut), drivers::ByteView(data + cut, size - cut)}) {
    reader.feed(part);
    while (const auto text = reader.next()) {
      heard += text->size() + 1;
      const Message message = read_message(*text);
      (void)host_failure(message.code);
      const auto reply = read_reply(message.result);
      if (!reply) continue;
      if (reply->result.empty()) std::abort();
      (void)failure_of(*reply);
      (void)repair_of(reply->result);
    }
  }
  if (heard > size) std::abort();
  (void)read_reply({reinterpret_cast<const char*>(data), size});
  return 0;
}
