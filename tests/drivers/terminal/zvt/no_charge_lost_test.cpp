// Invariant 2, exhaustively: wherever the line is cut and wherever the till dies,
// whatever the terminal then does with a payment whose acknowledgement it missed:
// booked at the terminal => approved in the journal, or unknown and shown;
// approved => booked; never more than one charge.
#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "drivers/terminal/zvt/terminal.h"
#include "tests/contracts/card_terminal_contract.h"
#include "tests/support/card_trial.h"
#include "tests/support/zvt_line.h"

using namespace drivers;
using namespace tests;

namespace {

struct Trial {
  zvt::LostAck policy = zvt::LostAck::auto_reverse;
  bool lines = false;
  zvt::Repeat repeat = zvt::Repeat::full;  // what it says when it is asked afterwards
  tests::WireCut how = tests::WireCut::before;
  int cut_at = nowhere;
  int dies_at = nowhere;
};

struct Ran {
  bool was_cut = false, died = false;
};

// One sale by card on a till and a terminal that have a past.
Ran run(TillDriver& till, const Trial& trial, const std::string& book) {
  zvt::SimulatorSettings settings;
  settings.lost_ack = trial.policy;
  settings.prints_lines = trial.lines;
  ZvtWire wire(settings);
  wire.terminal.read_book(book);
  const int charges_before = wire.terminal.charges();
  wire.cut_at = trial.cut_at;
  wire.how = trial.how;

  const core::CardAttempt attempt = start_card(till);
  TrialHooks hooks(till, attempt.id, throws_at(trial.dies_at));
  Ran ran;
  try {
    ZvtTerminal driver(link_to(wire), {});
    CardIntent intent{attempt.id, CardKind::sale, attempt.amount, {}};
    hooks.record(core::CardAnswered{attempt.id, result_of_any(driver.authorize(intent, hooks))});
  } catch (TillDied) {
    ran.died = true;
    till.reopen();
  }
  ran.was_cut = wire.was_cut;
  wire.terminal.set_repeat(trial.repeat);
  ask_again(till, [&](const core::CardAttempt& asked) {
    ZvtTerminal driver(link_to(wire), {});
    return driver.probe(tests::question_about(asked));
  });
  check_books(till, attempt.id, wire.terminal.charges() - charges_before);
  clear_till(till, attempt.id);
  return ran;
}

}  // namespace

TEST_CASE("zvt: no cut and no crash loses or doubles a charge, whatever the terminal does then") {
  TillDriver till;
  const std::string book = "0 1400 1 0 1 0\n0 900 2 0 1 0\n";
  int trials = 0, cuts = 0, crashes = 0;
  for (const auto policy :
       {zvt::LostAck::auto_reverse, zvt::LostAck::keep, zvt::LostAck::reverse_next}) {
    for (const bool lines : {false, true}) {
      // With print lines, and with a message torn in two, the cuts alone: what the
      // till remembers is the same as with blocks and with a message that is lost.
      for (int dies_at = -1; dies_at < 0 || !lines; ++dies_at) {
        bool died_at_all = false;
        for (const tests::WireCut how :
             {tests::WireCut::before, tests::WireCut::inside, tests::WireCut::after}) {
          for (int cut_at = -1; dies_at < 0 || how != tests::WireCut::inside; ++cut_at) {
            CAPTURE(static_cast<int>(policy));
            CAPTURE(lines);
            CAPTURE(dies_at);
            CAPTURE(cut_at);
            CAPTURE(static_cast<int>(how));
            const Ran ran = run(till,
                                {policy, lines, zvt::Repeat::full, how,
                                 cut_at < 0 ? nowhere : cut_at, dies_at < 0 ? nowhere : dies_at},
                                book);
            ++trials;
            cuts += ran.was_cut;
            crashes += ran.died;
            died_at_all = died_at_all || ran.died;
            if (cut_at >= 0 && !ran.was_cut) break;
          }
        }
        if (dies_at >= 0 && !died_at_all) break;
      }
    }
  }
  // A terminal that answers the question badly: with nothing, not at all, or with
  // an older booking of the same amount.
  for (const auto policy :
       {zvt::LostAck::auto_reverse, zvt::LostAck::keep, zvt::LostAck::reverse_next}) {
    for (const auto repeat :
         {zvt::Repeat::no_status, zvt::Repeat::not_possible, zvt::Repeat::wrong_last}) {
      for (const tests::WireCut how :
           {tests::WireCut::before, tests::WireCut::inside, tests::WireCut::after}) {
        for (int cut_at = 0;; ++cut_at) {
          CAPTURE(static_cast<int>(repeat));
          CAPTURE(cut_at);
          const Ran ran = run(till, {policy, false, repeat, how, cut_at, nowhere}, book);
          ++trials;
          cuts += ran.was_cut;
          if (!ran.was_cut) break;
        }
      }
    }
  }
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till.database())));
  MESSAGE(trials << " combinations of cut, policy and crash ran, " << cuts << " with a cut, "
                 << crashes << " with a crash of the till");
  CHECK(trials > 1000);
}

