// What every CardTerminal keeps: a charge is never lost and never invented.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "drivers/terminal/card_terminal.h"
#include "drivers/terminal/simulated/simulator.h"

namespace contracts {

// Records what it was told; answers as it was set up.
struct RecordingHooks final : drivers::CardHooks {
  bool can_record = true;
  drivers::Verdict verdict = drivers::Verdict::accept;
  std::string protocol_key;
  int starts = 0;
  int results = 0;

  bool before_send(const std::string& key) override {
    protocol_key = key;
    return can_record;
  }
  void started() override { ++starts; }
  drivers::Verdict on_result(const drivers::Approved&) override {
    ++results;
    return verdict;
  }
};

// Makes a terminal that answers every attempt in this way.
using MakeTerminal =
    std::function<std::unique_ptr<drivers::CardTerminal>(drivers::SimulatedAnswer)>;

// What a terminal does with a booking that the till could not write down.
enum class OnRefusal { takes_back, stays_unknown };

inline void a_terminal_keeps_its_word(const MakeTerminal& make,
                                      OnRefusal on_refusal = OnRefusal::takes_back) {
  using namespace drivers;
  core::IdSource ids(42);
  const CardIntent intent{{ids.next({})}, CardKind::sale, {1234, core::eur}, {}};
  RecordingHooks hooks;
  const auto question = [&] {
    CardQuestion asked{intent.attempt, intent.amount, hooks.protocol_key};
    asked.was_started = hooks.starts > 0;
    return asked;
  };

  SUBCASE("approved: the amount is the intent's, the card is masked, a probe agrees") {
    const auto terminal = make(SimulatedAnswer::approve);
    const CardOutcome outcome = terminal->authorize(intent, hooks);
    const auto* approved = std::get_if<Approved>(&outcome);
    REQUIRE(approved);
    CHECK(approved->amount == intent.amount);
    CHECK(approved->masked_card == "•••• 4242");
    CHECK_FALSE(approved->reference.terminal_id.empty());
    CHECK(hooks.results == 1);
    CHECK(terminal->probe(question()) == ProbeResult(*approved));
  }
  SUBCASE("declined: a probe finds nothing booked") {
    const auto terminal = make(SimulatedAnswer::decline);
    CHECK(std::holds_alternative<Declined>(terminal->authorize(intent, hooks)));
    CHECK(hooks.results == 0);
    CHECK_FALSE(std::holds_alternative<Approved>(terminal->probe(question())));
  }
  SUBCASE("silent after charging: unknown, and a probe finds the charge") {
    const auto terminal = make(SimulatedAnswer::silent_charged);
    CHECK(std::holds_alternative<OutcomeUnknown>(terminal->authorize(intent, hooks)));
    const ProbeResult first = terminal->probe(question());
    REQUIRE(std::holds_alternative<Approved>(first));
    CHECK(std::get<Approved>(first).amount == intent.amount);
    CHECK(terminal->probe(question()) == first);
  }
  SUBCASE("silent without charging: unknown, and a probe finds nothing booked") {
    const auto terminal = make(SimulatedAnswer::silent_uncharged);
    CHECK(std::holds_alternative<OutcomeUnknown>(terminal->authorize(intent, hooks)));
    CHECK(std::holds_alternative<NotBooked>(terminal->probe(question())));
  }
  SUBCASE("unreachable: not started, and a probe learns nothing") {
    const auto terminal = make(SimulatedAnswer::unreachable);
    const CardOutcome outcome = terminal->authorize(intent, hooks);
    REQUIRE(std::holds_alternative<NotStarted>(outcome));
    CHECK(std::get<NotStarted>(outcome).reason == NotStartedReason::unreachable);
    CHECK(hooks.starts == 0);
    CHECK(std::holds_alternative<NoAnswer>(terminal->probe(question())));
    CHECK(terminal->health() == TerminalHealth::unreachable);
  }
  SUBCASE("an intent that cannot be recorded is never sent") {
    const auto terminal = make(SimulatedAnswer::approve);
    hooks.can_record = false;
    CHECK(terminal->authorize(intent, hooks) ==
          CardOutcome(NotStarted{NotStartedReason::not_recorded}));
    CHECK(hooks.starts == 0);
    CHECK(std::holds_alternative<NotBooked>(terminal->probe(question())));
  }
  SUBCASE("a refused result is taken back where that can be done, else it stays unknown") {
    const auto terminal = make(SimulatedAnswer::approve);
    hooks.verdict = Verdict::refuse;
    const CardOutcome outcome = terminal->authorize(intent, hooks);
    const ProbeResult after = terminal->probe(question());
    if (on_refusal == OnRefusal::takes_back) {
      CHECK(std::holds_alternative<Declined>(outcome));
      CHECK(std::holds_alternative<NotBooked>(after));
    } else {
      CHECK(std::holds_alternative<OutcomeUnknown>(outcome));
      CHECK(std::holds_alternative<Approved>(after));
    }
  }
  SUBCASE("a result that nobody takes stays unknown, never declined") {
    const auto terminal = make(SimulatedAnswer::approve);
    hooks.verdict = Verdict::more_time;
    CHECK(std::holds_alternative<OutcomeUnknown>(terminal->authorize(intent, hooks)));
    CHECK(std::holds_alternative<Approved>(terminal->probe(question())));
  }
}

}  // namespace contracts
