#include "pos/screens/sell/sell_products.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

// The page of the hits, or of the category as the store found it.
struct Page {
  int number = 0, count = 1;
};

Page products_page(const Scene& scene, const ProductsInput& input, int page_size) {
  if (!is_searching(input)) return {scene.found.tiles.page.page, scene.found.tiles.page.pages};
  const int hits = static_cast<int>(scene.found.products.hits.size());
  const int pages = std::max(1, (hits + page_size - 1) / page_size);
  return {std::clamp(input.page, 0, pages - 1), pages};
}

std::string unit_of(const core::Variant& variant) {
  return variant.unit == core::Unit::kilogram ? "/100 g" : "";
}

std::string stock_words(const Scene& scene, const core::Variant& variant) {
  if (!core::is_low(variant)) return {};
  if (variant.stock->thousandths <= 0) return std::string(scene.words("sold out"));
  return scene.words.fill("{} left", {quantity_text(*variant.stock, scene.words.language())});
}

// What one of it gives back; the page without a search holds deposits only.
std::string price_of_empty(const Scene& scene, const ProductsInput& input,
                           const core::Variant& variant) {
  const auto gives = is_searching(input) ? variant.deposit : std::optional(variant.price);
  return gives ? "−" + money_text(*gives, scene.words.language()) : "";
}

CellView cell_of(const Scene& scene, const core::Variant& variant) {
  CellView cell;
  cell.name = core::name_of(variant);
  cell.price = money_text(core::tile_price(variant), scene.words.language());
  cell.unit = unit_of(variant);
  cell.low = stock_words(scene, variant);
  if (!variant.picture.empty()) cell.picture = scene.pictures_folder + "/" + variant.picture;
  cell.initials = core::initials(variant.product_title);
  cell.category = std::max(1, variant.category_colour);
  cell.second = variant.sku.empty() ? variant.category : variant.sku;
  if (!variant.sku.empty() && !variant.category.empty()) cell.second += " · " + variant.category;
  return cell;
}

std::vector<CategoryView> categories(const Scene& scene, const ProductsInput& input) {
  const bool is_plain = !is_searching(input);
  std::vector<CategoryView> all;
  all.push_back({std::string(scene.words("Favourites")),
                 is_plain && input.category == core::favourites_page, ui::icons::star});
  if (scene.found.categories.has_deposits) {
    all.push_back({std::string(scene.words("Empties")), takes_empties(input), ui::icons::undo});
  }
  for (const core::Category& category : scene.found.categories.categories)
    all.push_back({category.name, is_plain && input.category == category.id});
  return all;
}

void present_empty(const Scene& scene, const ProductsInput& input, ProductsView& view) {
  if (!view.cells.empty()) return;
  if (is_searching(input)) {
    if (scene.found.products.text != input.search) return;  // the answer is on its way
    view.empty_title = scene.words.fill("Nothing found for “{}”", {input.search});
    view.empty_words =
        scene.words("Check the spelling, scan the barcode, or ring it up as a free item.");
    return;
  }
  if (scene.found.tiles.query.page_size == 0 || scene.found.tiles.query.category != input.category)
    return;
  view.empty_title = scene.words("No products here yet");
  view.empty_words = scene.words("Import a product file, or ring up a free item.");
}

}  // namespace

SellShape shape_of(const Scene& scene, const ProductsInput& input) {
  return {scene.width, scene.height,       static_cast<int>(text_percent(scene.till)),
          input.style, input.has_keyboard, is_left_handed(scene.till)};
}

bool takes_empties(const ProductsInput& input) {
  return input.category == core::deposits_page;
}

std::vector<std::int64_t> pages_of(const Scene& scene) {
  std::vector<std::int64_t> pages{core::favourites_page};
  if (scene.found.categories.has_deposits) pages.push_back(core::deposits_page);
  for (const core::Category& category : scene.found.categories.categories) {
    pages.push_back(category.id);
  }
  return pages;
}

bool is_searching(const ProductsInput& input) {
  return !core::trim(input.search).empty();
}

Questions wants(const Scene& scene, const ProductsInput& input) {
  Questions questions{core::AskCategories{}};
  if (is_searching(input)) {
    questions.push_back(core::AskProducts{input.search});
  } else {
    questions.push_back(core::AskTiles{
        {input.category, input.page, sell_layout(shape_of(scene, input)).page_size()}});
  }
  return questions;
}

std::vector<core::Variant> shown_variants(const Scene& scene, const ProductsInput& input) {
  const auto size = static_cast<std::size_t>(sell_layout(shape_of(scene, input)).page_size());
  const auto& all =
      is_searching(input) ? scene.found.products.hits : scene.found.tiles.page.variants;
  std::size_t first = 0;
  if (is_searching(input))
    first =
        size * static_cast<std::size_t>(products_page(scene, input, static_cast<int>(size)).number);
  first = std::min(first, all.size());
  const std::size_t last = std::min(first + size, all.size());
  return {all.begin() + static_cast<std::ptrdiff_t>(first),
          all.begin() + static_cast<std::ptrdiff_t>(last)};
}

ProductsView present(const Scene& scene, const ProductsInput& input) {
  const Words& words = scene.words;
  ProductsView view;
  view.shape = shape_of(scene, input);
  view.placeholder = view.shape.width < 1100 && view.shape.width > view.shape.height
                         ? words("Product, number, barcode")
                         : words("Search product, number or barcode");
  view.keyboard_word = words("Keyboard");
  view.style_word = input.style == CellStyle::tiles ? words("List") : words("Tiles");
  view.categories = categories(scene, input);
  for (const core::Variant& variant : shown_variants(scene, input)) {
    view.cells.push_back(cell_of(scene, variant));
    if (!takes_empties(input)) continue;
    view.cells.back().price = price_of_empty(scene, input, variant);
    view.cells.back().unit.clear();
  }
  present_empty(scene, input, view);
  const Page page = products_page(scene, input, sell_layout(view.shape).page_size());
  const std::string number = number_text(page.number + 1, words.language());
  const std::string count = number_text(page.count, words.language());
  view.page_text = scene.width < 1100 && view.shape.width > view.shape.height
                       ? words.fill("{} of {}", {number, count})
                       : words.fill("Page {} of {}", {number, count});
  view.back_word = words("Previous page");
  view.forward_word = words("Next page");
  view.can_go_back = page.number > 0;
  view.can_go_on = page.number + 1 < page.count;
  view.is_german = words.language() == Language::german;
  view.open_item_word = words("Free item");
  view.park_word = words("Park");
  view.parked_word = words("Parked");
  view.parked = static_cast<int>(scene.till.parked.size());
  const core::Order& cart = scene.till.order;
  if (cart.lines.empty() && cart.returns.empty()) view.park_why_not = words("The cart is empty.");
  if (scene.till.parked.empty()) view.parked_why_not = words("No cart is parked.");
  return view;
}

}  // namespace pos
