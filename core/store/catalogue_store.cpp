#include "core/store/catalogue_store.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/store/catalogue_rows.h"

namespace core {

namespace {

std::optional<Variant> only(Query& query) {
  if (!query.next()) return {};
  return variant_in(query);
}

std::vector<Variant> all(Query& query) {
  std::vector<Variant> variants;
  while (query.next()) variants.push_back(variant_in(query));
  return variants;
}

std::int64_t number(Query& query) {
  return query.next() ? query.integer(0) : 0;
}

std::vector<Variant> favourites(Database& database, std::int64_t offset, int limit) {
  auto query = database.query(
      "SELECT * FROM sellable WHERE favourite > 0 ORDER BY favourite, id LIMIT ?2 OFFSET ?1");
  return all(query.with(offset, limit));
}

std::vector<Variant> best_sellers(Database& database, std::int64_t offset, int limit) {
  auto query = database.query(
      "SELECT * FROM sellable WHERE popularity > 0 ORDER BY popularity DESC, id "
      "LIMIT ?2 OFFSET ?1");
  return all(query.with(offset, limit));
}

std::vector<Variant> first_ones(Database& database, std::int64_t offset, int limit) {
  auto query = database.query("SELECT * FROM sellable ORDER BY id LIMIT ?2 OFFSET ?1");
  return all(query.with(offset, limit));
}

std::vector<Variant> of_category(Database& database, std::int64_t category, std::int64_t offset,
                                 int limit) {
  auto query = database.query(
      "SELECT * FROM sellable WHERE category_id = ?1 ORDER BY id LIMIT ?3 OFFSET ?2");
  return all(query.with(category, offset, limit));
}

// What the page without a category shows, and how many there are of it.
struct Front {
  std::vector<Variant> (*read)(Database&, std::int64_t offset, int limit);
  std::int64_t count;
};

Front front_of(Database& database) {
  auto chosen =
      database.query("SELECT count(*) FROM (SELECT 1 FROM variants WHERE favourite > 0 LIMIT ?)");
  if (const auto count = number(chosen.with(most_tiles)); count > 0) return {favourites, count};
  auto sold =
      database.query("SELECT count(*) FROM (SELECT 1 FROM variants WHERE popularity > 0 LIMIT ?)");
  if (const auto count = number(sold.with(most_tiles)); count > 0) return {best_sellers, count};
  auto any = database.query("SELECT count(*) FROM (SELECT 1 FROM variants LIMIT ?)");
  return {first_ones, number(any.with(most_tiles))};
}

std::vector<Variant> deposits(Database& database, std::int64_t offset, int limit) {
  auto query = database.query(
      "SELECT * FROM sellable WHERE id IN (SELECT deposit FROM deposits) "
      "ORDER BY price_minor, id LIMIT ?2 OFFSET ?1");
  return all(query.with(offset, limit));
}

Front deposits_front(Database& database) {
  auto count =
      database.query("SELECT count(*) FROM variants WHERE id IN (SELECT deposit FROM deposits)");
  return {deposits, number(count)};
}

std::int64_t count_of_category(Database& database, std::int64_t category) {
  auto query =
      database.query("SELECT count(*) FROM (SELECT 1 FROM variants WHERE category_id = ? LIMIT ?)");
  return number(query.with(category, most_tiles));
}

}  // namespace

Variant variant_in(const Query& row) {
  Variant v;
  v.id = {row.integer(0)};
  v.product_title = row.text(1);
  v.title = row.text(2);
  v.sku = row.text(3);
  const Currency currency = currency_from(row.view(5));
  v.price = {row.integer(4), currency};
  if (!row.is_null(6)) v.compare_at = Money{row.integer(6), currency};
  v.unit = row.flag(7) ? Unit::kilogram : Unit::piece;
  v.tax_code = row.text(8);
  v.category = row.text(9);
  v.category_colour = row.small(10);
  if (!row.is_null(11)) v.stock = Quantity{row.integer(11)};
  v.low_stock = {row.integer(12)};
  v.picture = row.text(13);
  v.digital = row.flag(14);
  v.gift_card = row.flag(15);
  v.favourite = row.small(16);
  v.popularity = row.integer(17);
  for (std::string_view codes = row.view(18); !codes.empty();) {
    const auto end = std::min(codes.find('\n'), codes.size());
    v.barcodes.emplace_back(codes.substr(0, end));
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  if (!row.is_null(21)) v.deposit = Money{row.integer(21), currency};
  return v;
}

std::optional<Variant> find_variant(Database& database, VariantId id) {
  auto query = database.query("SELECT * FROM sellable WHERE id = ?");
  return only(query.with(id.row));
}

std::optional<Variant> find_by_barcode(Database& database, std::string_view scanned) {
  auto query = database.query(
      "SELECT * FROM sellable WHERE id = (SELECT variant_id FROM barcodes WHERE code = ?)");
  return only(query.with(normal_barcode(scanned)));
}

std::optional<Variant> find_by_sku(Database& database, std::string_view sku) {
  const std::string_view text = trim(sku);
  if (text.empty()) return {};
  auto query = database.query(
      "SELECT * FROM sellable WHERE id IN "
      "(SELECT id FROM variants WHERE sku = ? AND sku <> '' ORDER BY id LIMIT 2)");
  query.with(text);
  auto variant = only(query);
  if (query.next()) return {};
  return variant;
}

bool is_sku_of_several(Database& database, std::string_view sku) {
  auto query = database.query(
      "SELECT count(*) FROM (SELECT 1 FROM variants WHERE sku = ? AND sku <> '' LIMIT 2)");
  return number(query.with(trim(sku))) > 1;
}

std::optional<Variant> find_by_name(Database& database, std::string_view name) {
  const std::string words = fold(name);
  if (words.empty()) return {};
  auto query = database.query(
      "SELECT * FROM sellable WHERE id = "
      "(SELECT id FROM variants WHERE words = ? ORDER BY id LIMIT 1)");
  return only(query.with(words));
}

std::vector<Category> categories(Database& database) {
  std::vector<Category> found;
  auto query = database.query(
      "SELECT id, name, colour FROM categories c WHERE EXISTS "
      "(SELECT 1 FROM variants WHERE category_id = c.id) ORDER BY id");
  while (query.next()) found.push_back({query.integer(0), query.text(1), query.small(2)});
  return found;
}

TilePage tiles(Database& database, const TileQuery& query) {
  const bool has_deposits = query.category == deposits_page;
  const bool front = query.category == favourites_page || has_deposits;
  const Front shown = has_deposits ? deposits_front(database)
                      : front      ? front_of(database)
                                   : Front{nullptr, 0};
  const std::int64_t count = front ? shown.count : count_of_category(database, query.category);
  const int size = std::max(query.page_size, 1);
  TilePage page;
  page.pages = static_cast<int>(std::max<std::int64_t>((count + size - 1) / size, 1));
  page.page = std::clamp(query.page, 0, page.pages - 1);
  const std::int64_t offset = static_cast<std::int64_t>(page.page) * size;
  page.variants = front ? shown.read(database, offset, size)
                        : of_category(database, query.category, offset, size);
  return page;
}

std::string unknown_tax_code(Database& database, const std::vector<TaxRate>& rates) {
  auto query = database.query("SELECT DISTINCT tax_code FROM variants ORDER BY 1");
  while (query.next()) {
    if (!is_tax_code(rates, query.view(0))) return query.text(0);
  }
  return "";
}

std::int64_t count_variants(Database& database) {
  auto query = database.query("SELECT count(*) FROM variants");
  return number(query);
}

std::vector<Variant> list_variants(Database& database, VariantId after, int limit) {
  auto query = database.query("SELECT * FROM sellable WHERE id > ? ORDER BY id LIMIT ?");
  return all(query.with(after.row, limit));
}

void change_stock(Database& database, VariantId id, Quantity delta) {
  database.query("UPDATE variants SET stock = stock + ? WHERE id = ? AND stock IS NOT NULL")
      .with(delta.thousandths, id.row)
      .run();
}

void note_sold(Database& database, VariantId id, std::int64_t times) {
  database.query("UPDATE variants SET popularity = popularity + ? WHERE id = ?")
      .with(times, id.row)
      .run();
}

}  // namespace core
