#include "sync/upstream/medusa/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/orders/account.h"
#include "core/orders/pricing.h"
#include "sync/upstream/derived_id.h"
#include "sync/upstream/medusa/amounts.h"
#include "sync/upstream/medusa/state.h"

namespace syncing::medusa {

namespace {

// Medusa's word for a payment or fulfilment status, where our own sums say the same.
constexpr std::array<std::string_view, 10> known_payments{
    "not_paid", "awaiting",           "authorized", "partially_authorized",
    "captured", "partially_captured", "refunded",   "partially_refunded",
    "canceled", "requires_action"};
constexpr std::array<std::string_view, 8> known_fulfilments{
    "not_fulfilled", "partially_fulfilled", "fulfilled", "partially_shipped",
    "shipped",       "partially_delivered", "delivered", "canceled"};

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<Json> by_id(const Json& list) {
  std::vector<Json> sorted(list.begin(), list.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Json& a, const Json& b) { return text_at(a, "id") < text_at(b, "id"); });
  return sorted;
}

core::LineItem line_from(const Json& json, core::LineId id, core::TaxMode mode,
                         core::Currency currency) {
  core::LineItem line;
  line.id = id;
  line.title = text_at(json, "product_title");
  if (line.title.empty()) line.title = text_at(json, "title");
  const std::string variant = text_at(json, "variant_title");
  if (!variant.empty() && variant != "Default variant" && variant != "Standard") {
    line.title += ", " + variant;
  }
  line.sku = text_at(json, "variant_sku");
  line.barcode = text_at(json, "variant_barcode");
  line.quantity = core::pieces(std::max<std::int64_t>(number_at(json, "quantity"), 0));
  set_amounts(line, json, mode, currency);
  line.tax_code = "standard";
  const LineState there = line_state(json, currency);
  line.upstream_id = there.id;
  line.announced = core::pieces(there.coming_back);
  line.returned = core::pieces(there.returned);
  line.returned_for = there.returned_for;
  line.gift_card = flag_at(json, "is_giftcard");
  line.digital = !flag_at(json, "requires_shipping");
  return line;
}

core::Payment payment_from(const Json& json, std::string_view what, core::TransactionKind kind,
                           core::Currency currency) {
  core::Payment payment;
  payment.upstream_id = text_at(json, "id");
  payment.id = {derived_id(fmt::format("medusa {} {}", what, payment.upstream_id), 0)};
  payment.kind = kind;
  payment.tender = core::Tender::other;
  payment.amount = payment.given = rounded_money(at(json, "amount"), currency);
  payment.at = time_at(json, "created_at");
  return payment;
}

// The till's payment that a collection was made for; nil: somebody else's.
core::Uuid taken_by_till(const Json& order, const std::string& collection) {
  const Json& metadata = at(order, "metadata");
  if (!metadata.is_object()) return {};
  for (const auto& [key, value] : metadata.items()) {
    if (!key.starts_with(payment_mark) || !value.is_string() || value != collection) continue;
    return core::uuid_from(key.substr(payment_mark.size())).value_or(core::Uuid{});
  }
  return {};
}

// The parts of one refund of the till's carry its mark, "#0123456789ab" at their end.
std::string mark_in(const std::string& note) {
  constexpr std::size_t length = 13;
  if (note.size() < length || note[note.size() - length] != '#') return "";
  const std::string mark = note.substr(note.size() - length);
  return mark.find_first_not_of("#0123456789abcdef") == std::string::npos ? mark : "";
}

void read_refund(const Json& json, const core::Payment& authorized, core::Order& order) {
  core::Payment given = payment_from(json, "refund", core::TransactionKind::refund, order.currency);
  given.label = authorized.label;
  given.original = authorized.id;
  std::string note = text_at(json, "note");
  const std::string mark = mark_in(note);
  const auto known = std::find_if(order.refunds.begin(), order.refunds.end(),
                                  [&](const auto& r) { return mark_in(r.reason) == mark; });
  if (!mark.empty() && known != order.refunds.end()) {
    known->amount += given.amount;
    for (core::Payment& payment : order.payments) {
      if (payment.id != known->payments.front()) continue;
      payment.amount = payment.given = known->amount;
    }
    return;
  }
  const std::string reason = text_at(json, "refund_reason.label");
  if (!reason.empty()) note = reason + (note.empty() ? "" : ": ") + note;
  order.payments.push_back(given);
  order.refunds.push_back({{derived_id("medusa refund of " + given.upstream_id, 0)},
                           {},
                           {given.id},
                           given.amount,
                           std::move(note),
                           given.at,
                           0,
                           given.upstream_id,
                           {0, given.amount.currency},
                           {}});
}

void read_payment(const Json& json, const core::Uuid& taken_here, core::Order& order) {
  core::Payment authorized =
      payment_from(json, "payment", core::TransactionKind::authorization, order.currency);
  authorized.label = text_at(json, "provider_id");
  if (taken_here.is_nil()) order.payments.push_back(authorized);
  for (const Json& capture : list_at(json, "captures")) {
    core::Payment captured =
        payment_from(capture, "capture", core::TransactionKind::capture, order.currency);
    captured.label = authorized.label;
    captured.original = authorized.id;
    if (!taken_here.is_nil()) {
      captured.id = {taken_here};
      captured.kind = core::TransactionKind::sale;
      captured.original = {};
    }
    order.payments.push_back(captured);
  }
  for (const Json& refund : list_at(json, "refunds")) read_refund(refund, authorized, order);
  if (text_at(json, "canceled_at").empty() || !taken_here.is_nil()) return;
  core::Payment released = authorized;
  released.id = {derived_id("medusa void " + authorized.upstream_id, 0)};
  released.kind = core::TransactionKind::void_;
  released.original = authorized.id;
  released.at = time_at(json, "canceled_at");
  order.payments.push_back(released);
}

void read_payments(const Json& json, core::Order& order) {
  for (const Json& collection : list_at(json, "payment_collections")) {
    const core::Uuid taken_here = taken_by_till(json, text_at(collection, "id"));
    for (const Json& one : list_at(collection, "payments")) read_payment(one, taken_here, order);
  }
}

// Of a parcel that the till asked for in parts, each has an id of its own.
core::FulfilmentId parcel_id(const Json& json) {
  const std::string mark = text_at(at(json, "metadata"), parcel_mark);
  if (const auto ours = core::uuid_from(mark)) return {*ours};
  if (!mark.empty()) return {derived_id("parcel " + mark, 0)};
  return {derived_id("medusa fulfilment " + text_at(json, "id"), 0)};
}

void append_to(std::string& list, std::string_view separator, const std::string& one) {
  if (one.empty() || one == "#") return;
  if (!list.empty()) list += separator;
  list += one;
}

void read_fulfilments(const Json& json, core::Order& order, const std::vector<Json>& lines) {
  for (const Json& one : list_at(json, "fulfillments")) {
    core::Fulfilment fulfilment;
    fulfilment.upstream_id = text_at(one, "id");
    fulfilment.id = parcel_id(one);
    fulfilment.state = text_at(one, "canceled_at").empty() ? core::FulfilmentState::done
                                                           : core::FulfilmentState::cancelled;
    fulfilment.at = time_at(one, "created_at");
    for (const auto& [line, pieces] : parcel_lines(one, list_at(json, "items"))) {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (text_at(lines[i], "id") != line) continue;
        fulfilment.lines.push_back({order.lines[i].id, core::pieces(pieces)});
      }
    }
    for (const Json& label : list_at(one, "labels")) {
      append_to(fulfilment.tracking_number, ", ", text_at(label, "tracking_number"));
      append_to(fulfilment.tracking_url, "\n", text_at(label, "tracking_url"));
    }
    order.fulfilments.push_back(std::move(fulfilment));
  }
}

