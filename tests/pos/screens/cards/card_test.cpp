#include <doctest/doctest.h>

#include <tuple>

#include "pos/screens/tender/tender_screen.h"
#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

// Words that stick out from under what is tapped.
std::string covered_words(const ui::ItemLog& log, const ui::Item& button) {
  std::string covered;
  for (const ui::Item& item : log.items()) {
    const ui::PixelRect& a = item.rect;
    const ui::PixelRect& b = button.rect;
    const bool is_inside = a.x0 >= b.x0 && a.x1 <= b.x1 && a.y0 >= b.y0 && a.y1 <= b.y1;
    const bool is_apart = a.x1 <= b.x0 || a.x0 >= b.x1 || a.y1 <= b.y0 || a.y0 >= b.y1;
    if (item.kind == ui::ItemKind::text && !is_inside && !is_apart) covered += item.label + "; ";
  }
  return covered;
}

struct CardPlay {
  CardPlay() = default;
  CardPlay(int width, int height, ui::Look look, Language language = Language::german)
      : stage(language), ui(width, height, look) {}

  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }
  void show() { ui.draw(draw()); }
  void lose_the_answer() {
    stage.attempt(core::CardPhase::requested, 4783);
    show();
    stage.later = 10;
    stage.devices.card_progress = "Card read.";
    show();
    stage.later = 40;
    stage.till.attempt->phase = core::CardPhase::unknown;
    show();
  }

  TenderScene stage;
  TenderInput input;
  Reaction last;
  UiDriver ui;
};

}  // namespace

TEST_CASE("card: the panel has the buttons that its phase allows, and no others") {
  using core::CardPhase;
  for (const CardPhase phase :
       {CardPhase::requested, CardPhase::declined, CardPhase::not_started, CardPhase::unknown}) {
    TenderScene stage;
    stage.attempt(phase, 4783);
    const CardPanelView view = present(stage.scene(), CardPanelInput{});
    const core::CardActions actions = core::actions_in(phase);
    CHECK(view.has_cancel == actions.abort);
    CHECK(view.has_retry == actions.retry);
  }
}

TEST_CASE("card: cancelling is a wish that is made once") {
  CardPlay play;
  play.stage.attempt(core::CardPhase::requested, 4783);
  play.show();
  play.tap("Cancel at the terminal");
  CHECK(only<core::CancelCard>(play.last));
  play.last = {};
  play.tap("Cancelling was asked for …");
  CHECK(play.last.is_empty());
  CHECK(play.ui.refused() == "The terminal has been asked; its answer decides.");
}

TEST_CASE("card: while it runs nothing else can be tendered, and nothing taken back") {
  CardPlay play;
  play.stage.pay(core::Tender::cash, 1000);
  play.stage.attempt(core::CardPhase::requested, 3783);
  play.show();
  CHECK_FALSE(play.ui.shows("Take cash €37.83"));
  const TenderView view = present(play.stage.scene(), play.input);
  CHECK_FALSE(view.payments[0].can_undo);
  CHECK_FALSE(view.can_leave);
  CHECK(view.leave_why_not == "A card payment is not settled yet.");
}

TEST_CASE("card: the simulated terminal is answered by hand, a real one is not") {
  CardPlay play;
  play.stage.attempt(core::CardPhase::requested, 4783);
  play.show();
  CHECK_FALSE(play.ui.shows("Simulated terminal"));
  play.stage.devices.asks_for_answer = true;
  play.show();
  play.tap("Charge and go silent");
  CHECK(play.last.terminal == drivers::SimulatedAnswer::silent_charged);
  play.tap("Approve");
  CHECK(play.last.terminal == drivers::SimulatedAnswer::approve);
}

TEST_CASE("card: no words lie under a button at any size of window and text") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.25F, 1.5F}) {
      INFO(size.first << " x " << size.second << " at " << text);
      CardPlay play(size.first, size.second, {.text_scale = text});
      play.stage.devices.asks_for_answer = true;
      play.stage.attempt(core::CardPhase::requested, 4783);
      play.show();
      const auto* cancel = play.ui.find("Am Terminal abbrechen");
      REQUIRE(cancel);
      CHECK(covered_words(play.ui.ui().log(), *cancel).empty());
      CHECK(play.ui.shows("47,83 €"));
      play.stage.devices.asks_for_answer = false;
      play.stage.attempt(core::CardPhase::declined, 4783);
      play.show();
      const auto* back = play.ui.find("Zurück#2");
      REQUIRE(back);
      CHECK(covered_words(play.ui.ui().log(), *back).empty());
    }
  }
}

TEST_CASE("card: declined can be tried again, or paid otherwise") {
  CardPlay play;
  play.stage.attempt(core::CardPhase::declined, 4783);
  play.show();
  play.tap("Try card again €47.83");
  REQUIRE(play.last.commands.size() == 2);
  CHECK(play.last.commands[0].is<core::DismissCard>());
  CHECK(play.last.commands[1].get<core::StartCard>().amount == euros(4783));
  play.tap("Other tender");
  CHECK(only<core::DismissCard>(play.last));
  CHECK(play.input.method == TenderMethod::cash);
}

