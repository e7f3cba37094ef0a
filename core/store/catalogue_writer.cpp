#include "core/store/catalogue_writer.h"

#include <sqlite3.h>
#include <algorithm>

#include "core/base/text.h"
#include "core/store/catalogue_store.h"
#include "core/store/deposit_store.h"

namespace core {

namespace {

// The columns from title to favourite, which INSERT and UPDATE name in this order.
void bind_fields(Query& query, const Variant& v, std::optional<std::int64_t> category) {
  std::optional<std::int64_t> compare_at;
  std::optional<std::int64_t> stock;
  if (v.compare_at) compare_at = v.compare_at->minor;
  if (v.stock) stock = v.stock->thousandths;
  query.with(v.title, v.sku, v.price.minor, v.price.currency.text(), compare_at,
             v.unit == Unit::kilogram, v.tax_code, category, stock, v.low_stock.thousandths,
             v.picture, v.digital, v.gift_card, v.favourite);
}

// Rows come in no order that the indexes know: with the usual 2 MB of pages in
// memory most of a large import would be reading pages again. The connection
// gives the memory back at the end.
class LargeCache {
 public:
  explicit LargeCache(Database& database) : database_(database) {
    database_.query("PRAGMA cache_size = -65536").run();
  }
  LargeCache(const LargeCache&) = delete;
  LargeCache& operator=(const LargeCache&) = delete;
  ~LargeCache() {
    database_.query("PRAGMA cache_size = -2000").run();
    sqlite3_db_release_memory(database_.handle());
  }