core::Address address_from(const Json& json) {
  core::Address address;
  address.name = text_at(json, "first_name");
  const std::string last = text_at(json, "last_name");
  if (!last.empty()) address.name += (address.name.empty() ? "" : " ") + last;
  address.company = text_at(json, "company");
  address.street = text_at(json, "address_1");
  address.extra = text_at(json, "address_2");
  address.postcode = text_at(json, "postal_code");
  address.city = text_at(json, "city");
  address.region = text_at(json, "province");
  address.country = text_at(json, "country_code");
  address.phone = text_at(json, "phone");
  return address;
}

// By its shipping method: a pick-up is named so by whoever set the shop up.
core::Delivery delivery_of(const Json& json, const core::Order& order) {
  const Json& methods = list_at(json, "shipping_methods");
  for (const Json& method : methods) {
    const std::string type = text_at(method, "data.type") + text_at(method, "name");
    for (const std::string_view word : {"pickup", "pick-up", "Pickup", "Pick-up", "Abholung"}) {
      if (type.find(word) != std::string::npos) return core::Delivery::pickup;
    }
  }
  const bool all_digital =
      !order.lines.empty() && std::all_of(order.lines.begin(), order.lines.end(),
                                          [](const core::LineItem& line) { return line.digital; });
  return all_digital && methods.empty() ? core::Delivery::digital : core::Delivery::shipping;
}

}  // namespace

