#include "sync/upstream/shopify_pull.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/upstream/shopify_operations.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;

constexpr auto overlap = 120s;
constexpr auto first_reach = std::chrono::hours{60 * 24};  // what an app may see of orders
constexpr std::size_t pages_at_once = 40;                  // then what was found is handed over

// Of a node: the connection that may go on, and how it is asked for.
const char* inner_list(const Json& node) {
  return node.contains("lineItems") ? "lineItems" : "variants";
}

std::string cursor_of(const Json& connection) {
  if (!flag_at(connection, "pageInfo.hasNextPage")) return {};
  return text_at(connection, "pageInfo.endCursor");
}

}  // namespace

std::string to_text(const Place& place) {
  const Json json{{"orders", core::to_iso(place.orders)},
                  {"products", core::to_iso(place.products)},
                  {"stock", core::to_iso(place.stock)},
                  {"deleted", core::to_iso(place.deleted)}};
  return json.dump();
}

Place place_from(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  return {time_at(json, "orders"), time_at(json, "products"), time_at(json, "stock"),
          time_at(json, "deleted")};
}

std::string history_note(const std::vector<std::string>& scopes) {
  const bool all = std::find(scopes.begin(), scopes.end(), "read_all_orders") != scopes.end();
  if (all) return {};
  return "Shopify shows this app the orders of the last 60 days (permission read_all_orders is not "
         "given).";
}

PullDialogue::PullDialogue(PullWhat what, Place from, core::Instant now, const ShopFacts& shop)
    : shop_(&shop),
      now_(now),
      from_(from),
      stage_(what == PullWhat::orders ? Stage::orders : Stage::products) {
  found_.place = from;
}

core::Instant& PullDialogue::place_of(Stage stage) {
  switch (stage) {
    case Stage::orders:
      return found_.place.orders;
    case Stage::products:
      return found_.place.products;
    case Stage::stock:
      return found_.place.stock;
    default:
      return found_.place.deleted;
  }
}

core::Instant PullDialogue::since(Stage stage) const {
  const core::Instant place = stage == Stage::orders     ? from_.orders
                              : stage == Stage::products ? from_.products
                              : stage == Stage::stock    ? from_.stock
                                                         : from_.deleted;
  const bool first = place == core::Instant{};
  if (stage == Stage::orders && first) return now_ - first_reach;
  return first ? place : place - overlap;
}

PullDialogue::Next PullDialogue::next() {
  if (trouble_) return *trouble_;
  if (stage_ == Stage::ended) return std::move(found_);
  return page_request();
}

Request PullDialogue::page_request() const {
  if (!nodes_.empty() && !more_after_.empty()) {
    const Json& node = nodes_.back();
    Json variables{{"id", text_at(node, "id")}, {"after", more_after_}};
    if (node.contains("lineItems")) return {&order_lines, std::move(variables)};
    variables["location"] = shop_->location;
    return {&pull_variants_of, std::move(variables)};
  }
  const std::string from = core::to_iso(since(stage_)).substr(0, 19) + "Z";
  Json variables = Json::object();
  if (!after_.empty()) variables["after"] = after_;
  switch (stage_) {
    case Stage::orders:
      // Which states are meant is said: what the list leaves out by itself is not.
      variables["query"] = fmt::format("updated_at:>='{}' status:any", from);
      return {&pull_orders, std::move(variables)};
    case Stage::products:
      variables["query"] = fmt::format("updated_at:>='{}'", from);
      variables["location"] = shop_->location;
      return {&pull_products, std::move(variables)};
    case Stage::stock:
      variables["query"] = fmt::format("updated_at:>='{}'", from);
      variables["location"] = shop_->location;
      return {&pull_stock, std::move(variables)};
    default:
      variables["query"] = fmt::format("occurred_at:>='{}'", from);
      return {&pull_deleted, std::move(variables)};
  }
}

