#include "core/catalogue/catalogue_columns.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/base/text.h"

namespace core {

namespace {

struct Heading {
  std::string_view folded;
  Column column;
};

// "Variant Price" and the like until 2025, "Price" and the like since.
constexpr Heading shopify_headings[] = {
    {"handle", Column::handle},
    {"url handle", Column::handle},
    {"title", Column::title},
    {"option1 value", Column::option1},
    {"option2 value", Column::option2},
    {"option3 value", Column::option3},
    {"variant sku", Column::sku},
    {"sku", Column::sku},
    {"variant barcode", Column::barcode},
    {"barcode", Column::barcode},
    {"variant price", Column::price},
    {"price", Column::price},
    {"variant compare at price", Column::compare_at},
    {"compare at price", Column::compare_at},
    {"type", Column::category},
    {"variant tax code", Column::tax},
    {"tax code", Column::tax},
    {"variant taxable", Column::taxable},
    {"charge tax", Column::taxable},
    {"variant inventory qty", Column::stock},
    {"inventory quantity", Column::stock},
    {"variant inventory tracker", Column::tracker},
    {"inventory tracker", Column::tracker},
    {"variant requires shipping", Column::requires_shipping},
    {"requires shipping", Column::requires_shipping},
    {"gift card", Column::gift_card},
    {"status", Column::status},
};

constexpr Heading simple_headings[] = {
    {"name", Column::title},
    {"title", Column::title},
    {"titel", Column::title},
    {"artikel", Column::title},
    {"bezeichnung", Column::title},
    {"variant", Column::variant},
    {"variante", Column::variant},
    {"price", Column::price},
    {"preis", Column::price},
    {"verkaufspreis", Column::price},
    {"compare at", Column::compare_at},
    {"statt", Column::compare_at},
    {"uvp", Column::compare_at},
    {"sku", Column::sku},
    {"nummer", Column::sku},
    {"artikelnummer", Column::sku},
    {"barcode", Column::barcode},
    {"barcodes", Column::barcode},
    {"ean", Column::barcode},
    {"gtin", Column::barcode},
    {"isbn", Column::barcode},
    {"strichcode", Column::barcode},
    {"category", Column::category},
    {"kategorie", Column::category},
    {"warengruppe", Column::category},
    {"colour", Column::colour},
    {"color", Column::colour},
    {"farbe", Column::colour},
    {"tax", Column::tax},
    {"steuer", Column::tax},
    {"steuersatz", Column::tax},
    {"mwst", Column::tax},
    {"unit", Column::unit},
    {"einheit", Column::unit},
    {"stock", Column::stock},
    {"bestand", Column::stock},
    {"deposit", Column::deposit},
    {"pfand", Column::deposit},
    {"low stock", Column::low_stock},
    {"meldebestand", Column::low_stock},
    {"picture", Column::picture},
    {"bild", Column::picture},
    {"digital", Column::digital},
    {"download", Column::digital},
    {"gift card", Column::gift_card},
    {"gutschein", Column::gift_card},
    {"favourite", Column::favourite},
    {"favorite", Column::favourite},
    {"favorit", Column::favourite},
};

template <std::size_t n>
std::optional<Column> column_named(std::string_view folded, const Heading (&headings)[n]) {
  const auto* found = std::find_if(std::begin(headings), std::end(headings),
                                   [&](const Heading& h) { return h.folded == folded; });
  if (found == std::end(headings)) return {};
  return found->column;
}

template <std::size_t n>
bool is_among(std::string_view word, const std::string_view (&words)[n]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool names_shopify(const std::string& heading) {
  const std::string folded = fold(heading);
  return folded == "handle" || folded == "url handle" || folded == "variant price";
}

// Digits in groups of three, "1.234" or "1 234" by `mark`, as one number; nothing
// if the groups are others. Without a mark any number of digits.
std::optional<std::string> without_groups(std::string_view text, char mark) {
  std::string digits;
  std::size_t group = 0;
  bool is_grouped = false;
  for (const char c : text) {
    if (c == mark && (is_grouped ? group == 3 : group >= 1 && group <= 3)) {
      is_grouped = true;
      group = 0;
    } else if (is_digit(c)) {
      digits += c;
      ++group;
    } else {
      return {};
    }
  }
  if (is_grouped && group != 3) return {};
  return digits;
}

// A number as spreadsheets write it, with a point and without groups: "1.234,50" and
// "1'234.50" say by their last mark where the fraction begins. "1.234" alone could
// be meant in two ways and stays as it is, as does what is no number.
std::string plain_number(std::string_view text) {
  std::string marked;
  for (const char32_t c : code_points(text)) {
    const bool is_group = c == U' ' || c == 0xA0 || c == 0x202F || c == U'\'' || c == U'’';
    append_utf8(marked, is_group ? U' ' : c);
  }
  std::string_view rest = marked;
  const bool is_negative = rest.starts_with('-');
  if (is_negative) rest.remove_prefix(1);
  const auto last = rest.find_last_of(".,");
  const bool has_both = last != rest.npos && rest.find(rest[last] == '.' ? ',' : '.') != rest.npos;
  const bool has_one = last != rest.npos && rest.find(rest[last]) == last;
  char mark = rest.find(' ') != rest.npos ? ' ' : '\0';
  std::string_view fraction;
  if (has_one) {
    fraction = rest.substr(last + 1);
    if (has_both) mark = rest[last] == '.' ? ',' : '.';
    rest = rest.substr(0, last);
  } else if (last != rest.npos) {
    mark = rest[last];  // "1.234.567"
  }
  const auto whole = without_groups(rest, mark);
  if (!whole || !std::ranges::all_of(fraction, is_digit)) return std::string(text);
  // "12.900000" of a database; three digits could be a group.
  if (fraction.size() > 3) fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  return (is_negative ? "-" : "") + *whole + (fraction.empty() ? "" : ".") + std::string(fraction);
}

// Without the sign or the letters of the shop's currency: "24,90 €", "CHF 24.90".
std::string_view without_currency(std::string_view text, Currency currency) {
  std::vector<std::string_view> marks{currency.text()};
  if (currency == eur) marks.emplace_back("€");
  if (currency == usd) marks.emplace_back("$");
  if (currency.text() == "GBP") marks.emplace_back("£");
  if (currency == chf) marks.insert(marks.end(), {"Fr.", "SFr."});
  for (const std::string_view mark : marks) {
    if (mark.empty()) continue;
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    if (text.ends_with(mark)) text.remove_suffix(mark.size());
  }
  return trim(text);
}

// Words may begin with an apostrophe ("'s Gravenhage"), numbers and codes never do.
bool holds_words(Column column) {
  constexpr Column words[] = {Column::handle,  Column::title,   Column::option1, Column::option2,
                              Column::option3, Column::variant, Column::category};
  return std::find(std::begin(words), std::end(words), column) != std::end(words);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t shown = 40;
  std::string start(text.substr(0, shown));
  while (!is_utf8(start)) start.pop_back();
  return "\"" + start + (text.size() > shown ? "...\"" : "\"");
}

}  // namespace

Columns::Columns(const std::vector<std::string>& headings) : headings_(headings) {
  if (std::any_of(headings.begin(), headings.end(), names_shopify)) format_ = FileFormat::shopify;
  for (std::size_t at = 0; at < headings.size(); ++at) place(at);
  std::vector<Column> required{Column::title, Column::price};
  if (format_ == FileFormat::shopify) required.insert(required.begin(), Column::handle);
  std::copy_if(required.begin(), required.end(), std::back_inserter(missing_),
               [this](Column column) { return !has(column); });
}

void Columns::place(std::size_t at) {
  const std::string folded = fold(headings_[at]);
  const auto column = format_ == FileFormat::shopify ? column_named(folded, shopify_headings)
                                                     : column_named(folded, simple_headings);
  if (!column) return;
  auto& index = index_[static_cast<std::size_t>(*column)];
  if (index) {
    doubled_.push_back(*column);
  } else {
    index = at;
  }
}

std::string Columns::heading(Column column) const {
  if (const auto index = index_of(column)) return std::string(trim(headings_[*index]));
  if (column == Column::handle) return "Handle";
  if (column == Column::title) return format_ == FileFormat::shopify ? "Title" : "name";
  if (column == Column::price) return format_ == FileFormat::shopify ? "Variant Price" : "price";
  return "";
}

std::string_view Columns::field(const std::vector<std::string>& row, Column column) const {
  const auto index = index_of(column);
  if (!index || *index >= row.size()) return {};
  const std::string_view text = trim(row[*index]);
  return text.starts_with('\'') && !holds_words(column) ? trim(text.substr(1)) : text;
}

Read<Money> read_price(std::string_view text, Currency currency) {
  if (text.empty()) return tl::unexpected(std::string("is missing"));
  const auto price = parse_plain(plain_number(without_currency(text, currency)), currency);
  if (price && price->minor < 0) return tl::unexpected(quoted(text) + " is below zero");
  if (price) return *price;
  switch (price.error()) {
    case AmountError::too_many_digits:
      return tl::unexpected(quoted(text) + " has more digits than the currency");
    case AmountError::too_large:
      return tl::unexpected(quoted(text) + " is above the limit of " +
                            to_plain(Money{largest_minor, currency}));
    case AmountError::not_a_number:
      break;
  }
  return tl::unexpected(quoted(text) + " is not an amount such as 12.90");
}

Read<Quantity> read_stock(std::string_view text) {
  const auto quantity = parse_quantity(plain_number(text));
  if (quantity) return *quantity;
  return tl::unexpected(quoted(text) + " is not a quantity such as 12 or 0.250");
}

Read<bool> read_yes(std::string_view text) {
  constexpr std::string_view yes[] = {"1", "true", "yes", "ja", "wahr", "x"};
  constexpr std::string_view no[] = {"", "0", "false", "no", "nein", "falsch"};
  const std::string word = fold(text);
  if (is_among(word, yes)) return true;
  if (is_among(word, no)) return false;
  return tl::unexpected(quoted(text) + " is neither yes nor no");
}

Read<Unit> read_unit(std::string_view text) {
  constexpr std::string_view piece[] = {"", "piece", "pc", "st", "stk", "stuck", "stueck"};
  constexpr std::string_view kilogram[] = {"kg", "kilogram", "kilogramm", "kilo"};
  const std::string word = fold(text);
  if (is_among(word, piece)) return Unit::piece;
  if (is_among(word, kilogram)) return Unit::kilogram;
  return tl::unexpected(quoted(text) + " is no unit; write piece or kg");
}

namespace {

// "7 %", "8,1": nothing where it is no percentage.
std::optional<Rate> percentage_in(std::string_view text) {
  std::string figures(trim(text));
  if (figures.ends_with('%')) figures.pop_back();
  figures = trim(figures);
  std::replace(figures.begin(), figures.end(), ',', '.');
  const auto rate = parse_percent(figures);
  return rate ? std::optional(*rate) : std::nullopt;
}

Read<std::string> tax_word(std::string_view text) {
  constexpr std::string_view standard[] = {"", "standard", "19", "voll", "normal"};
  constexpr std::string_view reduced[] = {"reduced", "7", "ermassigt", "ermaessigt"};
  constexpr std::string_view zero[] = {"zero", "0", "frei", "steuerfrei", "exempt"};
  std::string word = fold(text);
  // "7,0" and "19.00 %" of a table of numbers.
  const bool is_whole = word.size() > 2 && is_digit(word[0]) &&
                        word.find_first_not_of('0', word.find(' ') + 1) == word.npos;
  if (is_whole && word.find(' ') != word.npos) word.resize(word.find(' '));
  if (is_among(word, standard)) return "standard";
  if (is_among(word, reduced)) return "reduced";
  if (is_among(word, zero)) return "zero";
  const bool is_a_name = !word.empty() && !(word[0] >= '0' && word[0] <= '9') && word.size() <= 40;
  if (is_a_name) return word;
  return tl::unexpected(quoted(text) + " is no tax code; write standard, reduced or zero");
}

}  // namespace

Read<std::string> read_tax_code(std::string_view text, const std::vector<TaxRate>& rates) {
  if (rates.empty()) return tax_word(text);
  const auto unknown = [&] {
    return tl::unexpected(quoted(text) + fmt::format(" is no tax code of this shop; write {}",
                                                     fmt::join(tax_codes(rates), ", ")));
  };
  for (const TaxRate& rate : rates) {
    if (fold(rate.code) == fold(text)) return rate.code;
  }
  if (const auto percentage = percentage_in(text)) {
    const auto known = std::ranges::find(rates, *percentage, &TaxRate::rate);
    if (known == rates.end()) return unknown();
    return known->code;
  }
  // Germany keeps what is exempt from what is taxed at nothing.
  if (fold(text) == "steuerfrei" && is_tax_code(rates, "exempt")) return "exempt";
  auto word = tax_word(text);
  if (!word || !is_tax_code(rates, *word)) return unknown();
  return word;
}

Read<int> read_count(std::string_view text) {
  int value = 0;
  if (text.empty()) return 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= 0) return value;
  return tl::unexpected(quoted(text) + " is not a whole number from 0");
}

bool is_for_sale(std::string_view status) {
  constexpr std::string_view not_sold[] = {"archived", "draft"};
  return !is_among(fold(status), not_sold);
}

}  // namespace core
