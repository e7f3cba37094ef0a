// What the headings and the words in a file of products mean: the columns of
// both formats with their German and English names, and the values of a field.
// Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/catalogue/catalogue.h"
#include "core/tax/tax.h"

namespace core {

enum class FileFormat { shopify, simple };

enum class Column {
  handle,
  title,
  option1,
  option2,
  option3,
  variant,
  sku,
  barcode,
  price,
  compare_at,
  category,
  colour,
  tax,
  taxable,
  unit,
  deposit,
  stock,
  tracker,
  low_stock,
  picture,
  digital,
  requires_shipping,
  gift_card,
  favourite,
  status,
  count
};

class Columns {
 public:
  // Takes the headings; says which format they are.
  explicit Columns(const std::vector<std::string>& headings);

  FileFormat format() const { return format_; }
  bool has(Column column) const { return index_of(column).has_value(); }
  // The heading as the file spells it, or as our pages do where it has none.
  std::string heading(Column column) const;
  // The trimmed field of this row; empty where row or file has none. Of a number or a
  // code the apostrophe is gone that keeps a spreadsheet from counting with it.
  std::string_view field(const std::vector<std::string>& row, Column column) const;
  std::size_t width() const { return headings_.size(); }
  const std::vector<Column>& missing() const { return missing_; }  // required ones
  const std::vector<Column>& doubled() const { return doubled_; }

 private:
  std::optional<std::size_t> index_of(Column column) const {
    return index_[static_cast<std::size_t>(column)];
  }
  void place(std::size_t at);

  std::vector<std::string> headings_;
  FileFormat format_ = FileFormat::simple;
  std::array<std::optional<std::size_t>, static_cast<std::size_t>(Column::count)> index_{};
  std::vector<Column> missing_;
  std::vector<Column> doubled_;
};

// A field's value, or what is wrong with it, to follow the name of the field.
template <class T>
using Read = Result<T, std::string>;

Read<Money> read_price(std::string_view text, Currency currency);  // "12.90", "1.234,50 €"
Read<Quantity> read_stock(std::string_view text);                  // "-2", "1.250"
Read<bool> read_yes(std::string_view text);                        // "ja", "TRUE", "" is no
Read<Unit> read_unit(std::string_view text);                       // "kg", "Stück", ""
// A code of the shop's rates, in any case of letters, or a percentage among them: "7 %" is
// "reduced". Where no rates are known any word is a code.
Read<std::string> read_tax_code(std::string_view text, const std::vector<TaxRate>& rates);
Read<int> read_count(std::string_view text);  // "3", "" is 0

// Whether what a platform calls so is for sale: all but "archived" and "draft", in
// any case. The same for its files and its API.
bool is_for_sale(std::string_view status);

}  // namespace core
