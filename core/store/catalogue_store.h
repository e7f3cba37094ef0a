// The catalogue on disk: import, look-up by code, pages of tiles, stock.
// Nothing is kept in memory; a look-up by code costs microseconds among a
// million products (tests/bench/catalogue_bench.cpp).
//
// The reading functions take any connection, a read-only one too, and run on
// its thread. An error of the store gives an empty answer and shows in
// Database::error(). Search is in catalogue_search.h.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/catalogue/catalogue_import.h"
#include "core/catalogue/tiles.h"
#include "core/store/database.h"

namespace core {

// merge: what the file does not name stays. replace: it goes.
enum class ImportMode { merge, replace };

struct ImportOutcome;
struct ImportOptions {
  ImportMode mode = ImportMode::merge;
  bool skip_bad = false;  // store the good rows although there are bad ones
  bool dry_run = false;   // only report
  DepositName deposit_name = {};
  std::function<void(std::int64_t done, std::int64_t total)> progress{};
  std::function<void(const ImportOutcome&)> note{};  // before its commit, in its transaction
};

struct ImportOutcome {
  ImportReport report;
  bool stored = false;       // false: not one row has changed
  std::int64_t created = 0;  // variants
  std::int64_t updated = 0;
  std::int64_t removed = 0;
};

// Imports a file as one transaction, all or nothing. A variant is known again by
// its SKU where only one has it, else by handle and title. What the file leaves out
// (stock, favourite, barcodes) and how popular a variant is stay as they are; what
// it calls archived or a draft is removed.
Stored<ImportOutcome> import_catalogue(Database& database, const ImportSource& source,
                                       const ImportOptions& options);

// Adds or updates one product in the caller's transaction; `source` says why.
void put_product(Database& database, const Product& product, std::string_view source);

std::optional<Variant> find_variant(Database& database, VariantId id);
std::optional<Variant> find_by_barcode(Database& database, std::string_view scanned);
// In any case of letters. Nothing where several have this SKU: nobody knows which
// price is meant; is_sku_of_several() says so.
std::optional<Variant> find_by_sku(Database& database, std::string_view sku);
bool is_sku_of_several(Database& database, std::string_view sku);
std::optional<Variant> find_by_name(Database& database, std::string_view name);  // as name_of

// Categories that have variants, in the order in which they first came.
std::vector<Category> categories(Database& database);

// Tiles in the order of the file; favourites by their place, and where none
// are chosen the best sellers.
TilePage tiles(Database& database, const TileQuery& query);

std::int64_t count_variants(Database& database);
// A code that articles are taxed by and that is not among these; empty: there is none.
std::string unknown_tax_code(Database& database, const std::vector<TaxRate>& rates);
// The variants from `after` on by id, for lists: `products` of the command line.
std::vector<Variant> list_variants(Database& database, VariantId after, int limit);

// Both run in the caller's transaction. A stock that is not counted stays so.
void change_stock(Database& database, VariantId id, Quantity delta);
void note_sold(Database& database, VariantId id, std::int64_t times);

}  // namespace core
