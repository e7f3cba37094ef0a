// Invariant 2, exhaustively: wherever the line is cut and wherever the till dies,
// whatever the terminal then does with a payment whose acknowledgement it missed:
// booked at the terminal => approved in the journal, or unknown and shown;
// approved => booked; never more than one charge.
#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "core/store/till_store.h"
#include "drivers/terminal/zvt_terminal.h"
#include "tests/support/till_driver.h"
#include "tests/support/zvt_line.h"

using namespace drivers;
using namespace tests;

namespace {

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
  DyingHooks(TillDriver& till, core::AttemptId attempt, int dies_at)
      : till_(till), attempt_(attempt), dies_at_(dies_at) {}

  bool before_send(const std::string& key) override {
    return record(core::CardReached{attempt_, core::CardStep::sent, "", key, {}});
  }
  void started() override {
    record(core::CardReached{attempt_, core::CardStep::started, "", "", {}});
  }
  Verdict on_result(const Approved& approved) override {
    return record(core::CardReached{attempt_, core::CardStep::result, "", "", result_of(approved)})
               ? Verdict::accept
               : Verdict::refuse;
  }
  void acknowledged() override {
    record(core::CardReached{attempt_, core::CardStep::ack_sent, "", "", {}});
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
  void pass() {
    if (moments_++ == dies_at_) throw TillDied{};
  }
  int moments() const { return moments_; }

 private:
  TillDriver& till_;
  core::AttemptId attempt_;
  int dies_at_;
  int moments_ = 0;
};

struct Trial {
  zvt::LostAck policy = zvt::LostAck::auto_reverse;
  bool lines = false;
  tests::Cut how = tests::Cut::before;
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

  till.scan(krimi);
  const auto effects = till.must(core::StartCard{euros(1400)});
  const core::CardAttempt attempt = find_effect<core::AuthorizeCard>(effects)->attempt;
  DyingHooks hooks(till, attempt.id, trial.dies_at);
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

  // The line works again, and the terminal is asked, as after a restart.
  auto now = till.now();
  if (now.attempt && now.attempt->phase == core::CardPhase::unknown) {
    ProbeResult said = NotBooked{};  // for what was never sent
    if (now.attempt->step != core::CardStep::intent) {
      ZvtTerminal driver(link_to(wire), {});
      said = driver.probe({now.attempt->id, now.attempt->amount, now.attempt->key});
    }
    till.must(core::CardAnswered{attempt.id, result_of_any(said)});
    now = till.now();
  }

  const int charged = wire.terminal.charges() - charges_before;
  const auto stored = core::find_attempt(till.database(), attempt.id);
  REQUIRE(stored);
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
  till.must(core::DismissCard{attempt.id});
  till.must(core::VoidOrder{"next trial"});
  till.must(core::NextSale{});
  return ran;
}

}  // namespace

TEST_CASE("zvt: no cut and no crash loses or doubles a charge, whatever the terminal does then") {
  TillDriver till;
  const std::string book = "0 700 1 0 1 0\n0 900 2 0 1 0\n";
  int trials = 0, cuts = 0, crashes = 0;
  for (const auto policy :
       {zvt::LostAck::auto_reverse, zvt::LostAck::keep, zvt::LostAck::reverse_next}) {
    for (const bool lines : {false, true}) {
      // With print lines, and with a message torn in two, the cuts alone: what the
      // till remembers is the same as with blocks and with a message that is lost.
      for (int dies_at = -1; dies_at < 0 || !lines; ++dies_at) {
        bool died_at_all = false;
        for (const tests::Cut how : {tests::Cut::before, tests::Cut::inside, tests::Cut::after}) {
          for (int cut_at = -1; dies_at < 0 || how != tests::Cut::inside; ++cut_at) {
            CAPTURE(static_cast<int>(policy));
            CAPTURE(lines);
            CAPTURE(dies_at);
            CAPTURE(cut_at);
            CAPTURE(static_cast<int>(how));
            const Ran ran = run(till,
                                {policy, lines, how, cut_at < 0 ? nowhere : cut_at,
                                 dies_at < 0 ? nowhere : dies_at},
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
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till.database())));
  MESSAGE(trials << " combinations of cut, policy and crash ran, " << cuts << " with a cut, "
                 << crashes << " with a crash of the till");
  CHECK(trials > 1000);
}