namespace {

// What Medusa's own account and ours, both made of what it tells, differ in: money that
// it booked and did not count, as it does when it refuses a refund too late.
bool counts_otherwise(const OrderState& state, const core::Order& order) {
  return state.owed && state.status != "canceled" && *state.owed != core::owed(order);
}

// What people write to an order: whatever it is called, and no note of a program's.
std::string notes_of(const Json& metadata) {
  std::string notes;
  if (!metadata.is_object()) return notes;
  for (const auto& [key, value] : metadata.items()) {
    const bool is_meant = key.find("note") != std::string::npos ||
                          key.find("gift") != std::string::npos ||
                          key.find("message") != std::string::npos;
    if (!is_meant || !value.is_string() || key.starts_with("pos_")) continue;
    append_to(notes, "\n", value.get<std::string>());
  }
  constexpr std::size_t most = 2000;
  if (notes.size() <= most) return notes;
  std::size_t end = most;  // not within a letter
  while (end > 0 && (static_cast<unsigned char>(notes[end]) & 0xC0U) == 0x80U) --end;
  return notes.substr(0, end);
}

}  // namespace

std::string region_currency(core::Currency currency) {
  std::string code(currency.text());
  std::transform(code.begin(), code.end(), code.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return code;
}

core::OrderId order_id(std::string_view medusa_id) {
  return {derived_id(fmt::format("medusa order {}", medusa_id), 0)};
}

core::LineId line_id(std::string_view line) {
  return {derived_id(fmt::format("medusa line {}", line), 0)};
}

core::Order order_from(const Json& json) {
  core::Order order;
  const OrderState state = order_state(json);
  order.upstream_id = state.id;
  order.upstream_number = state.display_number;
  order.id = order_id(state.id);
  order.number = state.display_number.substr(1);
  order.channel = "online";
  order.currency = state.total.currency;
  order.tax_mode = tax_mode_of(json);
  order.created = order.placed = time_at(json, "created_at");
  order.stage = state.status == "archived"   ? core::Stage::archived
                : state.status == "canceled" ? core::Stage::cancelled
                                             : core::Stage::open;
  order.address = address_from(at(json, "shipping_address"));
  order.customer = {order.address.name, text_at(json, "email"), text_at(json, "metadata.language")};
  if (order.customer.name.empty()) {
    order.customer.name = address_from(at(json, "billing_address")).name;
  }
  order.note = notes_of(at(json, "metadata"));
  order.credited = state.credited;
  const std::vector<Json> lines = by_id(list_at(json, "items"));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    order.lines.push_back(
        line_from(lines[i], line_id(text_at(lines[i], "id")), order.tax_mode, order.currency));
  }
  for (const Json& method : list_at(json, "shipping_methods")) {
    order.extras.push_back(shipping_charge(method, order.tax_mode, order.currency));
  }
  read_payments(json, order);
  read_fulfilments(json, order, lines);
  order.delivery = delivery_of(json, order);
  // Words of Medusa's that we know say no more than our own sums; others are kept.
  const std::string payment = text_at(json, "payment_status");
  if (!payment.empty() && !is_one_of(known_payments, payment)) order.upstream_payment = payment;
  const std::string fulfilment = text_at(json, "fulfillment_status");
  if (!fulfilment.empty() && !is_one_of(known_fulfilments, fulfilment))
    order.fulfilment = fulfilment;
  if (!order.lines.empty()) meet_total(order, state.sold_for());
  // An edit lets go what was authorized, and the order waits to be paid again.
  const auto known = core::payment_status(order, core::price(order).total);
  if (payment == "not_paid" && known == core::PaymentStatus::voided) {
    order.upstream_payment = core::word(core::PaymentStatus::pending);
  }
  if (state.is_being_changed()) order.attention.clear();
  if (order.attention.empty() && counts_otherwise(state, order)) {
    order.attention = "The platform says that another amount is owed.";
  }
  return order;
}

}  // namespace syncing::medusa
