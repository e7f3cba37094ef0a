#include "sync/upstream/shopify/order_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sync/upstream/shopify/operations.h"

namespace syncing::shopify {

namespace {

constexpr std::string_view up_title = "Rundung";
constexpr std::string_view down_code = "RUNDUNG";

Json money_bag(core::Money money) {
  return {
      {"shopMoney", {{"amount", core::to_plain(money)}, {"currencyCode", money.currency.text()}}}};
}

// "0.19", "0.077": a fraction with the digits that it needs.
std::string fraction(core::Rate rate) {
  std::string text = fmt::format("{}.{:04}{:03}", rate.basis_points / 10'000,
                                 rate.basis_points % 10'000, rate.thousandths);
  text.erase(text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text + "0" : text;
}

// An amount of the order that carries tax, in the order of lines, then extras.
struct Part {
  core::Money amount;
  core::Taxed taxed;
  core::Money tax;
};

// The tax of each rate is that of its sum; here it is shared out so that the
// parts still are that sum to the cent.
void share_tax(std::vector<Part>& parts, const core::Totals& totals, core::Currency currency) {
  for (const core::TaxLine& tax : totals.taxes) {
    std::vector<Part*> of_rate;
    std::vector<std::int64_t> weights;
    for (Part& part : parts) {
      if (part.taxed != tax.taxed()) continue;
      of_rate.push_back(&part);
      weights.push_back(std::max<std::int64_t>(0, part.amount.minor));
    }
    const auto shares = core::split_by_weight(tax.tax.minor, weights);
    for (std::size_t i = 0; i < of_rate.size(); ++i) of_rate[i]->tax = {shares[i], currency};
  }
}

Json tax_lines(const Part& part) {
  if (part.taxed.rate.is_zero()) return Json::array();
  return Json::array(
      {{{"title", "USt"}, {"rate", fraction(part.taxed.rate)}, {"priceSet", money_bag(part.tax)}}});
}

// One line of Shopify's: `count` pieces at the same price.
struct Slice {
  std::int64_t count;
  core::Money unit;
  Part part;
};

std::vector<Slice> slices_of(const core::LineItem& line, core::Money final) {
  const std::int64_t count = pieces_of(line, line.quantity);
  const std::int64_t each = final.minor / count;
  const std::int64_t dearer = final.minor % count;
  const core::Currency currency = final.currency;
  std::vector<Slice> slices;
  const auto add = [&](std::int64_t pieces, std::int64_t unit) {
    if (pieces == 0) return;
    slices.push_back({pieces, {unit, currency}, {{unit * pieces, currency}, line.taxed(), {}}});
  };
  add(count - dearer, each);
  add(dearer, each + 1);
  return slices;
}

std::string title_of(const core::LineItem& line) {
  const bool weighed = line.unit == core::Unit::kilogram || !line.quantity.is_whole();
  if (!weighed) return line.title;
  return fmt::format("{}, {}{}", line.title, core::to_plain(line.quantity),
                     line.unit == core::Unit::kilogram ? " kg" : "");
}

Json properties_of(const core::LineItem& line, const core::LineTotal& total, const Slice& slice) {
  Json properties = Json::array();
  const auto add = [&](std::string_view name, const std::string& value) {
    properties.push_back({{"name", name}, {"value", value}});
  };
  add(line_property, core::to_text(line.id));
  const core::Money list = line.regular_price.value_or(line.unit_price);
  if (slice.unit != list || total.final() != total.gross) add("list_price", core::to_plain(list));
  if (line.discount && !line.discount->reason.empty()) add("discount", line.discount->reason);
  if (!line.note.empty()) add("note", line.note);
  return properties;
}

Json line_json(const core::LineItem& line, const core::LineTotal& total, const Slice& slice,
               const std::string& variant) {
  Json json{{"title", title_of(line)},
            {"quantity", slice.count},
            {"requiresShipping", false},
            {"taxable", !line.tax_rate.is_zero()},
            {"priceSet", money_bag(slice.unit)},
            {"taxLines", tax_lines(slice.part)},
            {"properties", properties_of(line, total, slice)}};
  if (!line.sku.empty()) json["sku"] = line.sku;
  // Weighed goods go without: Shopify counts pieces, and would take one off.
  const bool counted = line.unit == core::Unit::piece && line.quantity.is_whole();
  if (counted && !variant.empty()) json["variantId"] = variant;
  return json;
}

void add_lines(Json& json, const core::Order& order, const core::Totals& totals,
               const std::vector<core::UpstreamVariant>& variants) {
  std::vector<Slice> slices;
  std::vector<std::size_t> line_of;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    for (const Slice& slice : slices_of(order.lines[i], totals.lines[i].final())) {
      slices.push_back(slice);
      line_of.push_back(i);
      parts.push_back(slice.part);
    }
  }
  for (const core::ExtraCharge& extra : order.extras)
    parts.push_back({extra.amount, extra.taxed(), {}});
  share_tax(parts, totals, order.currency);

  json["lineItems"] = Json::array();
  for (std::size_t i = 0; i < slices.size(); ++i) {
    slices[i].part = parts[i];
    const std::size_t line = line_of[i];
    const std::string variant = line < variants.size() ? variants[line].upstream_id : "";
    json["lineItems"].push_back(
        line_json(order.lines[line], totals.lines[line], slices[i], variant));
  }
  for (std::size_t i = 0; i < order.extras.size(); ++i) {
    json["shippingLines"].push_back({{"title", order.extras[i].title},
                                     {"priceSet", money_bag(order.extras[i].amount)},
                                     {"taxLines", tax_lines(parts[slices.size() + i])}});
  }
}

// Shopify has no field for it: rounding up is a line, rounding down a discount.
void add_rounding(Json& json, const core::Order& order) {
  const core::Money rounding{order.cash_rounding.minor, order.currency};
  if (rounding.minor > 0) {
    json["lineItems"].push_back({{"title", up_title},
                                 {"quantity", 1},
                                 {"requiresShipping", false},
                                 {"taxable", false},
                                 {"priceSet", money_bag(rounding)},
                                 {"taxLines", Json::array()}});
  } else if (rounding.minor < 0) {
    json["discountCode"] = {
        {"itemFixedDiscountCode", {{"code", down_code}, {"amountSet", money_bag(-rounding)}}}};
  }
}

void add_transactions(Json& json, const core::Order& order, const ShopFacts& shop) {
  json["transactions"] = Json::array();
  for (const core::Payment& payment : order.payments) {
    const bool counts = payment.kind == core::TransactionKind::sale ||
                        payment.kind == core::TransactionKind::capture;
    if (!counts || !core::stands(order, payment)) continue;
    Json transaction{{"kind", "SALE"},
                     {"status", "SUCCESS"},
                     {"gateway", gateway_of(payment)},
                     {"amountSet", money_bag({payment.amount.minor, order.currency})},
                     {"processedAt", core::to_iso(payment.at)}};
    if (!shop.location.empty()) transaction["locationId"] = shop.location;
    json["transactions"].push_back(std::move(transaction));
  }
}

void add_customer(Json& json, const core::Order& order) {
  if (order.customer.email.empty()) return;
  json["email"] = order.customer.email;
  Json customer{{"email", order.customer.email}};
  const std::string& name = order.customer.name;
  const auto blank = name.rfind(' ');
  if (blank != std::string::npos) customer["firstName"] = name.substr(0, blank);
  if (!name.empty())
    customer["lastName"] = blank == std::string::npos ? name : name.substr(blank + 1);
  json["customer"] = {{"toUpsert", std::move(customer)}};
}

std::string note_of(const core::Order& order) {
  if (!order.discount || order.discount->reason.empty()) return order.note;
  return order.note + (order.note.empty() ? "" : "\n") + order.discount->reason;
}

}  // namespace

std::int64_t pieces_of(const core::LineItem& line, core::Quantity quantity) {
  if (quantity.thousandths <= 0) return 0;
  const bool weighed = line.unit == core::Unit::kilogram || !line.quantity.is_whole();
  return weighed ? 1 : std::max<std::int64_t>(1, quantity.thousandths / 1000);
}

std::string gateway_of(const core::Payment& payment) {
  if (payment.tender == core::Tender::other && !payment.label.empty()) return payment.label;
  return std::string(core::word(payment.tender));
}

bool is_handed_over(const core::Order& order) {
  return order.delivery == core::Delivery::counter && order.fulfilments.empty() &&
         order.fulfilment == "fulfilled";
}

Json id_definition() {
  return {{"definition",
           {{"name", "Tresen order id"},
            {"namespace", id_namespace},
            {"key", id_key},
            {"type", "id"},
            {"ownerType", "ORDER"}}}};
}

Json our_id(const core::Order& order) {
  return {{"namespace", id_namespace}, {"key", id_key}, {"value", core::to_text(order.id)}};
}

Json create_variables(const core::Order& order, const std::vector<core::UpstreamVariant>& variants,
                      const ShopFacts& shop, const std::optional<core::Anchor>& anchor) {
  const core::Totals totals = core::price(order);
  Json json{{"currency", order.currency.text()},
            {"taxesIncluded", order.tax_mode == core::TaxMode::included},
            {"sourceIdentifier", order.number},
            {"processedAt", core::to_iso(order.placed)},
            {"tags", Json::array({"tresen"})},
            {"metafields", Json::array({{{"namespace", id_namespace},
                                         {"key", id_key},
                                         {"type", "id"},
                                         {"value", core::to_text(order.id)}}})}};
  if (const std::string note = note_of(order); !note.empty()) json["note"] = note;
  if (anchor) {
    json["customAttributes"] =
        Json::array({{{"key", "journal"}, {"value", core::printed(*anchor)}}});
  }
  add_customer(json, order);
  add_lines(json, order, totals, variants);
  add_rounding(json, order);
  add_transactions(json, order, shop);
  if (is_handed_over(order) && !shop.location.empty()) {
    json["fulfillment"] = {{"locationId", shop.location}, {"notifyCustomer", false}};
  }
  return {{"order", std::move(json)},
          {"options",
           {{"inventoryBehaviour", "DECREMENT_IGNORING_POLICY"},
            {"sendReceipt", shop.mails_receipts && !order.customer.email.empty()},
            {"sendFulfillmentReceipt", false}}}};
}

}  // namespace syncing::shopify
