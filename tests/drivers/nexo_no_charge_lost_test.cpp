// Invariant 2 for nexo, exhaustively: wherever the line is cut, wherever the till
// dies and whatever the terminal does with the payment: booked at the terminal =>
// approved in the journal, or unknown and shown; approved => booked; never more
// than one charge.
#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "core/store/till_store.h"
#include "tests/support/nexo_line.h"
#include "tests/support/till_driver.h"

namespace {

namespace nexo_trials {

using namespace drivers;
using drivers::nexo::SimulatedCard;
using drivers::nexo::SimulatedMemory;

constexpr int nowhere = 1'000'000;

struct TillDied {};

core::CardResult result_of(const Approved& approved) {
  return {core::CardPhase::approved,   approved.amount, "", approved.masked_card,
          to_text(approved.reference), approved.tip};
}
core::CardResult result_of(const Declined&) {
  return {core::CardPhase::declined, {}, "", ""};
}
core::CardResult result_of(const NotStarted&) {
  return {core::CardPhase::not_started, {}, "", ""};
}
core::CardResult result_of(const NotBooked&) {
  return {core::CardPhase::not_started, {}, "", ""};
}
template <class Unknown>
core::CardResult result_of(const Unknown&) {
  return {core::CardPhase::unknown, {}, "", ""};
}
template <class Said>
core::CardResult result_of_any(const Said& said) {
  return std::visit([](const auto& what) { return result_of(what); }, said);
}

// Writes down what the driver says, as the terminal's thread does; the till dies
// before or after the n-th record.
class DyingHooks final : public CardHooks {
 public:
  DyingHooks(tests::TillDriver& till, core::AttemptId attempt, int dies_at)
      : till_(till), attempt_(attempt), dies_at_(dies_at) {}

  bool before_send(const std::string& key) override {
    return record(core::CardReached{attempt_, core::CardStep::sent, "", key, {}});
  }
  Verdict on_result(const Approved& approved) override {
    return record(core::CardReached{attempt_, core::CardStep::result, "", "", result_of(approved)})
               ? Verdict::accept
               : Verdict::refuse;
  }
  bool receipt(const ReceiptBlock&) override {
    return record(core::QueueTerminalSlip{{0, attempt_, core::SlipCopy::customer, false, {}}});
  }
  bool record(const core::Command& command) {
    pass();
    const bool done = till_.till().handle(command).has_value();
    pass();
    return done;
  }

 private:
  void pass() {
    if (moments_++ == dies_at_) throw TillDied{};
  }
  tests::TillDriver& till_;
  core::AttemptId attempt_;
  int dies_at_;
  int moments_ = 0;
};

struct Ran {
  bool was_cut = false, died = false;
};

Ran run(tests::TillDriver& till, SimulatedCard card, int cut_at, int dies_at) {
  tests::NexoWire wire(card);
  wire.cut_at = cut_at;
  till.scan(tests::krimi);
  const auto effects = till.must(core::StartCard{tests::euros(1400)});
  const core::CardAttempt attempt = tests::find_effect<core::AuthorizeCard>(effects)->attempt;
  DyingHooks hooks(till, attempt.id, dies_at);
  Ran ran;
  try {
    const auto driver = tests::nexo_terminal(wire, till.clock);
    CardIntent intent{attempt.id, CardKind::sale, attempt.amount, {}};
    intent.number = attempt.number;
    hooks.record(core::CardAnswered{attempt.id, result_of_any(driver->authorize(intent, hooks))});
  } catch (TillDied) {
    ran.died = true;
    till.reopen();
  }
  ran.was_cut = wire.messages > cut_at;

  // A card that is presented after the till has gone is a charge like any other.
  if (card == SimulatedCard::wait) wire.terminal.present(true);
  // The line works again, and the terminal is asked, as after a restart.
  auto now = till.now();
  if (now.attempt && now.attempt->phase == core::CardPhase::unknown) {
    ProbeResult said = NotBooked{};  // for what was never sent
    if (now.attempt->step != core::CardStep::intent) {
      const auto driver = tests::nexo_terminal(wire, till.clock);
      said = driver->probe({now.attempt->id, now.attempt->amount, now.attempt->key, CardKind::sale,
                            now.attempt->number, 0});
    }
    till.must(core::CardAnswered{attempt.id, result_of_any(said)});
    now = till.now();
  }

  const auto stored = core::find_attempt(till.database(), attempt.id);
  REQUIRE(stored);
  const int charged = wire.terminal.charges();
  const bool is_approved = stored->phase == core::CardPhase::approved;
  const bool is_visible = stored->phase == core::CardPhase::unknown && now.attempt;
  CHECK(charged <= 1);
  if (charged == 1) CHECK((is_approved || is_visible));
  if (is_approved) CHECK(charged == 1);
  CHECK(stored->phase != core::CardPhase::requested);

  if (is_visible) {
    till.must(core::ResolveCard{
        attempt.id, charged ? core::CardVerdict::paid : core::CardVerdict::not_paid, "looked"});
  }
  if (is_approved && card == SimulatedCard::part) till.must(core::TakeCash{tests::euros(700)});
  till.must(core::DismissCard{attempt.id});
  till.must(core::VoidOrder{"next trial"});
  till.must(core::NextSale{});
  return ran;
}

}  // namespace nexo_trials

}  // namespace

TEST_CASE("nexo: no cut and no crash loses or doubles a charge, whatever the terminal answers") {
  using drivers::nexo::SimulatedCard;
  tests::TillDriver till;
  int trials = 0, cuts = 0, crashes = 0;
  for (int card = 0; card <= static_cast<int>(SimulatedCard::nothing); ++card) {
    for (int dies_at = -1;; ++dies_at) {
      bool died_at_all = false;
      for (int cut_at = -1;; ++cut_at) {
        CAPTURE(card);
        CAPTURE(dies_at);
        CAPTURE(cut_at);
        const auto ran = nexo_trials::run(till, static_cast<SimulatedCard>(card),
                                          cut_at < 0 ? nexo_trials::nowhere : cut_at,
                                          dies_at < 0 ? nexo_trials::nowhere : dies_at);
        ++trials;
        cuts += ran.was_cut;
        crashes += ran.died;
        died_at_all = died_at_all || ran.died;
        if (cut_at >= 0 && !ran.was_cut) break;
      }
      if (dies_at >= 0 && !died_at_all) break;
    }
  }
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till.database())));
  MESSAGE(trials << " combinations of cut, answer and crash ran, " << cuts << " with a cut, "
                 << crashes << " with a crash of the till");
  CHECK(trials > 300);
}