TEST_CASE("card: a lost answer has a face of its own, with what is known") {
  CardPlay play;
  play.lose_the_answer();
  play.stage.later = 122;
  play.show();
  CHECK(play.ui.shows("Card payment unclear"));
  CHECK(play.ui.shows("1 min 22 s"));
  CHECK(play.ui.shows("“Card read.”"));
  CHECK(play.ui.shows("Answer missing"));
  play.tap("Ask the terminal");
  CHECK(only<core::AskTerminal>(play.last));
}

TEST_CASE("card: what happened to a lost answer can be read without scrolling on a small screen") {
  for (const Language language : {Language::english, Language::german}) {
    CardPlay play(1024, 600, {}, language);
    play.stage.devices.card_progress = "Please present the card.";
    play.lose_the_answer();
    play.stage.till.attempt->says = "The terminal's answer was lost.";
    play.show();
    const bool is_german = language == Language::german;
    const auto* first = play.ui.find(is_german ? "Betrag 47,83" : "Amount €47.83 sent");
    const auto* last = play.ui.find(is_german ? "„Die Antwort" : "“The terminal's answer");
    REQUIRE(first);
    REQUIRE(last);
    CHECK(first->rect.y1 - first->rect.y0 >= 20);
    CHECK(last->rect.y1 - last->rect.y0 >= 40);
  }
}

TEST_CASE("card: where the steps have no room, they and the log are one tap away") {
  CardPlay play(1024, 600, {.text_scale = 1.5F}, Language::english);
  play.lose_the_answer();
  CHECK_FALSE(play.ui.shows("Ask the customer"));
  play.tap("How to find out");
  play.show();
  CHECK(play.ui.shows("Ask the customer"));
  CHECK(play.ui.shows("Amount €47.83 sent"));
  play.ui.key(ui::Key::escape, play.draw());
  play.show();
  CHECK_FALSE(play.ui.shows("Ask the customer"));
  CHECK(play.last.is_empty());
}

TEST_CASE("card: deciding by hand needs a reason, which may be tapped") {
  CardPlay play;
  play.lose_the_answer();
  play.tap("Not paid");
  play.tap("Terminal shows “cancelled”");
  CHECK(play.input.unknown.reason.value == "Terminal shows “cancelled”");
  play.ui.key(ui::Key::enter, play.draw());
  const auto* resolved = only<core::ResolveCard>(play.last);
  REQUIRE(resolved);
  CHECK(resolved->verdict == core::CardVerdict::not_paid);
  CHECK(resolved->reason == "Terminal shows “cancelled”");
  CHECK_FALSE(play.input.unknown.verdict);
}

TEST_CASE("card: an empty reason decides nothing") {
  CardPlay play;
  play.lose_the_answer();
  play.tap("Paid");
  play.ui.key(ui::Key::enter, play.draw());
  CHECK(play.last.is_empty());
  CHECK(play.ui.refused() == "Please give a reason.");
  play.ui.key(ui::Key::escape, play.draw());
  CHECK_FALSE(play.input.unknown.verdict);
}

TEST_CASE("card: later puts the payment off and serves the next customer") {
  CardPlay play;
  play.lose_the_answer();
  play.tap("Clear up later");
  CHECK(only<core::PutOffCard>(play.last));
  CHECK(play.last.go == Screen::sell);
}

TEST_CASE("card: after a restart the log begins with the request and knows of the gap") {
  CardPlay play;
  play.stage.attempt(core::CardPhase::unknown, 4783);
  play.show();
  const CardLog& log = play.input.unknown.log;
  REQUIRE(log.events.size() == 2);
  CHECK(log.events[0].kind == CardEvent::Kind::requested);
  CHECK(log.events[1].kind == CardEvent::Kind::lost);
}

TEST_CASE("card: a booking that may be another's is compared with the slip, number by number") {
  for (const auto& [width, height, text] :
       {std::tuple{1280, 800, 1.F}, std::tuple{1024, 600, 1.F}, std::tuple{1280, 800, 1.5F}}) {
    CardPlay play(width, height, {.text_scale = text}, Language::english);
    play.lose_the_answer();
    play.stage.till.attempt->key = "tid=60000142;trace=000122;receipt=0041";
    play.stage.till.attempt->alike = core::Lookalike{euros(4783), "Visa •••• 4242",
                                                     "trace=000123;receipt=0042;moment=1130140510"};
    play.show();
    CHECK(play.ui.shows("Last at the terminal"));
    CHECK(play.ui.shows("30.11. 14:05:10"));
    CHECK(play.ui.shows("000123"));
    CHECK(play.ui.shows("the next after 000122"));
    CHECK(play.ui.shows("0042"));
    CHECK(play.ui.shows("Visa •••• 4242"));
    play.tap("Paid");
    CHECK(play.ui.shows("Slip with receipt no. 0042"));
  }
}
