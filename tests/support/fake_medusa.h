// Medusa's Admin API without a network, as far as telling it of one order goes.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "sync/base/http.h"
#include "sync/upstream/medusa/reply.h"
#include "sync/upstream/medusa/state.h"

namespace tests {

using syncing::Json;
using syncing::rounded_money;
namespace medusa = syncing::medusa;

// What a Medusa would answer: one order, changed by what is asked of it. It is
// no model of Medusa's rules, but of its memory.
struct FakeMedusa {
  Json order;  // null: not there
  Json draft;
  std::map<std::string, int> writes;  // by what was done
  int reads = 0;
  bool converts_after_look = false;  // what was asked earlier is done behind a look's back
  int collections = 0;
  Json returned, asked_back = Json::array(), received_back = Json::array();
  bool is_changing = false;
  core::Money owed{0, core::eur};  // for goods that came back

  syncing::Heard answer(const syncing::HttpRequest& request) {
    const std::string asked = request.url.substr(request.url.find("/admin/"));
    const std::string path = asked.substr(0, asked.find('?'));
    const Json body = request.body.empty() ? Json() : Json::parse(request.body);
    if (path.starts_with("/admin/returns")) return take_back(request.method, path, body);
    if (request.method == "GET") {
      ++reads;
      const syncing::Heard seen = read(path);
      if (converts_after_look && !draft.is_null() && path == "/admin/draft-orders") convert();
      return seen;
    }
    if (path == "/admin/draft-orders") return create(body);
    if (path.ends_with("/convert-to-order")) return convert();
    if (request.method == "DELETE") return drop(path);
    if (path == "/admin/payment-collections") return collect(body);
    if (path.ends_with("/mark-as-paid")) return pay(path);
    if (path.ends_with("/fulfillments")) return fulfil(body);
    if (path.ends_with("/mark-as-delivered")) {
      ++writes["deliver"];
      for (Json& one : order["fulfillments"]) one["delivered_at"] = "2026-11-25T10:00:00Z";
      return good({{"order", order}});
    }
    if (path.ends_with("/refund")) return refund(body);
    if (path.ends_with("/capture")) return capture(body);
    if (path.ends_with("/complete") || path.ends_with("/archive")) {
      ++writes["close"];
      order["status"] = path.ends_with("/archive") ? "archived" : "completed";
      return good({{"order", order}});
    }
    return bad("unknown path " + path);
  }

  static syncing::Heard good(const Json& json) { return {200, {}, json.dump(), "", false, {}}; }
  static syncing::Heard bad(const std::string& message) {
    const Json json{{"type", "invalid_data"}, {"message", message}};
    return {400, {}, json.dump(), "", false, {}};
  }

