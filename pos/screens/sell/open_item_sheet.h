// Rings up something that is not in the catalogue: a name, a price, a tax rate.
#pragma once

#include <string>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct OpenItemInput {
  std::string title;
  ui::Keyed keyed = {};  // minor units
  std::size_t tax = 0;   // of the shop's rates
  SheetKeyboard keyboard = {};
};

struct OpenItemView {
  std::string title, name_label, name_hint, price, tax_word;
  std::vector<std::string> taxes;
  std::size_t tax = 0;
  bool is_hint = false, is_naming = false, is_refused = false;
  FootView foot;
  friend bool operator==(const OpenItemView&, const OpenItemView&) = default;
};
struct OpenItemTap {
  SheetTap foot = SheetTap::none;
  ui::PadKey key = ui::PadKey::none;
  std::optional<std::size_t> tax;
};

OpenItemView present(const Scene& scene, const OpenItemInput& input);
OpenItemTap draw(ui::Ui& ui, const OpenItemView& view, OpenItemInput& input, const Words& words);
SheetResult react(const OpenItemTap& tap, const Scene& scene, OpenItemInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, OpenItemInput& input);

}  // namespace pos
