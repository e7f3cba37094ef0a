// Any bytes from whoever is in the network: they are read or are no answer.
#include "drivers/printer/network_search.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const drivers::ByteView bytes(data, size);
  static_cast<void>(drivers::enpc_model(bytes));
  if (const auto said = drivers::snmp_description(bytes)) {
    static_cast<void>(drivers::is_receipt_printer(*said));
  }
  return 0;
}
