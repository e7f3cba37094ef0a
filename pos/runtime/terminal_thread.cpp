#include "pos/runtime/terminal_thread.h"

#include <algorithm>

#include "pos/config/terminal_day.h"
#include "pos/runtime/terminal_clock.h"

namespace pos {

namespace {

constexpr std::chrono::seconds longest_record{10};

std::string reference_of(const drivers::Approved& approved) {
  std::string text = approved.brand + " " + approved.masked_card;
  if (!approved.reference.auth_code.empty()) text += " · " + approved.reference.auth_code;
  return text;
}

core::CardResult result_of(const drivers::Approved& approved) {
  return {core::CardPhase::approved,
          approved.amount,
          approved.is_requested ? "Requested; the bank confirms it later." : "Approved.",
          reference_of(approved),
          to_text(approved.reference),
          approved.tip,
          approved.is_requested};
}

std::string_view in_words(drivers::DeclineReason reason) {
  switch (reason) {
    case drivers::DeclineReason::by_issuer:
      return "Declined by the bank.";
    case drivers::DeclineReason::cancelled:
      return "Cancelled.";
    case drivers::DeclineReason::no_card:
      return "No card was presented.";
    case drivers::DeclineReason::other:
      return "Declined.";
  }
  return "Declined.";
}

std::string_view in_words(drivers::NotStartedReason reason) {
  switch (reason) {
    case drivers::NotStartedReason::unreachable:
      return "The card terminal cannot be reached.";
    case drivers::NotStartedReason::busy:
      return "The card terminal is busy.";
    case drivers::NotStartedReason::refused:
      return "The card terminal refused to begin.";
    case drivers::NotStartedReason::not_recorded:
      return "The payment could not be recorded.";
  }
  return "The card terminal cannot be reached.";
}

core::CardResult result_of(const drivers::Declined& declined) {
  const std::string words =
      declined.text.empty() ? std::string(in_words(declined.reason)) : declined.text;
  return {core::CardPhase::declined, {}, words, ""};
}

core::CardResult result_of(const drivers::NotStarted& not_started) {
  return {core::CardPhase::not_started,
          {},
          not_started.text.empty() ? std::string(in_words(not_started.reason)) : not_started.text,
          ""};
}

core::CardResult result_of(drivers::OutcomeUnknown) {
  return {core::CardPhase::unknown, {}, "The terminal's answer was lost.", ""};
}

core::CardResult result_of(const drivers::Lookalike& found) {
  core::CardResult result{
      core::CardPhase::unknown, {}, "Its last payment has the same amount.", ""};
  result.alike = core::Lookalike{found.booking.amount, reference_of(found.booking),
                                 to_text(found.booking.reference)};
  return result;
}

core::CardResult result_of(drivers::NotBooked) {
  return {core::CardPhase::not_started, {}, "The terminal has not charged this card.", ""};
}

core::CardResult result_of(drivers::StillRunning) {
  return {core::CardPhase::unknown, {}, "The terminal is still busy with it.", ""};
}

core::CardResult result_of(drivers::NoAnswer) {
  return {core::CardPhase::unknown, {}, "The terminal does not answer.", ""};
}

std::string_view in_words(drivers::CardProgress progress) {
  switch (progress) {
    case drivers::CardProgress::waiting_for_card:
      return "Please present the card.";
    case drivers::CardProgress::card_read:
      return "Card read.";
    case drivers::CardProgress::waiting_for_pin:
      return "Please enter the PIN.";
    case drivers::CardProgress::asking_the_bank:
      return "Asking the bank.";
    case drivers::CardProgress::remove_card:
      return "Please take the card.";
  }
  return "";
}

drivers::CardKind kind_of(core::CardKind kind) {
  switch (kind) {
    case core::CardKind::refund:
      return drivers::CardKind::refund;
    case core::CardKind::reversal:
      return drivers::CardKind::reversal;
    case core::CardKind::sale:
      break;
  }
  return drivers::CardKind::sale;
}

drivers::CardIntent intent_of(const core::CardAttempt& attempt) {
  drivers::CardIntent intent;
  intent.attempt = attempt.id;
  intent.kind = kind_of(attempt.kind);
  intent.amount = attempt.amount;
  if (!attempt.original_ticket.empty()) {
    intent.original = drivers::reference_from(attempt.original_ticket);
  }
  intent.number = attempt.number;
  intent.last_known = drivers::reference_from(attempt.last_ticket);
  return intent;
}

drivers::CardQuestion question_of(const core::ProbeCard& asked) {
  const core::CardAttempt& attempt = asked.attempt;
  drivers::CardQuestion question{attempt.id,     attempt.amount, attempt.key, kind_of(attempt.kind),
                                 attempt.number, attempt.asked};
  question.was_started = attempt.step >= core::CardStep::started;
  question.told = drivers::reference_from(attempt.ticket);
  for (const std::string& ticket : asked.other_tickets) {
    question.others.push_back(drivers::reference_from(ticket));
  }
  return question;
}

drivers::CardService service_of(core::TerminalWork work) {
  return static_cast<drivers::CardService>(work);
}

}  // namespace

// Every hook that has to be durable asks the register and waits for its word.
class TerminalThread::Hooks final : public drivers::CardHooks {
 public:
  Hooks(TerminalThread& thread, core::AttemptId attempt) : thread_(thread), attempt_(attempt) {}

