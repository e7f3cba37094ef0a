#include "pos/layout/label_slip.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using drivers::Document;

bool is_ean13(const std::string& code) {
  constexpr std::size_t digits = 13;
  return code.size() == digits && std::ranges::all_of(code, core::is_digit) &&
         core::has_good_check_digit(code);
}

// The code that a till finds it by; empty: it has none.
std::string shelf_code(const core::Variant& article) {
  const auto& codes = article.barcodes;
  const auto ean = std::ranges::find_if(codes, is_ean13);
  if (ean != codes.end()) return *ean;
  return codes.empty() ? article.sku : codes.front();
}

// What weighed goods cost is told by the kilogram (PAngV section 4), and by what people ask for.
void add_price(Document& slip, const core::Variant& article, const Words& words) {
  const Language language = words.language();
  const bool is_weighed = article.unit == core::Unit::kilogram;
  const std::string price = money_text(article.price, language);
  slip.add(drivers::centred(is_weighed ? price + "/kg" : price, drivers::large));
  if (is_weighed) {
    slip.add(drivers::centred(money_text(core::tile_price(article), language) + "/100 g"));
  }
  if (article.compare_at && *article.compare_at > article.price) {
    slip.add(
        drivers::centred(words.fill("instead of {}", {money_text(*article.compare_at, language)})));
  }
  // Beside the price, never in it (PAngV section 7).
  if (article.deposit) {
    slip.add(
        drivers::centred(words.fill("plus {} deposit", {money_text(*article.deposit, language)})));
  }
}

void add_label(Document& slip, const core::Variant& article, const Words& words) {
  slip.add(drivers::centred(core::name_of(article), drivers::tall));
  add_price(slip, article, words);
  const std::string code = shelf_code(article);
  if (!code.empty()) {
    slip.add(drivers::Barcode{
        is_ean13(code) ? drivers::BarcodeKind::ean13 : drivers::BarcodeKind::code128, code});
  }
  if (!article.sku.empty() && article.sku != code) slip.add(drivers::centred(article.sku));
  slip.add(drivers::Cut{});
}

}  // namespace

Document label_slips(const core::PrintLabelSlips& labels, const Words& words) {
  Document slip;
  for (const core::Variant& article : labels.articles) {
    for (std::int64_t i = 0; i < labels.count; ++i) add_label(slip, article, words);
  }
  return slip;
}

}  // namespace pos
