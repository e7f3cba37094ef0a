#include "core/store/upstream_store.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/store/catalogue_store.h"
#include "core/store/catalogue_writer.h"

namespace core {

namespace {

using Rows = std::vector<std::int64_t>;

bool is_of_the_platform(Database& database, std::int64_t row) {
  auto query = database.query("SELECT 1 FROM upstream_variants WHERE variant_id = ?");
  return query.with(row).next();
}

// The till's row of a variant: by the platform's id, else a row that the platform does
// not know yet, by a SKU that only one has or by handle and title. `taken`: rows of
// the variants before it.
std::int64_t row_of(Database& database, const PulledProduct& product, const PulledVariant& pulled,
                    const Rows& taken) {
  auto query = database.query("SELECT variant_id FROM upstream_variants WHERE upstream_id = ?");
  if (query.with(pulled.upstream_id).next()) return query.integer(0);
  const auto is_free = [&](std::int64_t row) {
    return std::ranges::find(taken, row) == taken.end() && !is_of_the_platform(database, row);
  };
  if (const auto known = find_by_sku(database, pulled.variant.sku)) {
    if (is_free(known->id.row)) return known->id.row;
  }
  auto named = database.query(
      "SELECT v.id FROM variants AS v JOIN products AS p ON p.id = v.product_id "
      "WHERE p.handle = ? AND v.title = ? ORDER BY v.id");
  named.with(product.handle, pulled.variant.title);
  while (named.next()) {
    if (is_free(named.integer(0))) return named.integer(0);
  }
  return 0;
}

// What the platform says over what the till knows.
Variant merged(Database& database, const PulledVariant& pulled, std::int64_t row) {
  Variant variant = pulled.variant;
  variant.id = {row};
  const auto known = row == 0 ? std::nullopt : find_variant(database, VariantId{row});
  if (!known) return variant;
  variant.unit = known->unit;
  variant.tax_code = known->tax_code;
  variant.low_stock = known->low_stock;
  variant.favourite = known->favourite;
  if (variant.sku.empty()) variant.sku = known->sku;
  return variant;
}

std::int64_t product_of(Database& database, std::int64_t row) {
  auto query = database.query("SELECT product_id FROM variants WHERE id = ?");
  return query.with(row).next() ? query.integer(0) : 0;
}

// Only this one is looked at: to look for all would read the catalogue with
// every page that is pulled.
void drop_if_empty(Database& database, std::int64_t product) {
  database
      .query(
          "DELETE FROM products WHERE id = ?1 AND NOT EXISTS "
          "(SELECT 1 FROM variants WHERE product_id = ?1)")
      .with(product)
      .run();
}

void forget_variant(Database& database, std::int64_t row) {
  const std::int64_t product = product_of(database, row);
  database.query("DELETE FROM variants WHERE id = ?").with(row).run();
  drop_if_empty(database, product);
}

std::vector<std::int64_t> rows_of_product(Database& database, std::string_view product) {
  std::vector<std::int64_t> rows;
  auto query = database.query("SELECT variant_id FROM upstream_variants WHERE product_id = ?");
  query.with(product);
  while (query.next()) rows.push_back(query.integer(0));
  return rows;
}

// Sold here, and the platform has not been told yet: thousandths of each thing
// that the platform counts. Variants and kits may share one.
std::map<std::string, std::int64_t> unsent_stock(Database& database) {
  std::map<std::string, std::int64_t> sold;
  auto query = database.query(
      "SELECT coalesce(k.inventory_id, u.inventory_id) AS thing, "
      "sum(l.quantity * coalesce(k.required, 1)) FROM "
      "(SELECT order_row, kind, version FROM outbox WHERE state IN (3, 4) UNION ALL "
      "SELECT order_row, kind, version FROM outbox WHERE state IN (0, 1) AND kind <> 1 "
      "AND kind < 11) AS unsent JOIN order_lines AS l ON l.order_row = unsent.order_row "
      "JOIN upstream_variants AS u ON u.variant_id = l.variant "
      "LEFT JOIN kit_parts AS k ON k.variant_id = l.variant "
      "WHERE unsent.kind = 0 AND unsent.version = 1 AND l.variant > 0 GROUP BY thing");
  while (query.next()) sold[query.text(0)] = query.integer(1);
  // And what was counted here, or came in.
  auto moved = database.query(
      "SELECT u.inventory_id, sum(coalesce(m.before, 0) - coalesce(m.after, 0)) FROM "
      "(SELECT kind, stock_move FROM outbox WHERE state IN (3, 4) UNION ALL "
      "SELECT kind, stock_move FROM outbox WHERE state IN (0, 1) AND kind <> 1 "
      "AND kind < 11) AS unsent JOIN stock_moves AS m ON m.row = unsent.stock_move "
      "JOIN upstream_variants AS u ON u.variant_id = m.variant_id "
      "WHERE unsent.kind = 10 AND u.inventory_id <> '' GROUP BY u.inventory_id");
  while (moved.next()) sold[moved.text(0)] += moved.integer(1);
  return sold;
}

// Parts that it no longer has go; what is known of the others' stock stays.
void put_kit(Database& database, std::int64_t row, const std::vector<KitPart>& kit) {
  std::vector<std::string> gone;
  auto query = database.query("SELECT inventory_id FROM kit_parts WHERE variant_id = ?");
  query.with(row);
  while (query.next()) gone.push_back(query.text(0));
  for (const KitPart& part : kit) {
    std::erase(gone, part.inventory_id);
    database
        .query(
            "INSERT INTO kit_parts (variant_id, inventory_id, required) VALUES (?, ?, ?) "
            "ON CONFLICT (variant_id, inventory_id) DO UPDATE SET required = excluded.required")
        .with(row, part.inventory_id, part.required)
        .run();
  }
  for (const std::string& part : gone) {
    database.query("DELETE FROM kit_parts WHERE variant_id = ? AND inventory_id = ?")
        .with(row, part)
        .run();
  }
}

void put_coming_prices(Database& database, std::int64_t row, const std::vector<PriceStep>& steps) {
  database.query("DELETE FROM coming_prices WHERE variant_id = ?").with(row).run();
  for (const PriceStep& step : steps) {
    std::optional<std::int64_t> compare_at;
    if (step.compare_at) compare_at = step.compare_at->minor;
    database
        .query(
            "INSERT OR REPLACE INTO coming_prices (variant_id, at, price_minor, "
            "compare_at_minor) VALUES (?, ?, ?, ?)")
        .with(row, step.at, step.price.minor, compare_at)
        .run();
  }
}

void set_stock(Database& database, std::int64_t row, std::int64_t thousandths) {
  database.query("UPDATE variants SET stock = ? WHERE id = ? AND stock IS NOT ?")
      .with(thousandths, row, thousandths)
      .run();
}

std::vector<std::int64_t> rows_in(Query& query) {
  std::vector<std::int64_t> rows;
  while (query.next()) rows.push_back(query.integer(0));
  return rows;
}

// Whole kits only, and none before all parts are known.
void put_kit_stock(Database& database, const std::string& part, std::int64_t thousandths) {
  database.query("UPDATE kit_parts SET available = ? WHERE inventory_id = ?")
      .with(thousandths, part)
      .run();
  auto kits = database.query("SELECT variant_id FROM kit_parts WHERE inventory_id = ?");
  for (const std::int64_t row : rows_in(kits.with(part))) {
    auto query = database.query(
        "SELECT min(available / (1000 * required)), count(*) - count(available) FROM kit_parts "
        "WHERE variant_id = ?");
    if (!query.with(row).next() || query.integer(1) > 0) continue;
    set_stock(database, row, query.integer(0) * 1000);
  }
}

void put_product(Database& database, CatalogueWriter& writer, const PulledProduct& pulled) {
  std::vector<std::int64_t> gone = rows_of_product(database, pulled.upstream_id);
  Product product{pulled.handle, pulled.title, {}};
  Rows taken;
  Rows left;  // products that a variant may leave for this one
  for (const PulledVariant& variant : pulled.variants) {
    const std::int64_t row = row_of(database, pulled, variant, taken);
    taken.push_back(row);
    left.push_back(product_of(database, row));
    product.variants.push_back(merged(database, variant, row));
  }
  const Rows rows = writer.put_known(product);
  for (const std::int64_t other : left) drop_if_empty(database, other);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PulledVariant& variant = pulled.variants[i];
    database
        .query(
            "INSERT OR REPLACE INTO upstream_variants (variant_id, upstream_id, product_id, "
            "inventory_id) VALUES (?, ?, ?, ?)")
        .with(rows[i], variant.upstream_id, pulled.upstream_id, variant.inventory_id)
        .run();
    put_kit(database, rows[i], variant.kit);
    put_coming_prices(database, rows[i], variant.coming_prices);
    std::erase(gone, rows[i]);
  }
  if (!pulled.has_all_variants) return;
  for (const std::int64_t row : gone) forget_variant(database, row);
}

}  // namespace

