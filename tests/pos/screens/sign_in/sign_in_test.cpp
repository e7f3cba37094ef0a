#include "pos/screens/sign_in/sign_in_screen.h"

#include <doctest/doctest.h>

#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

struct SignInPlay {
  SignInPlay() {
    stage.till.staff = {{7, "Jana Wolf", core::Role::cashier, "", ""},
                        {9, "Klara Lindner", core::Role::manager, "en", ""}};
    stage.till.needs_sign_in = true;
  }
  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }
  void show() { ui.draw(draw()); }

  TenderScene stage;
  SignInInput input;
  Reaction last;
  UiDriver ui;
};

}  // namespace

TEST_CASE("sign in: a tile and a PIN, then Sell") {
  SignInPlay play;
  play.show();
  play.tap("Klara Lindner");
  for (const char* key : {"1", "2", "3", "4"}) play.tap(key);
  play.tap("Sign in");
  const auto* signed_in = only<core::SignIn>(play.last);
  REQUIRE(signed_in);
  CHECK(signed_in->cashier == 9);
  CHECK(signed_in->pin == "1234");
  CHECK(play.input.pin.empty());
  play.stage.till.cashier = play.stage.till.staff[1];
  play.show();
  CHECK(play.last.go == Screen::sell);
}

TEST_CASE("sign in: three digits are not a PIN, and it says so") {
  SignInPlay play;
  play.input.pin = "123";
  play.show();
  play.tap("Sign in");
  CHECK(play.last.is_empty());
  CHECK(play.ui.refused() == "A PIN has 4 to 12 digits.");
}

TEST_CASE("sign in: a wrong PIN is said until the next digit") {
  SignInPlay play;
  play.stage.till.pins = {{.cashier = play.stage.till.staff[0].row, .wrong = 1}};
  // Of who typed nothing here yet, nothing is wrong.
  CHECK(present(play.stage.scene(), play.input).message == "Enter PIN");
  play.input.is_sent = true;
  CHECK(present(play.stage.scene(), play.input).message == "This PIN is not right.");
  play.input.pin = "1";
  CHECK(present(play.stage.scene(), play.input).message == "Enter PIN");
}

TEST_CASE("sign in: locked out, it counts down and takes no digits") {
  SignInPlay play;
  play.stage.till.pins = {{.cashier = play.stage.till.staff[0].row,
                           .wrong = 4,
                           .locked_until = play.stage.instant() + std::chrono::milliseconds(3200)}};
  play.show();
  CHECK(play.ui.shows("Too many wrong PINs. Please wait 4 s."));
  play.tap("1");
  CHECK(play.input.pin.empty());
  play.stage.later = 4;
  play.show();
  play.tap("1");
  CHECK(play.input.pin == "1");
}

TEST_CASE("sign in: the screens speak the language that was tapped") {
  SignInPlay play;
  play.show();
  play.tap("Deutsch");
  CHECK(play.last.language == Language::german);
}

TEST_CASE("sign in: whoever is still signed in is not taken to Sell again") {
  SignInPlay play;
  play.stage.till.cashier = play.stage.till.staff[0];
  play.show();
  CHECK(play.last.is_empty());
}

TEST_CASE("sign in: where the lamps' words have no room, each keeps its icon") {
  SignInPlay play;
  play.stage.devices.printer = {ui::State::ok, "Printer ready"};
  play.stage.devices.terminal = {ui::State::ok, "Terminal ready"};
  play.stage.devices.sync = {ui::State::ok, "Sync ready"};
  for (const int width : {1280, 1024, 640}) {
    CAPTURE(width);
    UiDriver small(width, 600, {.text_scale = 1.5F});
    small.draw(play.draw());
    for (const char* lamp : {"Printer ready", "Terminal ready", "Sync ready"}) {
      CHECK(small.find(lamp) != nullptr);
    }
  }
}
