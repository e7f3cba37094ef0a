#include "core/catalogue/catalogue_import.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/catalogue/catalogue_columns.h"
#include "core/catalogue/csv.h"

namespace core {

namespace {

constexpr std::int64_t progress_step_bytes = 256 * 1024;
constexpr std::size_t longest_title = 500;  // bytes; no receipt or tile shows more

// What an earlier row of the file said, by its text: the line it stands on.
using Seen = std::unordered_map<std::string, std::int64_t>;

// A name as the handle of a product that has none: "Käse & Brot" -> "kase-brot".
std::string handle_from(std::string_view name) {
  std::string handle = fold(name);
  std::replace(handle.begin(), handle.end(), ' ', '-');
  return handle;
}

std::vector<std::string> split_barcodes(std::string_view field) {
  std::vector<std::string> codes;
  // "978 3 16 148410 0" and "4 012345 000016", as they stand below the bars, are one
  // code; other blanks stand between several.
  const auto blank = field.find(' ');
  // So is "ISBN 978-3-16-148410-0".
  const bool is_named = std::ranges::none_of(field.substr(0, std::min(blank, field.size())),
                                             [](char c) { return is_digit(c); });
  const bool may_be_one = blank == field.npos || blank == 1 || is_named ||
                          field.starts_with("978") || field.starts_with("979");
  if (may_be_one && has_good_check_digit(normal_barcode(field))) return {normal_barcode(field)};
  while (!field.empty()) {
    const auto end = std::min(field.find_first_of(" |"), field.size());
    if (end > 0) codes.push_back(normal_barcode(field.substr(0, end)));
    field.remove_prefix(std::min(end + 1, field.size()));
  }
  return codes;
}

void list(ImportProblem problem, std::int64_t& count, std::vector<ImportProblem>& listed) {
  ++count;
  if (listed.size() < most_listed_problems) listed.push_back(std::move(problem));
}

// Reads the rows of one file; lives as long as read_catalogue() runs.
class Reading {
 public:
  Reading(const ImportSource& source, const ImportSink& sink)
      : source_(source),
        sink_(sink),
        letters_(letters_of(source.input)),
        csv_(source.input, letters_) {}

  ImportReport run();

 private:
  bool read_headings();
  bool next_row();
  bool is_empty_row() const;
  void read_row();
  bool is_shopify() const { return columns_->format() == FileFormat::shopify; }
  void note(Column column, std::string what);
  void warn(Column column, std::string what);
  void tell(Column column, std::string what);
  void note_file(std::int64_t line, std::string what);

  std::string_view field(Column column) const { return columns_->field(row_.fields, column); }
  template <class T, class Kept>
  void keep(Column column, const Read<T>& read, Kept& kept);
  void refuse_control_characters();
  bool read_title();
  void read_shopify_fields(Variant& variant);
  void read_simple_fields(Variant& variant);
  void read_codes(Variant& variant);
  Variant read_variant();
  void check_number(Column column, std::string_view text);
  bool is_new(Seen& seen, const std::string& key);
  std::string already_there(const Seen& seen, const std::string& key, std::string_view shown) const;
  void check_name(const Variant& variant);
  void emit(Variant variant);
  void flush();
  void show_progress(std::int64_t step);

