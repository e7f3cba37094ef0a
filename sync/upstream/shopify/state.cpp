#include "sync/upstream/shopify/state.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "sync/upstream/shopify/order_input.h"

namespace syncing::shopify {

namespace {

core::Money money_or_none(const Json& json, std::string_view path, core::Currency currency) {
  return money_at(json, path).value_or(core::Money{0, currency});
}

core::Money left_of(const OrderState& order, const Transaction& payment) {
  core::Money left = payment.amount;
  for (const Transaction& other : order.transactions) {
    if (other.kind == "REFUND" && other.succeeded() && other.parent == payment.id) {
      left -= other.amount;
    }
  }
  return left;
}

bool is_payment(const Transaction& transaction) {
  return transaction.succeeded() && (transaction.kind == "SALE" || transaction.kind == "CAPTURE");
}

}  // namespace

std::optional<OrderState> order_state(const Json& order) {
  OrderState state;
  state.id = text_at(order, "id");
  if (state.id.empty()) return {};
  const core::Currency currency = core::currency_from(text_at(order, "currencyCode"));
  state.name = text_at(order, "name");
  state.fulfilment = text_at(order, "displayFulfillmentStatus");
  state.payment = text_at(order, "displayFinancialStatus");
  state.closed = flag_at(order, "closed");
  state.cancelled = !text_at(order, "cancelledAt").empty();
  state.can_mark_as_paid = flag_at(order, "canMarkAsPaid");
  // Without its total nothing can be compared: such an answer is no order.
  const auto total = money_at(order, "totalPriceSet");
  if (!total) return {};
  state.total = *total;
  state.received = money_or_none(order, "totalReceivedSet", currency);
  state.outstanding = money_or_none(order, "totalOutstandingSet", currency);
  state.refunded = money_or_none(order, "totalRefundedSet", currency);
  for (const Json& json : at(order, "transactions")) {
    state.transactions.push_back({text_at(json, "id"), text_at(json, "kind"),
                                  text_at(json, "status"), text_at(json, "gateway"),
                                  text_at(json, "parentTransaction.id"),
                                  money_or_none(json, "amountSet", currency)});
  }
  for (const Json& json : at(order, "refunds")) state.refund_notes.push_back(text_at(json, "note"));
  return state;
}

core::Money capturable(const OrderState& order, const Transaction& authorization) {
  core::Money left = authorization.amount;
  for (const Transaction& other : order.transactions) {
    if (!other.succeeded() || other.parent != authorization.id) continue;
    if (other.kind == "VOID") return {0, left.currency};
    if (other.kind == "CAPTURE") left -= other.amount;
  }
  return left.minor > 0 ? left : core::Money{0, left.currency};
}

core::Money captured(const OrderState& order) {
  core::Money sum{0, order.total.currency};
  for (const Transaction& transaction : order.transactions) {
    if (is_payment(transaction)) sum += transaction.amount;
  }
  return sum;
}

const Transaction* open_authorization(const OrderState& order) {
  const Transaction* best = nullptr;
  for (const Transaction& transaction : order.transactions) {
    if (transaction.kind != "AUTHORIZATION" || !transaction.succeeded()) continue;
    if (capturable(order, transaction).minor <= 0) continue;
    if (!best || capturable(order, transaction) > capturable(order, *best)) best = &transaction;
  }
  return best;
}

const Transaction* refundable_payment(const OrderState& order, std::string_view gateway,
                                      core::Money amount) {
  const Transaction* best = nullptr;
  const auto rank = [&](const Transaction& payment) {
    return std::pair(payment.gateway == gateway, left_of(order, payment));
  };
  for (const Transaction& transaction : order.transactions) {
    if (!is_payment(transaction) || left_of(order, transaction) < amount) continue;
    if (!best || rank(transaction) > rank(*best)) best = &transaction;
  }
  return best;
}

LinePlace line_place(const Json& line) {
  return {text_at(line, "id"),
          line_id_of(line),
          number_at(line, "quantity"),
          number_at(line, "currentQuantity"),
          number_at(line, "unfulfilledQuantity"),
          number_at(line, "refundableQuantity")};
}

SentParcel sent_parcel(const Json& fulfilment) {
  const std::string status = text_at(fulfilment, "status");
  SentParcel sent{text_at(fulfilment, "id"),
                  status != "CANCELLED" && status != "ERROR" && status != "FAILURE",
                  {}};
  for (const Json& item : at(fulfilment, "fulfillmentLineItems.nodes")) {
    sent.lines.emplace_back(text_at(item, "lineItem.id"), number_at(item, "quantity"));
  }
  return sent;
}

core::LineId line_id_of(const Json& line) {
  for (const Json& property : at(line, "customAttributes")) {
    if (text_at(property, "key") != line_property) continue;
    if (const auto id = core::uuid_from(text_at(property, "value"))) return {*id};
  }
  const std::string gid = text_at(line, "id");
  return {derived_id("shopify line", number_of(gid))};
}

Parcel parcel(const Json& fulfilment_order) {
  Parcel parcel{
      text_at(fulfilment_order, "id"), text_at(fulfilment_order, "status"), false, false, {}};
  for (const Json& action : at(fulfilment_order, "supportedActions")) {
    parcel.can_fulfil = parcel.can_fulfil || text_at(action, "action") == "CREATE_FULFILLMENT";
  }
  parcel.is_pickup = text_at(fulfilment_order, "deliveryMethod.methodType") == "PICK_UP";
  for (const Json& item : at(fulfilment_order, "lineItems.nodes")) {
    parcel.items.push_back(
        {text_at(item, "id"), text_at(item, "lineItem.id"), number_at(item, "remainingQuantity")});
  }
  return parcel;
}

// UUID version 8 (RFC 9562 section 5.8): bytes of a SHA-256.
core::Uuid derived_id(std::string_view what) {
  const std::string hex = core::sha256_hex(what);
  core::Uuid id;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(std::stoi(hex.substr(i * 2, 2), nullptr, 16));
  }
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

// The store keeps lines in the order of their ids, so the number comes first.
core::Uuid derived_id(std::string_view what, std::uint64_t number) {
  core::Uuid id = derived_id(std::string(what) + " " + std::to_string(number));
  for (std::size_t i = 0; i < 6; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * (5 - i)));
  }
  return id;
}

std::uint64_t number_of(std::string_view gid) {
  const std::string_view digits = gid.substr(gid.rfind('/') + 1);
  std::uint64_t number = 0;
  (void)std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace syncing::shopify
