#include "core/order.h"

#include <algorithm>
#include <array>

namespace core {

std::string_view word(PaymentStatus status) {
  static constexpr std::array<std::string_view, 8> words{
      "pending",  "authorized", "partially_paid", "paid", "partially_refunded",
      "refunded", "voided",     "expired"};
  return words[static_cast<std::size_t>(status)];
}

std::string_view word(Tender tender) {
  static constexpr std::array<std::string_view, 4> words{"cash", "card", "gift_card", "other"};
  return words[static_cast<std::size_t>(tender)];
}

std::string_view word(Stage stage) {
  static constexpr std::array<std::string_view, 5> words{"draft", "parked", "open", "archived",
                                                         "cancelled"};
  return words[static_cast<std::size_t>(stage)];
}

std::string_view word(TransactionKind kind) {
  static constexpr std::array<std::string_view, 5> words{"sale", "authorization", "capture", "void",
                                                         "refund"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(TransactionState state) {
  static constexpr std::array<std::string_view, 4> words{"success", "failure", "pending",
                                                         "unknown"};
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

}  // namespace

Money paid_sum(const Order& order) {
  return sum_of(order, {TransactionKind::sale, TransactionKind::capture}) -
         sum_of(order, {TransactionKind::refund});
}

PaymentStatus payment_status(const Order& order, Money total) {
  const Money received = sum_of(order, {TransactionKind::sale, TransactionKind::capture});
  const Money refunded = sum_of(order, {TransactionKind::refund});
  if (refunded.minor > 0) {
    return refunded >= received ? PaymentStatus::refunded : PaymentStatus::partially_refunded;
  }
  if (received >= total) return PaymentStatus::paid;
  if (received.minor > 0) return PaymentStatus::partially_paid;
  if (sum_of(order, {TransactionKind::void_}).minor > 0) return PaymentStatus::voided;
  if (sum_of(order, {TransactionKind::authorization}).minor > 0) return PaymentStatus::authorized;
  return PaymentStatus::pending;
}

std::string payment_word(const Order& order, Money total) {
  if (!order.upstream_payment.empty()) return order.upstream_payment;
  return std::string(word(payment_status(order, total)));
}

std::string fulfilment_word(const Order& order) {
  return order.fulfilment.empty() ? "unfulfilled" : order.fulfilment;
}

Order as_of(const Order& order, std::int64_t version) {
  Order past = order;
  past.version = std::min(order.version, version);
  std::erase_if(past.payments, [&](const Payment& p) { return p.version > version; });
  std::erase_if(past.fulfilments, [&](const Fulfilment& f) { return f.version > version; });
  std::erase_if(past.refunds, [&](const Refund& r) { return r.version > version; });
  return past;
}

std::int64_t piece_count(const Order& order) {
  std::int64_t count = 0;
  for (const LineItem& line : order.lines) {
    count += line.unit == Unit::kilogram || !line.quantity.is_whole()
                 ? 1
                 : line.quantity.thousandths / 1000;
  }
  return count;
}

}  // namespace core
