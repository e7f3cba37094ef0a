#include <doctest/doctest.h>

#include <thread>

#include "drivers/terminal/simulated/simulator.h"
#include "tests/contracts/card_terminal_contract.h"
#include "tests/support/temp_folder.h"

using namespace drivers;
using contracts::RecordingHooks;

namespace {

CardIntent sale_of(std::int64_t minor, std::uint64_t seed = 1) {
  core::IdSource ids(seed);
  return {{ids.next({})}, CardKind::sale, {minor, core::eur}, {}};
}

// Presses a button as soon as the terminal asks for a card.
struct PressingHooks final : CardHooks {
  SimulatedTerminal& terminal;
  std::vector<SimulatedAnswer> buttons;
  bool cancels = false;

  PressingHooks(SimulatedTerminal& pressed, std::vector<SimulatedAnswer> in_order,
                bool cancels_after = false)
      : terminal(pressed), buttons(std::move(in_order)), cancels(cancels_after) {}
  bool before_send(const std::string&) override { return true; }
  void started() override {
    for (const SimulatedAnswer button : buttons) terminal.answer(button);
    if (cancels) terminal.request_cancel();
  }
};

}  // namespace

TEST_CASE("simulated terminal: it keeps the word of every card terminal") {
  contracts::a_terminal_keeps_its_word(
      [](SimulatedAnswer answer) { return std::make_unique<SimulatedTerminal>(answer); });
}

TEST_CASE("simulated terminal: the window's first button decides") {
  SimulatedTerminal terminal;
  PressingHooks approve(terminal, {SimulatedAnswer::approve, SimulatedAnswer::decline});
  CHECK(std::holds_alternative<Approved>(terminal.authorize(sale_of(500), approve)));
  PressingHooks decline(terminal, {SimulatedAnswer::decline});
  CHECK(std::holds_alternative<Declined>(terminal.authorize(sale_of(500, 2), decline)));
  PressingHooks silent(terminal, {SimulatedAnswer::silent_charged});
  CHECK(std::holds_alternative<OutcomeUnknown>(terminal.authorize(sale_of(500, 3), silent)));
  CHECK(terminal.charges() == 2);
}

TEST_CASE("simulated terminal: a button pressed between payments decides nothing") {
  SimulatedTerminal terminal(SimulatedAnswer::ask, {}, Milliseconds{1});
  terminal.answer(SimulatedAnswer::approve);
  RecordingHooks hooks;
  const CardOutcome outcome = terminal.authorize(sale_of(500), hooks);
  CHECK(outcome == CardOutcome(Declined{DeclineReason::no_card, "no card"}));
  CHECK(terminal.charges() == 0);
}

TEST_CASE("simulated terminal: a cancel is a wish, and an earlier approval stands") {
  SimulatedTerminal terminal;
  PressingHooks cancel(terminal, {}, true);
  CHECK(terminal.authorize(sale_of(500), cancel) ==
        CardOutcome(Declined{DeclineReason::cancelled, "cancelled"}));
  PressingHooks too_late(terminal, {SimulatedAnswer::approve}, true);
  CHECK(std::holds_alternative<Approved>(terminal.authorize(sale_of(500, 2), too_late)));
}

TEST_CASE("simulated terminal: the button may be pressed on another thread") {
  SimulatedTerminal terminal;
  struct Handing final : CardHooks {
    SimulatedTerminal& terminal;
    std::thread finger;
    explicit Handing(SimulatedTerminal& t) : terminal(t) {}
    bool before_send(const std::string&) override { return true; }
    void started() override {
      finger = std::thread([this] { terminal.answer(SimulatedAnswer::approve); });
    }
  } hooks(terminal);
  CHECK(std::holds_alternative<Approved>(terminal.authorize(sale_of(500), hooks)));
  hooks.finger.join();
}

TEST_CASE("simulated terminal: nothing is charged for nothing") {
  SimulatedTerminal terminal(SimulatedAnswer::approve);
  RecordingHooks hooks;
  CHECK(terminal.authorize(sale_of(0), hooks) ==
        CardOutcome(NotStarted{NotStartedReason::refused}));
  CHECK(hooks.protocol_key.empty());
}

TEST_CASE("simulated terminal: its book outlives the program") {
  const tests::TempFolder folder;
  const std::string book = folder / "terminal-book";
  const CardIntent charged = sale_of(4212, 1);
  const CardIntent taken_back = sale_of(99, 2);
  {
    SimulatedTerminal terminal(SimulatedAnswer::silent_charged, book);
    RecordingHooks hooks;
    terminal.authorize(charged, hooks);
    terminal.always(SimulatedAnswer::approve);
    hooks.verdict = Verdict::refuse;
    terminal.authorize(taken_back, hooks);
  }
  SimulatedTerminal restarted(SimulatedAnswer::approve, book);
  const ProbeResult result = restarted.probe({charged.attempt, charged.amount, {}});
  REQUIRE(std::holds_alternative<Approved>(result));
  CHECK(std::get<Approved>(result).amount.minor == 4212);
  CHECK(std::get<Approved>(result).amount.currency == core::eur);
  CHECK(std::get<Approved>(result).reference.trace == "000001");
  CHECK(std::holds_alternative<NotBooked>(
      restarted.probe({taken_back.attempt, taken_back.amount, {}})));
}

TEST_CASE("simulated terminal: no result carries more of a card than its last four digits") {
  SimulatedTerminal terminal(SimulatedAnswer::approve);
  RecordingHooks hooks;
  const CardOutcome outcome = terminal.authorize(sale_of(500), hooks);
  const auto& approved = std::get<Approved>(outcome);
  std::string all = approved.masked_card + approved.brand;
  for (const std::string& line : approved.receipt_lines) all += line;
  int digits_in_a_row = 0;
  for (const char c : all) {
    digits_in_a_row = c >= '0' && c <= '9' ? digits_in_a_row + 1 : 0;
    CHECK(digits_in_a_row < 12);
  }
}

TEST_CASE("simulated terminal: what it books is called a simulation wherever it is told of") {
  SimulatedTerminal terminal(SimulatedAnswer::approve);
  RecordingHooks hooks;
  const CardOutcome outcome = terminal.authorize(sale_of(500), hooks);
  const auto& approved = std::get<Approved>(outcome);
  CHECK(approved.brand.starts_with("SIMULATION"));
  CHECK(approved.receipt_lines.front().starts_with("SIMULATION"));
}
