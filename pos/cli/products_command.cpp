// tresen products: what is for sale.
#include <CLI/CLI.hpp>

#include "core/store/catalogue_search.h"
#include "core/store/catalogue_store.h"
#include "core/store/upstream_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

Table table_of(const std::vector<core::Variant>& variants) {
  Table table({{"SKU", "sku"},
               {"Name", "name"},
               {"Price", "price", Align::right},
               {"", "currency"},
               {"Unit", "unit"},
               {"Tax", "tax"},
               {"Category", "category"},
               {"Stock", "stock", Align::right},
               {"Sold", "sold", Align::right},
               {"Barcodes", "barcodes"}});
  for (const core::Variant& variant : variants) {
    std::string codes;
    for (const auto& code : variant.barcodes) codes += (codes.empty() ? "" : " ") + code;
    table.add({variant.sku, core::name_of(variant), variant.price, variant.price.currency.text(),
               variant.unit == core::Unit::piece ? "piece" : "kg", variant.tax_code,
               variant.category, variant.stock ? Cell(*variant.stock) : Cell("", nullptr),
               variant.popularity, Cell(codes, variant.barcodes)});
  }
  return table;
}

class Products final : public Command {
 public:
  explicit Products(CLI::App& app) {
    app.add_option("--search", text_, "Words of the name, a SKU or a barcode")->type_name("TEXT");
    app.add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
  }

  Status run(const Common& common) override {
    const auto found = [this](Reading& store) {
      auto variants = text_.empty() ? core::list_variants(store.database, {}, limit_)
                                    : core::search(store.database, text_, limit_);
      core::show_turned_prices(store.database, variants, core::SystemClock().now());
      return table_of(variants);
    };
    return print_from_store(
        common, found,
        text_.empty() ? "no products yet: tresen import FILE" : "no product is like this");
  }

 private:
  std::string text_;
  int limit_ = 50;
};

}  // namespace

std::unique_ptr<Command> products_command(CLI::App& app) {
  return std::make_unique<Products>(app);
}

}  // namespace pos::cli
