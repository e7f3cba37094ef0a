// Articles that are made and changed at the till, and what became of their stock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/catalogue/catalogue.h"
#include "core/catalogue/stock_change.h"
#include "core/store/database.h"

namespace core {

// Writes the article as it is to be: an empty field is empty afterwards. Gives its row.
// Inside a transaction.
std::int64_t save_article(Database& database, const Variant& article,
                          const std::string& new_handle);
// What is charged for its bottle from now on; nothing: none is. Inside a transaction.
void save_deposit(Database& database, VariantId id, std::optional<Money> amount,
                  const DepositName& name);
void remove_article(Database& database, VariantId id);
// Who has this barcode, as normal_barcode() gives it.
std::optional<VariantId> owner_of_barcode(Database& database, std::string_view code);
// Whether another article than `id` has this number, in any case of letters.
bool is_sku_taken(Database& database, std::string_view sku, VariantId id);

struct StockMove {
  Instant at;
  std::string who, reason;
  std::optional<Quantity> before, after;  // nothing: not counted
};
// Gives its row.
std::int64_t insert_stock_move(Database& database, VariantId id, const StockMove& move);
// What the outside is told of a move; nothing: there is no such one.
std::optional<StockChange> load_stock_change(Database& database, std::int64_t move);
void set_stock(Database& database, VariantId id, std::optional<Quantity> stock);
// The latest first.
std::vector<StockMove> stock_moves(Database& database, VariantId id, std::int64_t limit);
// Counted, and at or below their mark; the scarcest first.
std::vector<Variant> scarce_articles(Database& database, std::int64_t limit);

}  // namespace core
