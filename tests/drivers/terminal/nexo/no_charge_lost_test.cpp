// Invariant 2 for nexo, exhaustively: wherever the line is cut, wherever the till
// dies and whatever the terminal does with the payment: booked at the terminal =>
// approved in the journal, or unknown and shown; approved => booked; never more
// than one charge.
#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "tests/support/card_trial.h"
#include "tests/support/nexo_line.h"

namespace {

namespace nexo_trials {

using namespace drivers;
using drivers::nexo::SimulatedCard;
using drivers::nexo::SimulatedMemory;

struct Ran {
  bool was_cut = false, died = false;
};

Ran run(tests::TillDriver& till, SimulatedCard card, SimulatedMemory memory, int cut_at,
        int dies_at) {
  tests::NexoWire wire(card);
  wire.cut_at = cut_at;
  const core::CardAttempt attempt = tests::start_card(till);
  tests::TrialHooks hooks(till, attempt.id, tests::throws_at(dies_at));
  Ran ran;
  try {
    const auto driver = tests::nexo_terminal(wire, till.clock);
    CardIntent intent{attempt.id, CardKind::sale, attempt.amount, {}};
    intent.number = attempt.number;
    hooks.record(
        core::CardAnswered{attempt.id, tests::result_of_any(driver->authorize(intent, hooks))});
  } catch (tests::TillDied) {
    ran.died = true;
    till.reopen();
  }
  ran.was_cut = wire.messages > cut_at;

  // A card that is presented after the till has gone is a charge like any other.
  if (card == SimulatedCard::wait) wire.terminal.present(true);
  wire.terminal.use(memory);
  tests::ask_again(till, [&](const core::CardAttempt& asked) {
    const auto driver = tests::nexo_terminal(wire, till.clock);
    return driver->probe(
        {asked.id, asked.amount, asked.key, CardKind::sale, asked.number, asked.asked});
  });
  tests::check_books(till, attempt.id, wire.terminal.charges());
  tests::clear_till(till, attempt.id);
  return ran;
}

}  // namespace nexo_trials

}  // namespace

TEST_CASE("nexo: no cut and no crash loses or doubles a charge, whatever the terminal answers") {
  using drivers::nexo::SimulatedCard;
  using drivers::nexo::SimulatedMemory;
  tests::TillDriver till;
  int trials = 0, cuts = 0, crashes = 0;
  for (int card = 0; card <= static_cast<int>(SimulatedCard::nothing); ++card) {
    // What it says when it is asked afterwards. One that has forgotten what it booked
    // cannot be told from one that never heard of it: it is not tried.
    for (const auto memory :
         {SimulatedMemory::truth, SimulatedMemory::in_progress, SimulatedMemory::silent}) {
      // What it remembers is asked for once, wherever the till died: the cuts alone.
      for (int dies_at = -1; dies_at < 0 || memory == SimulatedMemory::truth; ++dies_at) {
        bool died_at_all = false;
        for (int cut_at = -1;; ++cut_at) {
          CAPTURE(card);
          CAPTURE(static_cast<int>(memory));
          CAPTURE(dies_at);
          CAPTURE(cut_at);
          const auto ran = nexo_trials::run(till, static_cast<SimulatedCard>(card), memory,
                                            cut_at < 0 ? tests::nowhere : cut_at,
                                            dies_at < 0 ? tests::nowhere : dies_at);
          ++trials;
          cuts += ran.was_cut;
          crashes += ran.died;
          died_at_all = died_at_all || ran.died;
          if (cut_at >= 0 && !ran.was_cut) break;
        }
        if (dies_at >= 0 && !died_at_all) break;
      }
    }
  }
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till.database())));
  MESSAGE(trials << " combinations of cut, answer, memory and crash ran, " << cuts
                 << " with a cut, " << crashes << " with a crash of the till");
  CHECK(trials > 300);
}