 private:
  Database& database_;
};

}  // namespace

CatalogueWriter::CatalogueWriter(Database& database, std::string_view source)
    : database_(database) {
  database_.query("INSERT INTO catalogue_changes (source) VALUES (?)").with(source).run();
  change_ = database_.last_row();
  auto last = database_.query("SELECT max(id) FROM variants");
  if (last.next()) last_row_before_ = last.integer(0);
}

std::vector<std::int64_t> CatalogueWriter::put(const Product& product) {
  const std::int64_t owner = product_row(product);
  std::vector<std::int64_t> rows;
  for (const Variant& variant : product.variants) {
    rows.push_back(put_variant(owner, product, variant, known_row(owner, variant)));
  }
  return rows;
}

std::vector<std::int64_t> CatalogueWriter::put_known(const Product& product) {
  const std::int64_t owner = product_row(product);
  std::vector<std::int64_t> rows;
  for (const Variant& variant : product.variants) {
    rows.push_back(put_variant(owner, product, variant, variant.id.row));
  }
  return rows;
}

std::int64_t CatalogueWriter::put_variant(std::int64_t owner, const Product& product,
                                          const Variant& variant, std::int64_t known) {
  std::string name = product.title;
  if (!variant.title.empty()) name += " " + variant.title;
  const std::string words = fold(name);
  if (known > 0) {
    update(known, owner, variant, words);
  } else {
    insert(owner, variant, words);
    known = database_.last_row();
  }
  put_barcodes(known, variant);
  put_vocabulary(words);
  return known;
}

void CatalogueWriter::keep(std::int64_t row) {
  database_.query("UPDATE variants SET change_id = ? WHERE id = ?").with(change_, row).run();
}

void CatalogueWriter::withdraw(const std::string& handle) {
  database_
      .query("DELETE FROM variants WHERE product_id = (SELECT id FROM products WHERE handle = ?)")
      .with(handle)
      .run();
  withdrawn_ += database_.changes();
  database_.query("DELETE FROM products WHERE handle = ?").with(handle).run();
}

std::int64_t CatalogueWriter::product_row(const Product& product) {
  database_
      .query(
          "INSERT INTO products (handle, title) VALUES (?, ?) ON CONFLICT (handle) "
          "DO UPDATE SET title = excluded.title WHERE title <> excluded.title")
      .with(product.handle, product.title)
      .run();
  auto query = database_.query("SELECT id FROM products WHERE handle = ?");
  return query.with(product.handle).next() ? query.integer(0) : 0;
}

std::optional<std::int64_t> CatalogueWriter::category_row(const Variant& variant) {
  if (variant.category.empty()) return {};
  if (const auto known = categories_.find(variant.category); known != categories_.end()) {
    return known->second;
  }
  // A new category without a colour takes the next one of the eight.
  database_
      .query(
          "INSERT INTO categories (name, colour) VALUES (?1, CASE WHEN ?2 BETWEEN 1 AND 8 "
          "THEN ?2 ELSE (SELECT count(*) FROM categories) % 8 + 1 END) ON CONFLICT (name) "
          "DO UPDATE SET colour = ?2 WHERE ?2 BETWEEN 1 AND 8")
      .with(variant.category, variant.category_colour)
      .run();
  auto query = database_.query("SELECT id FROM categories WHERE name = ?");
  if (!query.with(variant.category).next()) return {};
  return categories_[variant.category] = query.integer(0);
}

// A row that this change has already put is another variant.
std::int64_t CatalogueWriter::known_row(std::int64_t product, const Variant& variant) {
  struct Namesake {
    std::int64_t row;
    bool has_same_sku, has_no_sku;
  };
  std::vector<Namesake> namesakes;
  auto by_title = database_.query(
      "SELECT id, sku = ?3, sku = '' FROM variants WHERE product_id = ?1 AND title = ?2 "
      "AND change_id <> ?4 ORDER BY id");
  by_title.with(product, variant.title, variant.sku, change_);
  while (by_title.next()) {
    namesakes.push_back({by_title.integer(0), by_title.flag(1), by_title.flag(2)});
  }
  const auto first = [&](auto fits) {
    const auto found = std::ranges::find_if(namesakes, fits);
    return found == namesakes.end() ? 0 : found->row;
  };
  const bool has_sku = !variant.sku.empty();
  if (const auto row = first([&](const Namesake& n) { return has_sku && n.has_same_sku; })) {
    return row;
  }
  if (namesakes.size() > 1) {
    if (const auto row = first([&](const Namesake& n) { return has_code(n.row, variant); })) {
      return row;
    }
  }
  if (const auto row = has_sku ? only_row_of_sku(variant.sku) : 0) return row;
  if (const auto row = first([&](const Namesake& n) { return n.has_no_sku; })) return row;
  return namesakes.empty() ? 0 : namesakes.front().row;
}

// Where several have it, it says nothing about which one is meant.
std::int64_t CatalogueWriter::only_row_of_sku(const std::string& sku) {
  auto query = database_.query(
      "SELECT id, change_id = ?2 FROM variants WHERE sku = ?1 AND sku <> '' LIMIT 2");
  query.with(sku, change_);
  if (!query.next()) return 0;
  const std::int64_t row = query.flag(1) ? 0 : query.integer(0);
  return query.next() ? 0 : row;
}

bool CatalogueWriter::has_code(std::int64_t row, const Variant& variant) {
  return std::ranges::any_of(variant.barcodes, [&](const std::string& code) {
    auto query = database_.query("SELECT 1 FROM barcodes WHERE code = ? AND variant_id = ?");
    return query.with(code, row).next();
  });
}

void CatalogueWriter::insert(std::int64_t product, const Variant& v, const std::string& words) {
  const auto category = category_row(v);
  auto query = database_.query(
      "INSERT INTO variants (product_id, title, sku, price_minor, currency, compare_at_minor, "
      "unit, tax_code, category_id, stock, low_stock, picture, digital, gift_card, favourite, "
      "words, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(product);
  bind_fields(query, v, category);
  query.with(words, change_).run();
  ++created_;
}

void CatalogueWriter::update(std::int64_t row, std::int64_t product, const Variant& v,
                             const std::string& words) {
  const auto category = category_row(v);
  auto query = database_.query(
      "UPDATE variants SET product_id = ?2, title = ?3, "
      "sku = iif(?4 = '', sku, ?4), price_minor = ?5, currency = ?6, compare_at_minor = ?7, "
      "unit = ?8, tax_code = ?9, category_id = coalesce(?10, category_id), "
      "stock = coalesce(?11, stock), low_stock = ?12, picture = iif(?13 = '', picture, ?13), "
      "digital = ?14, gift_card = ?15, favourite = iif(?16 = 0, favourite, ?16), words = ?17, "
      "change_id = ?18 WHERE id = ?1");
  query.with(row, product);
  bind_fields(query, v, category);
  query.with(words, change_).run();
  ++updated_;
}

// A barcode belongs to the variant that was named with it last.
void CatalogueWriter::put_barcodes(std::int64_t row, const Variant& variant) {
  if (variant.barcodes.empty()) return;
  if (row <= last_row_before_) {
    database_.query("DELETE FROM barcodes WHERE variant_id = ?").with(row).run();
  }
  for (const std::string& code : variant.barcodes) {
    database_.query("INSERT OR REPLACE INTO barcodes (code, variant_id) VALUES (?, ?)")
        .with(code, row)
        .run();
  }
}

void CatalogueWriter::put_vocabulary(const std::string& words) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const auto [word, is_new] = vocabulary_.insert(words.substr(at, end - at));
    at = end + 1;
    if (!is_new || word->empty()) continue;
    database_.query("INSERT OR IGNORE INTO search_words (word) VALUES (?)").with(*word).run();
  }
}

