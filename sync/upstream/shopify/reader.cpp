#include "sync/upstream/shopify/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <map>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/catalogue/catalogue_columns.h"
#include "core/orders/pricing.h"
#include "sync/upstream/shopify/changes.h"
#include "sync/upstream/shopify/order_input.h"
#include "sync/upstream/shopify/state.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_line = 1 << 20;
constexpr std::size_t most_lines = 2000;
constexpr std::size_t parcel_lines_read = 10;  // of one parcel, by the query
// Shopify Payments holds an authorization that long; of others we do not know.
constexpr auto payments_hold = std::chrono::hours{7 * 24};

core::Rate rate_of(const Json& tax_lines) {
  double sum = 0;
  for (const Json& tax : tax_lines) {
    const Json& rate = at(tax, "rate");
    if (rate.is_number()) sum += rate.get<double>();
  }
  if (!(sum > 0 && sum <= 1)) return {};
  const std::int64_t thousandths = std::llround(sum * 10'000'000);  // of a basis point
  return {thousandths / 1000, thousandths % 1000};
}

// A line of which something cannot be read is taken with what can be, and named.
core::LineItem line_from(const Json& json, core::Currency currency,
                         std::vector<std::string>& doubts) {
  core::LineItem line;
  line.id = line_id_of(json);
  line.title = text_at(json, "name");
  if (line.title.empty()) line.title = text_at(json, "title");
  line.sku = text_at(json, "sku");
  line.barcode = text_at(json, "variant.barcode");
  line.upstream_id = text_at(json, "id");
  const std::int64_t pieces = number_at(json, "quantity");
  const auto unit = money_at(json, "originalUnitPriceSet");
  const bool is_sound = pieces >= 0 && !at(json, "quantity").is_null() && pieces <= most_pieces &&
                        unit && unit->minor >= 0;
  line.quantity = core::pieces(std::clamp<std::int64_t>(pieces, 0, most_pieces));
  line.unit_price = unit.value_or(core::Money{0, currency});
  core::Money gross = core::price_of(line.unit_price, line.quantity);
  if (!is_sound || gross.minor > core::largest_minor) {
    doubts.push_back(fmt::format("\"{}\" {} x {}", line.title, pieces,
                                 text_at(json, "originalUnitPriceSet.shopMoney.amount")));
  }
  if (std::abs(gross.minor) > core::largest_minor) {
    line.unit_price.minor = 0;
    gross.minor = 0;
  }
  const core::Money paid = money_at(json, "discountedTotalSet").value_or(gross);
  if (paid < gross)
    line.discount = core::Discount{core::DiscountKind::amount, (gross - paid).minor, ""};
  line.tax_rate = rate_of(at(json, "taxLines"));
  line.tax_code = line.tax_rate.is_zero() ? "zero" : "standard";
  line.digital = !flag_at(json, "requiresShipping");
  line.gift_card = flag_at(json, "isGiftCard");
  return line;
}

core::TransactionKind kind_of(std::string_view word) {
  if (word == "AUTHORIZATION" || word == "EMV_AUTHORIZATION")
    return core::TransactionKind::authorization;
  if (word == "CAPTURE") return core::TransactionKind::capture;
  if (word == "VOID") return core::TransactionKind::void_;
  if (word == "REFUND") return core::TransactionKind::refund;
  return core::TransactionKind::sale;
}

core::TransactionState state_of(std::string_view word) {
  if (word == "SUCCESS") return core::TransactionState::success;
  if (word == "FAILURE" || word == "ERROR") return core::TransactionState::failure;
  if (word == "PENDING" || word == "AWAITING_RESPONSE") return core::TransactionState::pending;
  return core::TransactionState::unknown;
}

void set_tender(core::Payment& payment, const std::string& gateway) {
  payment.tender = core::Tender::other;
  for (const auto known : {core::Tender::cash, core::Tender::card, core::Tender::gift_card}) {
    if (gateway == core::word(known)) payment.tender = known;
  }
  if (gateway == "shopify_payments") payment.tender = core::Tender::card;
  if (payment.tender == core::Tender::other) payment.label = gateway;
}

core::TransactionId transaction_id(const std::string& gid) {
  return {derived_id("shopify transaction", number_of(gid))};
}

