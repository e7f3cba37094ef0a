#include "core/store/deposit_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/store/catalogue_store.h"

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

bool has_deposits(Database& database) {
  auto query = database.query("SELECT 1 FROM deposits LIMIT 1");
  return query.next();
}

VariantId deposit_worth(Database& database, CatalogueWriter& writer, Money amount,
                        const DepositName& name) {
  auto charged = database.query(
      "SELECT id FROM variants WHERE id IN (SELECT deposit FROM deposits) AND price_minor = ? "
      "ORDER BY id LIMIT 1");
  if (charged.with(amount.minor).next()) {
    writer.keep(charged.integer(0));
    return {charged.integer(0)};
  }
  std::string figures = to_plain(amount);
  std::ranges::replace(figures, '.', name.decimal_sign);
  const std::string title = name.word + " " + figures;
  if (const auto known = find_by_name(database, title); known && known->price == amount) {
    writer.keep(known->id.row);
    return known->id;
  }
  Variant deposit;
  deposit.product_title = title;
  deposit.price = amount;
  const auto rows = writer.put({fmt::format("deposit-{}", amount.minor), title, {deposit}});
  return {rows.empty() ? 0 : rows.front()};
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
