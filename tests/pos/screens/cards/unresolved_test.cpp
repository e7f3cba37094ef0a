#include <doctest/doctest.h>

#include "pos/screens/cards/unresolved_screen.h"
#include "pos/screens/frame/frame.h"
#include "pos/screens/settings/settings_screen.h"
#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

struct UnresolvedPlay {
  UnresolvedPlay() {
    stage.attempt(core::CardPhase::unknown, 4783);
    core::CardAttempt other = *stage.till.attempt;
    other.id = attempt_id(2);
    other.amount = euros(1400);
    other.order_number = "T1-000007";
    other.says = "The terminal does not answer.";
    stage.till.put_off.push_back(other);
  }
  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }

  TenderScene stage;
  UnresolvedInput input;
  Reaction last;
  UiDriver ui;
};

}  // namespace

TEST_CASE("unresolved: the page shows what is in hand and what was put off, with the ways out") {
  UnresolvedPlay play;
  play.ui.draw(play.draw());
  CHECK(play.ui.shows("€47.83"));
  CHECK(play.ui.shows("Card payment of sale T1-000007"));
  CHECK(play.ui.shows("The terminal does not answer."));
  play.tap("Ask the terminal#2");
  REQUIRE(only<core::AskTerminal>(play.last));
  CHECK(only<core::AskTerminal>(play.last)->attempt == attempt_id(2));
  play.tap("Clear up later");
  REQUIRE(only<core::PutOffCard>(play.last));
  CHECK(only<core::PutOffCard>(play.last)->attempt == attempt_id(1));
  play.tap("Look closer");
  REQUIRE(only<core::TakeUpCard>(play.last));
  CHECK(play.last.go == Screen::tender);
}

TEST_CASE("unresolved: a decision by hand asks for a reason first") {
  UnresolvedPlay play;
  play.ui.draw(play.draw());
  play.tap("Not paid#2");
  CHECK(play.last.is_empty());
  CHECK(play.ui.shows("Book it as not paid"));
  play.tap("No slip, no booking");
  play.tap("Not paid");
  const auto* resolve = only<core::ResolveCard>(play.last);
  REQUIRE(resolve);
  CHECK(resolve->attempt == attempt_id(2));
  CHECK(resolve->verdict == core::CardVerdict::not_paid);
  CHECK(resolve->reason == "No slip, no booking");
}

TEST_CASE("unresolved: the status strip counts what is unclear and leads there") {
  UnresolvedPlay play;
  const FrameView view = present(play.stage.scene(), FrameInput{}, Screen::sell);
  CHECK(view.devices[1].word == "2 card payments unclear");
  CHECK(view.devices[1].state == ui::State::warn);
  FrameInput input;
  CHECK(react({FrameTap::Kind::terminal}, play.stage.scene(), input).go == Screen::unresolved);
  play.stage.till.attempt.reset();
  play.stage.till.put_off.clear();
  CHECK(react({FrameTap::Kind::terminal}, play.stage.scene(), input).go == Screen::settings);
  CHECK(present(play.stage.scene(), play.input).emptiness.title ==
        "Every card payment is cleared up");
}

TEST_CASE("terminal: the connection test begins from its card and says what was found") {
  TenderScene stage;
  stage.till.settings.terminal.kind = "zvt";
  SettingsInput input;
  UiDriver ui;
  Reaction last;
  const UiDriver::Draw draw = [&](pos::ui::Ui& u) {
    Reaction reaction = run(u, stage.scene(), input);
    if (!reaction.is_empty()) last = std::move(reaction);
  };
  ui.draw(draw);
  ui.tap("Test connection", draw);
  REQUIRE(only<core::ServeTerminal>(last));
  CHECK(only<core::ServeTerminal>(last)->work == core::TerminalWork::connection_test);
  CHECK(input.shows_terminal);
  stage.devices.is_terminal_served = true;
  ui.draw(draw);
  CHECK(ui.shows("Asking the terminal."));
  last = {};
  ui.tap("End of day", draw);
  CHECK(last.is_empty());
  stage.devices.is_terminal_served = false;
  stage.devices.terminal_report = {
      {false, "Nothing answers at the terminal's port: check the port, and whether ZVT is on.",
       ""}};
  ui.draw(draw);
  CHECK(ui.shows("Nothing answers at the terminal's port: check the port, and whether ZVT is on."));
  ui.tap("End of day", draw);
  REQUIRE(only<core::ServeTerminal>(last));
  CHECK(only<core::ServeTerminal>(last)->work == core::TerminalWork::end_of_day);
  // A terminal that closes its day by itself is not asked to.
  stage.till.settings.terminal.kind = "nexo";
  ui.draw(draw);
  CHECK_FALSE(ui.shows("End of day"));
  CHECK(ui.shows("Diagnosis"));
}
