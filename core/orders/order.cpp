#include "core/orders/order.h"

#include <algorithm>
#include <array>

#include "core/orders/account.h"

namespace core {

std::string_view word(PaymentStatus status) {
  static constexpr std::array<std::string_view, 8> words{
      "pending",  "authorized", "partially_paid", "paid", "partially_refunded",
      "refunded", "voided",     "expired"};
  return words[static_cast<std::size_t>(status)];
}

std::string_view word(Tender tender) {
  static constexpr std::array<std::string_view, stored_count<Tender>> words{"cash", "card",
                                                                            "gift_card", "other"};
  return words[static_cast<std::size_t>(tender)];
}

std::string_view word(Stage stage) {
  static constexpr std::array<std::string_view, 6> words{"draft",    "parked",    "open",
                                                         "archived", "cancelled", "training"};
  return words[static_cast<std::size_t>(stage)];
}

std::string_view word(TransactionKind kind) {
  static constexpr std::array<std::string_view, stored_count<TransactionKind>> words{
      "sale", "authorization", "capture", "void", "refund", "payout"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(ReturnKind kind) {
  static constexpr std::array<std::string_view, stored_count<ReturnKind>> words{
      "of_receipt", "without_receipt", "deposit"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(Shelf shelf) {
  static constexpr std::array<std::string_view, stored_count<Shelf>> words{"nowhere", "restock",
                                                                           "damaged"};
  return words[static_cast<std::size_t>(shelf)];
}

std::string_view word(TransactionState state) {
  static constexpr std::array<std::string_view, stored_count<TransactionState>> words{
      "success", "failure", "pending", "unknown"};
  return words[static_cast<std::size_t>(state)];
}

std::string_view word(Delivery delivery) {
  static constexpr std::array<std::string_view, stored_count<Delivery>> words{"counter", "shipping",
                                                                              "pickup", "digital"};
  return words[static_cast<std::size_t>(delivery)];
}

std::string_view word(FulfilmentState state) {
  static constexpr std::array<std::string_view, stored_count<FulfilmentState>> words{
      "ready", "done", "cancelled"};
  return words[static_cast<std::size_t>(state)];
}

bool stands(const Order& order, const Payment& payment) {
  if (payment.state != TransactionState::success) return false;
  return std::none_of(order.payments.begin(), order.payments.end(), [&](const Payment& other) {
    return other.kind == TransactionKind::void_ && !other.original.is_nil() &&
           other.original == payment.id;
  });
}

namespace {

Money sum_of(const Order& order, std::initializer_list<TransactionKind> kinds) {
  Money sum{0, order.currency};
  for (const Payment& payment : order.payments) {
    const bool counts = std::find(kinds.begin(), kinds.end(), payment.kind) != kinds.end();
    if (counts && stands(order, payment)) sum += payment.amount;
  }
  return sum;
}

// A void without an original is that of an upstream that does not say.
bool takes_back_authorization(const Order& order, const Payment& payment) {
  if (payment.kind != TransactionKind::void_ || payment.state != TransactionState::success) {
    return false;
  }
  const auto original =
      std::find_if(order.payments.begin(), order.payments.end(),
                   [&](const Payment& other) { return other.id == payment.original; });
  return original == order.payments.end() || original->kind == TransactionKind::authorization;
}

// What was captured of an authorization; captures that name none count for the first.
Money captured_of(const Order& order, const Payment& authorization, bool is_first) {
  Money sum{0, order.currency};
  for (const Payment& payment : order.payments) {
    if (payment.kind != TransactionKind::capture || !stands(order, payment)) continue;
    const bool named = payment.original == authorization.id;
    if (named || (payment.original.is_nil() && is_first)) sum += payment.amount;
  }
  return sum;
}

// Calls `look(authorization, what is left of it)` for each that is open.
template <class Look>
void each_open_authorization(const Order& order, Look look) {
  bool is_first = true;
  for (const Payment& payment : order.payments) {
    if (payment.kind != TransactionKind::authorization || !stands(order, payment)) continue;
    const Money left = payment.amount - captured_of(order, payment, is_first);
    is_first = false;
    if (left.minor > 0) look(payment, left);
  }
}

// Whether the parcel had left when the money was given back; null: whenever.
bool was_before(const Fulfilment& fulfilment, const Refund* refund) {
  return !refund || (fulfilment.version <= refund->version && fulfilment.at <= refund->at);
}

std::int64_t sum_fulfilled(const Order& order, LineId line, const Refund* before = nullptr) {
  std::int64_t sum = 0;
  for (const Fulfilment& fulfilment : order.fulfilments) {
    if (fulfilment.state != FulfilmentState::done || !was_before(fulfilment, before)) continue;
    for (const LineQuantity& part : fulfilment.lines) {
      if (part.line == line) sum += part.quantity.thousandths;
    }
  }
  return sum;
}

std::int64_t sum_of_line(const Refund& refund, LineId line) {
  std::int64_t sum = 0;
  for (const RefundedLine& part : refund.lines) {
    if (part.line == line) sum += part.quantity.thousandths;
  }
  return sum;
}

std::int64_t sum_refunded(const Order& order, LineId line) {
  std::int64_t sum = 0;
  for (const Refund& refund : order.refunds) sum += sum_of_line(refund, line);
  return sum;
}

// What was refunded while it had not left: it will not leave any more.
std::int64_t sum_kept_back(const Order& order, LineId line) {
  std::int64_t kept = 0, came_back = 0;
  for (const Refund& refund : order.refunds) {
    const std::int64_t part = sum_of_line(refund, line);
    const std::int64_t out = sum_fulfilled(order, line, &refund) - came_back;
    const std::int64_t of_those = std::clamp<std::int64_t>(out, 0, part);
    came_back += of_those;
    kept += part - of_those;
  }
  return kept;
}

}  // namespace

Money returned_worth(const Order& order) {
  Money sum{0, order.currency};
  for (const ReturnLine& line : order.returns) sum += line.amount;
  return sum;
}

Money paid_out_sum(const Order& order) {
  return sum_of(order, {TransactionKind::payout});
}

Money tendered_sum(const Order& order) {
  return sum_of(order, {TransactionKind::sale, TransactionKind::capture}) - paid_out_sum(order);
}

bool has_tenders(const Order& order) {
  return std::any_of(order.payments.begin(), order.payments.end(), [&](const Payment& payment) {
    const bool moves =
        payment.kind == TransactionKind::sale || payment.kind == TransactionKind::payout;
    return moves && stands(order, payment);
  });
}

Money received_sum(const Order& order) {
  return tendered_sum(order) + returned_worth(order);
}

Money refunded_sum(const Order& order) {
  return sum_of(order, {TransactionKind::refund});
}

Money paid_sum(const Order& order) {
  return received_sum(order) - refunded_sum(order);
}

Money still_owed(const Order& order, Money total) {
  const Money zero{0, order.currency};
  const std::string status = payment_word(order, total);
  const auto is = [&](PaymentStatus settled) { return status == word(settled); };
  if (order.stage == Stage::cancelled || is(PaymentStatus::paid)) return zero;
  // Of a platform that does not tell its payments nothing can be reckoned; of one that does,
  // goods that were added after all was given back, or after an edit released what was
  // authorized, are owed.
  const bool is_reckoned = order.upstream_payment.empty();
  const bool is_changed_there = is_reckoned && order.channel != "till" && !order.refunds.empty();
  if (is(PaymentStatus::refunded) && !is_changed_there) return zero;
  const bool is_settled = is(PaymentStatus::voided) || is(PaymentStatus::partially_refunded);
  if (is_settled && !is_reckoned) return zero;
  return std::max(zero, owed(order, total));
}

Money open_rounding(const Order& order) {
  Money open{order.cash_rounding.minor, order.currency};
  for (const Refund& refund : order.refunds) open -= refund.rounding;
  return open;
}

namespace {

bool is_all_back(const Order& order) {
  return order.extras.empty() && std::ranges::all_of(order.lines, [&](const LineItem& line) {
           return refundable_quantity(order, line).thousandths == 0;
         });
}

// Coins are no reason to owe anything: where a refund was rounded, or all has come back in
// exchange for other goods, what it was worth is compared with what was bought.
bool is_all_refunded(const Order& order, Money received, Money refunded) {
  if (refunded >= received) return true;
  const bool is_rounded = std::any_of(order.refunds.begin(), order.refunds.end(),
                                      [](const Refund& r) { return r.rounding.minor != 0; });
  if (!is_rounded && !is_all_back(order)) return false;
  return received - refunded <= open_rounding(order);
}

}  // namespace

Money refundable_sum(const Order& order) {
  const Money received = received_sum(order);
  const Money refunded = refunded_sum(order);
  if (is_all_refunded(order, received, refunded)) return {0, order.currency};
  return received - refunded;
}

PaymentStatus payment_status(const Order& order, Money total) {
  const Money received = received_sum(order);
  const Money refunded = refunded_sum(order);
  if (refunded.minor > 0) {
    return is_all_refunded(order, received, refunded) ? PaymentStatus::refunded
                                                      : PaymentStatus::partially_refunded;
  }
  if (owed(order, total).minor <= 0) return PaymentStatus::paid;
  if (received.minor > 0) return PaymentStatus::partially_paid;
  if (sum_of(order, {TransactionKind::authorization}).minor > 0) return PaymentStatus::authorized;
  for (auto payment = order.payments.rbegin(); payment != order.payments.rend(); ++payment) {
    if (!takes_back_authorization(order, *payment)) continue;
    return payment->label == lapsed_label ? PaymentStatus::expired : PaymentStatus::voided;
  }
  return PaymentStatus::pending;
}

std::string payment_word(const Order& order, Money total) {
  if (!order.upstream_payment.empty()) return order.upstream_payment;
  return std::string(word(payment_status(order, total)));
}

std::string fulfilment_word(const Order& order) {
  if (!order.fulfilment.empty()) return order.fulfilment;
  const bool any = std::any_of(
      order.fulfilments.begin(), order.fulfilments.end(),
      [](const Fulfilment& fulfilment) { return fulfilment.state == FulfilmentState::done; });
  if (!any) return "unfulfilled";
  return open_lines(order).empty() ? "fulfilled" : "partially_fulfilled";
}

Quantity fulfilled_quantity(const Order& order, const LineItem& line) {
  const std::int64_t sent = sum_fulfilled(order, line.id);
  // Over the counter all leaves at once, in no parcel.
  const bool all_left = order.fulfilment == "fulfilled" && order.fulfilments.empty();
  return all_left ? line.quantity : Quantity{sent};
}

Quantity returned_quantity(const Order& order, const LineItem& line) {
  std::int64_t back = line.returned.thousandths;
  for (const Refund& refund : order.refunds) {
    if (refund.upstream_id.empty()) back += sum_of_line(refund, line.id);
  }
  return {back};
}

Quantity open_quantity(const Order& order, const LineItem& line) {
  const std::int64_t left =
      line.quantity.thousandths - sum_fulfilled(order, line.id) - sum_kept_back(order, line.id);
  return {std::max<std::int64_t>(0, left)};
}

std::vector<LineQuantity> open_lines(const Order& order) {
  std::vector<LineQuantity> open;
  // The word of an upstream that does not tell its parcels.
  if (order.fulfilment == "fulfilled") return open;
  for (const LineItem& line : order.lines) {
    const Quantity left = open_quantity(order, line);
    if (left.thousandths > 0) open.push_back({line.id, left});
  }
  return open;
}

Quantity refundable_quantity(const Order& order, const LineItem& line) {
  const std::int64_t given =
      std::max(sum_refunded(order, line.id), returned_quantity(order, line).thousandths);
  return {std::max<std::int64_t>(0, line.quantity.thousandths - given)};
}

Money capturable_sum(const Order& order) {
  Money sum{0, order.currency};
  each_open_authorization(order, [&](const Payment&, Money left) { sum += left; });
  return sum;
}

const Payment* open_authorization(const Order& order) {
  const Payment* found = nullptr;
  each_open_authorization(order, [&](const Payment& payment, Money) {
    if (!found) found = &payment;
  });
  return found;
}

Instant authorization_expiry(const Order& order) {
  if (order.stage == Stage::cancelled) return {};  // nothing of it is captured any more
  Instant first{};
  each_open_authorization(order, [&](const Payment& payment, Money) {
    if (payment.expires == Instant{}) return;
    if (first == Instant{} || payment.expires < first) first = payment.expires;
  });
  return first;
}

Order as_of(const Order& order, std::int64_t version) {
  Order past = order;
  past.version = std::min(order.version, version);
  std::erase_if(past.payments, [&](const Payment& p) { return p.version > version; });
  std::erase_if(past.fulfilments, [&](const Fulfilment& f) { return f.version > version; });
  std::erase_if(past.refunds, [&](const Refund& r) { return r.version > version; });
  return past;
}

namespace {

template <class Line>
std::int64_t pieces_of(const std::vector<Line>& lines) {
  std::int64_t count = 0;
  for (const Line& line : lines) {
    count += line.unit == Unit::kilogram || !line.quantity.is_whole()
                 ? 1
                 : line.quantity.thousandths / 1000;
  }
  return count;
}

}  // namespace

std::int64_t piece_count(const Order& order) {
  return pieces_of(order.lines);
}

std::int64_t returned_piece_count(const Order& order) {
  return pieces_of(order.returns);
}

}  // namespace core
