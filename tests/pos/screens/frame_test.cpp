#include "pos/screens/frame.h"

#include <doctest/doctest.h>

#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

struct Framed {
  test::ShopScene shop;
  FrameInput input;
  Reaction said;
  test::UiDriver ui{1280, 800};

  test::UiDriver::Draw drawn() {
    return [this](ui::Ui& frame) {
      for (Reaction reaction :
           {run(frame, shop.scene(), input, Screen::sell), run_above(frame, shop.scene(), input)})
        if (!reaction.is_empty()) said = std::move(reaction);
    };
  }
  void tap(std::string_view name) {
    said = {};
    ui.tap(name, drawn());
  }
};

}  // namespace

TEST_CASE("frame: the navigation leads to the screens and counts what is new") {
  Framed frame;
  frame.shop.till.counts.new_orders = 3;
  frame.tap("Orders");
  CHECK(frame.said.go == Screen::orders);
  CHECK(frame.ui.shows("3"));
  frame.tap("Settings");
  CHECK(frame.said.go == Screen::settings);
}

TEST_CASE("frame: a tap on the cashier locks the till") {
  Framed frame;
  core::Cashier cashier;
  cashier.name = "Jana Wolf";
  frame.shop.till.cashier = cashier;
  frame.tap("lock");
  REQUIRE(frame.said.commands.size() == 1);
  CHECK(std::holds_alternative<core::SignOut>(frame.said.commands.front()));
}

TEST_CASE("frame: what waits is counted in the strip and leads to the outbox") {
  Framed frame;
  frame.shop.till.counts.outbox_waiting = 2;
  frame.tap("Sync: 2 wait");
  CHECK(frame.said.go == Screen::outbox);
}

TEST_CASE("frame: paper out is a banner with its count and one action") {
  Framed frame;
  frame.shop.till.counts.prints_waiting = 2;
  frame.shop.till.counts.print_trouble = "Paper is out.";
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Paper is out. 2 receipts wait."));
  frame.tap("Show");
  CHECK(frame.said.go == Screen::outbox);
}

TEST_CASE("frame: a banner that was put away comes back when it gets worse") {
  Framed frame;
  frame.shop.till.counts.prints_waiting = 1;
  frame.shop.till.counts.print_trouble = "Paper is out.";
  frame.tap("Close");
  frame.ui.draw(frame.drawn());
  CHECK_FALSE(frame.ui.shows("Paper is out. 1 receipt waits."));
  frame.shop.till.counts.prints_waiting = 2;
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Paper is out. 2 receipts wait."));
}

TEST_CASE("frame: not saved comes before every other trouble and cannot be put away") {
  Framed frame;
  frame.shop.till.counts.prints_waiting = 2;
  frame.shop.till.counts.print_trouble = "Paper is out.";
  frame.shop.till.not_saved = "The disk is full.";
  const FrameView view = present(frame.shop.scene(), frame.input, Screen::sell);
  CHECK(view.banner.trouble == Trouble::not_saved);
  CHECK(view.banner.state == ui::State::bad);
  CHECK(view.close_word.empty());
}

TEST_CASE("frame: an unclear card payment leads to the tender screen") {
  Framed frame;
  core::CardAttempt attempt;
  attempt.phase = core::CardPhase::unknown;
  attempt.amount = {4783, core::eur};
  frame.shop.till.attempt = attempt;
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Card payment of €47.83 is unclear."));
  frame.tap("Clear up");
  CHECK(frame.said.go == Screen::tender);
}

TEST_CASE("frame: a refused command goes out again with the PIN of who approves it") {
  Framed frame;
  ask_approval(frame.input, core::VoidOrder{"Training"}, "A manager has to approve this.");
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("A manager has to approve this."));
  for (const char* digit : {"4", "7", "1", "1"}) frame.ui.type(digit, frame.drawn());
  frame.tap("Approve");
  REQUIRE(frame.said.commands.size() == 1);
  CHECK(std::get<core::VoidOrder>(frame.said.commands.front()).reason == "Training");
  CHECK(frame.said.approval == "4711");
  CHECK_FALSE(frame.input.pending);
}

TEST_CASE("frame: leaving the approval forgets the command and the PIN") {
  Framed frame;
  ask_approval(frame.input, core::VoidOrder{"Training"}, "");
  frame.ui.type("47", frame.drawn());
  frame.ui.key(ui::Key::escape, frame.drawn());
  CHECK_FALSE(frame.input.pending);
  CHECK(frame.input.pin.empty());
  CHECK(frame.said.is_empty());
}

TEST_CASE("frame: a toast goes by itself when it has been read") {
  Framed frame;
  tell(frame.input, "This code is not known.");
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("This code is not known."));
  frame.ui.pass(10);
  frame.ui.draw(frame.drawn());
  CHECK_FALSE(frame.ui.shows("This code is not known."));
}

TEST_CASE("frame: over a sheet a toast leaves the sheet's keys free, and stays where it came") {
  Framed frame;
  bool has_sheet = true;
  const auto draw = [&](ui::Ui& ui) {
    run(ui, frame.shop.scene(), frame.input, Screen::sell);
    if (has_sheet) ui::Sheet sheet(ui, {240, 100, 800, 600}, {.title = "Weight"});
    run_above(ui, frame.shop.scene(), frame.input);
  };
  const auto bottom = [&] {
    frame.ui.draw(draw);
    const ui::Item* toast = frame.ui.find("The scan was not taken.");
    REQUIRE(toast);
    return toast->rect.y1;
  };
  frame.ui.draw(draw);
  tell(frame.input, "The scan was not taken.");
  CHECK(bottom() <= 100);
  has_sheet = false;
  frame.ui.draw(draw);
  CHECK(bottom() <= 100);
}