void PullDialogue::hear(const Heard& heard) {
  const core::Result<Json, Answer> data = data_of(heard);
  if (!data) {
    trouble_ = data.error();
  } else if (!nodes_.empty()) {
    take_more(*data);
  } else {
    take_page(*data);
  }
}

void PullDialogue::take_page(const Json& data) {
  const Json& page = at(data, "pulled");
  const Json& nodes = at(page, "nodes");
  if (!nodes.is_array()) {
    trouble_ = again("Shopify's answer makes no sense.");
    return;
  }
  ++pages_;
  for (const Json& node : nodes) {
    core::Instant& place = place_of(stage_);
    const char* changed = stage_ == Stage::deleted ? "occurredAt" : "updatedAt";
    place = std::max(place, time_at(node, changed));
  }
  go_on(page);
  if (stage_ == Stage::orders || stage_ == Stage::products) {
    nodes_.assign(nodes.rbegin(), nodes.rend());
    if (!nodes_.empty()) more_after_ = cursor_of(at(nodes_.back(), inner_list(nodes_.back())));
  } else {
    for (const Json& node : nodes) {
      if (stage_ == Stage::deleted) {
        found_.deleted.push_back(text_at(node, "subjectId"));
        continue;
      }
      for (const Json& variant : at(node, "variants.nodes")) {
        for (const Json& quantity : at(node, "inventoryLevel.quantities")) {
          found_.stock.push_back(
              {text_at(variant, "id"), text_at(node, "id"), number_at(quantity, "quantity")});
        }
      }
    }
  }
  finish_node();
}

// More lines of an order, or variants of a product, than a page holds.
void PullDialogue::take_more(const Json& data) {
  Json& node = nodes_.back();
  const char* list = inner_list(node);
  const Json& page = at(at(data, node.contains("lineItems") ? "order" : "product"), list);
  for (const Json& more : at(page, "nodes")) node[list]["nodes"].push_back(more);
  const std::string cursor = cursor_of(page);
  more_after_ = cursor == more_after_ ? std::string{} : cursor;
  finish_node();
}

// Takes the nodes that are whole, and goes on where none is left.
void PullDialogue::finish_node() {
  while (!nodes_.empty() && more_after_.empty()) {
    if (stage_ == Stage::orders) {
      take_order(nodes_.back());
    } else {
      take_product(nodes_.back());
    }
    nodes_.pop_back();
    if (!nodes_.empty()) more_after_ = cursor_of(at(nodes_.back(), inner_list(nodes_.back())));
  }
  if (nodes_.empty() && last_page_) end_stage();
}

void PullDialogue::take_order(const Json& json) {
  if (is_from_a_till(json)) return;
  auto order = order_from(json);
  if (order) {
    found_.orders.push_back(std::move(*order));
  } else if (found_.faults.size() < most_faults_told) {
    found_.faults.push_back(order.error());
  }
}

void PullDialogue::take_product(const Json& json) {
  auto product = product_from(json, shop_->currency);
  if (product) {
    found_.products.push_back(std::move(*product));
  } else if (found_.faults.size() < most_faults_told) {
    found_.faults.push_back(product.error());
  }
}

void PullDialogue::go_on(const Json& page) {
  const std::string cursor = cursor_of(page);
  // Handed over early only where the next pull begins beyond this one's start;
  // a list that is not sorted by time is read to its end.
  const bool sorted = stage_ == Stage::orders || stage_ == Stage::products;
  const bool enough =
      sorted && pages_ >= pages_at_once && place_of(stage_) - overlap > since(stage_);
  last_page_ = cursor.empty() || cursor == after_ || enough;
  after_ = cursor;
}

void PullDialogue::end_stage() {
  after_.clear();
  pages_ = 0;
  last_page_ = false;
  switch (stage_) {
    case Stage::products:
      stage_ = Stage::stock;
      break;
    case Stage::stock:
      stage_ = Stage::deleted;
      break;
    default:
      stage_ = Stage::ended;
  }
}

}  // namespace syncing::shopify