void CatalogueWriter::finish() {
  database_
      .query(
          "INSERT INTO variant_words (rowid, words) "
          "SELECT id, words FROM variants WHERE id > ? ORDER BY id")
      .with(last_row_before_)
      .run();
  database_
      .query(
          "INSERT INTO variant_trigrams (rowid, words) "
          "SELECT id, words FROM variants WHERE id > ? ORDER BY id")
      .with(last_row_before_)
      .run();
}

std::int64_t CatalogueWriter::remove_others() {
  database_.query("DELETE FROM variants WHERE change_id <> ?").with(change_).run();
  const std::int64_t removed = database_.changes();
  database_
      .query(
          "DELETE FROM products WHERE NOT EXISTS "
          "(SELECT 1 FROM variants WHERE product_id = products.id)")
      .run();
  return removed;
}

void put_product(Database& database, const Product& product, std::string_view source) {
  CatalogueWriter writer(database, source);
  writer.put(product);
  writer.finish();
}

namespace {

struct SaidDeposit {
  VariantId article;
  Money amount;
};

// After all rows: the deposit may be an article of the same file.
void put_deposits(Database& database, CatalogueWriter& writer, const std::vector<SaidDeposit>& said,
                  const DepositName& name) {
  for (const auto& [article, amount] : said) {
    const bool bears_one = !amount.is_zero();
    set_deposit(database, article,
                bears_one ? deposit_worth(database, writer, amount, name) : VariantId{});
  }
}

}  // namespace

Stored<ImportOutcome> import_catalogue(Database& database, const ImportSource& source,
                                       const ImportOptions& options) {
  const LargeCache cache(database);
  Transaction transaction(database);
  CatalogueWriter writer(database, source.file);
  ImportOutcome outcome;
  std::vector<SaidDeposit> deposits;
  const auto put = [&](const Product& product) {
    const std::vector<std::int64_t> rows = writer.put(product);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& deposit = product.variants[i].deposit;
      if (deposit) deposits.push_back({{rows[i]}, *deposit});
    }
  };
  outcome.report = read_catalogue(
      source, {put, [&](const std::string& handle) { writer.withdraw(handle); }, options.progress});
  put_deposits(database, writer, deposits, options.deposit_name);
  writer.finish();
  if (!database.ok()) return tl::unexpected(*database.error());
  // Half a file is never imported, not even with skip_bad.
  const bool good =
      outcome.report.complete && (options.skip_bad || outcome.report.problem_count == 0);
  outcome.removed = writer.withdrawn();
  if (good && options.mode == ImportMode::replace) outcome.removed += writer.remove_others();
  outcome.created = writer.created();
  outcome.updated = writer.updated();
  if (!good || options.dry_run) return outcome;
  if (options.note) options.note(outcome);
  if (auto done = transaction.commit(); !done) return tl::unexpected(done.error());
  outcome.stored = true;
  return outcome;
}

}  // namespace core
