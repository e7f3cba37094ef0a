// The customer's window: drawn when something changed, and readable.
#include "pos/screens/customer/customer_window.h"

#include <doctest/doctest.h>

#include "drivers/printer/symbols.h"
#include "tests/support/receipts.h"
#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

namespace {

struct CustomerScreen {
  CustomerScreen() {
    auto opened = pos::ui::SecondWindow::open("Test", nullptr);
    REQUIRE(opened);
    auto made = pos::ui::Fonts::open();
    REQUIRE(made);
    fonts = std::move(*made);
    window = std::make_unique<pos::CustomerWindow>(std::move(*opened), *fonts);
  }
  bool show(const pos::CustomerMoment& moment = {}) {
    const auto scene = shop.scene();
    return window->show(pos::customer_page(shop.till, scene.words, moment), seconds += 1);
  }
  bool shows(const char* text) const { return window->log().shows(text); }
  void save(const std::string& name) {
    REQUIRE(pos::ui::save_png(window->picture(), TRESEN_TEST_BINARIES "/" + name + ".png"));
  }

  test::ShopScene shop;
  std::unique_ptr<pos::ui::Fonts> fonts;
  std::unique_ptr<pos::CustomerWindow> window;
  double seconds = 0;
};

}  // namespace

TEST_CASE("customer window: it draws once for a page, and again only when that has changed") {
  CustomerScreen screen;
  CHECK(screen.show());
  CHECK_FALSE(screen.show());
  screen.shop.add_line("Krimi", 1400);
  screen.shop.refresh();
  CHECK(screen.show());
  CHECK_FALSE(screen.show());
  screen.window->settle();
  CHECK(screen.show());
}

TEST_CASE("customer window: idle, lines and total, to pay, change and thanks can be read") {
  CustomerScreen screen;
  screen.shop.language = pos::Language::german;
  screen.show();
  CHECK(screen.shows("Willkommen!"));
  screen.save("customer_idle");
  screen.shop.add_line("Krimi: Das stille Tal", 1400);
  screen.shop.add_line("Bergkäse 12 Monate", 2490, {252}, core::Unit::kilogram);
  screen.shop.refresh();
  screen.show();
  CHECK(screen.shows("0,252 kg x 24,90/kg"));
  CHECK(screen.shows("20,27 €"));
  screen.save("customer_lines");
  screen.show({.is_paying = true});
  CHECK(screen.shows("Zu zahlen"));
  screen.save("customer_to_pay");
  screen.shop.set_done(2027, 5000);
  screen.show({.now = test::ShopScene::now()});
  CHECK(screen.shows("Vielen Dank für Ihren Einkauf!"));
  CHECK(screen.shows("29,73 €"));
  screen.save("customer_thanks");
  screen.show({.now = test::ShopScene::now() + std::chrono::minutes(5)});
  CHECK(screen.shows("Willkommen!"));
}

TEST_CASE("customer window: of many lines the latest can be seen, wherever it stands") {
  CustomerScreen screen;
  for (int i = 0; i < 40; ++i) screen.shop.add_line("Artikel " + std::to_string(i), 100);
  screen.shop.refresh();
  screen.show();
  CHECK(screen.shows("Artikel 39"));
  CHECK_FALSE(screen.shows("Artikel 0"));
  screen.shop.till.last_line = screen.shop.till.order.lines[0].id;
  screen.show();
  CHECK(screen.shows("Artikel 0"));
}

TEST_CASE("customer window: a receipt that is not on paper is a QR code in its own words") {
  CustomerScreen screen;
  const core::Receipt receipt = tests::plain_sale();
  screen.show({.to_be_read = &receipt});
  CHECK(screen.shows("QR"));
  screen.save("customer_qr");
  const auto scene = screen.shop.scene();
  const std::string text = pos::qr_text(receipt, scene.words);
  CHECK(text.find(receipt.code) != std::string::npos);
  CHECK(text.size() <= 700);
  CHECK(drivers::symbol_of(drivers::Qr{text, drivers::QrLevel::low}).has_value());
  screen.shop.add_line("Krimi", 1400);
  screen.shop.refresh();
  screen.show({.to_be_read = &receipt});
  CHECK_FALSE(screen.shows("QR"));
}

TEST_CASE("customer: a long receipt still fits the QR code, with its lines counted") {
  const test::ShopScene shop;
  core::Receipt receipt = tests::plain_sale();
  const auto one = receipt.order.lines.front();
  receipt.order.lines.assign(200, one);
  core::complete_receipt(receipt);
  const std::string text = pos::qr_text(receipt, shop.scene().words);
  CHECK(text.find("200 items") != std::string::npos);
  CHECK(drivers::symbol_of(drivers::Qr{text, drivers::QrLevel::low}).has_value());
}
