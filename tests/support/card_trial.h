// What the trials of invariant 2 share, for whichever protocol: the hooks of a
// till that dies at its n-th moment, and what must hold between the terminal's
// book and the till's journal afterwards.
#pragma once

#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "core/store/till_store.h"
#include "drivers/terminal/card_terminal.h"
#include "tests/support/till_driver.h"

namespace tests {

// A place in the tale that is never reached.
inline constexpr int nowhere = 1'000'000;

// As the terminal's thread writes it down.
inline core::CardResult card_result(const drivers::Approved& approved) {
  return {core::CardPhase::approved,
          approved.amount,
          "",
          approved.masked_card,
          to_text(approved.reference),
          approved.tip,
          approved.is_requested};
}
inline core::CardResult card_result(const drivers::Declined& declined) {
  return {core::CardPhase::declined, {}, declined.text, ""};
}
inline core::CardResult card_result(const drivers::NotStarted& not_started) {
  return {core::CardPhase::not_started, {}, not_started.text, ""};
}
inline core::CardResult card_result(const drivers::NotBooked&) {
  return {core::CardPhase::not_started, {}, "", ""};
}
inline core::CardResult card_result(const drivers::Lookalike& found) {
  core::CardResult result{core::CardPhase::unknown, {}, "", ""};
  result.alike = core::Lookalike{found.booking.amount, found.booking.masked_card,
                                 to_text(found.booking.reference)};
  return result;
}
template <class Unknown>
core::CardResult card_result(const Unknown&) {
  return {core::CardPhase::unknown, {}, "", ""};
}
template <class Said>
core::CardResult result_of_any(const Said& said) {
  return std::visit([](const auto& what) { return card_result(what); }, said);
}

struct TillDied {};

// Writes down what the driver says. `at_moment` is called before and after each
// record with its number: it may end the till.
class TrialHooks : public drivers::CardHooks {
 public:
  TrialHooks(TillDriver& till, core::AttemptId attempt, std::function<void(int)> at_moment)
      : till_(till), attempt_(attempt), at_moment_(std::move(at_moment)) {}

  bool before_send(const std::string& key) override {
    return record(core::CardReached{attempt_, core::CardStep::sent, "", key, {}});
  }
  void started() override {
    record(core::CardReached{attempt_, core::CardStep::started, "", "", {}});
  }
  drivers::Verdict on_result(const drivers::Approved& approved) override {
    return record(
               core::CardReached{attempt_, core::CardStep::result, "", "", card_result(approved)})
               ? drivers::Verdict::accept
               : drivers::Verdict::refuse;
  }
  void acknowledged() override {
    record(core::CardReached{attempt_, core::CardStep::ack_sent, "", "", {}});
  }
  void shows(const std::string& words) override { shown.push_back(words); }
  bool receipt(const drivers::ReceiptBlock& block) override {
    core::TerminalSlip slip{0, attempt_, core::SlipCopy::customer, block.needs_signature, {}};
    for (const drivers::BlockLine& line : block.lines) slip.lines.push_back({line.text});
    return record(core::QueueTerminalSlip{std::move(slip)});
  }
  bool record(const core::Command& command) {
    at_moment_(moments_++);
    const bool done = till_.till().handle(command).has_value();
    at_moment_(moments_++);
    return done;
  }

  std::vector<std::string> shown;

 private:
  TillDriver& till_;
  core::AttemptId attempt_;
  std::function<void(int)> at_moment_;
  int moments_ = 0;
};

// Dies in this process: the store is dropped as it is.
inline std::function<void(int)> throws_at(int moment) {
  return [moment](int now) {
    if (now == moment) throw TillDied{};
  };
}
// Dies as a process does, between two instructions.
inline std::function<void(int)> killed_at(int moment) {
  return [moment](int now) {
    if (now == moment) std::raise(SIGKILL);
  };
}

inline core::CardAttempt start_card(TillDriver& till) {
  till.scan(krimi);
  const auto effects = till.must(core::StartCard{euros(1400)});
  return find_effect<core::AuthorizeCard>(effects)->attempt;
}

// As the terminal's thread asks about it.
inline drivers::CardQuestion question_about(const core::CardAttempt& attempt) {
  drivers::CardQuestion question;
  question.attempt = attempt.id;
  question.amount = attempt.amount;
  question.protocol_key = attempt.key;
  question.number = attempt.number;
  question.was_started = attempt.step >= core::CardStep::started;
  question.told = drivers::reference_from(attempt.ticket);
  return question;
}

// The line works again, and the terminal is asked, as after a restart.
// `probe`: of the attempt, at the terminal.
inline void ask_again(TillDriver& till,
                      const std::function<drivers::ProbeResult(const core::CardAttempt&)>& probe) {
  const auto now = till.now();
  if (!now.attempt || now.attempt->phase != core::CardPhase::unknown) return;
  drivers::ProbeResult said = drivers::NotBooked{};  // for what was never sent
  if (now.attempt->step != core::CardStep::intent) said = probe(*now.attempt);
  till.must(core::CardAnswered{now.attempt->id, result_of_any(said)});
}

// Booked at the terminal => approved, or unknown and shown; approved => booked;
// never more than one charge. What is unknown is then decided as it is.
inline core::CardPhase check_books(TillDriver& till, core::AttemptId attempt, int charged) {
  const auto stored = core::find_attempt(till.database(), attempt);
  REQUIRE(stored);
  const bool is_approved = stored->phase == core::CardPhase::approved;
  const bool is_visible =
      stored->phase == core::CardPhase::unknown && till.now().attempt.has_value();
  CHECK(charged <= 1);
  if (charged == 1) CHECK((is_approved || is_visible));
  if (is_approved) CHECK(charged == 1);
  CHECK(stored->phase != core::CardPhase::requested);
  if (is_visible) {
    till.must(core::ResolveCard{
        attempt, charged != 0 ? core::CardVerdict::paid : core::CardVerdict::not_paid, "looked"});
  }
  return stored->phase;
}

// Whatever is left in hand goes, for the next trial.
inline void clear_till(TillDriver& till, core::AttemptId attempt) {
  const auto now = till.now();
  if (!now.order.lines.empty() && now.paid.minor > 0) till.must(core::TakeCash{now.due});
  till.must(core::DismissCard{attempt});
  till.must(core::VoidOrder{"next trial"});
  till.must(core::NextSale{});
}

}  // namespace tests
