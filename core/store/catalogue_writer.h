// Writes products into the catalogue, inside the caller's transaction. Errors
// show in Database::error() and make the commit fail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/store/database.h"

namespace core {

class CatalogueWriter {
 public:
  // Notes the change itself: `source` is the file's name or the reason.
  CatalogueWriter(Database& database, std::string_view source);

  // Adds the product or updates it, and gives the rows of its variants in their
  // order. A variant is known again by handle, title and a code, else by a SKU that
  // no other has, else by handle and title.
  std::vector<std::int64_t> put(const Product& product);
  // The same, where the caller knows each variant: its id is its row, 0 is a new one.
  std::vector<std::int64_t> put_known(const Product& product);
  // Counts a variant that stays as it is among those that were put.
  void keep(std::int64_t row);
  // Removes a product that is no longer for sale; nothing happens if there is none.
  void withdraw(const std::string& handle);
  // Makes what was added findable by search. Must follow the last put().
  void finish();
  // After finish(): removes every variant that this writer did not put, and empty products.
  std::int64_t remove_others();

  std::int64_t created() const { return created_; }
  std::int64_t updated() const { return updated_; }
  std::int64_t withdrawn() const { return withdrawn_; }  // variants

 private:
  std::int64_t product_row(const Product& product);
  std::optional<std::int64_t> category_row(const Variant& variant);
  std::int64_t known_row(std::int64_t product, const Variant& variant);
  std::int64_t only_row_of_sku(const std::string& sku);
  bool has_code(std::int64_t row, const Variant& variant);
  std::int64_t put_variant(std::int64_t product, const Product& of, const Variant& variant,
                           std::int64_t known);
  void insert(std::int64_t product, const Variant& variant, const std::string& words);
  void update(std::int64_t row, std::int64_t product, const Variant& variant,
              const std::string& words);
  void put_barcodes(std::int64_t row, const Variant& variant);
  void put_vocabulary(const std::string& words);

  Database& database_;
  std::int64_t change_ = 0;
  std::int64_t last_row_before_ = 0;  // of the variants
  std::int64_t created_ = 0;
  std::int64_t updated_ = 0;
  std::int64_t withdrawn_ = 0;
  std::unordered_map<std::string, std::int64_t> categories_;  // by name, as read so far
  std::unordered_set<std::string> vocabulary_;                // of this change
};

}  // namespace core
