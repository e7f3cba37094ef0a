#include "sync/upstream/shopify/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sync/upstream/shopify/operations.h"

namespace syncing::shopify {

namespace {

using namespace std::chrono_literals;

constexpr auto overlap = 120s;
constexpr auto first_reach = std::chrono::hours{60 * 24};  // what an app may see of orders
constexpr std::int64_t piece_size = 512 * 1024;            // of a bulk operation's file
constexpr std::size_t pages_at_once = 10;                  // then what was found is handed over

// Of a node: the connection that may go on, and how it is asked for.
const char* inner_list(const Json& node) {
  return node.contains("lineItems") ? "lineItems" : "variants";
}

// What is not sold any more is taken off the till. Its stock is told apart from
// it, so that what was sold here and is not known there yet is taken off.
void take_over(ReadProduct read, core::PulledCatalogue& catalogue) {
  if (!read.is_sold || read.product.variants.empty()) {
    catalogue.removed.push_back(read.product.upstream_id);
    return;
  }
  for (const core::PulledVariant& variant : read.product.variants) {
    if (variant.variant.stock) {
      catalogue.stock.push_back({variant.inventory_id, *variant.variant.stock});
    }
  }
  catalogue.products.push_back(std::move(read.product));
}

Json walk_json(const Walk& walk) {
  return {{"list", walk.list},
          {"after", walk.after},
          {"since", core::to_iso(walk.since)},
          {"reached", core::to_iso(walk.reached)}};
}

Walk walk_from(const Json& json) {
  return {text_at(json, "list"), text_at(json, "after"), time_at(json, "since"),
          time_at(json, "reached")};
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
                  {"deleted", core::to_iso(place.deleted)},
                  {"customers", core::to_iso(place.customers)},
                  {"orders_walk", walk_json(place.orders_walk)},
                  {"catalogue_walk", walk_json(place.catalogue_walk)},
                  {"bulk", place.bulk},
                  {"bulk_began", core::to_iso(place.bulk_began)},
                  {"bulk_offset", place.bulk_offset},
                  {"has_catalogue", place.has_catalogue}};
  return json.dump();
}

Place place_from(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  return {time_at(json, "orders"),
          time_at(json, "products"),
          time_at(json, "stock"),
          time_at(json, "deleted"),
          time_at(json, "customers"),
          walk_from(at(json, "orders_walk")),
          walk_from(at(json, "catalogue_walk")),
          text_at(json, "bulk"),
          time_at(json, "bulk_began"),
          std::max<std::int64_t>(0, number_at(json, "bulk_offset")),
          flag_at(json, "has_catalogue")};
}

std::string history_note(const std::vector<std::string>& scopes) {
  const bool all = std::find(scopes.begin(), scopes.end(), "read_all_orders") != scopes.end();
  if (all) return {};
  return "Shopify shows this app the orders of the last 60 days (permission read_all_orders is not "
         "given).";
}

PullDialogue::PullDialogue(PullWhat what, Place from, core::Instant now, const ShopFacts& shop,
                           core::Instant again)
    : shop_(&shop), now_(now), again_(again), is_orders_(what == PullWhat::orders) {
  found_.place = std::move(from);
  const std::string list = walk().list;
  goes_on_ = !list.empty();
  if (!goes_on_) {
    begin_stage(is_orders_ ? Stage::orders : Stage::products);
  } else {
    stage_ = list == "orders"     ? Stage::orders
             : list == "products" ? Stage::products
             : list == "stock"    ? Stage::stock
             : list == "deleted"  ? Stage::deleted
                                  : Stage::customers;
  }
}

void PullDialogue::begin_stage(Stage stage) {
  constexpr std::array<const char*, 5> names{"orders", "products", "stock", "deleted", "customers"};
  stage_ = stage;
  walk() = {names[static_cast<std::size_t>(stage)], "", since(stage), {}};
}

core::Instant& PullDialogue::place_of(Stage stage) {
  switch (stage) {
    case Stage::orders:
      return found_.place.orders;
    case Stage::products:
      return found_.place.products;
    case Stage::stock:
      return found_.place.stock;
    case Stage::deleted:
      return found_.place.deleted;
    default:
      return found_.place.customers;
  }
}

core::Instant PullDialogue::since(Stage stage) {
  const core::Instant place = place_of(stage);
  const bool first = place == core::Instant{};
  if (stage == Stage::orders) {
    const core::Instant from = first ? now_ - first_reach : place - overlap;
    return again_ == core::Instant{} ? from : std::min(from, again_ - overlap);
  }
  return first ? place : place - overlap;
}

PullDialogue::Next PullDialogue::next() {
  if (trouble_) return *trouble_;
  if (stage_ == Stage::ended) return std::move(found_);
  return page_request();
}

Request PullDialogue::page_request() {
  if (!nodes_.empty() && !more_after_.empty()) {
    const Json& node = nodes_.back();
    Json variables{{"id", text_at(node, "id")}, {"after", more_after_}};
    if (node.contains("lineItems")) return {&order_lines, std::move(variables)};
    variables["location"] = shop_->location;
    return {&pull_variants_of, std::move(variables)};
  }
  const std::string from = core::to_iso(walk().since).substr(0, 19) + "Z";
  Json variables = Json::object();
  if (!walk().after.empty()) variables["after"] = walk().after;
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
    case Stage::deleted:
      variables["query"] = fmt::format("occurred_at:>='{}'", from);
      return {&pull_deleted, std::move(variables)};
    default:
      variables["query"] = fmt::format("updated_at:>='{}'", from);
      return {&pull_customers, std::move(variables)};
  }
}