// Money that only seems to move (change, a suggested refund) is left out.
void read_payments(const Json& json, core::Order& order) {
  for (const Json& transaction : at(json, "transactions")) {
    const std::string kind = text_at(transaction, "kind");
    const auto amount = money_at(transaction, "amountSet");
    if (kind == "CHANGE" || kind == "SUGGESTED_REFUND" || !amount) continue;
    core::Payment payment;
    payment.upstream_id = text_at(transaction, "id");
    payment.id = transaction_id(payment.upstream_id);
    payment.kind = kind_of(kind);
    payment.state = state_of(text_at(transaction, "status"));
    payment.amount = payment.given = *amount;
    payment.at = time_at(transaction, "processedAt");
    payment.version = 1;
    const std::string gateway = text_at(transaction, "gateway");
    set_tender(payment, gateway);
    const std::string parent = text_at(transaction, "parentTransaction.id");
    if (!parent.empty()) payment.original = transaction_id(parent);
    if (payment.kind == core::TransactionKind::authorization && gateway == "shopify_payments") {
      payment.expires = payment.at + payments_hold;
    }
    order.payments.push_back(std::move(payment));
  }
}

void append_to(std::string& list, std::string_view separator, const std::string& one) {
  if (one.empty()) return;
  if (!list.empty()) list += separator;
  list += one;
}

// Pages of more lines than ten are rare in one parcel: what is beyond them is
// known by the lines' own count, which the last parcel then carries.
void read_fulfilments(const Json& json, core::Order& order) {
  std::map<core::LineId, std::int64_t> gone;
  for (const Json& line : at(json, "lineItems.nodes")) {
    const LinePlace place = line_place(line);
    gone[place.line] += place.quantity - place.unfulfilled;
  }
  bool is_cut = false;
  for (const Json& there : at(json, "fulfillments")) {
    core::Fulfilment fulfilment;
    fulfilment.upstream_id = text_at(there, "id");
    fulfilment.id = {derived_id("shopify fulfilment", number_of(fulfilment.upstream_id))};
    fulfilment.at = time_at(there, "createdAt");
    fulfilment.version = 1;
    const bool cancelled = text_at(there, "status") == "CANCELLED";
    if (cancelled) fulfilment.state = core::FulfilmentState::cancelled;
    for (const Json& tracking : at(there, "trackingInfo")) {
      fulfilment.carrier = text_at(tracking, "company");
      append_to(fulfilment.tracking_number, ", ", text_at(tracking, "number"));
      append_to(fulfilment.tracking_url, "\n", text_at(tracking, "url"));
    }
    is_cut = is_cut || at(there, "fulfillmentLineItems.nodes").size() >= parcel_lines_read;
    for (const Json& item : at(there, "fulfillmentLineItems.nodes")) {
      const core::LineId line = line_id_of(at(item, "lineItem"));
      const std::int64_t pieces =
          std::clamp<std::int64_t>(number_at(item, "quantity"), 0, most_pieces);
      if (pieces == 0) continue;
      fulfilment.lines.push_back({line, core::pieces(pieces)});
      if (!cancelled) gone[line] -= pieces;
    }
    order.fulfilments.push_back(std::move(fulfilment));
  }
  if (!is_cut || order.fulfilments.back().state != core::FulfilmentState::done) {
    return;
  }
  for (const auto& [line, pieces] : gone) {
    if (pieces > 0) order.fulfilments.back().lines.push_back({line, core::pieces(pieces)});
  }
}

void read_refunds(const Json& json, core::Order& order) {
  for (const Json& there : at(json, "refunds")) {
    core::Refund refund;
    refund.upstream_id = text_at(there, "id");
    refund.id = {derived_id("shopify refund", number_of(refund.upstream_id))};
    refund.amount = money_at(there, "totalRefundedSet").value_or(core::Money{0, order.currency});
    refund.reason = text_at(there, "note");
    refund.at = time_at(there, "createdAt");
    refund.version = 1;
    for (const Json& transaction : at(there, "transactions.nodes")) {
      if (const std::string gid = text_at(transaction, "id"); !gid.empty()) {
        refund.payments.push_back(transaction_id(gid));
      }
    }
    for (const Json& item : at(there, "refundLineItems.nodes")) {
      const std::int64_t pieces =
          std::clamp<std::int64_t>(number_at(item, "quantity"), 0, most_pieces);
      const core::Money amount =
          money_at(item, "subtotalSet").value_or(core::Money{0, order.currency});
      // What was cancelled before it left counts as taken out of the order.
      if (pieces == 0 || text_at(item, "restockType") == "CANCEL") continue;
      refund.lines.push_back({line_id_of(at(item, "lineItem")), core::pieces(pieces), amount,
                              text_at(item, "restockType") == "RETURN"});
    }
    const bool is_edit = refund.amount.minor == 0 && refund.lines.empty();
    if (!is_edit) order.refunds.push_back(std::move(refund));
  }
}

core::Delivery delivery_of(const Json& json) {
  for (const Json& parcel : at(json, "fulfillmentOrders.nodes")) {
    const std::string method = text_at(parcel, "deliveryMethod.methodType");
    if (method == "PICK_UP") return core::Delivery::pickup;
    if (method == "RETAIL") return core::Delivery::counter;
  }
  for (const Json& line : at(json, "lineItems.nodes")) {
    if (flag_at(line, "requiresShipping")) return core::Delivery::shipping;
  }
  return core::Delivery::digital;
}

