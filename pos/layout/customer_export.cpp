#include "pos/layout/customer_export.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace pos {

namespace {

using Json = nlohmann::ordered_json;

std::string iso_text(core::Instant at) {
  return at == core::Instant{} ? "" : core::to_iso(at);
}

std::string number_of(std::int64_t id) {
  return std::to_string(id);
}

// The fields that a person has filled in, by their names in the export.
std::vector<std::pair<std::string, std::string>> fields_of(const core::CustomerRecord& record) {
  return {{"name", record.name},     {"company", record.company},
          {"email", record.email},   {"phone", record.phone},
          {"street", record.street}, {"postcode", record.postcode},
          {"city", record.city},     {"country", record.country},
          {"vat_id", record.vat_id}, {"language", record.language},
          {"notes", record.notes},   {"created", iso_text(record.created)}};
}

Json json_of(const core::CustomerRecord& record) {
  Json json{{"number", record.id}};
  for (auto& [name, value] : fields_of(record)) json[name] = value;
  json["consents"] = Json::array();
  for (const core::Consent& consent : record.consents) {
    json["consents"].push_back({{"about", "mail"},
                                {"given", consent.given},
                                {"at", iso_text(consent.at)},
                                {"who", consent.who}});
  }
  return json;
}

Json json_of(const core::Order& order) {
  const core::Totals totals = core::price(order);
  Json json{{"number", order.number},
            {"placed", iso_text(order.placed)},
            {"channel", order.channel},
            {"name", order.customer.name},
            {"email", order.customer.email},
            {"currency", std::string(order.currency.text())},
            {"total", core::to_plain(totals.total)}};
  json["lines"] = Json::array();
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const core::LineItem& line = order.lines[i];
    json["lines"].push_back({{"title", line.title},
                             {"sku", line.sku},
                             {"quantity", core::to_plain(line.quantity)},
                             {"total", core::to_plain(totals.lines[i].final())},
                             {"note", line.note}});
  }
  json["payments"] = Json::array();
  for (const core::Payment& payment : order.payments) {
    json["payments"].push_back({{"kind", core::word(payment.kind)},
                                {"tender", core::word(payment.tender)},
                                {"state", core::word(payment.state)},
                                {"amount", core::to_plain(payment.amount)},
                                {"at", iso_text(payment.at)},
                                {"reference", payment.reference}});
  }
  return json;
}

// No program for tables takes what a person wrote for a formula.
std::string quoted_field(std::string_view text) {
  std::string field = "\"";
  if (text.starts_with('=') || text.starts_with('@')) field += '\'';
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

void add_row(std::string& csv, std::initializer_list<std::string_view> fields) {
  const char* between = "";
  for (const std::string_view field : fields) {
    csv += between + quoted_field(field);
    between = ",";
  }
  csv += "\r\n";
}

void add_record(std::string& csv, std::string_view what, const core::CustomerRecord& record) {
  const std::string number = number_of(record.id);
  for (const auto& [name, value] : fields_of(record)) {
    if (!value.empty()) add_row(csv, {what, number, "", name, value});
  }
  for (const core::Consent& consent : record.consents) {
    add_row(csv, {"consent", number, iso_text(consent.at), "mail",
                  fmt::format("{}, {}", consent.given ? "yes" : "no", consent.who)});
  }
}

void add_order(std::string& csv, const core::Order& order) {
  const core::Totals totals = core::price(order);
  const std::string at = iso_text(order.placed);
  const std::string_view currency = order.currency.text();
  add_row(csv, {"order", order.number, at, "total",
                fmt::format("{} {}", core::to_plain(totals.total), currency)});
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const core::LineItem& line = order.lines[i];
    add_row(csv, {"line", order.number, at, line.title,
                  fmt::format("{} x, {} {}", core::to_plain(line.quantity),
                              core::to_plain(totals.lines[i].final()), currency)});
  }
  for (const core::Payment& payment : order.payments) {
    add_row(csv, {"payment", order.number, iso_text(payment.at),
                  fmt::format("{} {}", core::word(payment.tender), core::word(payment.kind)),
                  fmt::format("{} {}", core::to_plain(payment.amount), currency)});
  }
}

}  // namespace

std::string customer_json(const core::CustomerData& data) {
  Json json = json_of(data.record);
  json["merged"] = Json::array();
  for (const core::CustomerRecord& one : data.merged) json["merged"].push_back(json_of(one));
  json["orders"] = Json::array();
  for (const core::Order& order : data.orders) json["orders"].push_back(json_of(order));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string customer_csv(const core::CustomerData& data) {
  std::string csv;
  add_row(csv, {"what", "number", "at", "name", "value"});
  add_record(csv, "customer", data.record);
  for (const core::CustomerRecord& one : data.merged) add_record(csv, "merged customer", one);
  for (const core::Order& order : data.orders) add_order(csv, order);
  return csv;
}

}  // namespace pos
