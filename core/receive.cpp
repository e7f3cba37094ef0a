#include "core/receive.h"

#include <algorithm>

namespace core {

namespace {

// The known item that is the incoming one; end: it is new. Items that are taken
// already are passed over, so that two equal ones stay two.
template <class Item, class Same>
auto match(std::vector<Item>& known, std::vector<bool>& taken, const Item& incoming, Same same) {
  const auto find = [&](auto fits) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (!taken[i] && fits(known[i])) return i;
    }
    return known.size();
  };
  std::size_t at = find([&](const Item& item) { return item.id == incoming.id; });
  if (at == known.size() && !incoming.upstream_id.empty()) {
    at = find([&](const Item& item) { return item.upstream_id == incoming.upstream_id; });
    if (at == known.size()) {
      at = find([&](const Item& item) { return item.upstream_id.empty() && same(item); });
    }
  }
  if (at < known.size()) taken[at] = true;
  return known.begin() + static_cast<std::ptrdiff_t>(at);
}

// A payment at the counter is a sale here and may be a capture there.
bool takes_money(TransactionKind kind) {
  return kind == TransactionKind::sale || kind == TransactionKind::capture;
}

// A payment never changes: another state of it is another payment.
void merge_payments(Order& result, const Order& known, const Order& incoming) {
  result.payments = known.payments;
  std::vector<bool> taken(result.payments.size(), false);
  for (std::size_t i = 0; i < result.payments.size(); ++i) {
    taken[i] = std::none_of(
        incoming.payments.begin(), incoming.payments.end(),
        [&](const Payment& payment) { return payment.state == result.payments[i].state; });
  }
  std::vector<Payment> fresh;
  for (const Payment& payment : incoming.payments) {
    const auto at = match(result.payments, taken, payment, [&](const Payment& mine) {
      const bool alike =
          mine.kind == payment.kind || (takes_money(mine.kind) && takes_money(payment.kind));
      return alike && mine.amount == payment.amount &&
             (!takes_money(mine.kind) || stands(known, mine));
    });
    if (at == result.payments.end() || at->state != payment.state) {
      fresh.push_back(payment);
    } else if (at->upstream_id.empty()) {
      at->upstream_id = payment.upstream_id;
    }
  }
  for (Payment& payment : fresh) result.payments.push_back(std::move(payment));
}

void merge_fulfilments(Order& result, const Order& known, const Order& incoming) {
  result.fulfilments = known.fulfilments;
  std::vector<bool> taken(result.fulfilments.size(), false);
  for (const Fulfilment& theirs : incoming.fulfilments) {
    const auto at = match(result.fulfilments, taken, theirs, [&](const Fulfilment& mine) {
      return mine.state == theirs.state && mine.lines == theirs.lines;
    });
    if (at == result.fulfilments.end()) {
      result.fulfilments.push_back(theirs);
      taken.push_back(true);
      continue;
    }
    at->state = theirs.state;
    if (!theirs.upstream_id.empty()) at->upstream_id = theirs.upstream_id;
    if (!theirs.carrier.empty()) at->carrier = theirs.carrier;
    if (!theirs.tracking_number.empty()) at->tracking_number = theirs.tracking_number;
    if (!theirs.tracking_url.empty()) at->tracking_url = theirs.tracking_url;
  }
}

void merge_refunds(Order& result, const Order& known, const Order& incoming) {
  result.refunds = known.refunds;
  std::vector<bool> taken(result.refunds.size(), false);
  for (const Refund& theirs : incoming.refunds) {
    const auto at = match(result.refunds, taken, theirs,
                          [&](const Refund& mine) { return mine.amount == theirs.amount; });
    if (at == result.refunds.end()) {
      result.refunds.push_back(theirs);
      taken.push_back(true);
    } else if (at->upstream_id.empty()) {
      at->upstream_id = theirs.upstream_id;
    }
  }
}

}  // namespace

Order merged(const Order& known, const Order& incoming) {
  Order result = incoming;
  result.id = known.id;
  result.row = known.row;
  result.is_new = known.is_new;
  result.timeline = known.timeline;
  result.cashier = incoming.cashier.empty() ? known.cashier : incoming.cashier;
  if (incoming.cash_rounding.is_zero()) result.cash_rounding = known.cash_rounding;
  if (known.customer_edited) {
    result.customer = known.customer;
    result.customer_edited = true;
  }
  if (result.upstream_id.empty()) result.upstream_id = known.upstream_id;
  if (result.upstream_number.empty()) result.upstream_number = known.upstream_number;
  if (incoming.version == 0) result.version = known.version;
  merge_payments(result, known, incoming);
  merge_fulfilments(result, known, incoming);
  merge_refunds(result, known, incoming);
  return result;
}

bool is_news(const Order& known, const Order& incoming) {
  if (incoming.version > 0) return incoming.version > known.version;
  Order both = merged(known, incoming);
  // The till judges these itself when it takes the order over.
  both.attention = known.attention;
  return !(both == known) || unknown_capture(both, incoming);
}

const Payment* unknown_capture(const Order& both, const Order& incoming) {
  // Where the till is the master, nobody else has to know its captures.
  if (both.upstream_id.empty()) return nullptr;
  for (const Payment& payment : both.payments) {
    const bool named = !payment.upstream_id.empty() ||
                       std::any_of(incoming.payments.begin(), incoming.payments.end(),
                                   [&](const Payment& theirs) { return theirs.id == payment.id; });
    const bool ours = payment.kind == TransactionKind::capture && !named;
    if (ours && stands(both, payment)) return &payment;
  }
  return nullptr;
}

std::string_view attention_of(const Order& order, Currency shop) {
  if (!order.attention.empty()) return order.attention;
  if (order.lines.empty()) return "This order has no lines.";
  if (order.currency == Currency{}) return "This order says no currency.";
  if (order.currency != shop) return "This order is in another currency.";
  if (order.delivery == Delivery::shipping && !order.address.is_known()) {
    return "There is no address to ship to.";
  }
  if (order.customer.email.empty() && order.delivery != Delivery::counter) {
    return "There is no e-mail address.";
  }
  return "";
}

}  // namespace core