  bool before_send(const std::string& key) override {
    const auto terminal = drivers::reference_from(key).terminal_id;
    return record(core::CardReached{attempt_, core::CardStep::sent, terminal, key, {}}) ==
           Recorded::yes;
  }
  void started() override {
    note(core::CardStep::started);
    thread_.show_busy("Please present the card.", thread_.simulated_ != nullptr);
  }
  drivers::Verdict on_result(const drivers::Approved& approved) override {
    thread_.compare_clocks(approved.reference.moment);
    switch (record(core::CardReached{attempt_, core::CardStep::result,
                                     approved.reference.terminal_id, "", result_of(approved)})) {
      case Recorded::yes:
        return drivers::Verdict::accept;
      case Recorded::no:
        return drivers::Verdict::refuse;
      case Recorded::not_yet:
        break;
    }
    // No reply in time is no reason to take a payment back: it may be on disk.
    return drivers::Verdict::more_time;
  }
  void acknowledged() override { note(core::CardStep::ack_sent); }
  void progress(drivers::CardProgress progress) override { shows(std::string(in_words(progress))); }
  void shows(const std::string& words) override {
    thread_.show_busy(words, thread_.simulated_ != nullptr);
  }
  bool receipt(const drivers::ReceiptBlock& block) override {
    return record(core::QueueTerminalSlip{terminal_slip(block, attempt_)}) == Recorded::yes;
  }

 private:
  enum class Recorded { yes, no, not_yet };

  Recorded record(core::Command command) {
    const auto reply = thread_.line_.ask(std::move(command), longest_record);
    if (!reply) return Recorded::not_yet;
    return *reply ? Recorded::no : Recorded::yes;
  }
  // Good to know afterwards; nobody waits for it, for where it is missing a person
  // is only asked once more than need be.
  void note(core::CardStep step) {
    if (!attempt_.is_nil()) thread_.line_.mention(core::CardReached{attempt_, step, "", "", {}});
  }

