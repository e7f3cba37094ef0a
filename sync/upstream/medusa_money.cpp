// What a dialogue tells Medusa of money: payments, captures, refunds.
#include <fmt/format.h>

#include <algorithm>

#include "sync/upstream/medusa_dialogue.h"

namespace syncing::medusa {

namespace {

core::Money sum_of(const core::Order& order, core::TransactionKind kind) {
  core::Money sum{0, order.currency};
  for (const core::Payment& payment : order.payments) {
    if (payment.kind == kind && core::stands(order, payment)) sum += payment.amount;
  }
  return sum;
}

// Payments that the till took, as they came.
std::vector<core::Money> own_payments(const core::Order& order) {
  std::vector<core::Money> amounts;
  for (const core::Payment& payment : order.payments) {
    if (payment.kind == core::TransactionKind::sale && core::stands(order, payment) &&
        payment.amount.minor > 0) {
      amounts.push_back(payment.amount);
    }
  }
  return amounts;
}

core::Money sum(const std::vector<core::Money>& amounts, core::Currency currency) {
  core::Money all{0, currency};
  for (const core::Money& amount : amounts) all += amount;
  return all;
}

}  // namespace

// One collection for each payment, as they came, and one for the rest: without
// the last one Medusa would call a part payment "captured".
Dialogue::Step Dialogue::settle_money() {
  const core::Money received = sum(own_payments(job_.order), job_.order.currency);
  const auto pay = [&](const std::string& collection) -> Step {
    collection_ = collection;
    return ask(Asked::paid,
               api_->post(fmt::format("/admin/payment-collections/{}/mark-as-paid", collection),
                          {{"order_id", id_}}));
  };
  const auto make = [&](core::Money amount) -> Step {
    return ask(Asked::collection, api_->post("/admin/payment-collections",
                                             {{"order_id", id_}, {"amount", number(amount)}}));
  };
  const core::Money there = state_->captured();
  const CollectionState* open = nullptr;
  for (const CollectionState& collection : state_->collections) {
    if (collection.status == "not_paid" || collection.status == "awaiting") open = &collection;
  }
  const core::Money missing = received - there;
  core::Money wanted = missing;
  if (missing.minor > 0) {
    // The first of our payments that is not there, if they came one by one.
    core::Money before{0, received.currency};
    for (const core::Money& amount : own_payments(job_.order)) {
      if (before == there) wanted = amount;
      before += amount;
    }
    if (wanted > missing) wanted = missing;
  } else {
    wanted = state_->sold_for() - there;
    if (wanted.minor <= 0 || !is_own()) return {};
  }
  if (open && open->amount != wanted) {
    return ask(Asked::dropped,
               api_->remove(fmt::format("/admin/payment-collections/{}", open->id)));
  }
  if (!open) return make(wanted);
  if (missing.minor > 0) return pay(open->id);
  return {};
}

// Goods first: money that Medusa owes for nothing yet would become a credit of its
// own, and the goods would make it owe the same again.
Dialogue::Step Dialogue::give_back() {
  if (Step step = take_back()) return step;
  return settle_refunds();
}

// Money back on whatever payment still has some.
Dialogue::Step Dialogue::settle_refunds() {
  const core::Money refunded = sum_of(job_.order, core::TransactionKind::refund);
  core::Money missing = refunded - state_->refunded();
  if (!told_ && job_.kind == core::OutboxKind::refund) told_ = job_.amount;
  if (missing.minor <= 0) return {};
  for (const CollectionState& collection : state_->collections) {
    for (const PaymentState& payment : collection.payments) {
      const core::Money left = payment.captured - payment.refunded;
      if (left.minor <= 0) continue;
      // A payment that was booked a moment ago has no name here yet.
      if (payment.id.empty()) {
        state_.reset();
        return find();
      }
      return write(api_->post(fmt::format("/admin/payments/{}/refund", payment.id),
                              {{"amount", number(std::min(missing, left))},
                               {"note", job_.note.empty() ? job_.order.number : job_.note}}));
    }
  }
  return refused(
      fmt::format("Medusa has received too little to give back {}.", core::to_plain(missing)));
}

// Up to the sum of what was captured before and what this asks for: a repeated
// part of a capture would be booked again.
Dialogue::Step Dialogue::capture() {
  const core::Payment* subject = nullptr;
  core::Money before{0, job_.order.currency};
  for (const core::Payment& payment : job_.order.payments) {
    if (payment.id.uuid == job_.subject) {
      subject = &payment;
    } else if (payment.kind == core::TransactionKind::capture &&
               payment.state == core::TransactionState::success) {
      before += payment.amount;
    }
  }
  const core::Money amount = job_.amount.minor > 0 || !subject ? job_.amount : subject->amount;
  const core::Money missing = before + amount - state_->captured();
  if (!told_) told_ = amount;
  if (missing.minor <= 0) return {};
  for (const CollectionState& collection : state_->collections) {
    for (const PaymentState& payment : collection.payments) {
      const core::Money left = payment.amount - payment.captured;
      if (payment.is_canceled || left.minor <= 0) continue;
      return write(api_->post(fmt::format("/admin/payments/{}/capture", payment.id),
                              {{"amount", number(std::min(left, missing))}}));
    }
  }
  return refused("Nothing is authorized at Medusa that could be captured.");
}

}  // namespace syncing::medusa