void put_pulled_catalogue(Database& database, const PulledCatalogue& pulled) {
  if (!pulled.products.empty() || !pulled.removed.empty()) {
    CatalogueWriter writer(database, "the platform");
    for (const PulledProduct& product : pulled.products) put_product(database, writer, product);
    writer.finish();
    for (const std::string& product : pulled.removed) {
      for (const std::int64_t row : rows_of_product(database, product)) {
        forget_variant(database, row);
      }
    }
  }
  if (pulled.stock.empty()) return;
  const auto unsent = unsent_stock(database);
  for (const PulledStock& stock : pulled.stock) {
    const auto sold = unsent.find(stock.inventory_id);
    const std::int64_t left =
        stock.available.thousandths - (sold == unsent.end() ? 0 : sold->second);
    // The second half says what the index leaves out; without it all rows are read.
    auto query = database.query(
        "SELECT variant_id FROM upstream_variants WHERE inventory_id = ? AND inventory_id <> ''");
    for (const std::int64_t row : rows_in(query.with(stock.inventory_id))) {
      set_stock(database, row, left);
    }
    put_kit_stock(database, stock.inventory_id, left);
  }
}

bool turn_prices(Database& database, Instant now) {
  const Instant next = next_price_turn(database);
  if (next == Instant{} || next > now) return false;
  database
      .query(
          "UPDATE variants SET (price_minor, compare_at_minor) = (SELECT price_minor, "
          "compare_at_minor FROM coming_prices WHERE variant_id = variants.id AND at <= ?1 "
          "ORDER BY at DESC LIMIT 1) "
          "WHERE id IN (SELECT variant_id FROM coming_prices WHERE at <= ?1)")
      .with(now)
      .run();
  database.query("DELETE FROM coming_prices WHERE at <= ?").with(now).run();
  return true;
}

