// The reading half of order_json.h.
#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/text.h"
#include "core/orders/pricing.h"
#include "sync/upstream/derived_id.h"
#include "sync/upstream/json/json_fields.h"
#include "sync/upstream/json/order_json.h"

namespace syncing {

namespace {

constexpr std::array<std::pair<std::string_view, core::Unit>, 2> units{
    {{"piece", core::Unit::piece}, {"kilogram", core::Unit::kilogram}}};
constexpr std::array<std::pair<std::string_view, core::Stage>, 3> stages{
    {{"open", core::Stage::open},
     {"archived", core::Stage::archived},
     {"cancelled", core::Stage::cancelled}}};
constexpr std::array<std::pair<std::string_view, core::TransactionKind>, 5> kinds{
    {{"sale", core::TransactionKind::sale},
     {"authorization", core::TransactionKind::authorization},
     {"capture", core::TransactionKind::capture},
     {"void", core::TransactionKind::void_},
     {"refund", core::TransactionKind::refund}}};
constexpr std::array<std::pair<std::string_view, core::TransactionState>, 4> states{
    {{"success", core::TransactionState::success},
     {"failure", core::TransactionState::failure},
     {"pending", core::TransactionState::pending},
     {"unknown", core::TransactionState::unknown}}};
constexpr std::array<std::pair<std::string_view, core::DiscountKind>, 2> discount_kinds{
    {{"percent", core::DiscountKind::percent}, {"amount", core::DiscountKind::amount}}};

core::Discount discount_from(const Fields& fields, core::Currency currency) {
  core::Discount discount;
  discount.kind = fields.one_of("kind", core::DiscountKind::amount, discount_kinds);
  discount.reason = fields.text_or("reason");
  if (discount.kind == core::DiscountKind::percent) {
    discount.value = fields.rate_or("value", {}).basis_points;
  } else {
    discount.value = fields.positive_money("value", currency).minor;
  }
  return discount;
}

core::LineItem line_from(const Fields& fields, core::Currency currency) {
  core::LineItem line;
  line.title = fields.text_or("title");
  if (line.title.empty()) fields.doubt("title", "is missing");
  line.sku = fields.text_or("sku");
  line.barcode = fields.text_or("barcode");
  line.unit = fields.one_of("unit", core::Unit::piece, units);
  line.quantity = fields.quantity_or("quantity", core::pieces(1));
  line.unit_price = fields.positive_money("unit_price", currency);
  if (fields.find("regular_price")) {
    line.regular_price = fields.positive_money("regular_price", currency);
  }
  line.tax_code = fields.text_or("tax_code", "standard");
  if (!fields.find("tax_rate")) fields.doubt("tax_rate", "is missing");
  line.tax_rate = fields.rate_or("tax_rate", {});
  fields.inside("discount",
                [&](const Fields& inner) { line.discount = discount_from(inner, currency); });
  line.digital = fields.flag_or("digital", false);
  line.gift_card = fields.flag_or("gift_card", false);
  line.note = fields.prose("note");
  return line;
}

template <class Item, class Id>
bool has_id(const std::vector<Item>& items, const Id& id) {
  return std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
}

void read_lines(const Fields& fields, core::Order& order) {
  const std::string derived_from = core::to_text(order.id) + " line";
  fields.each("lines", [&](const Fields& inner, std::size_t i) {
    core::LineItem line = line_from(inner, order.currency);
    line.id = {inner.id("id").value_or(derived_id(derived_from, i))};
    const bool is_taken = has_id(order.lines, line.id);
    if (is_taken) inner.doubt("id", "is that of another line");
    if (is_taken) line.id = {derived_id(derived_from, i)};
    order.lines.push_back(std::move(line));
  });
  // The store keeps lines in the order of their ids.
  std::stable_sort(order.lines.begin(), order.lines.end(),
                   [](const auto& a, const auto& b) { return a.id < b.id; });
}

// A tender that we do not know is kept by its word.
void read_tender(const Fields& fields, core::Payment& payment) {
  payment.label = fields.text_or("label");
  const std::string tender = fields.text_or("tender", "other");
  for (const auto known :
       {core::Tender::cash, core::Tender::card, core::Tender::gift_card, core::Tender::other}) {
    payment.tender = known;
    if (core::word(known) == tender) return;
  }
  if (payment.label.empty()) payment.label = tender;
}

void read_payments(const Fields& fields, core::Order& order) {
  const std::string derived_from = core::to_text(order.id) + " payment";
  fields.each("payments", [&](const Fields& inner, std::size_t i) {
    core::Payment payment;
    payment.id = {inner.id("id").value_or(derived_id(derived_from, i))};
    const bool is_taken = has_id(order.payments, payment.id);
    if (is_taken) inner.doubt("id", "is that of another payment");
    if (is_taken) payment.id = {derived_id(derived_from, i)};
    // What moves money and cannot be read has moved none until a person has looked.
    const std::size_t sound = inner.doubts();
    payment.kind = inner.one_of("kind", core::TransactionKind::sale, kinds);
    payment.state = inner.one_of("state", core::TransactionState::success, states);
    payment.amount = inner.positive_money("amount", order.currency);
    if (inner.doubts() > sound) payment.state = core::TransactionState::unknown;
    payment.amount.minor = std::max<std::int64_t>(0, payment.amount.minor);
    read_tender(inner, payment);
    payment.given = inner.money_or("given", payment.amount);
    payment.reference = inner.text_or("reference");
    payment.at = inner.instant_or("at", order.placed);
    payment.version = inner.count_or("version", order.version);
    payment.expires = inner.instant_or("expires", {});
    if (const auto original = inner.find("original") ? inner.id("original") : std::nullopt) {
      payment.original = {*original};
    }
    order.payments.push_back(std::move(payment));
  });
}

constexpr std::array<std::pair<std::string_view, core::Delivery>, 4> deliveries{
    {{"counter", core::Delivery::counter},
     {"shipping", core::Delivery::shipping},
     {"pickup", core::Delivery::pickup},
     {"digital", core::Delivery::digital}}};
constexpr std::array<std::pair<std::string_view, core::FulfilmentState>, 3> fulfilment_states{
    {{"ready", core::FulfilmentState::ready},
     {"done", core::FulfilmentState::done},
     {"cancelled", core::FulfilmentState::cancelled}}};

core::Address address_from(const Fields& fields) {
  return {fields.text_or("name"),   fields.text_or("company"),  fields.text_or("street"),
          fields.text_or("extra"),  fields.text_or("postcode"), fields.text_or("city"),
          fields.text_or("region"), fields.text_or("country"),  fields.text_or("phone")};
}

// Where it is not said: an order with an address is shipped, one of downloads sent.
core::Delivery guessed_delivery(const core::Order& order) {
  const bool digital = !order.lines.empty() && std::all_of(order.lines.begin(), order.lines.end(),
                                                           [](const core::LineItem& line) {
                                                             return line.digital || line.gift_card;
                                                           });
  if (digital) return core::Delivery::digital;
  return order.address.is_known() ? core::Delivery::shipping : core::Delivery::counter;
}

// A line of the order by its id; nil: it has no such line, which is a doubt.
core::LineId line_named(const Fields& fields, const core::Order& order) {
  const std::size_t sound = fields.doubts();
  if (const auto id = fields.id("line")) {
    for (const core::LineItem& line : order.lines) {
      if (line.id.uuid == *id) return line.id;
    }
  }
  if (fields.doubts() == sound) fields.doubt("line", "is not a line of the order");
  return {};
}

void read_fulfilments(const Fields& fields, core::Order& order) {
  const std::string derived_from = core::to_text(order.id) + " fulfilment";
  fields.each("fulfilments", [&](const Fields& inner, std::size_t i) {
    core::Fulfilment fulfilment;
    fulfilment.id = {inner.id("id").value_or(derived_id(derived_from, i))};
    const std::size_t sound = inner.doubts();
    fulfilment.state = inner.one_of("state", core::FulfilmentState::done, fulfilment_states);
    // Goods of which nobody knows have not left.
    if (inner.doubts() > sound) fulfilment.state = core::FulfilmentState::cancelled;
    fulfilment.carrier = inner.text_or("carrier");
    fulfilment.tracking_number = inner.text_or("tracking_number");
    fulfilment.tracking_url = inner.text_or("tracking_url");
    fulfilment.notify_customer = inner.flag_or("notify_customer", false);
    fulfilment.at = inner.instant_or("at", order.placed);
    fulfilment.version = inner.count_or("version", order.version);
    inner.each("lines", [&](const Fields& line, std::size_t) {
      const core::LineId named = line_named(line, order);
      const core::Quantity quantity = line.quantity_or("quantity", core::pieces(1));
      if (!named.is_nil()) fulfilment.lines.push_back({named, quantity});
    });
    order.fulfilments.push_back(std::move(fulfilment));
  });
}

void read_refunds(const Fields& fields, core::Order& order) {
  const std::string derived_from = core::to_text(order.id) + " refund";
  fields.each("refunds", [&](const Fields& inner, std::size_t i) {
    core::Refund refund;
    refund.id = {inner.id("id").value_or(derived_id(derived_from, i))};
    refund.amount = inner.positive_money("amount", order.currency);
    refund.amount.minor = std::max<std::int64_t>(0, refund.amount.minor);
    refund.rounding = inner.money_or("rounding", {0, order.currency});
    refund.approver = inner.text_or("approved_by");
    refund.reason = inner.text_or("reason");
    refund.at = inner.instant_or("at", order.placed);
    refund.version = inner.count_or("version", order.version);
    inner.each("lines", [&](const Fields& line, std::size_t) {
      const core::LineId named = line_named(line, order);
      const core::Quantity quantity = line.quantity_or("quantity", core::pieces(1));
      const core::Money amount = line.money_or("amount", {0, order.currency});
      const bool restock = line.flag_or("restock", false);
      if (!named.is_nil()) refund.lines.push_back({named, quantity, amount, restock});
    });
    order.refunds.push_back(std::move(refund));
  });
}

void read_delivery(const Fields& fields, core::Order& order) {
  fields.inside("address", [&](const Fields& inner) { order.address = address_from(inner); });
  order.delivery = fields.one_of("delivery", guessed_delivery(order), deliveries);
}

void read_extras(const Fields& fields, core::Order& order) {
  fields.each("extras", [&](const Fields& inner, std::size_t) {
    core::ExtraCharge extra{inner.text_or("title"),
                            inner.positive_money("amount", order.currency),
                            inner.rate_or("tax_rate", {}),
                            {}};
    if (extra.title.empty()) inner.doubt("title", "is missing");
    order.extras.push_back(std::move(extra));
  });
}

core::Currency currency_of(const Fields& fields) {
  const std::string code = fields.text_or("currency");
  const core::Currency currency = core::currency_from(code);
  if (!code.empty() && currency == core::Currency{}) {
    fields.doubt("currency", "is not a currency like \"EUR\"");
  }
  return currency;
}

core::Customer customer_from(const Fields& fields) {
  // Whether an address can be right is judged where every order is taken.
  return {fields.text_or("name"), std::string(core::trim(fields.text_or("email"))),
          fields.text_or("language")};
}

void read_head(const Fields& fields, core::Order& order) {
  const std::string format = fields.required("format");
  if (!format.empty() && format != "tresen-order/1") {
    fields.fault("format", "is not \"tresen-order/1\"");
  }
  order.number = fields.required("number");
  order.channel = fields.text_or("channel");
  if (order.channel.empty()) order.channel = "online";
  if (order.channel == "till") fields.fault("channel", "is the name of the tills");
  order.id = {fields.id("id").value_or(derived_id(order.channel + "\n" + order.number, 0))};
  order.version = fields.count_or("version", 1);
  order.currency = currency_of(fields);
  if (!fields.find("placed")) fields.doubt("placed", "is missing");
  order.placed = fields.instant_or("placed", {});
  order.created = fields.instant_or("created", order.placed);
  order.stage = fields.one_of("order_status", core::Stage::open, stages);
  order.tax_mode =
      fields.flag_or("tax_included", true) ? core::TaxMode::included : core::TaxMode::added;
  fields.inside("customer", [&](const Fields& inner) { order.customer = customer_from(inner); });
  order.cashier = fields.text_or("cashier");
  order.note = fields.prose("note");
}

// Our sum and that of the sender must be the same to the cent, or somebody has to
// look at it; without one of his there is nothing to compare.
void check_total(const Fields& fields, core::Order& order, const core::Totals& totals) {
  if (std::abs(totals.total.minor) > core::largest_minor) {
    fields.fault("lines", "makes too large a total");
  }
  fields.inside("totals", [&](const Fields& inner) {
    const core::Money said = inner.money_or("total", totals.total);
    if (said == totals.total) return;
    order.attention = "Its prices do not add up.";
  });
}

// Words that say the same as our own sums are not kept, so that a payment at
// the till moves the status on.
void read_status(const Fields& fields, core::Order& order, const core::Totals& totals) {
  order.fulfilment = fields.text_or("fulfilment_status");
  if (!order.fulfilments.empty() && order.fulfilment != "fulfilled") {
    core::Order derived = order;
    derived.fulfilment.clear();
    if (core::fulfilment_word(derived) == order.fulfilment) order.fulfilment.clear();
  }
  const std::string payment = fields.text_or("payment_status");
  if (payment != core::word(core::payment_status(order, totals.total))) {
    order.upstream_payment = payment;
  }
}

constexpr char no_sign = '\0';

// `digits` digits and the sign behind them, off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits, char sign) {
  const std::size_t length = digits + (sign == no_sign ? 0 : 1);
  if (text.size() < length) return {};
  int number = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  if (sign != no_sign && text[digits] != sign) return {};
  text.remove_prefix(length);
  return number;
}

// ".123" and finer, cut to milliseconds; nothing is zero.
std::optional<std::chrono::milliseconds> take_milliseconds(std::string_view& text) {
  if (!text.starts_with('.')) return std::chrono::milliseconds{0};
  text.remove_prefix(1);
  int number = 0;
  std::size_t digits = 0;
  for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1)) {
    if (digits++ < 3) number = number * 10 + (text[0] - '0');
  }
  if (digits == 0) return {};
  for (; digits < 3; ++digits) number *= 10;
  return std::chrono::milliseconds{number};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (text == "Z") {
    text = {};
    return std::chrono::minutes{0};
  }
  if (!text.starts_with('+') && !text.starts_with('-')) return {};
  const int direction = text[0] == '+' ? 1 : -1;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2, ':');
  const auto minutes = take_number(text, 2, no_sign);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return {};
  return direction * (std::chrono::hours{*hours} + std::chrono::minutes{*minutes});
}

