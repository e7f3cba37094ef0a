// Empties on the Sell screen: one after the other, without a receipt.
#include <doctest/doctest.h>

#include "pos/screens/sell/sell_screen.h"
#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

struct EmptiesCounter {
  test::ShopScene shop;
  SellInput input;
  Reaction said;
  test::UiDriver ui{1024, 600};

  EmptiesCounter() {
    shop.width = 1024;
    shop.height = 600;
    shop.found.categories.has_deposits = true;
    shop.add_product("Bottle deposit 0.25", 25, "", 1, "");
  }
  test::UiDriver::Draw drawn() {
    return [this](ui::Ui& frame) {
      Reaction reaction = run(frame, shop.scene(), input);
      if (!reaction.is_empty()) said = std::move(reaction);
    };
  }
  void tap(std::string_view name) {
    said = {};
    ui.tap(name, drawn());
  }
  template <class Command>
  const Command& command() {
    REQUIRE(said.commands.size() == 1);
    REQUIRE(said.commands.front().is<Command>());
    return said.commands.front().get<Command>();
  }
  core::ReturnLine& add_empties(std::int64_t count) {
    core::ReturnLine line;
    line.id = {core::IdSource(9).next(test::ShopScene::now())};
    line.kind = core::ReturnKind::deposit;
    line.variant = 6;
    line.title = "Bottle deposit 0.25";
    line.quantity = core::pieces(count);
    line.amount = {25 * count, core::eur};
    shop.till.order.id = {core::IdSource(8).next(test::ShopScene::now())};
    shop.till.order.returns = {line};
    shop.refresh();
    shop.till.due = {-25 * count, core::eur};
    return shop.till.order.returns.front();
  }
};

}  // namespace

TEST_CASE("empties: one tap on the chip, and what is tapped or scanned comes back") {
  EmptiesCounter counter;
  counter.tap("Empties");
  CHECK(counter.ui.shows("−€0.25"));
  CHECK(counter.ui.shows("Empties: tap or scan them, or the slip"));
  counter.tap("Bottle deposit 0.25");
  CHECK(counter.command<core::TakeEmpties>().variant == 6);
  const core::Command scanned = asked_by_scan("4000001000301", counter.input);
  CHECK(scanned.get<core::ScanEmpties>().code == "4000001000301");
}

TEST_CASE("empties: a cart that only takes back is parked like any other") {
  EmptiesCounter counter;
  counter.add_empties(3);
  counter.tap("Park");
  counter.command<core::ParkOrder>();
}

TEST_CASE("empties: whoever brought them is served, then goods are sold again") {
  EmptiesCounter counter;
  counter.tap("Empties");
  counter.add_empties(3);
  counter.ui.frame(counter.drawn());
  CHECK(takes_empties(counter.input.products));
  counter.shop.till.order = {};
  counter.ui.frame(counter.drawn());
  CHECK_FALSE(takes_empties(counter.input.products));
  CHECK(asked_by_scan("4000001000301", counter.input).is<core::Scan>());
  // By hand, or by going to another page.
  for (const char* way : {"Done", "Favourites"}) {
    counter.tap("Empties");
    counter.tap(way);
    CHECK_FALSE(takes_empties(counter.input.products));
    CHECK(counter.said.commands.empty());
  }
}

TEST_CASE("empties: bottles are counted on their line") {
  EmptiesCounter counter;
  counter.add_empties(3);
  counter.tap("line-back-1");
  counter.tap("more-quantity-back-1");
  CHECK(counter.command<core::ChangeQuantity>().quantity == core::pieces(4));
  counter.tap("less-quantity-back-1");
  CHECK(counter.command<core::ChangeQuantity>().quantity == core::pieces(2));
}

TEST_CASE("empties: a slip without a number of its own asks whether it is another") {
  EmptiesCounter counter;
  counter.shop.till.settings.deposits.slip = *core::deposit_rule_from("28 xxxxx PPPPP");
  ask_for_another("280000000150", counter.input);
  counter.ui.frame(counter.drawn());
  CHECK(counter.ui.shows("A slip like this one, over €1.50, was taken today."));
  counter.ui.key(ui::Key::enter, counter.drawn());
  CHECK(counter.said.commands.empty());
  ask_for_another("280000000150", counter.input);
  counter.tap("Another slip: take it");
  CHECK(counter.command<core::TakeDepositSlip>().is_another);
  CHECK(std::holds_alternative<std::monostate>(counter.input.sheet));
}

TEST_CASE("empties: where nothing bears a deposit there is no such page") {
  EmptiesCounter counter;
  counter.shop.found.categories.has_deposits = false;
  counter.ui.frame(counter.drawn());
  CHECK_FALSE(counter.ui.shows("Empties"));
}