  TerminalThread& thread_;
  core::AttemptId attempt_;
};

TerminalThread::TerminalThread(UseTerminal settings, TerminalSecrets secrets, std::string book,
                               Latest<Devices>& devices, const core::Clock& clock,
                               PostBack post_back, Wake wake)
    : secrets_(std::move(secrets)),
      book_(std::move(book)),
      devices_(devices),
      clock_(clock),
      line_(std::move(post_back)),
      wake_(std::move(wake)) {
  use(std::move(settings));
  worker_ = Worker("terminal", [this] { loop(); });
}

TerminalThread::~TerminalThread() {
  stop();
}

void TerminalThread::stop() {
  messages_.close();
  // Whoever waits for a card is sent home; the answer still reaches the register.
  if (!messages_.is_idle()) request_cancel();
  worker_.join();
}

void TerminalThread::request_cancel() {
  const std::lock_guard lock(guard_);
  if (terminal_) terminal_->request_cancel();
}

void TerminalThread::answer(drivers::SimulatedAnswer answer) {
  const std::lock_guard lock(guard_);
  if (simulated_) simulated_->answer(answer);
}

bool TerminalThread::is_idle() const {
  return messages_.is_idle() || devices_.get()->asks_for_answer;
}

void TerminalThread::use(UseTerminal settings) {
  auto made = make_terminal(settings.settings, settings.currency, secrets_, book_);
  {
    const std::lock_guard lock(guard_);
    settings_ = std::move(settings);
    terminal_ = std::move(made);
    simulated_ = dynamic_cast<drivers::SimulatedTerminal*>(terminal_.get());
  }
  seen_ = {};
  seen_.is_there = terminal_ != nullptr;
  seen_.is_simulated = simulated_ != nullptr;
  show_rest();
}

void TerminalThread::loop() {
  for (;;) {
    // What the terminal has answered is told until it is on disk.
    auto message = line_.owes() ? messages_.pop(tell_again_after) : messages_.pop();
    line_.tell_owed();
    if (!message && messages_.is_closed()) return;
    if (!message) continue;
    if (const auto* authorize_this = std::get_if<core::AuthorizeCard>(&*message)) {
      authorize(authorize_this->attempt);
    } else if (const auto* probe_this = std::get_if<core::ProbeCard>(&*message)) {
      probe(*probe_this);
    } else if (const auto* work = std::get_if<core::WorkAtTerminal>(&*message)) {
      serve(work->work);
    } else if (std::holds_alternative<core::CloseTerminalDay>(*message)) {
      end_day();
    } else if (auto* secrets = std::get_if<TerminalSecrets>(&*message)) {
      secrets_ = std::move(*secrets);
      use(UseTerminal(settings_));
    } else {
      use(std::move(std::get<UseTerminal>(*message)));
    }
    show_rest();
    messages_.finished();
    wake_();
  }
}

// Told when it has changed by more than a booking takes.
void TerminalThread::compare_clocks(const std::string& moment) {
  const auto ahead = terminal_ahead(moment, clock_.now(), settings_.zone);
  if (!ahead || std::chrono::abs(*ahead - told_ahead_) < worth_telling) return;
  told_ahead_ = *ahead;
  line_.mention(core::ClockSeen{core::ClockWitness::terminal, *ahead});
}

void TerminalThread::answered(core::AttemptId attempt, core::CardResult result) {
  line_.insist(core::CardAnswered{attempt, std::move(result)});
}

void TerminalThread::authorize(const core::CardAttempt& attempt) {
  Hooks hooks(*this, attempt.id);
  show_busy("Asking the terminal.", false);
  const auto outcome =
      terminal_ ? terminal_->authorize(intent_of(attempt), hooks)
                : drivers::CardOutcome(drivers::NotStarted{drivers::NotStartedReason::unreachable});
  found(outcome);
  answered(attempt.id, std::visit([](const auto& said) { return result_of(said); }, outcome));
}

void TerminalThread::probe(const core::ProbeCard& asked) {
  const core::CardAttempt& attempt = asked.attempt;
  // What was never sent cannot have been charged.
  if (attempt.step == core::CardStep::intent) {
    answered(attempt.id, result_of(drivers::NotBooked{}));
    return;
  }
  show_busy("Asking the terminal.", false);
  const auto result =
      terminal_ ? terminal_->probe(question_of(asked)) : drivers::ProbeResult(drivers::NoAnswer{});
  found(result);
  answered(attempt.id, std::visit([](const auto& said) { return result_of(said); }, result));
}

void TerminalThread::serve(core::TerminalWork work) {
  Hooks hooks(*this, {});
  devices_.update([](Devices& devices) {
    devices.terminal_report.clear();
    devices.is_terminal_served = true;
  });
  show_busy("Asking the terminal.", false);
  const auto report = terminal_
                          ? terminal_->serve(service_of(work), hooks)
                          : drivers::ServiceReport{{false, "No card terminal is set up.", ""}};
  const bool is_well = std::all_of(report.begin(), report.end(),
                                   [](const auto& finding) { return finding.is_well; });
  is_well ? found(ui::State::ok, "Terminal ready") : found(ui::State::bad, "Terminal trouble");
  devices_.update([&](Devices& devices) {
    devices.terminal_report = report;
    devices.is_terminal_served = false;
  });
}

void TerminalThread::end_day() {
  Hooks hooks(*this, {});
  show_busy("The terminal closes its day.", false);
  const auto day = terminal_ ? terminal_->end_day(hooks)
                             : drivers::DayEnd{.says = "No card terminal is set up."};
  day.is_closed ? found(ui::State::ok, "Terminal ready")
                : found(ui::State::bad, "Terminal not reached");
  line_.insist(core::TerminalDayEnded{terminal_day(day, settings_.currency)});
}

void TerminalThread::found(ui::State state, std::string_view words) {
  seen_.state = state;
  seen_.words = words;
  seen_.seen = std::chrono::floor<std::chrono::minutes>(clock_.now());
}

void TerminalThread::found(const drivers::CardOutcome& outcome) {
  if (std::holds_alternative<drivers::OutcomeUnknown>(outcome)) {
    return found(ui::State::bad, "Terminal silent");
  }
  const auto* not_started = std::get_if<drivers::NotStarted>(&outcome);
  if (!not_started) return found(ui::State::ok, "Terminal ready");
  switch (not_started->reason) {
    case drivers::NotStartedReason::unreachable:
      return found(ui::State::bad, "Terminal not reached");
    case drivers::NotStartedReason::busy:
      return found(ui::State::warn, "Terminal busy");
    case drivers::NotStartedReason::refused:
      return found(ui::State::bad, "Terminal trouble");
    case drivers::NotStartedReason::not_recorded:
      return;  // that was the till
  }
}

void TerminalThread::found(const drivers::ProbeResult& result) {
  if (std::holds_alternative<drivers::NoAnswer>(result)) {
    return found(ui::State::bad, "Terminal not reached");
  }
  const bool is_busy = std::holds_alternative<drivers::StillRunning>(result);
  found(is_busy ? ui::State::warn : ui::State::ok, is_busy ? "Terminal busy" : "Terminal ready");
}

void TerminalThread::show_rest() {
  devices_.update([&](Devices& devices) {
    devices.terminal = seen_;
    devices.card_progress.clear();
    devices.asks_for_answer = false;
  });
  wake_();
}

void TerminalThread::show_busy(std::string_view progress, bool asks) {
  devices_.update([&](Devices& devices) {
    devices.terminal = seen_;
    devices.terminal.state = ui::State::warn;
    devices.terminal.words = "Terminal busy";
    devices.terminal.seen = {};
    devices.card_progress = progress;
    devices.asks_for_answer = asks;
  });
  wake_();
}

}  // namespace pos