// Each field with what is wrong, one behind the other.
std::string attention_of(const std::vector<FieldFault>& doubts) {
  std::string fields;
  for (const FieldFault& doubt : doubts) fields += (fields.empty() ? "" : "; ") + in_words(doubt);
  return fields;
}

}  // namespace

// RFC 3339 section 5.6, read by hand: the streams of the date library take
// numbers for seconds that no clock has.
core::Result<core::Instant, std::string> instant_from(std::string_view iso) {
  const auto wrong =
      tl::unexpected(fmt::format("\"{}\" is not a time like \"2026-11-21T14:44:05Z\"", iso));
  std::string_view rest = iso;
  const auto year = take_number(rest, 4, '-');
  const auto month = take_number(rest, 2, '-');
  const auto day = take_number(rest, 2, 'T');
  const auto hour = take_number(rest, 2, ':');
  const auto minute = take_number(rest, 2, ':');
  const auto second = take_number(rest, 2, no_sign);
  const auto fraction = take_milliseconds(rest);
  const auto offset = take_offset(rest);
  if (!year || !month || !day || !hour || !minute || !second || !fraction || !offset) return wrong;
  const date::year_month_day ymd{date::year{*year}, date::month{static_cast<unsigned>(*month)},
                                 date::day{static_cast<unsigned>(*day)}};
  if (!rest.empty() || !ymd.ok() || *hour > 23 || *minute > 59 || *second > 59) return wrong;
  return core::Instant{date::sys_days{ymd} + std::chrono::hours{*hour} +
                       std::chrono::minutes{*minute} + std::chrono::seconds{*second} + *fraction -
                       *offset};
}

