#include "sync/upstream/medusa/state.h"

#include <algorithm>

namespace syncing::medusa {

const std::string_view order_fields =
    "id,display_id,custom_display_id,status,total,currency_code,metadata,updated_at,created_at,"
    "email,sales_channel_id,payment_status,fulfillment_status,canceled_at,*items,*items.detail,"
    "items.return_received_total,items.return_dismissed_total,items.return_requested_total,"
    "items.variant.inventory_items.inventory_item_id,"
    "items.variant.inventory_items.required_quantity,"
    "*credit_lines,*summary,*billing_address,"
    "*items.tax_lines,*shipping_address,*shipping_methods,*shipping_methods.tax_lines,"
    "*payment_collections,*payment_collections.payments,*payment_collections.payments.captures,"
    "*payment_collections.payments.refunds,"
    "*payment_collections.payments.refunds.refund_reason,*fulfillments,*fulfillments.items,*"
    "fulfillments.labels";

namespace {

PaymentState payment_of(const Json& json, core::Currency currency) {
  PaymentState payment;
  payment.id = text_at(json, "id");
  payment.amount = rounded_money(at(json, "amount"), currency);
  payment.captured = payment.refunded = {0, currency};
  for (const Json& capture : list_at(json, "captures")) {
    payment.captures.push_back(text_at(capture, "id"));
    payment.captured += rounded_money(at(capture, "amount"), currency);
  }
  for (const Json& refund : list_at(json, "refunds")) {
    const core::Money amount = rounded_money(at(refund, "amount"), currency);
    payment.refunds.push_back({text_at(refund, "id"), text_at(refund, "note"), amount});
    payment.refunded += amount;
  }
  payment.is_canceled = !text_at(json, "canceled_at").empty();
  return payment;
}

CollectionState collection_of(const Json& json, core::Currency currency) {
  CollectionState collection{text_at(json, "id"),
                             text_at(json, "status"),
                             rounded_money(at(json, "amount"), currency),
                             {},
                             text_at(json, "created_at")};
  for (const Json& payment : list_at(json, "payments")) {
    collection.payments.push_back(payment_of(payment, currency));
  }
  return collection;
}

// How many of a stocked thing one piece of the order's line takes.
std::int64_t required_of(const Json& lines, const Json& item) {
  for (const Json& line : lines) {
    if (text_at(line, "id") != text_at(item, "line_item_id")) continue;
    for (const Json& part : list_at(line, "variant.inventory_items")) {
      if (text_at(part, "inventory_item_id") != text_at(item, "inventory_item_id")) continue;
      return std::max<std::int64_t>(1, number_at(part, "required_quantity"));
    }
  }
  return 1;
}

FulfilmentState fulfilment_of(const Json& json, const Json& lines) {
  FulfilmentState fulfilment{text_at(json, "id"),
                             text_at(at(json, "metadata"), parcel_mark),
                             !text_at(json, "shipped_at").empty(),
                             !text_at(json, "delivered_at").empty(),
                             !text_at(json, "canceled_at").empty(),
                             parcel_lines(json, lines)};
  return fulfilment;
}

core::Money sum(const OrderState& order, core::Money PaymentState::*part) {
  core::Money all{0, order.total.currency};
  for (const CollectionState& collection : order.collections) {
    for (const PaymentState& payment : collection.payments) all += payment.*part;
  }
  return all;
}

}  // namespace

ParcelLines parcel_lines(const Json& parcel, const Json& lines) {
  ParcelLines found;
  for (const Json& item : list_at(parcel, "items")) {
    const std::string line = text_at(item, "line_item_id");
    const std::int64_t pieces = number_at(item, "quantity") / required_of(lines, item);
    const auto known = std::find_if(found.begin(), found.end(),
                                    [&](const auto& other) { return other.first == line; });
    if (known == found.end()) {
      found.emplace_back(line, pieces);
    } else {
      known->second = std::min(known->second, pieces);
    }
  }
  return found;
}

LineState line_state(const Json& json, core::Currency currency) {
  LineState line{text_at(json, "id"),
                 -1,
                 number_at(json, "quantity"),
                 number_at(json, "detail.fulfilled_quantity"),
                 number_at(json, "detail.delivered_quantity"),
                 number_at(json, "detail.return_requested_quantity"),
                 number_at(json, "detail.return_received_quantity") +
                     number_at(json, "detail.return_dismissed_quantity"),
                 rounded_money(at(json, "return_received_total"), currency) +
                     rounded_money(at(json, "return_dismissed_total"), currency),
                 rounded_money(at(json, "return_requested_total"), currency),
                 flag_at(json, "requires_shipping")};
  if (at(json, "metadata.pos_line").is_number())
    line.position = number_at(json, "metadata.pos_line");
  return line;
}

core::Money OrderState::sold_for() const {
  core::Money all = total + credited;
  for (const LineState& line : lines) all += line.returned_for;
  return all;
}

bool OrderState::is_being_changed() const {
  return std::any_of(lines.begin(), lines.end(),
                     [](const LineState& line) { return line.coming_back > 0; });
}

core::Money OrderState::captured() const {
  return sum(*this, &PaymentState::captured);
}

core::Money OrderState::refunded() const {
  return sum(*this, &PaymentState::refunded);
}

OrderState order_state(const Json& json) {
  OrderState order;
  order.id = text_at(json, "id");
  order.status = text_at(json, "status");
  order.display_number = "#" + std::to_string(number_at(json, "display_id"));
  order.our_id = text_at(json, "custom_display_id");
  if (order.our_id.empty()) order.our_id = text_at(json, "metadata.pos_order_id");
  std::string code = text_at(json, "currency_code");
  std::transform(code.begin(), code.end(), code.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const core::Currency currency = core::currency_from(code);
  order.total = rounded_money(at(json, "total"), currency);
  order.credited = {0, currency};
  for (const Json& credit : list_at(json, "credit_lines")) {
    order.credited += rounded_money(at(credit, "amount"), currency);
  }
  for (const Json& item : list_at(json, "items")) order.lines.push_back(line_state(item, currency));
  std::sort(order.lines.begin(), order.lines.end(),
            [](const LineState& a, const LineState& b) { return a.id < b.id; });
  for (const Json& collection : list_at(json, "payment_collections")) {
    order.collections.push_back(collection_of(collection, currency));
  }
  std::erase_if(order.collections, [](const auto& c) { return c.status == "canceled"; });
  std::sort(order.collections.begin(), order.collections.end(),
            [](const auto& a, const auto& b) { return a.created < b.created; });
  for (const Json& one : list_at(json, "fulfillments")) {
    order.fulfilments.push_back(fulfilment_of(one, list_at(json, "items")));
  }
  order.metadata = at(json, "metadata");
  const Json& owed = at(json, "summary.pending_difference");
  if (!owed.is_null()) {
    order.owed = rounded_money(owed, currency);
    for (const LineState& line : order.lines) *order.owed += line.coming_back_for;
  }
  return order;
}

}  // namespace syncing::medusa
