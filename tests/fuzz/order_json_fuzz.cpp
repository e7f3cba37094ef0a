// Whatever a file of the inbox holds is read or refused; what is read can be
// priced and written again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/orders/pricing.h"
#include "sync/upstream/json/order_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto order = syncing::order_from_json({reinterpret_cast<const char*>(data), size});
  if (order) {
    core::ensure_conserved(*order, core::price(*order));
    (void)syncing::to_json(*order);
  } else {
    (void)syncing::in_words(order.error());
  }
  return 0;
}
