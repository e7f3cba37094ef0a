#include "sync/upstream/medusa/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "sync/upstream/json/order_json.h"
#include "sync/upstream/medusa/order.h"

namespace syncing::medusa {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t goods_a_page = 200;
constexpr std::int64_t stock_a_page = 500;
constexpr std::int64_t lists_a_page = 5;  // each with all its prices
constexpr std::chrono::seconds overlap = 5s;

std::int64_t size_of(Part part) {
  if (part == Part::orders || part == Part::open_orders) return std::int64_t{orders_a_page};
  if (part == Part::price_lists) return lists_a_page;
  return part == Part::stock ? stock_a_page : goods_a_page;
}

std::string_view list_of(Part part) {
  switch (part) {
    case Part::orders:
    case Part::open_orders:
      return "orders";
    case Part::price_lists:
      return "price_lists";
    case Part::products:
      return "products";
    case Part::variants:
      return "variants";
    case Part::customers:
      return "customers";
    case Part::stock:
      return "inventory_items";
  }
  return "";
}

// What a till has told. A person's order in the tills' sales channel is an order
// like any other.
bool is_ours(const Json& order) {
  return !text_at(order, "metadata.pos_order_id").empty();
}

// What stock it takes: one piece of one thing, or a kit.
void read_inventory(const Json& json, core::PulledVariant& pulled) {
  for (const Json& item : list_at(json, "inventory_items")) {
    pulled.kit.push_back({text_at(item, "inventory_item_id"),
                          std::max<std::int64_t>(1, number_at(item, "required_quantity"))});
  }
  if (pulled.kit.size() != 1 || pulled.kit.front().required != 1) return;
  pulled.inventory_id = pulled.kit.front().inventory_id;
  pulled.kit.clear();
}

std::optional<core::PulledVariant> variant_from(const Json& json, const std::string& product,
                                                const Reading& how) {
  const auto price = charged(json, how.lists, how.place, how.now);
  if (!price) return {};
  core::PulledVariant pulled;
  pulled.upstream_id = text_at(json, "id");
  pulled.counts_stock = flag_at(json, "manage_inventory");
  if (pulled.counts_stock) read_inventory(json, pulled);
  core::Variant& variant = pulled.variant;
  variant.product_title = product;
  variant.title = text_at(json, "title");
  if (variant.title == "Default variant" || variant.title == "Standard") variant.title.clear();
  variant.sku = text_at(json, "sku");
  variant.price = price->price;
  variant.compare_at = price->compare_at;
  pulled.coming_prices = price->coming;
  for (const std::string_view field : {"barcode", "ean", "upc"}) {
    const std::string code = core::normal_barcode(text_at(json, field));
    const auto known = std::find(variant.barcodes.begin(), variant.barcodes.end(), code);
    if (!code.empty() && known == variant.barcodes.end()) variant.barcodes.push_back(code);
  }
  return pulled;
}

void read_product(const Json& json, const Reading& how, core::PulledCatalogue& catalogue) {
  core::PulledProduct product{
      text_at(json, "id"), text_at(json, "handle"), text_at(json, "title"), {}, true};
  const bool is_gone =
      !text_at(json, "deleted_at").empty() || text_at(json, "status") != "published";
  for (const Json& one : list_at(json, "variants")) {
    if (auto variant = variant_from(one, product.title, how)) {
      product.variants.push_back(std::move(*variant));
    }
  }
  if (product.upstream_id.empty() || product.handle.empty()) return;
  if (is_gone || product.variants.empty()) {
    catalogue.removed.push_back(product.upstream_id);
  } else {
    catalogue.products.push_back(std::move(product));
  }
}

void read_variant(const Json& json, const Reading& how, core::PulledCatalogue& catalogue) {
  const Json& owner = at(json, "product");
  core::PulledProduct product{
      text_at(owner, "id"), text_at(owner, "handle"), text_at(owner, "title"), {}, false};
  auto variant = variant_from(json, product.title, how);
  if (product.handle.empty() || !variant || text_at(owner, "status") != "published") return;
  product.variants.push_back(std::move(*variant));
  catalogue.products.push_back(std::move(product));
}

core::PulledCustomer customer_from(const Json& json) {
  std::string name = text_at(json, "first_name") + " " + text_at(json, "last_name");
  name = core::trim(name);
  if (name.empty()) name = text_at(json, "company_name");
  return {text_at(json, "id"), {std::move(name), text_at(json, "email"), ""}, false};
}

void read_stock(const Json& json, const Place& place, core::PulledCatalogue& catalogue) {
  for (const Json& level : list_at(json, "location_levels")) {
    if (text_at(level, "location_id") != place.location) continue;
    catalogue.stock.push_back(
        {text_at(json, "id"), core::pieces(number_at(level, "stocked_quantity") -
                                           number_at(level, "reserved_quantity"))});
  }
}

}  // namespace

