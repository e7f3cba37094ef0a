// What was asked of the upstream is not wanted any more: it is right.
#include <algorithm>

#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

// Money that came into the drawer or left it stays so, whatever the platform says of it:
// what the two accounts then differ by. Empty: nothing was booked here.
std::string booked_here(const Order& order, const OutboxRow& row) {
  if (row.kind == OutboxKind::add_payment) {
    return "The platform counts other payments than the till.";
  }
  const bool is_refund =
      std::any_of(order.refunds.begin(), order.refunds.end(),
                  [&](const Refund& refund) { return refund.id.uuid == row.subject; });
  return is_refund ? "The platform counts other refunds than the till." : "";
}

// What was counted here stays until the platform tells its own figure.
Handled drop_stock_change(Till& till, const OutboxRow& row) {
  Work work(till);
  delete_outbox(till.database, row.row);
  work.note("given up", row.note, word(row.kind));
  return finish_order(till, work);
}

}  // namespace

Handled carry_out(Till& till, const DropIntent& command) {
  if (auto no = forbidden(till, Permission::resend)) return tl::unexpected(*no);
  const auto row = load_outbox(till.database, command.row);
  if (!row || row->state == OutboxState::done) {
    return tl::unexpected(refuse("This was sent already."));
  }
  // A payment that was taken here is told as long as the platform may still take it.
  const bool is_open_payment =
      row->kind == OutboxKind::add_payment && row->state != OutboxState::refused;
  const bool intent =
      row->kind >= OutboxKind::capture && row->kind <= OutboxKind::adjust_stock && !is_open_payment;
  if (!intent) return tl::unexpected(refuse("This has happened here: it cannot be given up."));
  // What is on its way may have arrived.
  if (row->state == OutboxState::sending) {
    return tl::unexpected(refuse("This is on its way already."));
  }
  if (row->kind == OutboxKind::adjust_stock) return drop_stock_change(till, *row);
  auto order = load_order(till.database, row->order_row);
  if (!order) return tl::unexpected(refuse("This order is not there."));
  Work work(till);
  forget_intended(till.database, row->subject);
  delete_outbox(till.database, row->row);
  add_to_timeline(till, *order, "given up", word(row->kind), till.actor());
  work.note("given up", order->number, word(row->kind));
  if (std::string differs = booked_here(*order, *row); !differs.empty()) {
    order->attention = std::move(differs);
    write_order(till, *order);
    add_to_timeline(till, *order, "needs attention", order->attention, "till");
  }
  return finish_order(till, work);
}

}  // namespace core