namespace {

constexpr std::string_view surrogate = "\\uD800";  // a half of a letter beyond U+FFFF

// Which half of a pair is escaped at `at`, as in "\uD83C\uDF6F": 1, 2; 0: none.
int half_at(std::string_view text, std::size_t at) {
  const std::string_view escape = text.substr(at, surrogate.size());
  if (escape.size() < surrogate.size() || escape[0] != '\\' || escape[1] != 'u') return 0;
  if ((escape[2] | 0x20) != 'd') return 0;
  const int digit = escape[3] | 0x20;
  if ((digit >= 'c' && digit <= 'f')) return 2;
  return digit == '8' || digit == '9' || digit == 'a' || digit == 'b' ? 1 : 0;
}

// The file with U+FFFD for each letter that is none: bytes of another table, and one
// half of a pair alone. They are no reason to lose an order.
std::string mended(std::string_view text) {
  const std::string sound = core::as_utf8(text);
  std::string result;
  result.reserve(sound.size());
  for (std::size_t at = 0; at < sound.size();) {
    const bool is_escape = sound[at] == '\\' && at + 1 < sound.size();
    const int half = is_escape ? half_at(sound, at) : 0;
    const bool is_pair = half == 1 && half_at(sound, at + surrogate.size()) == 2;
    const std::size_t size = is_pair     ? 2 * surrogate.size()
                             : half > 0  ? surrogate.size()
                             : is_escape ? 2
                                         : 1;
    result += half > 0 && !is_pair ? "\\uFFFD" : std::string_view(sound).substr(at, size);
    at += size;
  }
  return result;
}

}  // namespace

