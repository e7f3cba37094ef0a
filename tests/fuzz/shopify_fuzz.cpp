// Whatever answers instead of Shopify is read or refused; an order that is read
// can be priced, and a file of the catalogue is always used up.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ensure.h"
#include "core/orders/pricing.h"
#include "sync/upstream/shopify/pull.h"

namespace shopify = syncing::shopify;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto answer = shopify::data_of({200, {}, std::string(text), "", false, {}});
  if (answer) {
    (void)shopify::order_state(shopify::at(*answer, "found"));
    (void)shopify::user_errors(shopify::at(*answer, "did"));
    for (const shopify::Json& node : shopify::at(*answer, "pulled.nodes")) {
      if (const auto order = shopify::order_from(node)) {
        core::ensure_conserved(*order, core::price(*order));
      }
      (void)shopify::product_from(node, core::eur);
    }
  }
  const auto piece = shopify::read_bulk(text, shopify::PieceIs::followed, core::eur);
  const auto rest = shopify::read_bulk(text.substr(piece.used), shopify::PieceIs::last, core::eur);
  ENSURE(piece.used + rest.used == size);
  (void)shopify::place_from(text);
  return 0;
}
