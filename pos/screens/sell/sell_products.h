// The left of the Sell screen: search, categories, the page of products, and
// the buttons under it. A tap on a product sells it; typing anywhere searches.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/sell/sell_layout.h"
#include "pos/ui/widgets.h"

namespace pos {

struct ProductsInput {
  std::string search;
  std::int64_t category = core::favourites_page;
  int page = 0;
  CellStyle style = CellStyle::tiles;
  bool has_keyboard = false;
  ui::KeyboardState keyboard;
};

// A product on a tile or in the list; the list shows `second`.
struct CellView {
  std::string name, price, unit, low, picture, initials, second;
  int category = 1;
  friend bool operator==(const CellView&, const CellView&) = default;
};
struct CategoryView {
  std::string name;
  bool is_selected = false;
  ui::Icon icon = ui::icons::none;
  friend bool operator==(const CategoryView&, const CategoryView&) = default;
};
struct ProductsView {
  SellShape shape;
  std::string placeholder, keyboard_word, style_word;
  std::vector<CategoryView> categories;
  std::vector<CellView> cells;
  std::string empty_title, empty_words;  // in place of the cells
  std::string page_text, back_word, forward_word;
  bool can_go_back = false, can_go_on = false, is_german = true;
  std::string open_item_word, park_word, parked_word, park_why_not, parked_why_not;
  int parked = 0;
  friend bool operator==(const ProductsView&, const ProductsView&) = default;
};

struct ProductsTap {
  enum class Kind : std::uint8_t {
    none,
    searched,
    submitted,
    category,
    cell,
    edit,  // a cell was held
    back,
    forward,
    style,
    keyboard,
    open_item,
    park,
    parked
  } kind = Kind::none;
  std::size_t index = 0;
};

SellShape shape_of(const Scene& scene, const ProductsInput& input);
bool is_searching(const ProductsInput& input);
// Whether what is tapped or scanned comes back empty instead of being sold.
bool takes_empties(const ProductsInput& input);
// The pages that the chips lead to, in their order.
std::vector<std::int64_t> pages_of(const Scene& scene);
Questions wants(const Scene& scene, const ProductsInput& input);
ProductsView present(const Scene& scene, const ProductsInput& input);
ProductsTap draw(ui::Ui& ui, const ProductsView& view, const SellLayout& at, ProductsInput& input);
// What the page shows now, in order; a tap on a cell means one of these.
std::vector<core::Variant> shown_variants(const Scene& scene, const ProductsInput& input);

}  // namespace pos