core::Result<core::Order, OrderFaults> order_from_json(std::string_view bytes) {
  const std::string text = core::file_text(bytes);
  auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  const bool is_broken = json.is_discarded();
  if (is_broken) json = nlohmann::ordered_json::parse(mended(text), nullptr, false);
  if (json.is_discarded()) {
    return tl::unexpected(OrderFaults{true, {{"", "The file is not JSON, or ends too early."}}});
  }
  Findings found;
  found.was_mended = is_broken;
  const Fields fields(json, "", found);
  core::Order order;
  read_head(fields, order);
  read_lines(fields, order);
  read_extras(fields, order);
  fields.inside("discount", [&](const Fields& inner) {
    order.discount = discount_from(inner, order.currency);
  });
  order.cash_rounding = fields.money_or("cash_rounding", {0, order.currency});
  read_payments(fields, order);
  read_delivery(fields, order);
  read_fulfilments(fields, order);
  read_refunds(fields, order);
  if (!found.faults.empty()) return tl::unexpected(OrderFaults{false, std::move(found.faults)});
  const core::Totals totals = core::price(order);
  check_total(fields, order, totals);
  read_status(fields, order, totals);
  if (!found.faults.empty()) return tl::unexpected(OrderFaults{false, std::move(found.faults)});
  if (!found.doubts.empty()) order.attention = attention_of(found.doubts);
  return order;
}

}  // namespace syncing
