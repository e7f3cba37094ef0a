// What a dialogue tells Medusa of money: payments, captures, refunds.
#include <fmt/format.h>

#include <algorithm>

#include "core/orders/refund.h"
#include "sync/upstream/medusa/dialogue.h"

namespace syncing::medusa {

namespace {

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

Dialogue::Step Dialogue::pay(const std::string& collection) {
  collection_ = collection;
  return ask(Asked::paid,
             api_->post(fmt::format("/admin/payment-collections/{}/mark-as-paid", collection),
                        {{"order_id", id_}}));
}

Dialogue::Step Dialogue::make_collection(core::Money amount) {
  return ask(Asked::collection, api_->post("/admin/payment-collections",
                                           {{"order_id", id_}, {"amount", number(amount)}}));
}

// A payment at this counter for an order of Medusa's is one collection. Its name is
// written to the order before it is paid, so that it is found again and is nobody else's.
Dialogue::Step Dialogue::add_payment() {
  const std::string mark = std::string(payment_mark) + core::to_text(job_.subject);
  const std::string named = text_at(state_->metadata, mark);
  for (const CollectionState& collection : state_->collections) {
    if (collection.id != named || named.empty()) continue;
    const bool is_open = collection.status == "not_paid" || collection.status == "awaiting";
    return is_open ? pay(named) : Step{};
  }
  // One that was named and is gone was dropped by an edit before it was paid.
  for (const CollectionState& collection : state_->collections) {
    const bool is_open = collection.status == "not_paid" || collection.status == "awaiting";
    if (is_open && collection.amount == job_.amount) collection_ = collection.id;
  }
  if (collection_.empty()) return make_collection(job_.amount);
  return write(api_->post(changed(""), {{"metadata", {{mark, collection_}}}}));
}

// One collection for each payment, as they came, and one for the rest: without
// the last one Medusa would call a part payment "captured".
Dialogue::Step Dialogue::settle_money() {
  const core::Money received = sum(own_payments(job_.order), job_.order.currency);
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
    if (wanted.minor <= 0) return {};
  }
  if (open && open->amount != wanted) {
    return ask(Asked::dropped,
               api_->remove(fmt::format("/admin/payment-collections/{}", open->id)));
  }
  if (!open) return make_collection(wanted);
  if (missing.minor > 0) return pay(open->id);
  return {};
}

// Goods first: money that Medusa owes for nothing yet would become a credit of its
// own, and the goods would make it owe the same again.
Dialogue::Step Dialogue::give_back() {
  if (Step step = take_back()) return step;
  return settle_refunds();
}

namespace {

bool has_mark(const RefundState& there, const core::Refund& refund) {
  return there.note.find(core::refund_mark(refund)) != std::string::npos;
}

}  // namespace

// How much of a refund Medusa has booked: what carries its mark. An older program told
// those of a till's order by their reason alone.
core::Money Dialogue::told_of(const core::Refund& refund) const {
  core::Money told{0, job_.order.currency};
  bool is_old_one_there = false;
  const std::string& reason = refund.reason.empty() ? job_.order.number : refund.reason;
  for (const CollectionState& collection : state_->collections) {
    for (const PaymentState& payment : collection.payments) {
      for (const RefundState& there : payment.refunds) {
        if (has_mark(there, refund)) told += there.amount;
        is_old_one_there |= there.note == reason && there.amount == refund.amount;
      }
    }
  }
  if (told.is_zero() && is_own() && is_old_one_there) return refund.amount;
  return told;
}

// Money back on whatever payment still has some. Only what carries the refund's mark is
// this refund: an equal one that somebody gave there is another.
Dialogue::Step Dialogue::settle_refunds() {
  if (!told_ && job_.kind == core::OutboxKind::refund) told_ = job_.amount;
  for (const core::Refund& refund : job_.order.refunds) {
    if (!is_own() && !refund.upstream_id.empty()) continue;
    const core::Money missing = refund.amount - told_of(refund);
    if (missing.minor <= 0) continue;
    for (const CollectionState& collection : state_->collections) {
      for (const PaymentState& payment : collection.payments) {
        const core::Money left = payment.captured - payment.refunded;
        if (left.minor <= 0) continue;
        // A payment that was booked a moment ago has no name here yet.
        if (payment.id.empty()) {
          state_.reset();
          return find();
        }
        const std::string& reason = refund.reason.empty() ? job_.order.number : refund.reason;
        return write(api_->post(fmt::format("/admin/payments/{}/refund", payment.id),
                                {{"amount", number(std::min(missing, left))},
                                 {"note", reason + " " + core::refund_mark(refund)}}));
      }
    }
    return refused(
        fmt::format("{} were given back here, and Medusa has nothing left that was received: it "
                    "has given back {} of {}.",
                    core::to_plain(refund.amount), core::to_plain(state_->refunded()),
                    core::to_plain(state_->captured())));
  }
  return {};
}

namespace {

const core::Payment* payment_with(const core::Order& order, const core::Uuid& id) {
  const auto at = std::find_if(order.payments.begin(), order.payments.end(),
                               [&](const core::Payment& payment) { return payment.id.uuid == id; });
  return at == order.payments.end() ? nullptr : &*at;
}

}  // namespace

// Up to the sum of what was captured before of the same authorization and what this asks
// for: a repeated part of a capture would be booked again.
Dialogue::Step Dialogue::capture() {
  const core::Payment* subject = payment_with(job_.order, job_.subject);
  const core::Payment* held = subject ? payment_with(job_.order, subject->original.uuid) : nullptr;
  core::Money missing = job_.amount.minor > 0 || !subject ? job_.amount : subject->amount;
  if (!told_) told_ = missing;
  for (const core::Payment& payment : job_.order.payments) {
    const bool is_same = !held || payment.original == held->id || payment.original.is_nil();
    const bool counts = payment.kind == core::TransactionKind::capture && is_same &&
                        core::stands(job_.order, payment);
    if (counts && &payment != subject) missing += payment.amount;
  }
  const PaymentState* open = nullptr;
  for (const CollectionState& collection : state_->collections) {
    for (const PaymentState& payment : collection.payments) {
      if (held && !held->upstream_id.empty() && payment.id != held->upstream_id) continue;
      missing -= payment.captured;
      if (!payment.is_canceled && payment.amount > payment.captured && !open) open = &payment;
    }
  }
  if (missing.minor <= 0) return {};
  if (!open && wrote_) {
    *told_ -= missing;  // all that was still authorized
    return {};
  }
  if (!open && state_->status == "canceled") return was_cancelled();
  if (!open) {
    return refused(fmt::format(
        "{} were to be captured, and Medusa holds no authorized payment of this order "
        "any more. It has received {}, and its total is {} now.",
        core::to_plain(*told_), core::to_plain(state_->captured()), core::to_plain(state_->total)));
  }
  wrote_ = true;
  return write(api_->post(fmt::format("/admin/payments/{}/capture", open->id),
                          {{"amount", number(std::min(open->amount - open->captured, missing))}}));
}

}  // namespace syncing::medusa