void PullDialogue::hear(const Heard& heard) {
  const core::Result<Json, Answer> data = data_of(heard);
  if (!data) {
    // Between two pages what was read is kept; a cursor that Shopify no longer
    // takes is given up.
    const bool stale = goes_on_ && pages_ == 0 && data.error().fate == core::OutboxFate::refused;
    if (stale) walk() = {};
    if (stale || (pages_ > 0 && nodes_.empty())) {
      found_.faults.push_back(data.error().reason);
      stage_ = Stage::ended;
    } else {
      trouble_ = data.error();
    }
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
    const char* changed = stage_ == Stage::deleted ? "occurredAt" : "updatedAt";
    walk().reached = std::max(walk().reached, time_at(node, changed));
  }
  const std::string cursor = cursor_of(page);
  last_page_ = cursor.empty() || cursor == walk().after;
  walk().after = cursor;
  if (stage_ == Stage::orders || stage_ == Stage::products) {
    nodes_.assign(nodes.rbegin(), nodes.rend());
    if (!nodes_.empty()) more_after_ = cursor_of(at(nodes_.back(), inner_list(nodes_.back())));
  } else {
    for (const Json& node : nodes) {
      if (stage_ == Stage::deleted) {
        found_.catalogue.removed.push_back(text_at(node, "subjectId"));
      } else if (stage_ == Stage::customers) {
        found_.customers.push_back(customer_from(node));
      } else {
        take_stock(node);
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
  if (nodes_.empty()) hand_over();
}

void PullDialogue::take_order(const Json& json) {
  if (is_from_a_till(json)) return;
  auto order = order_from(json);
  if (order) {
    found_.orders.push_back(std::move(*order));
  } else {
    put_aside(text_at(json, "name"), order.error(), time_at(json, "updatedAt"));
  }
}

void PullDialogue::take_product(const Json& json) {
  auto product = product_from(json, shop_->currency);
  if (product) {
    take_over(std::move(*product), found_.catalogue);
  } else {
    // It is read again when it changes there, and by no other wish.
    put_aside(text_at(json, "title"), product.error(), {});
  }
}

void PullDialogue::put_aside(std::string name, std::string reason, core::Instant changed) {
  if (name.empty()) name = reason;
  found_.aside.push_back({std::move(name), std::move(reason), changed});
}

void PullDialogue::take_stock(const Json& item) {
  if (!flag_at(item, "tracked")) return;
  for (const Json& quantity : at(item, "inventoryLevel.quantities")) {
    found_.catalogue.stock.push_back({text_at(item, "id"), stock_of(quantity)});
  }
}

// After a page: the next one, the next list, or what was found so far.
void PullDialogue::hand_over() {
  if (last_page_) {
    end_stage();
  } else if (pages_ >= pages_at_once) {
    found_.more = true;
    stage_ = Stage::ended;
  }
}

void PullDialogue::end_stage() {
  place_of(stage_) = std::max(place_of(stage_), walk().reached);
  last_page_ = false;
  switch (stage_) {
    case Stage::products:
      return begin_stage(Stage::stock);
    case Stage::stock:
      return begin_stage(Stage::deleted);
    case Stage::deleted:
      return begin_stage(Stage::customers);
    default:
      found_.was_tried = is_orders_ && again_ != core::Instant{} && walk().since <= again_;
      walk() = {};
      stage_ = Stage::ended;
  }
}

// --- the whole catalogue ---

HttpRequest get(const BulkDialogue::Fetch& fetch) {
  // Without Accept-Encoding the range counts the bytes that we count.
  return {"GET",
          fetch.url,
          {fmt::format("Range: bytes={}-{}", fetch.begin, fetch.begin + fetch.size - 1),
           "Accept-Encoding: identity"},
          ""};
}

BulkDialogue::Next BulkDialogue::first() const {
  if (place_.bulk.empty()) {
    return Request{&start_bulk, {{"query", bulk_catalogue(shop_->location)}}};
  }
  return Request{&poll_bulk, {{"id", place_.bulk}}};
}

BulkDialogue::Next BulkDialogue::found(bool more, std::string progress) const {
  Found found;
  found.place = place_;
  found.more = more;
  found.progress = std::move(progress);
  return found;
}

void BulkDialogue::hear(const Heard& heard) {
  const Next asked = next();
  if (const auto* fetch = std::get_if<Fetch>(&asked)) return hear_file(heard, *fetch);
  const core::Result<Json, Answer> data = data_of(heard);
  if (!data) {
    next_ = data.error();
  } else if (place_.bulk.empty()) {
    const Json& did = at(*data, "did");
    if (auto no = user_errors(did)) {
      next_ = std::move(*no);
      return;
    }
    place_.bulk = text_at(did, "bulkOperation.id");
    place_.bulk_began = now_;
    place_.bulk_offset = 0;
    next_ = found(false, "Shopify gathers the catalogue");
  } else {
    hear_of_bulk(at(*data, "bulkOperation"));
  }
}

void BulkDialogue::hear_of_bulk(const Json& bulk) {
  const std::string status = text_at(bulk, "status");
  if (status == "CREATED" || status == "RUNNING" || status == "CANCELING") {
    next_ = found(false, "Shopify gathers the catalogue");
    return;
  }
  if (status != "COMPLETED") {
    place_.bulk.clear();
    Found again_later = std::get<Found>(found(false, ""));
    again_later.faults.push_back(fmt::format("Shopify could not gather the catalogue ({}).",
                                             status.empty() ? "EXPIRED" : status));
    next_ = std::move(again_later);
    return;
  }
  const std::string url = text_at(bulk, "url");
  if (!url.empty()) {
    next_ = Fetch{url, place_.bulk_offset, piece_size};
    return;
  }
  // A shop without products has no file.
  place_.has_catalogue = true;
  place_.products = place_.stock = place_.deleted = place_.bulk_began;
  next_ = found(false, "");
}

void BulkDialogue::hear_file(const Heard& heard, const Fetch& fetch) {
  if (!heard.trouble.empty()) {
    next_ = link_is_down(heard.trouble);
    return;
  }
  std::string_view bytes = heard.body;
  const bool whole = heard.status == 200;  // who does not know ranges sends all of it
  if (heard.status != 206 && heard.status != 416 && !whole) {
    next_ = again(fmt::format("Shopify's catalogue cannot be fetched ({}).", heard.status));
    return;
  }
  if (heard.status == 416) bytes = {};
  if (whole) bytes.remove_prefix(std::min(bytes.size(), static_cast<std::size_t>(fetch.begin)));
  const bool last = whole || static_cast<std::int64_t>(bytes.size()) < fetch.size;
  BulkPiece piece = read_bulk(bytes, last ? PieceIs::last : PieceIs::followed, shop_->currency);
  if (!last && piece.used == 0) {
    // One product is larger than the piece.
    next_ = Fetch{fetch.url, fetch.begin, fetch.size * 2};
    return;
  }
  place_.bulk_offset += static_cast<std::int64_t>(piece.used);
  if (last) {
    place_.has_catalogue = true;
    place_.products = place_.stock = place_.deleted = place_.bulk_began;
  }
  Found found = std::get<Found>(
      this->found(true, last ? std::string()
                             : fmt::format("{} MB of the catalogue", place_.bulk_offset >> 20)));
  for (ReadProduct& product : piece.products) take_over(std::move(product), found.catalogue);
  for (const std::string& fault : piece.faults) {
    // Of a product its name is the first thing that is said.
    const std::size_t end = fault.starts_with('"') ? fault.find('"', 1) : std::string::npos;
    found.aside.push_back({end == std::string::npos ? fault : fault.substr(1, end - 1), fault});
  }
  next_ = std::move(found);
}

}  // namespace syncing::shopify
