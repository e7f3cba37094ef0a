// A part of the platform's catalogue as it was pulled: what is new or changed,
// what is gone, how much there is. Plain values.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/catalogue/catalogue.h"

namespace core {

// How far a pull has come, in the platform's own terms. Stored in the
// transaction of what was pulled, so that nothing is skipped by a cut.
struct SyncCursor {
  std::string name;  // "orders", "products"
  std::string value;
  friend bool operator==(const SyncCursor&, const SyncCursor&) = default;
};

// What a variant costs from a moment on, because a dated price list of the
// platform begins or ends then. Known beforehand, so that it turns offline too.
struct PriceStep {
  Instant at;
  Money price;
  std::optional<Money> compare_at;
  friend bool operator==(const PriceStep&, const PriceStep&) = default;
};

// So many pieces of a stocked thing go into one of a kit.
struct KitPart {
  std::string inventory_id;
  std::int64_t required = 1;
  friend bool operator==(const KitPart&, const KitPart&) = default;
};

// `variant` holds what the platform says; what it does not know (favourite,
// unit, a tax code of the shop's own) stays as the till has it.
struct PulledVariant {
  std::string upstream_id;
  std::string inventory_id;  // may be empty
  Variant variant;
  bool counts_stock = false;  // otherwise a stock here is none of the platform's business
  std::vector<PriceStep> coming_prices = {};  // in the order of their times
  // Made of several stocked things, or of several pieces of one; then it has no
  // inventory_id of its own.
  std::vector<KitPart> kit = {};
  friend bool operator==(const PulledVariant&, const PulledVariant&) = default;
};

// What the platform calls a variant of the till; empty: it does not know it.
struct UpstreamVariant {
  std::string upstream_id;
  std::string inventory_id;
  friend bool operator==(const UpstreamVariant&, const UpstreamVariant&) = default;
};

struct PulledProduct {
  std::string upstream_id;
  std::string handle;
  std::string title;
  std::vector<PulledVariant> variants;
  bool has_all_variants = true;  // variants that it does not name are gone
  friend bool operator==(const PulledProduct&, const PulledProduct&) = default;
};

struct PulledStock {
  std::string inventory_id;
  Quantity available;
  friend bool operator==(const PulledStock&, const PulledStock&) = default;
};

struct PulledCatalogue {
  std::vector<PulledProduct> products;
  std::vector<std::string> removed;  // products, by the platform's ids
  std::vector<PulledStock> stock;
  bool is_empty() const { return products.empty() && removed.empty() && stock.empty(); }
};

}  // namespace core
