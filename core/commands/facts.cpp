#include "core/commands/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/orders/refund.h"
#include "core/store/catalogue_store.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"

namespace core {

namespace {

void put_on_shelf(Till& till, const Order& order, LineId id, Quantity quantity) {
  for (const LineItem& line : order.lines) {
    if (line.id == id && line.variant) change_stock(till.database, {line.variant}, quantity);
  }
}

void move_stock(Till& till, const Order& order, const Step& step) {
  if (step.refund) {
    for (const RefundedLine& line : step.refund->lines) {
      if (line.restock) put_on_shelf(till, order, line.line, line.quantity);
    }
  }
  if (step.verb != OutboxKind::cancel || !step.restock) return;
  for (const LineItem& line : order.lines) {
    put_on_shelf(till, order, line.id, refundable_quantity(order, line));
  }
}

// The parts of a step that is a fact now, of the order's new version.
void write_parts(Till& till, const Order& order, const Step& step, bool was_intended) {
  if (step.payment) insert_payment(till.database, order, *step.payment);
  for (const Payment& payment : step.more_payments) insert_payment(till.database, order, payment);
  if (step.refund) {
    was_intended ? confirm_refund(till.database, *step.refund)
                 : insert_refund(till.database, order, *step.refund, Standing::fact);
  }
  if (!step.fulfilment) return;
  const bool known =
      was_intended ||
      std::any_of(order.fulfilments.begin(), order.fulfilments.end(), [&](const Fulfilment& other) {
        return other.id == step.fulfilment->id && other.version != step.fulfilment->version;
      });
  known ? update_fulfilment(till.database, *step.fulfilment)
        : insert_fulfilment(till.database, order, *step.fulfilment, Standing::fact);
}

}  // namespace

std::string_view fact_word(const Step& step) {
  switch (step.verb) {
    case OutboxKind::capture:
      return "captured";
    case OutboxKind::void_authorization:
      return step.payment && step.payment->label == lapsed_label ? "authorization expired"
                                                                 : "authorization released";
    case OutboxKind::fulfil:
      if (!step.fulfilment || step.fulfilment->state == FulfilmentState::done) return "fulfilled";
      return step.fulfilment->state == FulfilmentState::ready ? "ready for pick-up" : "put back";
    case OutboxKind::refund:
      return "refunded";
    case OutboxKind::archive:
      return "archived";
    case OutboxKind::reopen:
      return "reopened";
    case OutboxKind::cancel:
      return "cancelled";
    default:
      return "changed";
  }
}

std::string detail_of(const Order& order, const Step& step, const Cause& cause) {
  if (step.refund)
    return to_text(note_on(order, *step.refund, step.payment ? &*step.payment : nullptr));
  if (!cause.because.empty()) return std::string(cause.because);
  if (!cause.detail.empty()) return cause.detail;
  if (!step.reason.empty()) return step.reason;
  return step.payment ? to_plain(step.payment->amount) : "";
}

void stamp(Step& step, std::int64_t version) {
  if (step.payment) step.payment->version = version;
  for (Payment& payment : step.more_payments) payment.version = version;
  if (step.fulfilment) step.fulfilment->version = version;
  if (step.refund) step.refund->version = version;
}

void make_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause,
               bool was_intended) {
  ++order.version;
  stamp(step, order.version);
  write_parts(till, order, step, was_intended);
  apply_step(order, step);
  write_order(till, order);
  move_stock(till, order, step);
  const std::string what =
      fmt::format("{}{}", fact_word(step), cause.because.empty() ? "" : " by rule");
  const std::string detail = detail_of(order, step, cause);
  add_to_timeline(till, order, what, detail, cause.because.empty() ? till.actor() : "rule");
  work.note(what, order.number, detail);
  if (step.fulfilment) mail_fulfilment(till, order, *step.fulfilment);
}

}  // namespace core
