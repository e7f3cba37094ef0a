#include "core/commands/placed_order.h"

#include "core/orders/pricing.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"

namespace core {

Uuid new_id(Till& till) {
  return till.ids.next(till.now());
}

bool is_master_of(const Till& till, const Order& order) {
  const std::string& kind = till.settings.upstream.kind;
  return order.channel == "till" || kind == "folder" || kind == "none";
}

Result<Placing, Refusal> placed_order(Till& till, OrderId id, Permission permission) {
  if (auto no = forbidden(till, permission)) return tl::unexpected(*no);
  auto order = find_order(till.database, id);
  if (!order || order->version == 0) {
    return tl::unexpected(refuse("This order is not there.", "", RefusalKind::not_found));
  }
  if (till.collecting && till.collecting->id == id) {
    return tl::unexpected(refuse("Finish collecting this payment first."));
  }
  Order later = is_master_of(till, *order) ? *order : foreseen(till.database, *order);
  return Placing{std::move(*order), std::move(later)};
}

void add_to_timeline(Till& till, Order& order, std::string_view what, std::string_view detail,
                     std::string_view actor) {
  order.timeline.push_back(
      {till.now(), std::string(what), std::string(detail), std::string(actor)});
  insert_event(till.database, order, order.timeline.back());
}

void write_order(Till& till, const Order& order) {
  update_order(till.database, order, price(order));
}

void queue_push(Till& till, const Order& order) {
  if (till.settings.upstream.kind == "none" || !is_master_of(till, order)) return;
  OutboxRow row;
  row.order_row = order.row;
  row.version = order.version;
  row.key = new_id(till);
  row.created = row.not_before = till.now();
  insert_outbox(till.database, row);
}

Handled finish_order(Till& till, Work& work, Effects effects) {
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  effects.push_back(WakeSync{});
  return effects;
}

}  // namespace core
