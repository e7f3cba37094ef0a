// Whatever answers instead of Medusa is read or refused; an order that is read
// can be priced, and a page of anything tells where the next one begins.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/ensure.h"
#include "core/orders/pricing.h"
#include "sync/upstream/medusa/order.h"
#include "sync/upstream/medusa/pull.h"

namespace medusa = syncing::medusa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  const medusa::Reply reply = medusa::reply_of({200, {}, text, "", false, {}});
  if (!reply.is_good()) return 0;
  medusa::Place place;
  place.location = "sloc_1";
  const medusa::OrderState state = medusa::order_state(syncing::at(reply.json, "order"));
  (void)state.sold_for();
  (void)state.captured();
  medusa::PriceLists lists;
  medusa::add_price_lists(lists, reply.json, place);
  for (std::size_t part = 0; part < medusa::parts; ++part) {
    const medusa::Page page =
        medusa::page_of(static_cast<medusa::Part>(part), {}, reply.json, {place, lists, {}});
    for (const core::Order& order : page.pulled.orders) {
      core::ensure_conserved(order, core::price(order));
    }
  }
  const medusa::Api api{"https://medusa.test", "sk"};
  medusa::Introduction introduction(api, {}, {});
  for (int step = 0; step < 20; ++step) {
    if (!std::holds_alternative<syncing::HttpRequest>(introduction.next())) break;
    introduction.hear({200, {}, text, "", false, {}});
  }
  return 0;
}
