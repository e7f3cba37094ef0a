// The rules for all open orders at once, and what only time brings: warnings
// before an authorization lapses, and its end.
#include <algorithm>

#include "core/commands/all.h"
#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"
#include "core/orders/automation.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/rule_store.h"

namespace core {

namespace {

// So many orders are one transaction: the till is never busy for long.
constexpr std::size_t orders_at_once = 250;

void warn(Till& till, Order& order) {
  const Payment* authorized = open_authorization(order);
  if (!authorized ||
      was_queued(till.database, order.row, OutboxKind::mail_expiring, authorized->id.uuid)) {
    return;
  }
  queue_merchant_mail(till, order, OutboxKind::mail_expiring, authorized->id.uuid);
  add_to_timeline(till, order, "authorization expires soon", to_iso(authorized->expires), "till");
}

// A platform says itself when an authorization has lapsed; a folder cannot.
void lapse(Till& till, Work& work, Order& order) {
  while (is_master_of(till, order)) {
    const Instant first = authorization_expiry(order);
    if (first == Instant{} || first > till.now()) return;
    Step step = void_step(till, order);
    step.payment->label = lapsed_label;
    take_step(till, work, order, std::move(step), {});
  }
}

void look_after(Till& till, Work& work, std::int64_t row) {
  auto order = load_order(till.database, row);
  if (!order || (till.collecting && till.collecting->id == order->id)) return;
  const Instant expires = authorization_expiry(*order);
  if (expires != Instant{} && expires <= till.now()) {
    lapse(till, work, *order);
  } else if (is_expiring(expires, till.now())) {
    warn(till, *order);
  }
  follow_rules(till, work, *order);
}

}  // namespace

Handled carry_out(Till& till, const ApplyRules&) {
  std::vector<std::int64_t> rows = rule_candidates(till.database, till.settings.rules);
  for (const std::int64_t row : expiring_orders(till.database, till.now() + expiry_warning)) {
    rows.push_back(row);
  }
  for (std::size_t begin = 0; begin < rows.size(); begin += orders_at_once) {
    Work work(till);
    for (std::size_t i = begin; i < std::min(rows.size(), begin + orders_at_once); ++i) {
      look_after(till, work, rows[i]);
    }
    if (auto failed = work.commit()) return tl::unexpected(*failed);
  }
  if (rows.empty()) return Effects{};
  ++till.orders_revision;
  return Effects{WakeSync{}};
}

}  // namespace core