void show_turned_prices(Database& database, std::vector<Variant>& variants, Instant now) {
  if (const Instant next = next_price_turn(database); next == Instant{} || next > now) return;
  for (Variant& variant : variants) {
    auto query = database.query(
        "SELECT price_minor, compare_at_minor FROM coming_prices WHERE variant_id = ? "
        "AND at <= ? ORDER BY at DESC LIMIT 1");
    if (!query.with(variant.id.row, now).next()) continue;
    variant.price.minor = query.integer(0);
    variant.compare_at.reset();
    if (!query.is_null(1)) variant.compare_at = Money{query.integer(1), variant.price.currency};
  }
}

Instant next_price_turn(Database& database) {
  auto query = database.query("SELECT min(at) FROM coming_prices");
  return query.next() ? query.instant(0) : Instant{};
}

std::vector<SyncCursor> cursors(Database& database) {
  std::vector<SyncCursor> all;
  auto query = database.query("SELECT name, value FROM sync_cursors");
  while (query.next()) all.push_back({std::string(query.text(0)), std::string(query.text(1))});
  return all;
}

void set_cursor(Database& database, const SyncCursor& cursor) {
  database.query("INSERT OR REPLACE INTO sync_cursors (name, value) VALUES (?, ?)")
      .with(cursor.name, cursor.value)
      .run();
}

std::vector<std::string> open_upstream_orders(Database& database, std::int64_t limit) {
  std::vector<std::string> ids;
  auto query = database.query(
      "SELECT upstream_id FROM orders WHERE stage = 'open' AND channel <> 'till' "
      "AND upstream_id <> '' ORDER BY placed DESC LIMIT ?");
  query.with(limit);
  while (query.next()) ids.emplace_back(query.text(0));
  return ids;
}

UpstreamVariant upstream_variant(Database& database, std::int64_t variant) {
  auto query = database.query(
      "SELECT upstream_id, inventory_id FROM upstream_variants WHERE variant_id = ?");
  if (!query.with(variant).next()) return {};
  return {std::string(query.text(0)), std::string(query.text(1))};
}

}  // namespace core
