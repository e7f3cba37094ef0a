#include "pos/screens/frame/cart_owner.h"

#include <doctest/doctest.h>

#include "tests/pos/screens/tender_scene.h"

using namespace test;

TEST_CASE("cart: what somebody else began says whose it is, and is taken over or parked") {
  TenderScene stage;
  stage.till.cashier = core::Cashier{2, "Nina Roth", core::Role::cashier, "", ""};
  stage.till.order.cashier = "Jana Wolf";
  CHECK(pos::is_anothers_cart(stage.till));
  const auto view = pos::present_cart_owner(stage.scene());
  CHECK(view.title == "This is the cart of Jana Wolf");
  CHECK(pos::react_cart_owner(pos::WaysTap::main).commands.at(0).is<core::TakeOverCart>());
  CHECK(pos::react_cart_owner(pos::WaysTap::other).commands.at(0).is<core::ParkOrder>());
  stage.till.order.cashier = "Nina Roth";
  CHECK_FALSE(pos::is_anothers_cart(stage.till));
  stage.till.order.cashier = "Jana Wolf";
  stage.till.order.lines.clear();
  CHECK_FALSE(pos::is_anothers_cart(stage.till));
}