void read_customer(const Json& json, core::Order& order) {
  order.customer.name = text_at(json, "customer.displayName");
  order.customer.email = text_at(json, "email");
  if (order.customer.email.empty()) {
    order.customer.email = text_at(json, "customer.defaultEmailAddress.emailAddress");
  }
  order.customer.language = text_at(json, "customerLocale").substr(0, 2);
  if (order.customer.name.empty()) order.customer.name = text_at(json, "billingAddress.name");
  const Json& address = at(json, "shippingAddress");
  order.address = {
      text_at(address, "name"),     text_at(address, "company"),       text_at(address, "address1"),
      text_at(address, "address2"), text_at(address, "zip"),           text_at(address, "city"),
      text_at(address, "province"), text_at(address, "countryCodeV2"), text_at(address, "phone")};
}

// Shopify rounds its taxes line by line and we by rate; its total is what is owed. That
// of an order from which goods were taken out is not told apart from them.
void meet_total(core::Order& order, core::Money theirs) {
  const bool is_edited =
      std::any_of(order.lines.begin(), order.lines.end(),
                  [](const core::LineItem& line) { return line.removed.thousandths > 0; });
  if (is_edited) return;
  const core::Money difference = theirs - core::price(order).total;
  if (!difference.is_zero()) {
    order.extras.push_back({"Difference to Shopify's total", difference, {}});
  }
}

// Amounts of another currency cannot be added up, so such an order is not read at all.
bool is_all_in(const Json& json, core::Currency currency) {
  if (!json.is_structured()) return true;
  for (const auto& [key, value] : json.items()) {
    const bool is_foreign =
        key == "shopMoney" && core::currency_from(text_at(value, "currencyCode")) != currency;
    if (is_foreign || !is_all_in(value, currency)) return false;
  }
  return true;
}

std::string words_for(const Json& json, std::string_view what) {
  return fmt::format("Shopify's order {}: {}", text_at(json, "name"), what);
}

}  // namespace

