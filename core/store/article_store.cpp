#include "core/store/article_store.h"

#include "core/store/catalogue_rows.h"
#include "core/store/catalogue_store.h"
#include "core/store/catalogue_writer.h"
#include "core/store/deposit_store.h"
#include "core/store/till_store.h"
#include "core/store/upstream_store.h"

namespace core {

namespace {

std::string handle_of(Database& database, VariantId id) {
  auto query = database.query(
      "SELECT handle FROM products WHERE id = (SELECT product_id FROM variants WHERE id = ?)");
  query.with(id.row);
  return query.next() ? query.text(0) : "";
}

std::optional<Quantity> quantity_at(const Query& query, int column) {
  if (query.is_null(column)) return {};
  return Quantity{query.integer(column)};
}

std::optional<std::int64_t> thousandths(std::optional<Quantity> quantity) {
  if (!quantity) return {};
  return quantity->thousandths;
}

}  // namespace

std::int64_t save_article(Database& database, const Variant& article,
                          const std::string& new_handle) {
  const bool is_new = article.id.row == 0;
  const std::string handle = is_new ? new_handle : handle_of(database, article.id);
  CatalogueWriter writer(database, "till");
  const auto rows = writer.put_known({handle, article.product_title, {article}});
  writer.finish();
  const std::int64_t row = rows.empty() ? 0 : rows.front();
  // What an import leaves out stays; what a person empties is empty.
  database
      .query(
          "UPDATE variants SET sku = ?2, picture = ?3, favourite = ?4, "
          "category_id = iif(?5 = '', NULL, category_id) WHERE id = ?1")
      .with(row, article.sku, article.picture, article.favourite, article.category)
      .run();
  if (article.barcodes.empty()) {
    database.query("DELETE FROM barcodes WHERE variant_id = ?").with(row).run();
  }
  return row;
}

void save_deposit(Database& database, VariantId id, std::optional<Money> amount,
                  const DepositName& name) {
  if (!amount) return set_deposit(database, id, {});
  CatalogueWriter writer(database, "till");
  const VariantId deposit = deposit_worth(database, writer, *amount, name);
  writer.finish();
  set_deposit(database, id, deposit);
}

void remove_article(Database& database, VariantId id) {
  database.query("DELETE FROM variants WHERE id = ?").with(id.row).run();
  database
      .query(
          "DELETE FROM products WHERE NOT EXISTS "
          "(SELECT 1 FROM variants WHERE product_id = products.id)")
      .run();
}

std::optional<VariantId> owner_of_barcode(Database& database, std::string_view code) {
  auto query = database.query("SELECT variant_id FROM barcodes WHERE code = ?");
  query.with(code);
  if (!query.next()) return {};
  return VariantId{query.integer(0)};
}

bool is_sku_taken(Database& database, std::string_view sku, VariantId id) {
  auto query = database.query("SELECT 1 FROM variants WHERE sku = ? AND id <> ? LIMIT 1");
  query.with(sku, id.row);
  return query.next();
}

std::int64_t insert_stock_move(Database& database, VariantId id, const StockMove& move) {
  database
      .query(
          "INSERT INTO stock_moves (variant_id, at, who, reason, before, after) "
          "VALUES (?, ?, ?, ?, ?, ?)")
      .with(id.row, move.at, move.who, move.reason, thousandths(move.before),
            thousandths(move.after))
      .run();
  return database.last_row();
}

std::optional<StockChange> load_stock_change(Database& database, std::int64_t move) {
  auto query = database.query(
      "SELECT at, who, reason, before, after, variant_id FROM stock_moves WHERE row = ?");
  if (!query.with(move).next()) return {};
  StockChange change;
  change.at = query.instant(0);
  change.who = query.text(1);
  change.reason = query.text(2);
  change.before = quantity_at(query, 3);
  change.after = quantity_at(query, 4);
  change.till = load_settings(database).till.id;
  const std::int64_t row = query.integer(5);
  const auto article = find_variant(database, {row});
  if (!article) return change;
  change.title = name_of(*article);
  change.sku = article->sku;
  if (!article->barcodes.empty()) change.barcode = article->barcodes.front();
  change.names = upstream_variant(database, row);
  return change;
}

void set_stock(Database& database, VariantId id, std::optional<Quantity> stock) {
  database.query("UPDATE variants SET stock = ? WHERE id = ?")
      .with(thousandths(stock), id.row)
      .run();
}

std::vector<StockMove> stock_moves(Database& database, VariantId id, std::int64_t limit) {
  auto query = database.query(
      "SELECT at, who, reason, before, after FROM stock_moves WHERE variant_id = ? "
      "ORDER BY row DESC LIMIT ?");
  query.with(id.row, limit);
  std::vector<StockMove> moves;
  while (query.next()) {
    moves.push_back({query.instant(0), query.text(1), query.text(2), quantity_at(query, 3),
                     quantity_at(query, 4)});
  }
  return moves;
}

std::vector<Variant> scarce_articles(Database& database, std::int64_t limit) {
  auto query = database.query(
      "SELECT * FROM sellable WHERE stock IS NOT NULL AND stock <= low_stock "
      "ORDER BY stock, id LIMIT ?");
  query.with(limit);
  std::vector<Variant> found;
  while (query.next()) found.push_back(variant_in(query));
  return found;
}

}  // namespace core
