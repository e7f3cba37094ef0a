#include "pos/screens/settings/touch_sheet.h"

#include <doctest/doctest.h>

#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

struct Crosses {
  test::ShopScene shop;
  TouchSheetInput input;
  SheetResult result;
  test::UiDriver ui{1280, 800};

  test::UiDriver::Draw drawn() {
    return [this](ui::Ui& frame) {
      if (result.is_closed) return;
      result = run(frame, shop.scene(), input);
    };
  }
  // Touches the cross that is shown, so much beside it.
  void touch(float beside = 0) {
    ui.draw(drawn());
    const ui::Spot cross = present(shop.scene(), input).cross;
    ui.tap_at((cross.x + beside) * 1280, cross.y * 800, drawn());
  }
};

}  // namespace

TEST_CASE("touch sheet: five touches beside their crosses set the screen right") {
  Crosses crosses;
  for (int i = 0; i < 5; ++i) crosses.touch(.05F);
  REQUIRE(crosses.result.is_closed);
  REQUIRE(crosses.result.reaction.commands.size() == 1);
  const auto& change = crosses.result.reaction.commands[0].get<core::ChangeSetting>();
  CHECK(change.key == "till.touch");
  const ui::Spot at = ui::touch_matrix_from(change.value)({.55F, .5F});
  CHECK(at.x == doctest::Approx(.5F).epsilon(.01));
}

TEST_CASE(
    "touch sheet: a fifth touch that lies beside is not believed, and three failures end it") {
  Crosses crosses;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 4; ++i) crosses.touch();
    crosses.touch(.2F);
    CHECK((round == 2) == crosses.result.is_closed);
  }
  CHECK(crosses.result.reaction.commands.empty());
  CHECK_FALSE(crosses.result.reaction.refused.empty());
}

TEST_CASE("touch sheet: Escape changes nothing") {
  Crosses crosses;
  crosses.touch();
  crosses.ui.key(ui::Key::escape, crosses.drawn());
  CHECK(crosses.result.is_closed);
  CHECK(crosses.result.reaction.is_empty());
}