  const ImportSource& source_;
  const ImportSink& sink_;
  CsvLetters letters_;
  CsvReader csv_;
  std::optional<Columns> columns_;
  CsvRow row_;
  std::int64_t problems_before_ = 0;  // of the row being read
  std::string handle_;
  std::string title_;
  // What the first row of a handle says of the product.
  struct Head {
    std::string title;
    bool is_for_sale = true;
  };
  std::unordered_map<std::string, Head> heads_;  // by handle
  Seen skus_, barcodes_, variants_;
  Product product_;
  std::int64_t shown_ = 0;
  ImportReport report_;
};

ImportReport Reading::run() {
  if (!read_headings()) return std::move(report_);
  while (next_row()) {
    ++report_.rows;
    read_row();
    show_progress(progress_step_bytes);
  }
  flush();
  show_progress(1);
  return std::move(report_);
}

bool Reading::read_headings() {
  const auto got = csv_.next(row_);
  if (!got) {
    note_file(got.error().line, "column " + std::to_string(got.error().column) + " " +
                                    std::string(in_words(got.error().fault)));
    return false;
  }
  if (!*got) {
    note_file(0, "the file is empty");
    return false;
  }
  if (letters_ == CsvLetters::windows_1252) {
    list({source_.file, 0, "", "is not UTF-8, and was read as Windows-1252; look at the umlauts"},
         report_.warning_count, report_.warnings);
  }
  columns_.emplace(row_.fields);
  for (const Column column : columns_->missing()) note(column, "this column is missing");
  for (const Column column : columns_->doubled()) note(column, "this column occurs twice");
  return columns_->missing().empty() && columns_->doubled().empty();
}

// Moves to the next row that can be read at all; false at the end.
bool Reading::next_row() {
  for (;;) {
    const auto got = csv_.next(row_);
    if (got && *got && is_empty_row()) continue;
    if (got) {
      report_.complete = !*got;
      return *got;
    }
    const CsvError& error = got.error();
    note_file(error.line,
              "column " + std::to_string(error.column) + " " + std::string(in_words(error.fault)));
    if (ends_reading(error.fault)) return false;
    ++report_.rows;
  }
}

// ";;;" and the byte that DOS ends a file with say nothing.
bool Reading::is_empty_row() const {
  return std::ranges::all_of(row_.fields, [](const std::string& text) {
    return std::ranges::all_of(trim(text), [](char c) { return c == '\0' || c == '\x1A'; });
  });
}

void Reading::note(Column column, std::string what) {
  list({source_.file, row_.line, columns_->heading(column), std::move(what)}, report_.problem_count,
       report_.problems);
}

void Reading::warn(Column column, std::string what) {
  list({source_.file, row_.line, columns_->heading(column), std::move(what)}, report_.warning_count,
       report_.warnings);
}

// What a platform keeps itself is a warning, in a file of one's own it is a mistake.
void Reading::tell(Column column, std::string what) {
  if (is_shopify()) {
    warn(column, std::move(what));
  } else {
    note(column, std::move(what));
  }
}

void Reading::note_file(std::int64_t line, std::string what) {
  list({source_.file, line, "", std::move(what)}, report_.problem_count, report_.problems);
}

template <class T, class Kept>
void Reading::keep(Column column, const Read<T>& read, Kept& kept) {
  if (read) {
    kept = *read;
  } else {
    note(column, read.error());
  }
}

void Reading::read_row() {
  problems_before_ = report_.problem_count;
  for (std::size_t i = columns_->width(); i < row_.fields.size(); ++i) {
    if (trim(row_.fields[i]).empty()) continue;
    note_file(row_.line, "the row has " + std::to_string(row_.fields.size()) +
                             " fields, the headings are " + std::to_string(columns_->width()));
    return;
  }
  refuse_control_characters();
  if (!read_title()) return;
  // In Shopify's files a row without price and options only adds a picture.
  const bool only_a_picture = is_shopify() && field(Column::price).empty() &&
                              field(Column::option1).empty() && field(Column::title).empty() &&
                              field(Column::sku).empty();
  if (only_a_picture || report_.problem_count > problems_before_) return;
  Variant variant = read_variant();
  if (report_.problem_count == problems_before_) emit(std::move(variant));
}

// Of the fields that are kept as text: they reach slips, mails and terminals.
void Reading::refuse_control_characters() {
  for (const Column column :
       {Column::handle, Column::title, Column::option1, Column::option2, Column::option3,
        Column::variant, Column::sku, Column::barcode, Column::category, Column::picture}) {
    if (has_control_character(field(column))) note(column, "holds a control character");
  }
}

// Sets handle_ and title_; title and status are given on the first row of their
// handle. False: the row is of a product that is not for sale.
bool Reading::read_title() {
  const std::string_view title = field(Column::title);
  handle_ = is_shopify() ? std::string(field(Column::handle)) : handle_from(title);
  if (handle_.empty()) {
    note(is_shopify() ? Column::handle : Column::title, "is missing");
    return true;
  }
  const bool is_first = !heads_.contains(handle_);
  Head& head = heads_[handle_];
  if (is_first) head.is_for_sale = is_for_sale(field(Column::status));
  if (is_first && !head.is_for_sale) {
    ++report_.not_for_sale;
    if (sink_.not_for_sale) sink_.not_for_sale(handle_);
  }
  if (!head.is_for_sale) return false;
  if (head.title.empty()) head.title = one_line(title);
  if (title.size() > longest_title) note(Column::title, "is longer than 500 bytes");
  if (head.title.empty()) note(Column::title, "is missing");
  title_ = head.title;
  return true;
}

Variant Reading::read_variant() {
  Variant variant;
  variant.product_title = title_;
  variant.sku = field(Column::sku);
  variant.category = one_line(field(Column::category));
  keep(Column::price, read_price(field(Column::price), source_.currency), variant.price);
  if (const auto text = field(Column::compare_at); !text.empty()) {
    keep(Column::compare_at, read_price(text, source_.currency), variant.compare_at);
  }
  keep(Column::gift_card, read_yes(field(Column::gift_card)), variant.gift_card);
  if (is_shopify()) {
    read_shopify_fields(variant);
  } else {
    read_simple_fields(variant);
  }
  read_codes(variant);
  check_name(variant);
  return variant;
}

void Reading::read_shopify_fields(Variant& variant) {
  for (const Column option : {Column::option1, Column::option2, Column::option3}) {
    const std::string_view value = field(option);
    if (value.empty() || value == "Default Title") continue;
    if (!variant.title.empty()) variant.title += " / ";
    variant.title += one_line(value);
  }
  // Only counted goods have a tracker; the quantity of others means nothing.
  const bool counted = !columns_->has(Column::tracker) || !field(Column::tracker).empty();
  if (const auto text = field(Column::stock); counted && !text.empty()) {
    keep(Column::stock, read_stock(text), variant.stock);
  }
  bool taxable = true;
  if (!field(Column::taxable).empty()) {
    keep(Column::taxable, read_yes(field(Column::taxable)), taxable);
  }
  // Their tax codes are those of American tax services; only our words count.
  const auto code = read_tax_code(field(Column::tax), source_.rates);
  if (code && (*code == "reduced" || *code == "zero")) variant.tax_code = *code;
  if (!taxable) variant.tax_code = "zero";
  bool shipped = true;
  if (!field(Column::requires_shipping).empty()) {
    keep(Column::requires_shipping, read_yes(field(Column::requires_shipping)), shipped);
  }
  variant.digital = !shipped && !variant.gift_card;
}

void Reading::read_simple_fields(Variant& variant) {
  variant.title = one_line(field(Column::variant));
  variant.picture = field(Column::picture);
  if (variant.picture.find_first_of("/\\") != std::string::npos) {
    note(Column::picture, "is not the name of a file in the folder of pictures");
  }
  keep(Column::tax, read_tax_code(field(Column::tax), source_.rates), variant.tax_code);
  keep(Column::unit, read_unit(field(Column::unit)), variant.unit);
  keep(Column::digital, read_yes(field(Column::digital)), variant.digital);
  keep(Column::favourite, read_count(field(Column::favourite)), variant.favourite);
  if (const auto text = field(Column::stock); !text.empty()) {
    keep(Column::stock, read_stock(text), variant.stock);
  }
  if (const auto text = field(Column::low_stock); !text.empty()) {
    keep(Column::low_stock, read_stock(text), variant.low_stock);
  }
  if (const auto text = field(Column::deposit); !text.empty()) {
    keep(Column::deposit, read_price(text, source_.currency), variant.deposit);
  }
  variant.category_colour = 0;
  keep(Column::colour, read_count(field(Column::colour)), variant.category_colour);
  if (variant.category_colour > category_colours) note(Column::colour, "is not 1 to 8");
}

void Reading::read_codes(Variant& variant) {
  check_number(Column::sku, variant.sku);
  const std::string_view codes = field(Column::barcode);
  check_number(Column::barcode, codes);
  if (is_rounded_number(codes)) return;
  if (!variant.sku.empty() && !is_new(skus_, variant.sku)) {
    tell(Column::sku, already_there(skus_, variant.sku, variant.sku));
  }
  for (std::string& code : split_barcodes(codes)) {
    check_number(Column::barcode, code);
    if (std::ranges::find(variant.barcodes, code) != variant.barcodes.end()) continue;
    const auto right = code.size() == 13 ? check_digit(code.substr(0, 12)) : std::nullopt;
    if (right && *right != code.back()) {
      tell(Column::barcode, code + " has a wrong check digit, it should end in " + *right);
    }
    if (is_new(barcodes_, code)) {
      variant.barcodes.push_back(std::move(code));
    } else {
      tell(Column::barcode, already_there(barcodes_, code, code));
    }
  }
}

// "4,01235E+12" has lost its digits; as a code it would find nothing, or another.
void Reading::check_number(Column column, std::string_view text) {
  if (!is_rounded_number(text)) return;
  note(column, std::string(text) +
                   " is a number that a spreadsheet has rounded; format the column as text there");
}

// Two articles may have one name where a number or a code tells them apart.
void Reading::check_name(const Variant& variant) {
  std::string key = handle_ + '\n' + variant.title + '\n' + variant.sku + '\n';
  if (!variant.barcodes.empty()) key += variant.barcodes.front();
  if (!is_new(variants_, key)) note(Column::title, already_there(variants_, key, name_of(variant)));
}

// Only a row without problems may claim a SKU, barcode or name.
bool Reading::is_new(Seen& seen, const std::string& key) {
  if (seen.contains(key)) return false;
  if (report_.problem_count == problems_before_) seen.emplace(key, row_.line);
  return true;
}

std::string Reading::already_there(const Seen& seen, const std::string& key,
                                   std::string_view shown) const {
  return std::string(shown) + " is already on line " + std::to_string(seen.at(key));
}

void Reading::emit(Variant variant) {
  if (product_.handle != handle_) {
    flush();
    product_.handle = handle_;
    product_.title = title_;
  }
  // Shopify gives what belongs to the product on its first row only.
  if (is_shopify() && !product_.variants.empty()) {
    const Variant& first = product_.variants.front();
    if (variant.category.empty()) variant.category = first.category;
    if (field(Column::gift_card).empty()) variant.gift_card = first.gift_card;
  }
  product_.variants.push_back(std::move(variant));
  ++report_.variants;
}

void Reading::flush() {
  if (product_.variants.empty()) return;
  ++report_.products;
  if (sink_.product) sink_.product(std::move(product_));
  product_ = {};
}

void Reading::show_progress(std::int64_t step) {
  if (!sink_.progress || csv_.bytes_read() < shown_ + step) return;
  shown_ = csv_.bytes_read();
  sink_.progress(shown_, source_.total_bytes);
}

}  // namespace

std::string to_text(const ImportProblem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) text += ", line " + std::to_string(problem.line);
  if (!problem.field.empty()) text += ", " + problem.field;
  return text + ": " + problem.what;
}

ImportReport read_catalogue(const ImportSource& source, const ImportSink& sink) {
  return Reading(source, sink).run();
}

}  // namespace core