  syncing::Heard read(const std::string& path) const {
    const auto list = [](const char* name, const Json& one) {
      Json rows = Json::array();
      if (!one.is_null()) rows.push_back(one);
      return good({{name, rows}});
    };
    if (path == "/admin/orders") return list("orders", order);
    if (path == "/admin/draft-orders") return list("draft_orders", draft);
    return order.is_null() ? syncing::Heard{404, {}, "{}", "", false, {}}
                           : good({{"order", order}});
  }
  syncing::Heard create(const Json& body) {
    if (!order.is_null() || !draft.is_null()) return bad("already exists");
    ++writes["create"];
    core::Money total{0, core::eur};
    Json items = Json::array();
    for (const Json& item : body["items"]) {
      const std::int64_t quantity = item["quantity"];
      total.minor += rounded_money(item["unit_price"], core::eur).minor * quantity;
      items.push_back({{"id", "ordli_" + std::to_string(items.size())},
                       {"quantity", quantity},
                       {"unit_price", item["unit_price"]},
                       {"metadata", item["metadata"]},
                       {"detail", {{"fulfilled_quantity", 0}}}});
    }
    draft = {{"id", "order_1"},
             {"status", "draft"},
             {"display_id", 12},
             {"custom_display_id", body["metadata"]["pos_order_id"]},
             {"currency_code", "eur"},
             {"total", medusa::number(total)},
             {"items", items},
             {"credit_lines", Json::array()},
             {"payment_collections", Json::array()},
             {"fulfillments", Json::array()}};
    return good({{"draft_order", draft}});
  }
  syncing::Heard convert() {
    if (draft.is_null()) return bad("is not a draft order");
    ++writes["convert"];
    order = std::exchange(draft, Json());
    order["status"] = "pending";
    return good({{"order", order}});
  }
  syncing::Heard collect(const Json& body) {
    ++writes["collection"];
    const Json made{{"id", "pc_" + std::to_string(++collections)},
                    {"status", "not_paid"},
                    {"amount", body["amount"]},
                    {"created_at", std::to_string(100 + collections)},
                    {"payments", Json::array()}};
    order["payment_collections"].push_back(made);
    return good({{"payment_collection", made}});
  }
  syncing::Heard pay(const std::string& path) {
    for (Json& one : order["payment_collections"]) {
      if (path.find(one["id"].get<std::string>() + "/") == std::string::npos) continue;
      if (one["status"] != "not_paid") return bad("Can only mark 'not_paid'");
      ++writes["pay"];
      one["status"] = "completed";
      one["payments"].push_back({{"id", "pay_" + one["id"].get<std::string>()},
                                 {"amount", one["amount"]},
                                 {"captures", Json::array({{{"amount", one["amount"]}}})}});
      return good({{"payment_collection", one}});
    }
    return bad("not found");
  }
  syncing::Heard drop(const std::string& path) {
    ++writes["drop"];
    auto& all = order["payment_collections"];
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (path.ends_with(all[i]["id"].get<std::string>())) {
        all.erase(i);
        break;
      }
    }
    return good(Json::object());
  }
  syncing::Heard refund(const Json& body) {
    ++writes["refund"];
    auto& payment = order["payment_collections"][0]["payments"][0];
    payment["refunds"].push_back({{"amount", body["amount"]}, {"note", body["note"]}});
    // What is not owed for goods that came back becomes a credit.
    const core::Money amount = rounded_money(body["amount"], core::eur);
    const core::Money credit = amount - std::min(amount, owed);
    owed = owed - std::min(amount, owed);
    if (credit.minor > 0) {
      order["credit_lines"].push_back({{"amount", medusa::number(credit)}});
      lower_total(credit);
    }
    return good(Json::object());
  }
  syncing::Heard capture(const Json& body) {
    ++writes["capture"];
    auto& payment = order["payment_collections"][0]["payments"][0];
    payment["captures"].push_back({{"amount", body["amount"]}});
    return good(Json::object());
  }
  syncing::Heard fulfil(const Json& body) {
    ++writes["fulfil"];
    Json items = Json::array();
    for (const Json& item : body["items"]) {
      for (Json& line : order["items"]) {
        if (line["id"] == item["id"]) line["detail"]["fulfilled_quantity"] = item["quantity"];
      }
      items.push_back({{"line_item_id", item["id"]}, {"quantity", item["quantity"]}});
    }
    order["fulfillments"].push_back(
        {{"id", "ful_1"}, {"items", items}, {"metadata", body.value("metadata", Json())}});
    return good({{"order", order}});
  }

  // A return: begun, filled, requested; then received in three steps. Only one
  // change of an order at a time.
  syncing::Heard take_back(const std::string& method, const std::string& path, const Json& body) {
    if (method == "GET") {
      Json rows = Json::array();
      if (!returned.is_null()) rows.push_back(returned);
      return good({{"returns", rows}});
    }
    if (method == "DELETE") {
      if (!is_changing) return bad("there is no change");
      is_changing = false;
      if (path.ends_with("/request")) returned = Json();
      return good(Json::object());
    }
    const bool begins = path == "/admin/returns" || path.ends_with("/receive");
    if (begins == is_changing) return bad("already has an existing active order change");
    if (path == "/admin/returns") {
      returned = {{"id", "return_1"},
                  {"status", "open"},
                  {"metadata", body["metadata"]},
                  {"items", Json::array()}};
      is_changing = true;
      return good({{"return", returned}});
    }
    is_changing = true;
    if (path.ends_with("/request-items")) asked_back = body["items"];
    if (path.ends_with("/request")) {
      returned["status"] = "requested";
      for (const Json& item : asked_back) {
        returned["items"].push_back({{"item_id", item["id"]}, {"quantity", item["quantity"]}});
        line_of(item["id"])["detail"]["return_requested_quantity"] = item["quantity"];
      }
      is_changing = false;
    }
    if (path.ends_with("/receive-items")) received_back = body["items"];
    if (path.ends_with("/confirm")) return confirm_return();
    return good({{"order_preview", Json::object()}});
  }
  syncing::Heard confirm_return() {
    is_changing = false;
    ++writes["received"];
    returned["status"] = "received";
    for (const Json& item : received_back) {
      Json& line = line_of(item["id"]);
      const core::Money each = rounded_money(line["unit_price"], core::eur);
      const std::int64_t quantity = item["quantity"];
      const core::Money worth{each.minor * quantity, each.currency};
      line["detail"]["return_requested_quantity"] = 0;
      line["detail"]["return_received_quantity"] = quantity;
      line["return_received_total"] = medusa::number(worth);
      lower_total(worth);
      owed += worth;
    }
    return good({{"order_preview", Json::object()}});
  }
  Json& line_of(const Json& id) {
    for (Json& line : order["items"]) {
      if (line["id"] == id) return line;
    }
    return order["items"][0];
  }
  void lower_total(core::Money by) {
    order["total"] = medusa::number(rounded_money(order["total"], core::eur) - by);
  }

  core::Money received() const {
    return order.is_null() ? core::Money{0, core::eur} : medusa::order_state(order).captured();
  }
};

}  // namespace tests
