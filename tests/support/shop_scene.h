// What a screen is given, made by hand: a delicatessen with a few products, a
// cart, devices that are well. Change what the test is about, then ask `scene()`.
#pragma once

#include <string>
#include <vector>

#include "core/orders/pricing.h"
#include "pos/desk/scene.h"

namespace test {

class ShopScene {
 public:
  ShopScene() {
    devices.printer = {pos::ui::State::ok, "Printer ready"};
    devices.terminal = {pos::ui::State::ok, "Terminal ready"};
    devices.sync = {pos::ui::State::ok, "Sync ready"};
    till.revision = 1;
    add_product("Bergkäse 12 Monate", 2490, "Käse & Wurst", 1, "cheese.png", core::Unit::kilogram);
    add_product("Krimi: Das stille Tal", 1400, "Bücher", 2, "book-thriller.png");
    add_product("Olivenöl nativ extra 0,5 l", 1290, "Öl & Essig", 3, "olive-oil.png");
    add_product("Landjäger, Paar", 380, "Käse & Wurst", 4, "");
    add_product("Riesling trocken Mosel 0,75 l", 890, "Wein", 4, "wine.png");
    for (const char* name : {"Käse & Wurst", "Wein", "Öl & Essig", "Backwaren", "Kaffee"}) {
      const auto id = static_cast<std::int64_t>(found.categories.categories.size()) + 1;
      found.categories.categories.push_back({id, name, static_cast<int>(id)});
    }
    refresh();
  }

  core::Variant& add_product(const std::string& title, std::int64_t price,
                             const std::string& category, int colour, const std::string& picture,
                             core::Unit unit = core::Unit::piece) {
    core::Variant variant;
    variant.id.row = static_cast<std::int64_t>(found.tiles.page.variants.size()) + 1;
    variant.product_title = title;
    variant.sku = "A-" + std::to_string(variant.id.row);
    variant.price = {price, core::eur};
    variant.unit = unit;
    variant.category = category;
    variant.category_colour = colour;
    variant.picture = picture;
    found.tiles.page.variants.push_back(variant);
    return found.tiles.page.variants.back();
  }

  core::LineItem& add_line(const std::string& title, std::int64_t price,
                           core::Quantity quantity = core::pieces(1),
                           core::Unit unit = core::Unit::piece, std::int64_t basis_points = 700) {
    core::LineItem line;
    line.id = {ids.next(now())};
    line.variant = 1;
    line.title = title;
    line.unit = unit;
    line.unit_price = {price, core::eur};
    line.quantity = quantity;
    line.tax_rate = {basis_points};
    till.order.lines.push_back(line);
    till.last_line = line.id;
    return till.order.lines.back();
  }

  void set_done(std::int64_t total, std::int64_t given, std::int64_t still_due = 0) {
    core::DoneSale sale;
    sale.order = {ids.next(now())};
    sale.number = "T1-000482";
    sale.total = {total, core::eur};
    sale.paid_now = {total - still_due, core::eur};
    sale.given = {given, core::eur};
    sale.change = {given > total ? given - total : 0, core::eur};
    sale.still_due = {still_due, core::eur};
    sale.at = now();
    sale.print_asked = true;
    sale.print_state = "printed";
    sale.push_state = "waiting";
    till.done = sale;
    till.order = {};
    refresh();
  }

  // Prices the order again, as the register does.
  void refresh() {
    for (core::Payment& payment : till.order.payments) payment.amount.currency = core::eur;
    till.order.currency = core::eur;
    till.totals = core::price(till.order);
    till.paid = core::paid_sum(till.order);
    till.due = till.totals.total - till.paid;
    till.due.currency = core::eur;
  }

  static core::Instant now() { return core::Instant{std::chrono::milliseconds{1'795'272'240'000}}; }

  pos::Scene scene() const {
    return {till,    found,
            devices, translations(language),
            now(),   core::local_time(now(), "Europe/Berlin"),
            width,   height,
            pictures};
  }

  core::Snapshot till;
  pos::Found found;
  pos::Devices devices;
  pos::Language language = pos::Language::english;
  int width = 1280, height = 800;
  std::string pictures;

 private:
  pos::Translations translations = pos::Translations::load(TRESEN_LOCALE);
  core::IdSource ids{7};
};

}  // namespace test
