#include "sync/upstream/medusa_pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/barcode.h"
#include "core/base/text.h"
#include "sync/upstream/medusa_order.h"
#include "sync/upstream/order_json.h"

namespace syncing::medusa {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t goods_a_page = 200;
constexpr std::int64_t stock_a_page = 500;
constexpr std::chrono::seconds overlap = 5s;
constexpr std::chrono::minutes tolerable_clock = 5min;

std::int64_t size_of(Part part) {
  if (part == Part::orders || part == Part::open_orders) return std::int64_t{orders_a_page};
  return part == Part::stock ? stock_a_page : goods_a_page;
}

std::string_view list_of(Part part) {
  switch (part) {
    case Part::orders:
    case Part::open_orders:
      return "orders";
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

bool is_ours(const Json& order, const Place& place) {
  return text_at(order, "sales_channel_id") == place.channel ||
         !text_at(order, "metadata.pos_order_id").empty();
}

std::optional<core::Money> price_of(const Json& variant, core::Currency currency) {
  for (const Json& price : list_at(variant, "prices")) {
    if (text_at(price, "currency_code") == region_currency(currency) &&
        at(price, "min_quantity").is_null()) {
      return rounded_money(at(price, "amount"), currency);
    }
  }
  return {};
}

std::optional<core::PulledVariant> variant_from(const Json& json, const std::string& product,
                                                const Place& place) {
  const auto price = price_of(json, place.currency);
  if (!price || price->minor < 0 || price->minor > core::largest_minor) return {};
  core::PulledVariant pulled;
  pulled.upstream_id = text_at(json, "id");
  for (const Json& item : list_at(json, "inventory_items")) {
    pulled.inventory_id = text_at(item, "inventory_item_id");
  }
  pulled.counts_stock = flag_at(json, "manage_inventory");
  core::Variant& variant = pulled.variant;
  variant.product_title = product;
  variant.title = text_at(json, "title");
  if (variant.title == "Default variant" || variant.title == "Standard") variant.title.clear();
  variant.sku = text_at(json, "sku");
  variant.price = *price;
  for (const std::string_view field : {"barcode", "ean", "upc"}) {
    const std::string code = core::normal_barcode(text_at(json, field));
    const auto known = std::find(variant.barcodes.begin(), variant.barcodes.end(), code);
    if (!code.empty() && known == variant.barcodes.end()) variant.barcodes.push_back(code);
  }
  return pulled;
}

void read_product(const Json& json, const Place& place, core::PulledCatalogue& catalogue) {
  core::PulledProduct product{
      text_at(json, "id"), text_at(json, "handle"), text_at(json, "title"), {}, true};
  const bool is_gone =
      !text_at(json, "deleted_at").empty() || text_at(json, "status") != "published";
  for (const Json& one : list_at(json, "variants")) {
    if (auto variant = variant_from(one, product.title, place)) {
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

void read_variant(const Json& json, const Place& place, core::PulledCatalogue& catalogue) {
  const Json& owner = at(json, "product");
  core::PulledProduct product{
      text_at(owner, "id"), text_at(owner, "handle"), text_at(owner, "title"), {}, false};
  auto variant = variant_from(json, product.title, place);
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
  static constexpr std::array<std::string_view, parts> names{"orders",   "open orders", "products",
                                                             "variants", "customers",   "stock"};
  return fmt::format("medusa {}", names[static_cast<std::size_t>(part)]);
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
    case Part::products:
      return fmt::format(
          "/admin/products?order=updated_at&with_deleted=true&{}{}&fields=id,handle,title,status,"
          "deleted_at,updated_at,*variants,*variants.prices,*variants.inventory_items",
          page, since);
    case Part::variants:
      return fmt::format(
          "/admin/product-variants?order=updated_at&{}{}&fields=id,title,sku,barcode,ean,upc,"
          "updated_at,manage_inventory,*prices,*inventory_items,product.id,product.handle,"
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

Page page_of(Part part, const Position& position, const Json& json, const Place& place) {
  Page page;
  const Json& rows = list_at(json, list_of(part));
  for (const Json& row : rows) {
    switch (part) {
      case Part::orders:
      case Part::open_orders:
        if (!is_ours(row, place) && text_at(row, "status") != "draft") {
          page.pulled.orders.push_back(order_from(row));
        }
        break;
      case Part::products:
        read_product(row, place, page.pulled.catalogue);
        break;
      case Part::variants:
        read_variant(row, place, page.pulled.catalogue);
        break;
      case Part::customers:
        page.pulled.customers.push_back(customer_from(row));
        break;
      case Part::stock:
        read_stock(row, place, page.pulled.catalogue);
        break;
    }
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  page.is_last = count < size_of(part) || part == Part::open_orders;
  page.next = position;
  if (part == Part::stock) {
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

// --- who is there ---

std::variant<HttpRequest, Introduction::Found> Introduction::next() {
  switch (found_.trouble ? 99 : step_) {
    case 0:
      return api_->get("/admin/stores?fields=id,name,*supported_currencies");
    case 1:
      return api_->get("/admin/regions?limit=100&fields=id,name,currency_code,*countries");
    case 2:
      return api_->get("/admin/sales-channels?limit=100&fields=id,name,is_disabled");
    case 3:
      return api_->get("/admin/stock-locations?limit=100&fields=id,name,*address");
    case 4:
      return api_->get("/admin/product-variants?limit=5&fields=id,sku&sku=" +
                       url_escaped(wanted_.misc_sku));
    case 5:
      return api_->get(
          fmt::format("/admin/orders?limit=1&order=-created_at&sales_channel_id%5B%5D={}&fields=id,"
                      "custom_display_id,metadata",
                      url_escaped(found_.place.channel)));
    default:
      break;
  }
  found_.check.works = !found_.trouble;
  if (found_.trouble) found_.check.trouble.push_back(found_.trouble->reason);
  return found_;
}

void Introduction::hear(const Heard& heard) {
  const Reply reply = reply_of(heard);
  if (reply.trouble) {
    found_.trouble = reply.trouble;
  } else if (reply.refused) {
    found_.trouble =
        link_is_down(reply.refused->status == 404 ? "There is no Medusa at this address."
                                                  : "Medusa says: " + reply.refused->message);
  } else {
    if (heard.date) found_.place.server_time = *heard.date;
    take(reply.json);
    ++step_;
  }
}

std::string Introduction::choose(const Json& list, const std::string& wanted,
                                 std::string_view what) {
  for (const Json& one : list) {
    if (!wanted.empty() && text_at(one, "id") != wanted) continue;
    found_.check.found.push_back(fmt::format("{}: {}", what, text_at(one, "name")));
    return text_at(one, "id");
  }
  found_.trouble = link_is_down(
      wanted.empty() ? fmt::format("Medusa has no {} yet. Create one there.", what)
                     : fmt::format("Medusa has no {} \"{}\". Choose another one.", what, wanted));
  return "";
}

void Introduction::take(const Json& json) {
  Place& place = found_.place;
  switch (step_) {
    case 0:
      if (list_at(json, "stores").empty()) {
        found_.trouble = link_is_down("There is no Medusa at this address.");
        return;
      }
      place.shop = text_at(list_at(json, "stores").front(), "name");
      found_.check.found.push_back(fmt::format("Shop: {}", place.shop));
      if (now_ != core::Instant{} && place.server_time != core::Instant{} &&
          std::chrono::abs(now_ - place.server_time) > tolerable_clock) {
        found_.check.trouble.emplace_back("The till's clock and Medusa's differ by minutes.");
      }
      return;
    case 1:
      place.region = choose(list_at(json, "regions"), wanted_.region, "region");
      for (const Json& region : list_at(json, "regions")) {
        if (text_at(region, "id") != place.region) continue;
        const std::string code = text_at(region, "currency_code");
        std::string upper = code;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        place.currency = core::currency_from(upper);
        found_.check.found.push_back(fmt::format("currency: {}", upper));
        for (const Json& country : list_at(region, "countries")) {
          place.country = text_at(country, "iso_2");
          break;
        }
      }
      return;
    case 2:
      place.channel = choose(list_at(json, "sales_channels"), wanted_.channel, "sales channel");
      return;
    case 3:
      place.location = choose(list_at(json, "stock_locations"), wanted_.location, "stock location");
      for (const Json& one : list_at(json, "stock_locations")) {
        const std::string country = text_at(one, "address.country_code");
        if (text_at(one, "id") == place.location && !country.empty()) place.country = country;
      }
      return;
    case 4:
      for (const Json& one : list_at(json, "variants")) {
        if (text_at(one, "sku") == wanted_.misc_sku) place.misc_variant = text_at(one, "id");
      }
      if (place.misc_variant.empty()) {
        found_.check.trouble.push_back(fmt::format(
            "Medusa has no article with the SKU {}: open items cannot be told.", wanted_.misc_sku));
      }
      return;
    default:
      // The last sale of a till shows whether our ids are unique there. Without one it
      // is not known yet.
      for (const Json& one : list_at(json, "orders")) {
        const std::string ours = text_at(one, "metadata.pos_order_id");
        if (ours.empty()) continue;
        place.refuses_doubles = text_at(one, "custom_display_id") == ours;
        if (!place.refuses_doubles) {
          found_.check.trouble.emplace_back(
              "Medusa does not keep the till's numbers unique: set the option of its order "
              "module.");
        }
      }
  }
}

}  // namespace syncing::medusa
