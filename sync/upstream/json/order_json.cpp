#include "sync/upstream/json/order_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/orders/account.h"
#include "core/orders/pricing.h"

namespace syncing {

namespace {

using Json = nlohmann::ordered_json;
using core::to_plain;

std::string percent_text(core::Rate rate) {
  std::string text = to_plain(rate);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

Json discount_json(const core::Discount& discount, core::Currency currency) {
  const bool percent = discount.kind == core::DiscountKind::percent;
  return {{"kind", percent ? "percent" : "amount"},
          {"value", percent ? percent_text(core::Rate{discount.value})
                            : to_plain(core::Money{discount.value, currency})},
          {"reason", discount.reason}};
}

Json line_json(const core::Order& order, const core::Totals& totals, std::size_t index) {
  const core::LineItem& line = order.lines[index];
  const core::LineTotal& total = totals.lines[index];
  Json json{{"id", core::to_text(line.id)},
            {"title", line.title},
            {"sku", line.sku},
            {"barcode", line.barcode},
            {"unit", line.unit == core::Unit::kilogram ? "kilogram" : "piece"},
            {"quantity", to_plain(line.quantity)},
            {"unit_price", to_plain(line.unit_price)}};
  if (line.regular_price) json["regular_price"] = to_plain(*line.regular_price);
  json["tax_code"] = line.tax_code;
  json["tax_rate"] = percent_text(line.tax_rate);
  if (line.discount) json["discount"] = discount_json(*line.discount, order.currency);
  json["digital"] = line.digital;
  json["gift_card"] = line.gift_card;
  json["note"] = line.note;
  json["gross"] = to_plain(total.gross);
  json["discounted"] = to_plain(total.line_discount + total.order_discount);
  json["total"] = to_plain(total.final());
  return json;
}

Json payment_json(const core::Payment& payment) {
  Json json{{"id", core::to_text(payment.id)},
            {"kind", core::word(payment.kind)},
            {"tender", core::word(payment.tender)},
            {"state", core::word(payment.state)},
            {"amount", to_plain(payment.amount)},
            {"given", to_plain(payment.given)},
            {"label", payment.label},
            {"reference", payment.reference},
            {"at", core::to_iso(payment.at)},
            {"version", payment.version}};
  if (!payment.original.is_nil()) json["original"] = core::to_text(payment.original);
  if (payment.expires != core::Instant{}) json["expires"] = core::to_iso(payment.expires);
  return json;
}

Json fulfilment_json(const core::Fulfilment& fulfilment) {
  Json json{{"id", core::to_text(fulfilment.id)},
            {"state", core::word(fulfilment.state)},
            {"carrier", fulfilment.carrier},
            {"tracking_number", fulfilment.tracking_number},
            {"tracking_url", fulfilment.tracking_url},
            {"notify_customer", fulfilment.notify_customer},
            {"at", core::to_iso(fulfilment.at)},
            {"version", fulfilment.version},
            {"lines", Json::array()}};
  for (const core::LineQuantity& line : fulfilment.lines) {
    json["lines"].push_back(
        {{"line", core::to_text(line.line)}, {"quantity", to_plain(line.quantity)}});
  }
  return json;
}

Json refund_json(const core::Refund& refund) {
  const core::Money rounding{refund.rounding.minor, refund.amount.currency};
  Json json{{"id", core::to_text(refund.id)}, {"amount", to_plain(refund.amount)},
            {"rounding", to_plain(rounding)}, {"approved_by", refund.approver},
            {"reason", refund.reason},        {"at", core::to_iso(refund.at)},
            {"version", refund.version},      {"payments", Json::array()},
            {"lines", Json::array()}};
  for (const core::TransactionId& payment : refund.payments) {
    json["payments"].push_back(core::to_text(payment));
  }
  for (const core::RefundedLine& line : refund.lines) {
    json["lines"].push_back({{"line", core::to_text(line.line)},
                             {"quantity", to_plain(line.quantity)},
                             {"amount", to_plain(line.amount)},
                             {"restock", line.restock}});
  }
  return json;
}

Json address_json(const core::Address& address) {
  return {{"name", address.name},     {"company", address.company},   {"street", address.street},
          {"extra", address.extra},   {"postcode", address.postcode}, {"city", address.city},
          {"region", address.region}, {"country", address.country},   {"phone", address.phone}};
}

Json totals_json(const core::Order& order, const core::Totals& totals) {
  const core::Money paid = core::paid_sum(order);
  Json json{{"subtotal", to_plain(totals.subtotal)},
            {"discounts", to_plain(totals.line_discounts + totals.order_discount)},
            {"extras", to_plain(totals.extras)},
            {"tax", to_plain(totals.tax)},
            {"total", to_plain(totals.total)},
            {"paid", to_plain(paid)},
            {"due", to_plain(core::still_owed(order, totals.total))},
            {"taxes", Json::array()}};
  for (const core::TaxLine& tax : totals.taxes) {
    json["taxes"].push_back({{"rate", percent_text(tax.rate)},
                             {"net", to_plain(tax.net)},
                             {"tax", to_plain(tax.tax)},
                             {"gross", to_plain(tax.gross)}});
  }
  return json;
}

Json head_json(const core::Order& order, const core::Totals& totals) {
  return {{"format", "tresen-order/1"},
          {"id", core::to_text(order.id)},
          {"number", order.number},
          {"channel", order.channel},
          {"version", order.version},
          {"created", core::to_iso(order.created)},
          {"placed", core::to_iso(order.placed)},
          {"order_status", core::word(order.stage)},
          {"payment_status", core::payment_word(order, totals.total)},
          {"fulfilment_status", core::fulfilment_word(order)},
          {"currency", order.currency.text()},
          {"tax_included", order.tax_mode == core::TaxMode::included},
          {"customer",
           {{"name", order.customer.name},
            {"email", order.customer.email},
            {"language", order.customer.language}}},
          {"cash_rounding", to_plain(core::Money{order.cash_rounding.minor, order.currency})},
          {"cashier", order.cashier},
          {"note", order.note}};
}

}  // namespace

std::string to_json(const core::Order& order, const std::optional<core::Anchor>& anchor) {
  const core::Totals totals = core::price(order);
  Json json = head_json(order, totals);
  json["lines"] = Json::array();
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    json["lines"].push_back(line_json(order, totals, i));
  }
  json["extras"] = Json::array();
  for (const core::ExtraCharge& extra : order.extras) {
    json["extras"].push_back({{"title", extra.title},
                              {"amount", to_plain(extra.amount)},
                              {"tax_rate", percent_text(extra.tax_rate)}});
  }
  if (order.discount) json["discount"] = discount_json(*order.discount, order.currency);
  json["payments"] = Json::array();
  for (const core::Payment& payment : order.payments) {
    json["payments"].push_back(payment_json(payment));
  }
  json["delivery"] = core::word(order.delivery);
  if (order.address != core::Address{}) json["address"] = address_json(order.address);
  json["fulfilments"] = Json::array();
  for (const core::Fulfilment& fulfilment : order.fulfilments) {
    json["fulfilments"].push_back(fulfilment_json(fulfilment));
  }
  json["refunds"] = Json::array();
  for (const core::Refund& refund : order.refunds) json["refunds"].push_back(refund_json(refund));
  json["totals"] = totals_json(order, totals);
  if (anchor) {
    json["journal"] = {
        {"entry", anchor->seq}, {"hash", anchor->hash}, {"receipt", anchor->receipts}};
  }
  // Text that is not UTF-8 becomes U+FFFD: a bad byte must not stop an order.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json(const core::StockChange& change, const core::Uuid& id) {
  Json json{{"format", "tresen-stock/1"}, {"id", core::to_text(id)},
            {"till", change.till},        {"at", core::to_iso(change.at)},
            {"title", change.title},      {"sku", change.sku},
            {"barcode", change.barcode},  {"delta", to_plain(change.delta())}};
  if (change.before) json["before"] = to_plain(*change.before);
  if (change.after) json["after"] = to_plain(*change.after);
  json["reason"] = change.reason;
  json["by"] = change.who;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string in_words(const FieldFault& fault) {
  if (fault.field.empty()) return fault.what;
  const std::string text = fmt::format("Field \"{}\" {}", fault.field, fault.what);
  return fault.value.empty() ? text : fmt::format("{} (\"{}\")", text, fault.value);
}

std::string in_words(const OrderFaults& faults) {
  std::string text;
  for (const FieldFault& fault : faults.faults) text += in_words(fault) + '\n';
  return text;
}

}  // namespace syncing
