#include "pos/screens/order/order_neighbours.h"

#include <algorithm>

namespace pos {
namespace {

constexpr std::int64_t reach = 32;

// The place of the order in the whole list; -1: not in the window.
std::int64_t place_in(const core::OrderPage& page, core::OrderId order) {
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    if (page.rows[i].id == order) return page.filter.offset + static_cast<std::int64_t>(i);
  }
  return -1;
}

std::optional<core::OrderId> order_at(const core::OrderPage& page, std::int64_t place) {
  const std::int64_t at = place - page.filter.offset;
  if (at < 0 || at >= static_cast<std::int64_t>(page.rows.size())) return {};
  return page.rows[static_cast<std::size_t>(at)].id;
}

}  // namespace

void remember_place(const Scene& scene, OrderInput& input) {
  const std::int64_t place = place_in(scene.found.orders.page, input.order);
  if (place >= 0) input.place = place;
}

Neighbours neighbours_of(const Scene& scene, const OrderInput& input) {
  if (input.place < 0) return {};
  const core::OrderPage& page = scene.found.orders.page;
  const bool is_listed = place_in(page, input.order) >= 0;
  return {order_at(page, input.place - 1), order_at(page, input.place + (is_listed ? 1 : 0))};
}

core::OrderFilter window_around(const Scene& scene, const OrderInput& input) {
  core::OrderFilter filter = scene.found.orders.page.filter;
  if (input.place < 0) return filter;
  const std::int64_t end = filter.offset + filter.limit;
  const bool is_near_edge =
      (filter.offset > 0 && input.place - 2 < filter.offset) || input.place + 2 >= end;
  if (is_near_edge) {
    filter.offset = std::max<std::int64_t>(0, input.place - reach);
    filter.limit = 2 * reach;
  }
  return filter;
}

}  // namespace pos
