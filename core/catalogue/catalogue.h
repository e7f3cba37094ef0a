// What the shop sells. A product has one or more variants; the variant is what
// is priced, stocked, scanned and sold, and carries all that a tile or a line
// item needs, so that one read is enough.
//
// Pure values, free of any thread. The store numbers the variants.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/money.h"

namespace core {

// The row of a variant in this till's store; never sent upstream. 0: not stored.
struct VariantId {
  std::int64_t row = 0;
  friend auto operator<=>(const VariantId&, const VariantId&) = default;
};

// What one of a price is: a piece, or a kilogram of weighed goods.
enum class Unit { piece, kilogram };

struct Variant {
  VariantId id;
  std::string product_title;          // "Bergkäse 12 Monate"
  std::string title;                  // of the variant; empty when the product has only one
  std::string sku;                    // may be empty
  std::vector<std::string> barcodes;  // as normal_barcode() gives them
  Money price;                        // of one unit
  std::optional<Money> compare_at;    // the price before it was lowered
  Unit unit = Unit::piece;
  std::string tax_code = "standard";  // "standard", "reduced", "zero" or the shop's own
  std::string category;               // may be empty
  int category_colour = 0;            // of the category, 1..8; 0 in a file: the till chooses
  std::optional<Quantity> stock;      // not counted when absent; may be below zero
  Quantity low_stock = pieces(3);     // from here on down the tile says "only 3 left"
  std::string picture;                // a file in the folder of pictures; may be empty
  bool digital = false;               // provided by download
  bool gift_card = false;
  // Of the bottle or crate, charged with it; absent: none. In a file absent leaves it as it
  // was, and 0 takes it off.
  std::optional<Money> deposit = {};
  int favourite = 0;            // place on the Favourites page from 1; 0: none
  std::int64_t popularity = 0;  // how often it was sold here
  friend bool operator==(const Variant&, const Variant&) = default;
};

// The handle is what upstream and files call the product; it never changes.
struct Product {
  std::string handle;
  std::string title;
  std::vector<Variant> variants;
  friend bool operator==(const Product&, const Product&) = default;
};

// How an article is called that is made for what a bottle costs: "Pfand 0,25".
struct DepositName {
  std::string word = "Deposit";
  char decimal_sign = '.';
};

struct Category {
  std::int64_t id = 0;
  std::string name;
  int colour = 8;  // 1..8, fixed when the category first appears
  friend bool operator==(const Category&, const Category&) = default;
};

inline constexpr int category_colours = 8;

// "Bergkäse 12 Monate", "Varsity Top, Medium".
inline std::string name_of(const Variant& variant) {
  if (variant.title.empty()) return variant.product_title;
  return variant.product_title + ", " + variant.title;
}

// The price that a tile shows: of 100 g for weighed goods, else of a piece.
inline Money tile_price(const Variant& variant) {
  if (variant.unit == Unit::piece) return variant.price;
  return {scale_rounded(variant.price.minor, 1, 10), variant.price.currency};
}

// Whether so little is left that the cashier should see it.
inline bool is_low(const Variant& variant) {
  return variant.stock && *variant.stock <= variant.low_stock;
}

}  // namespace core
