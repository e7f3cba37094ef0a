// Keys in how much: the weight of goods sold by weight, with the price they
// come to, or the number of pieces of a line.
#pragma once

#include <string>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct QuantityInput {
  std::int64_t variant = 0;  // to be added; 0: `line` is changed
  core::LineId line;
  std::string title;
  core::Unit unit = core::Unit::piece;
  core::Money price;  // of a piece or a kilogram
  bool in_kilograms = false;
  ui::Keyed entry = {};      // grams, of which a kilogram has a thousand; pieces
  bool is_weighed = false;   // the entry is what the scale shows
  core::Quantity before{0};  // of the line, shown until something is keyed
};
QuantityInput weigh(const core::Variant& variant);
QuantityInput change_quantity(const core::LineItem& line);
QuantityInput change_quantity(const core::ReturnLine& line);  // of empties

struct QuantityView {
  std::string title, product, price, shown, unit, comes_to_word, comes_to;
  std::vector<std::string> units;  // "g", "kg"; empty for pieces
  bool in_kilograms = false, is_hint = false, is_refused = false;
  char sign = ',';
  std::string scale_word;  // "Take 0,252 kg"; empty: there is no weight to take
  FootView foot;
  friend bool operator==(const QuantityView&, const QuantityView&) = default;
};
struct QuantityTap {
  SheetTap foot = SheetTap::none;
  ui::PadKey key = ui::PadKey::none;
  std::optional<std::size_t> unit;
  bool takes_weight = false;
};

QuantityView present(const Scene& scene, const QuantityInput& input);
QuantityTap draw(ui::Ui& ui, const QuantityView& view);
SheetResult react(const QuantityTap& tap, const Scene& scene, QuantityInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, QuantityInput& input);

// What was keyed; nothing if that is no quantity that can be sold.
std::optional<core::Quantity> keyed_quantity(const QuantityInput& input);

}  // namespace pos