TEST_CASE("zvt: a lost request is not paid by what another till sold at the same terminal") {
  // The request is cut on the way, before or after the terminal has read it; the
  // other till sells the same amount meanwhile, or nobody does.
  struct Case {
    WireCut how;
    bool other_sells;
  };
  for (const Case& each :
       {Case{WireCut::before, true}, Case{WireCut::inside, true}, Case{WireCut::before, false}}) {
    INFO("cut " << static_cast<int>(each.how) << ", other sells " << each.other_sells);
    TillDriver till;
    zvt::SimulatorSettings settings;
    settings.lost_ack = zvt::LostAck::keep;
    ZvtWire wire(settings);
    wire.terminal.read_book("0 700 1 0 1 0\n");
    ZvtTerminal first(link_to(wire), {}), second(link_to(wire), {});
    const core::CardAttempt attempt = start_card(till);
    const auto never_dies = [](int) {};
    struct LosesTheRequest final : TrialHooks {
      using TrialHooks::TrialHooks;
      ZvtWire* wire = nullptr;
      bool before_send(const std::string& key) override {
        wire->cut_at = wire->messages;
        return TrialHooks::before_send(key);
      }
    } hooks(till, attempt.id, never_dies);
    hooks.wire = &wire;
    wire.how = each.how;
    CardIntent intent{attempt.id, CardKind::sale, attempt.amount, {}};
    intent.last_known =
        reference_from("trace=000001;receipt=0001;turnover=000001;moment=1125120001");
    hooks.record(core::CardAnswered{attempt.id, result_of_any(first.authorize(intent, hooks))});
    REQUIRE(wire.was_cut);
    REQUIRE(wire.terminal.charges() == 1);

    if (each.other_sells) {
      contracts::RecordingHooks others;
      core::IdSource ids(7);
      CHECK(std::holds_alternative<Approved>(
          second.authorize({{ids.next({})}, CardKind::sale, attempt.amount, {}}, others)));
    }
    REQUIRE(till.now().attempt);
    const auto found = first.probe(tests::question_about(*till.now().attempt));
    if (!each.other_sells) {
      CHECK(std::holds_alternative<NotBooked>(found));
      continue;
    }
    REQUIRE(std::holds_alternative<Lookalike>(found));
    till.must(core::CardAnswered{attempt.id, result_of_any(found)});
    const auto now = till.now();
    REQUIRE(now.attempt);
    CHECK(now.attempt->phase == core::CardPhase::unknown);
    REQUIRE(now.attempt->alike);
    CHECK(reference_from(now.attempt->alike->ticket).trace == "000002");
    CHECK(now.due == attempt.amount);
    till.must(core::ResolveCard{attempt.id, core::CardVerdict::not_paid, "the other till's slip"});
    CHECK(till.now().due == attempt.amount);
  }
}
