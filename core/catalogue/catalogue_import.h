// Reads files of products: Shopify's product CSV, with the headings of its
// exports before and since 2025, and our simple CSV (assets/demo/README.md).
// The headings tell which one it is.
//
// Rows flow through: each product goes to the sink as soon as its last row is
// read, and only handles, SKUs and barcodes are remembered, to find doubles. A
// handle that comes back later in the file goes to the sink again, with the
// further variants. A row with a problem never reaches the sink; whether the
// others count (--skip-bad) is the caller's to say. A warning is only told: what
// a platform keeps itself (one SKU for two variants) is no reason to refuse its file.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "core/base/money.h"
#include "core/catalogue/catalogue.h"
#include "core/tax/tax.h"

namespace core {

struct ImportProblem {
  std::string file;
  std::int64_t line = 0;  // 0: the file as a whole
  std::string field;      // the heading as the file spells it; may be empty
  std::string what;       // "the price is below zero"
  friend bool operator==(const ImportProblem&, const ImportProblem&) = default;
};

// "products.csv, line 12, Variant Price: the price is below zero"
std::string to_text(const ImportProblem& problem);

struct ImportSource {
  std::istream& input;
  std::string file;              // its name, for problems
  std::int64_t total_bytes = 0;  // for the progress only
  Currency currency = eur;
  std::vector<TaxRate> rates = {};  // of the shop: other tax codes are refused; empty: none is
};

struct ImportSink {
  std::function<void(Product)> product;
  // The handle of a product that is archived or a draft there: not for sale. May be empty.
  std::function<void(const std::string& handle)> not_for_sale{};
  // Bytes read of all, about every 256 KiB and at the end; may be empty.
  std::function<void(std::int64_t done, std::int64_t total)> progress{};
};

// Problems beyond this many are only counted.
inline constexpr std::size_t most_listed_problems = 1000;

struct ImportReport {
  std::int64_t rows = 0;  // without the headings
  std::int64_t products = 0;
  std::int64_t variants = 0;
  std::int64_t problem_count = 0;
  std::vector<ImportProblem> problems;
  std::int64_t warning_count = 0;
  std::vector<ImportProblem> warnings;
  std::int64_t not_for_sale = 0;  // products
  bool complete = false;          // false: the file could not be read to its end
};

ImportReport read_catalogue(const ImportSource& source, const ImportSink& sink);

}  // namespace core