std::string lower_word(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool is_from_a_till(const Json& order) {
  return !text_at(order, "ours.value").empty();
}

core::Result<core::Order, std::string> order_from(const Json& json) {
  core::Order order;
  order.upstream_id = text_at(json, "id");
  order.upstream_number = text_at(json, "name");
  const auto total = money_at(json, "totalPriceSet");
  if (order.upstream_id.empty() || order.upstream_number.empty() || !total) {
    return tl::unexpected(words_for(json, "it has no id, name or total."));
  }
  order.id = {derived_id("shopify order", number_of(order.upstream_id))};
  order.number = order.upstream_number.starts_with('#') ? order.upstream_number.substr(1)
                                                        : order.upstream_number;
  const std::string source = text_at(json, "sourceName");
  order.channel = source.empty() || source == "web" ? "online" : source;
  order.currency = total->currency;
  if (!is_all_in(json, order.currency)) {
    return tl::unexpected(words_for(json, "it has amounts in different currencies."));
  }
  order.tax_mode = flag_at(json, "taxesIncluded") ? core::TaxMode::included : core::TaxMode::added;
  order.created = time_at(json, "createdAt");
  order.placed = time_at(json, "processedAt");
  order.note = text_at(json, "note");
  order.stage = !text_at(json, "cancelledAt").empty() ? core::Stage::cancelled
                : flag_at(json, "closed")             ? core::Stage::archived
                                                      : core::Stage::open;
  std::vector<std::string> doubts;
  for (const Json& node : at(json, "lineItems.nodes")) {
    order.lines.push_back(line_from(node, order.currency, doubts));
  }
  if (order.lines.size() > most_lines)
    return tl::unexpected(words_for(json, "it has too many lines."));
  std::sort(order.lines.begin(), order.lines.end(),
            [](const core::LineItem& a, const core::LineItem& b) { return a.id < b.id; });
  for (const Json& node : at(json, "shippingLines.nodes")) {
    const auto amount = money_at(node, "discountedPriceSet");
    if (!amount) doubts.push_back(fmt::format("\"{}\"", text_at(node, "title")));
    order.extras.push_back({text_at(node, "title"),
                            amount.value_or(core::Money{0, order.currency}),
                            rate_of(at(node, "taxLines")),
                            {}});
  }
  read_customer(json, order);
  read_payments(json, order);
  read_fulfilments(json, order);
  read_refunds(json, order);
  order.delivery = delivery_of(json);
  fold_changes(json, order);
  meet_total(order, *total);
  credit_rest(json, order);
  const std::string payment = lower_word(text_at(json, "displayFinancialStatus"));
  // Words that follow from the rest are left to follow from it.
  const core::Money now = core::price(order).total;
  if (payment != core::word(core::payment_status(order, now))) order.upstream_payment = payment;
  const std::string goods = lower_word(text_at(json, "displayFulfillmentStatus"));
  if (goods != core::fulfilment_word(order)) order.fulfilment = goods;
  if (!doubts.empty()) {
    order.attention = fmt::format("These fields could not be read: {}", fmt::join(doubts, ", "));
  }
  return order;
}

// --- goods ---

core::PulledCustomer customer_from(const Json& json) {
  std::string name = text_at(json, "firstName") + " " + text_at(json, "lastName");
  name = core::trim(name);
  return {text_at(json, "id"),
          {std::move(name), text_at(json, "defaultEmailAddress.emailAddress"),
           text_at(json, "locale").substr(0, 2)},
          false};
}

core::Result<ReadProduct, std::string> product_from(const Json& json, core::Currency currency) {
  ReadProduct read;
  read.product.upstream_id = text_at(json, "id");
  read.product.handle = text_at(json, "handle");
  read.product.title = text_at(json, "title");
  if (read.product.upstream_id.empty() || read.product.handle.empty() ||
      read.product.title.empty()) {
    return tl::unexpected(std::string("A product has no id, handle or title."));
  }
  read.is_sold = core::is_for_sale(text_at(json, "status"));
  read.category = text_at(json, "productType");
  read.is_gift_card = flag_at(json, "isGiftCard");
  for (const Json& node : at(json, "variants.nodes")) {
    if (const auto fault = add_variant(read, node, currency)) return tl::unexpected(*fault);
  }
  return read;
}

std::optional<std::string> add_variant(ReadProduct& read, const Json& json,
                                       core::Currency currency) {
  core::PulledVariant pulled;
  pulled.upstream_id = text_at(json, "id");
  pulled.inventory_id = text_at(json, "inventoryItem.id");
  core::Variant& variant = pulled.variant;
  variant.product_title = read.product.title;
  variant.title = text_at(json, "title");
  if (variant.title == "Default Title") variant.title.clear();
  const auto price = money_from(text_at(json, "price"), currency);
  if (pulled.upstream_id.empty() || !price || price->minor < 0 ||
      price->minor > core::largest_minor) {
    return fmt::format("\"{}\" has no price.", read.product.title);
  }
  variant.price = *price;
  variant.compare_at = money_from(text_at(json, "compareAtPrice"), currency);
  variant.sku = text_at(json, "sku");
  if (const std::string code = text_at(json, "barcode"); !code.empty()) {
    variant.barcodes.push_back(core::normal_barcode(code));
  }
  variant.tax_code = flag_at(json, "taxable") ? "standard" : "zero";
  variant.digital = !flag_at(json, "inventoryItem.requiresShipping");
  variant.category = read.category;
  variant.gift_card = read.is_gift_card;
  pulled.counts_stock = flag_at(json, "inventoryItem.tracked");
  for (const Json& quantity : at(json, "inventoryItem.inventoryLevel.quantities")) {
    if (pulled.counts_stock && text_at(quantity, "name") == "available") {
      variant.stock = stock_of(quantity);
    }
  }
  read.product.variants.push_back(std::move(pulled));
  return {};
}

core::Quantity stock_of(const Json& quantity) {
  return core::pieces(std::clamp(number_at(quantity, "quantity"), -most_pieces, most_pieces));
}

// --- bulk ---

BulkPiece read_bulk(std::string_view bytes, PieceIs place, core::Currency currency) {
  BulkPiece piece;
  std::optional<ReadProduct> open;
  const auto fault = [&](std::string what) {
    if (piece.faults.size() < most_faults_told) piece.faults.push_back(std::move(what));
  };
  const auto take = [&](std::string_view line, std::size_t begin) {
    if (line.empty()) return;
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return fault("A line is not JSON.");
    if (const std::string parent = text_at(json, "__parentId"); !parent.empty()) {
      if (!open || open->product.upstream_id != parent) {
        return fault("A variant does not follow its product.");
      }
      if (const auto why = add_variant(*open, json, currency)) fault(*why);
      return;
    }
    if (open) piece.products.push_back(std::move(*open));
    open.reset();
    piece.used = begin;
    auto product = product_from(json, currency);
    if (!product) return fault(product.error());
    open = std::move(*product);
  };
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const auto end = bytes.find('\n', begin);
    if (end == std::string_view::npos && place == PieceIs::followed) break;
    take(bytes.substr(begin, end - begin), begin);
    begin = end == std::string_view::npos ? bytes.size() : end + 1;
    if (!open) piece.used = begin;
  }
  if (place == PieceIs::last) {
    if (open) piece.products.push_back(std::move(*open));
    piece.used = bytes.size();
  }
  return piece;
}

}  // namespace syncing::shopify
