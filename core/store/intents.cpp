#include "core/store/intents.h"

#include <algorithm>

#include "core/store/fulfilment_store.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

// A payment that takes from, or gives back, the open authorization.
Payment about_authorization(const Order& order, TransactionKind kind, const OutboxRow& row) {
  Payment payment;
  payment.id = {row.subject};
  payment.kind = kind;
  payment.tender = Tender::other;
  payment.amount = payment.given = {row.amount.minor, order.currency};
  payment.at = row.created;
  payment.version = row.version;
  if (const Payment* open = open_authorization(order)) {
    payment.original = open->id;
    payment.tender = open->tender;
    payment.label = open->label;
    payment.reference = open->reference;
  }
  return payment;
}

Payment of_refund(const Order& order, const Refund& refund, const OutboxRow& row) {
  Payment payment;
  payment.id = refund.payments.empty() ? TransactionId{row.subject} : refund.payments.front();
  payment.kind = TransactionKind::refund;
  payment.tender = Tender::other;
  payment.amount = payment.given = {row.amount.minor, order.currency};
  payment.at = row.created;
  payment.version = row.version;
  for (const Payment& taken : order.payments) {
    const bool money =
        taken.kind == TransactionKind::sale || taken.kind == TransactionKind::capture;
    if (!money || !stands(order, taken)) continue;
    payment.original = taken.id;
    payment.tender = taken.tender;
    payment.label = taken.label;
    payment.reference = taken.reference;
  }
  return payment;
}

}  // namespace

Step step_of(Database& database, const OutboxRow& row, const Order& order) {
  Step step;
  step.verb = row.kind;
  step.reason = row.note;
  step.restock = row.restock;
  switch (row.kind) {
    case OutboxKind::capture:
      step.payment = about_authorization(order, TransactionKind::capture, row);
      break;
    case OutboxKind::void_authorization:
      step.payment = about_authorization(order, TransactionKind::void_, row);
      break;
    case OutboxKind::fulfil:
      step.fulfilment = find_intended_fulfilment(database, row.subject);
      break;
    case OutboxKind::refund:
      step.refund = find_intended_refund(database, row.subject, order.currency);
      if (step.refund && row.amount.minor > 0) step.payment = of_refund(order, *step.refund, row);
      break;
    default:
      break;
  }
  return step;
}

Order foreseen(Database& database, const Order& order) {
  Order later = order;
  for (const OutboxRow& row : open_intents(database, order.row)) {
    apply_step(later, step_of(database, row, later));
  }
  return later;
}

Order order_for(Database& database, const OutboxRow& row, const Order& order) {
  Order past = as_of(order, row.version);
  if (row.kind == OutboxKind::push_order) return past;
  // An intent is judged by the adapter on what upstream has: it needs all that is known.
  past = order;
  Step step = step_of(database, row, past);
  const auto has = [&](const TransactionId& id) {
    return std::any_of(past.payments.begin(), past.payments.end(),
                       [&](const Payment& payment) { return payment.id == id; });
  };
  if (step.payment && !has(step.payment->id)) past.payments.push_back(*step.payment);
  if (step.fulfilment) past.fulfilments.push_back(*step.fulfilment);
  if (step.refund) past.refunds.push_back(*step.refund);
  return past;
}

}  // namespace core
