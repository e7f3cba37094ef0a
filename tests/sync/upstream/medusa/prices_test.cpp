#include "sync/upstream/medusa/prices.h"

#include <doctest/doctest.h>

#include "core/orders/pricing.h"
#include "sync/upstream/json/order_json.h"
#include "sync/upstream/medusa/order.h"
#include "sync/upstream/medusa/pull.h"

namespace syncing::medusa {

namespace {

const Place laden{"Laden", "reg_de", "sc_pos", "sloc_1", "variant_misc", core::eur, "de", {}};

core::Instant moment(const char* iso) {
  return *instant_from(iso);
}
const core::Instant now = moment("2026-11-30T12:00:00Z");
core::Money euros(std::int64_t minor) {
  return {minor, core::eur};
}

template <class... Rows>
Json rows(Rows... some) {
  Json all = Json::array();
  (all.push_back(std::move(some)), ...);
  return all;
}

Json price(double amount, Json rules = Json::object(), const char* currency = "eur") {
  return {{"amount", amount},
          {"currency_code", currency},
          {"rules", std::move(rules)},
          {"variant_id", "variant_1"}};
}
Json region(const char* id) {
  return {{"region_id", id}};
}
Json variant(Json prices) {
  return {{"id", "variant_1"}, {"prices", std::move(prices)}};
}

Json list(const char* type, Json prices, const char* from = "", const char* until = "",
          Json rules = Json::object()) {
  Json json{{"id", type},
            {"type", type},
            {"status", "active"},
            {"rules", std::move(rules)},
            {"prices", std::move(prices)}};
  if (*from != 0) json["starts_at"] = from;
  if (*until != 0) json["ends_at"] = until;
  return json;
}

medusa::Charged charged(const Json& own, const Json& lists = Json::array()) {
  medusa::PriceLists known;
  medusa::add_price_lists(known, {{"price_lists", lists}}, laden);
  const auto found = medusa::charged(variant(own), known, laden, now);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("medusa prices: the region's own price counts, whatever order they come in") {
  const Json plain = price(21.99), ours = price(30, region("reg_de"));
  CHECK(charged({plain, ours}).price == euros(3000));
  CHECK(charged({ours, plain}).price == euros(3000));
  CHECK(charged({plain, price(12, region("reg_at"))}).price == euros(2199));
  CHECK(charged({plain, price(5, {{"customer.groups.id", "vip"}})}).price == euros(2199));
  CHECK(charged(rows(price(7, Json::object(), "sek"), plain)).price == euros(2199));
  Json many = price(15);
  many["min_quantity"] = 10;
  CHECK(charged({many, plain}).price == euros(2199));
  CHECK_FALSE(medusa::charged(variant(rows(price(7, Json::object(), "sek"))), {}, laden, now));
}

TEST_CASE(
    "medusa prices: a sale lowers the price and shows what it was, an override takes its laden") {
  const Json own = rows(price(21.99));
  CHECK(charged(own, rows(list("sale", rows(price(15))))) ==
        medusa::Charged{euros(1500), euros(2199)});
  CHECK(charged(own, rows(list("sale", rows(price(25))))) == medusa::Charged{euros(2199), {}});
  CHECK(charged(own, rows(list("override", rows(price(25))))) == medusa::Charged{euros(2500), {}});
  // Of several the lowest, and the more closely meant before it.
  CHECK(charged(own, rows(list("sale", rows(price(18))), list("sale", rows(price(16))))).price ==
        euros(1600));
  CHECK(charged(own, rows(list("sale", rows(price(16), price(17, region("reg_de")))))).price ==
        euros(1700));
  // Neither a draft's nor another group's, another region's or currency's.
  Json draft = list("sale", rows(price(15)));
  draft["status"] = "draft";
  const Json groups{{"customer.groups.id", {"vip"}}};
  const Json others{draft, list("sale", rows(price(15)), "", "", groups),
                    list("sale", rows(price(15, region("reg_at")))),
                    list("sale", rows(price(15, Json::object(), "sek")))};
  CHECK(charged(own, others) == medusa::Charged{euros(2199), {}});
}

TEST_CASE("medusa prices: what dated lists bring is known beforehand, to the moment") {
  const Json own = rows(price(21.99));
  const Json lists =
      rows(list("sale", rows(price(15)), "2026-12-01T00:00:00Z", "2026-12-24T00:00:00Z"),
           list("override", rows(price(19)), "2026-12-10T00:00:00Z"),
           list("sale", rows(price(9)), "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
  const medusa::Charged found = charged(own, lists);
  CHECK(found.price == euros(2199));
  const std::vector<core::PriceStep> expected{
      {moment("2026-12-01T00:00:00Z"), euros(1500), euros(2199)},
      {moment("2026-12-10T00:00:00Z"), euros(1500), euros(1900)},
      {moment("2026-12-24T00:00:00.001Z"), euros(1900), {}}};
  CHECK(found.coming == expected);
}

TEST_CASE("medusa prices: another list has another mark, the same in another order has not") {
  const auto mark = [](const Json& lists) {
    medusa::PriceLists known;
    medusa::add_price_lists(known, {{"price_lists", lists}}, laden);
    return known.mark;
  };
  CHECK(mark(rows(list("sale", rows(price(15), price(16))))) ==
        mark(rows(list("sale", rows(price(16), price(15))))));
  CHECK(mark(rows(list("sale", rows(price(15))))) != mark(rows(list("sale", rows(price(14))))));
  CHECK(mark(Json::array()) == "");
}

TEST_CASE("medusa: a kit is read by its parts, a single piece by its own stock") {
  const auto read = [](Json inventory) {
    Json one = variant(rows(price(9)));
    one["manage_inventory"] = true;
    one["inventory_items"] = std::move(inventory);
    const Json page{{"products",
                     {{{"id", "prod_1"},
                       {"handle", "kit"},
                       {"title", "Kit"},
                       {"status", "published"},
                       {"variants", {one}}}}}};
    return medusa::page_of(medusa::Part::products, {}, page, {laden, {}, now})
        .pulled.catalogue.products.at(0)
        .variants.at(0);
  };
  const auto item = [](const char* id, int required) {
    return Json{{"inventory_item_id", id}, {"required_quantity", required}};
  };
  const auto kit = read(rows(item("i1", 4), item("i2", 1)));
  CHECK(kit.inventory_id.empty());
  CHECK(kit.kit == std::vector<core::KitPart>{{"i1", 4}, {"i2", 1}});
  CHECK(read(rows(item("i1", 6))).kit == std::vector<core::KitPart>{{"i1", 6}});
  CHECK(read(rows(item("i1", 1))).inventory_id == "i1");
  CHECK(read(rows(item("i1", 1))).kit.empty());
}

// --- what an order costs ---

namespace {

Json order(double total, Json items, Json methods) {
  return {{"id", "order_5"},
          {"display_id", 5},
          {"status", "pending"},
          {"currency_code", "eur"},
          {"total", total},
          {"items", std::move(items)},
          {"shipping_methods", std::move(methods)},
          {"shipping_address", {{"address_1", "Hauptstr. 1"}, {"city", "Berlin"}}}};
}
Json item(double unit, int quantity, bool inclusive, double rate, double discount = 0) {
  return {{"id", "ordli_" + std::to_string(unit)},
          {"title", "Ware"},
          {"quantity", quantity},
          {"unit_price", unit},
          {"is_tax_inclusive", inclusive},
          {"discount_subtotal", discount},
          {"discount_total", discount * (100 + rate) / 100},
          {"tax_lines", {{{"rate", rate}}}}};
}
Json shipping(double subtotal, double total, bool inclusive, double rate) {
  return {{"name", "Paket"},
          {"amount", inclusive ? total : subtotal},
          {"subtotal", subtotal},
          {"total", total},
          {"is_tax_inclusive", inclusive},
          {"tax_lines", {{{"rate", rate}}}}};
}

}  // namespace

TEST_CASE("medusa: where prices are without tax, shipping is taxed once") {
  const core::Order read = medusa::order_from(
      order(812.4875, rows(item(200.33, 3, false, 25)), rows(shipping(49, 61.25, false, 25))));
  CHECK(read.tax_mode == core::TaxMode::added);
  CHECK(core::price(read).total == euros(81249));
  CHECK(core::price(read).tax == euros(16250));
  CHECK(read.attention.empty());
  CHECK(read.extras.size() == 1);
  const core::Order lower = medusa::order_from(order(
      737.36375, rows(item(200.33, 3, false, 25, 60.099)), rows(shipping(49, 61.25, false, 25))));
  CHECK(core::price(lower).total == euros(73736));
  CHECK(lower.lines[0].discount->value == 6010);
  CHECK(lower.attention.empty());
}

TEST_CASE("medusa: a draft's custom item without tax among goods whose prices hold it") {
  const core::Order read = medusa::order_from(
      order(54.615, rows(item(12.5, 3, false, 19), item(9.99, 1, true, 19)), Json::array()));
  CHECK(read.tax_mode == core::TaxMode::included);
  CHECK(core::price(read).total == euros(5462));
  CHECK(core::price(read).tax == euros(872));
  CHECK(read.attention.empty());
  CHECK(read.lines[0].unit_price == euros(1488));
  const core::Order shipped =
      medusa::order_from(order(27.02, rows(item(12.5, 1, false, 19), item(7.24, 1, true, 19)),
                               rows(shipping(4.12, 4.9, true, 19))));
  CHECK(core::price(shipped).total == euros(2702));
  CHECK(shipped.attention.empty());
}

// Medusa's discount is that of what did not come back.
TEST_CASE("medusa: goods of a discounted line that came back leave its discount as it was") {
  const auto with_back = [](Json one, int back, double worth) {
    one["detail"]["return_received_quantity"] = back;
    one["return_received_total"] = worth;
    return one;
  };
  const core::Order some = medusa::order_from(
      order(18, rows(with_back(item(10, 3, true, 19, 2 / 1.19), 1, 9)), Json::array()));
  CHECK(some.lines[0].discount->value == 300);
  CHECK(core::price(some).total == euros(2700));
  CHECK(some.attention.empty());
  const core::Order all =
      medusa::order_from(order(0, rows(with_back(item(10, 3, true, 19), 3, 27)), Json::array()));
  CHECK(all.lines[0].discount->value == 300);
  CHECK(core::price(all).total == euros(2700));
  CHECK(all.attention.empty());
  for (const int back : {1, 3}) {
    const double net = 9.0 * (3 - back);
    const core::Order untaxed = medusa::order_from(
        order(net * 1.25, rows(with_back(item(10, 3, false, 25, 3 - back), back, back * 11.25)),
              rows(shipping(0, 0, false, 25))));
    CAPTURE(back);
    CHECK(untaxed.tax_mode == core::TaxMode::added);
    CHECK(untaxed.lines[0].discount->value == 300);
    CHECK(core::price(untaxed).total == euros(3375));
    CHECK(untaxed.attention.empty());
  }
}

TEST_CASE("medusa: of a kit that was sent its pieces count, not the parts in the parcel") {
  const auto part = [](const char* id, int quantity) {
    return Json{{"line_item_id", "ordli_kit"}, {"inventory_item_id", id}, {"quantity", quantity}};
  };
  Json kit = item(9, 3, true, 19);
  kit["id"] = "ordli_kit";
  Json json = order(27, rows(kit), Json::array());
  json["fulfillments"] = rows(Json{{"id", "ful_1"}, {"items", rows(part("i1", 8), part("i2", 2))}});
  const auto sent = [&] { return medusa::order_from(json).fulfilments.at(0).lines; };
  json["items"][0]["variant"]["inventory_items"] =
      rows(Json{{"inventory_item_id", "i1"}, {"required_quantity", 4}},
           Json{{"inventory_item_id", "i2"}, {"required_quantity", 1}});
  REQUIRE(sent().size() == 1);
  CHECK(sent()[0].quantity == core::pieces(2));
  json["items"][0]["variant"] = nullptr;  // the article is gone
  REQUIRE(sent().size() == 1);
  CHECK(sent()[0].quantity == core::pieces(2));
}

TEST_CASE("medusa: cents that only rounding explains are a charge, more is looked at") {
  const Json items = rows(item(2.5, 1, false, 19), item(2.51, 1, false, 19), item(3, 1, true, 7));
  const core::Order read = medusa::order_from(order(8.9619, items, Json::array()));
  CHECK(core::price(read).total == euros(896));
  CHECK(read.attention.empty());
  const core::Order wrong = medusa::order_from(order(9.5, items, Json::array()));
  CHECK(wrong.attention == "Its prices do not add up.");
}

}  // namespace syncing::medusa
