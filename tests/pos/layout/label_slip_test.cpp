// Price labels, as they lie on the paper.
#include "pos/layout/label_slip.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "pos/layout/slip_text.h"

namespace {

core::PrintLabelSlips wine_and_cheese() {
  core::PrintLabelSlips labels;
  core::Variant wine;
  wine.product_title = "Riesling trocken Mosel";
  wine.sku = "W-1";
  wine.price = {890, core::eur};
  wine.compare_at = core::Money{990, core::eur};
  wine.deposit = core::Money{25, core::eur};
  wine.barcodes = {"W1-OLD", "4006381333931"};
  core::Variant cheese;
  cheese.product_title = "Bergkäse";
  cheese.sku = "K-7";
  cheese.price = {2490, core::eur};
  cheese.unit = core::Unit::kilogram;
  labels.articles = {wine, cheese};
  return labels;
}

const pos::Words& label_words(pos::Language language) {
  static const pos::Translations translations = pos::Translations::load(TRESEN_LOCALE);
  return translations(language);
}

std::vector<drivers::Barcode> codes_on(const drivers::Document& slip) {
  std::vector<drivers::Barcode> codes;
  for (const drivers::Block& block : slip.blocks) {
    if (const auto* code = std::get_if<drivers::Barcode>(&block)) codes.push_back(*code);
  }
  return codes;
}

}  // namespace

TEST_CASE("labels: name, price, what it was, the deposit beside it, and a code") {
  const auto slip = label_slips(wine_and_cheese(), label_words(pos::Language::german));
  const std::string text = pos::slip_text(slip);
  for (const char* said : {"Riesling trocken Mosel", "8,90 €", "statt 9,90 €", "zzgl. 0,25 € Pfand",
                           "W-1", "24,90 €/kg", "2,49 €/100 g"}) {
    CAPTURE(said);
    CHECK(text.find(said) != std::string::npos);
  }
  const auto codes = codes_on(slip);
  REQUIRE(codes.size() == 2);
  CHECK(codes[0] == drivers::Barcode{drivers::BarcodeKind::ean13, "4006381333931"});
  // Without a barcode the till finds it by its number.
  CHECK(codes[1] == drivers::Barcode{drivers::BarcodeKind::code128, "K-7"});
}

TEST_CASE("labels: as many of each as were wanted, cut apart") {
  core::PrintLabelSlips labels = wine_and_cheese();
  labels.count = 3;
  const auto slip = label_slips(labels, label_words(pos::Language::english));
  CHECK(codes_on(slip).size() == 6);
  CHECK(std::ranges::count_if(slip.blocks, [](const drivers::Block& block) {
          return std::holds_alternative<drivers::Cut>(block);
        }) == 6);
}
