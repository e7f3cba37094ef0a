#include "core/store/deposit_store.h"

namespace core {

std::optional<VariantId> deposit_of(Database& database, VariantId article) {
  auto query = database.query("SELECT deposit FROM deposits WHERE article = ?");
  query.with(article.row);
  if (!query.next()) return {};
  return VariantId{query.integer(0)};
}

bool is_deposit(Database& database, VariantId article) {
  auto query = database.query("SELECT 1 FROM deposits WHERE deposit = ? LIMIT 1");
  query.with(article.row);
  return query.next();
}

void set_deposit(Database& database, VariantId article, VariantId deposit) {
  database.query("DELETE FROM deposits WHERE article = ?").with(article.row).run();
  if (deposit.row == 0) return;
  database.query("INSERT INTO deposits (article, deposit) VALUES (?, ?)")
      .with(article.row, deposit.row)
      .run();
}

std::optional<Instant> slip_taken(Database& database, std::string_view code) {
  auto query = database.query(
      "SELECT max(iif(placed > 0, placed, created)) FROM order_returns "
      "JOIN orders ON row = order_row WHERE slip = ? AND slip <> '' AND stage <> 'cancelled'");
  query.with(code);
  if (!query.next() || query.is_null(0)) return {};
  return query.instant(0);
}

}  // namespace core