std::string cursor_name(Part part) {
  static constexpr std::array<std::string_view, parts> names{
      "orders", "open orders", "price lists", "products", "variants", "customers", "stock"};
  return fmt::format("medusa {}", names[static_cast<std::size_t>(part)]);
}

bool goes_by_time(Part part) {
  return part == Part::orders || part == Part::products || part == Part::variants ||
         part == Part::customers;
}

std::string with_overlap(const std::string& since) {
  const auto at = instant_from(since);
  return at ? core::to_iso(*at - overlap) : since;
}

std::string url_of(Part part, const Position& position, const std::vector<std::string>& ids,
                   const Place&) {
  const std::string since =
      position.since.empty() ? "" : "&updated_at%5B%24gte%5D=" + url_escaped(position.since);
  const std::string page = fmt::format("limit={}&offset={}", size_of(part), position.offset);
  switch (part) {
    case Part::orders:
      return fmt::format("/admin/orders?order=updated_at&{}{}&fields={}", page, since,
                         order_fields);
    case Part::open_orders: {
      std::string wanted;
      for (const std::string& id : ids) wanted += "&id%5B%5D=" + url_escaped(id);
      return fmt::format("/admin/orders?limit={}{}&fields={}", orders_a_page, wanted, order_fields);
    }
    case Part::price_lists:
      return fmt::format("/admin/price-lists?order=created_at&{}&fields={}", page,
                         price_list_fields);
    case Part::products:
      return fmt::format(
          "/admin/products?order=updated_at&with_deleted=true&{}{}&fields=id,handle,title,status,"
          "deleted_at,updated_at,*variants,*variants.prices,*variants.prices.price_rules,*variants."
          "inventory_items",
          page, since);
    case Part::variants:
      return fmt::format(
          "/admin/product-variants?order=updated_at&{}{}&fields=id,title,sku,barcode,ean,upc,"
          "updated_at,manage_inventory,*prices,*prices.price_rules,*inventory_items,product.id,"
          "product.handle,"
          "product.title,product.status",
          page, since);
    case Part::customers:
      return fmt::format(
          "/admin/customers?order=updated_at&{}{}&fields=id,email,first_name,last_name,"
          "company_name,updated_at",
          page, since);
    case Part::stock:
      return fmt::format("/admin/inventory-items?{}&fields=id,*location_levels", page);
  }
  return "";
}

Page page_of(Part part, const Position& position, const Json& json, const Reading& how) {
  Page page;
  const Json& rows = list_at(json, list_of(part));
  for (const Json& row : rows) {
    switch (part) {
      case Part::orders:
      case Part::open_orders:
        if (!is_ours(row) && text_at(row, "status") != "draft") {
          page.pulled.orders.push_back(order_from(row));
        }
        break;
      case Part::price_lists:
        break;
      case Part::products:
        read_product(row, how, page.pulled.catalogue);
        break;
      case Part::variants:
        read_variant(row, how, page.pulled.catalogue);
        break;
      case Part::customers:
        page.pulled.customers.push_back(customer_from(row));
        break;
      case Part::stock:
        read_stock(row, how.place, page.pulled.catalogue);
        break;
    }
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  page.is_last = count < size_of(part) || part == Part::open_orders;
  page.next = position;
  if (!goes_by_time(part)) {
    page.next.offset += count;
  } else if (count > 0) {
    const std::string last = text_at(rows.back(), "updated_at");
    if (last > position.since) {
      page.next = {last, 0};
    } else {
      page.next.offset += count;
    }
  }
  return page;
}

}  // namespace syncing::medusa
