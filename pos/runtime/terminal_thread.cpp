#include "pos/runtime/terminal_thread.h"

namespace pos {

namespace {

constexpr std::chrono::seconds longest_record{10};

std::string reference_of(const drivers::Approved& approved) {
  std::string text = approved.brand + " " + approved.masked_card;
  if (!approved.reference.auth_code.empty()) text += " · " + approved.reference.auth_code;
  return text;
}

core::CardResult result_of(const drivers::Approved& approved) {
  return {core::CardPhase::approved, approved.amount, "Approved.", reference_of(approved)};
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
  return {core::CardPhase::not_started, {}, std::string(in_words(not_started.reason)), ""};
}

core::CardResult result_of(drivers::OutcomeUnknown) {
  return {core::CardPhase::unknown, {}, "The terminal's answer was lost.", ""};
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

}  // namespace

class TerminalThread::Hooks final : public drivers::CardHooks {
 public:
  Hooks(TerminalThread& thread, core::AttemptId attempt) : thread_(thread), attempt_(attempt) {}

  // The attempt's row, written before this thread heard of it, is the record.
  bool before_send(const std::string&) override { return true; }
  void started() override {
    thread_.show(ui::State::warn, "Terminal busy", "Please present the card.", true);
  }
  drivers::Verdict on_result(const drivers::Approved& approved) override {
    while (thread_.replies_.try_pop()) {
    }
    const bool posted =
        thread_.post_back_(core::CardAnswered{attempt_, result_of(approved)}, &thread_.replies_);
    if (!posted) return drivers::Verdict::refuse;
    // No reply in time is no reason to take a payment back: it may be on disk.
    const auto reply = thread_.replies_.pop(longest_record);
    is_recorded_ = !reply || !*reply;
    return is_recorded_ ? drivers::Verdict::accept : drivers::Verdict::refuse;
  }
  void progress(drivers::CardProgress progress) override {
    thread_.show(ui::State::warn, "Terminal busy", in_words(progress), true);
  }
  bool is_recorded() const { return is_recorded_; }

 private:
  TerminalThread& thread_;
  core::AttemptId attempt_;
  bool is_recorded_ = false;
};

TerminalThread::TerminalThread(std::string book, Latest<Devices>& devices, PostBack post_back,
                               Wake wake)
    : terminal_(drivers::SimulatedAnswer::ask, std::move(book)),
      devices_(devices),
      post_back_(std::move(post_back)),
      wake_(std::move(wake)) {
  show(ui::State::ok, "Terminal ready", "", false);
  worker_ = Worker("terminal", [this] { loop(); });
}

TerminalThread::~TerminalThread() {
  stop();
}

void TerminalThread::stop() {
  messages_.close();
  // Whoever waits for a card is sent home; the answer still reaches the register.
  if (!messages_.is_idle()) terminal_.request_cancel();
  worker_.join();
}

bool TerminalThread::is_idle() const {
  return messages_.is_idle() || devices_.get()->asks_for_answer;
}

void TerminalThread::loop() {
  while (auto message = messages_.pop()) {
    if (const auto* authorize_this = std::get_if<core::AuthorizeCard>(&*message)) {
      authorize(authorize_this->attempt);
    } else {
      probe(std::get<core::ProbeCard>(*message).attempt);
    }
    show(ui::State::ok, "Terminal ready", "", false);
    messages_.finished();
    wake_();
  }
}

void TerminalThread::authorize(const core::CardAttempt& attempt) {
  Hooks hooks(*this, attempt.id);
  show(ui::State::warn, "Terminal busy", "Asking the terminal.", false);
  const auto outcome =
      terminal_.authorize({attempt.id, drivers::CardKind::sale, attempt.amount, {}}, hooks);
  if (hooks.is_recorded()) return;
  post_back_(
      core::CardAnswered{attempt.id,
                         std::visit([](const auto& said) { return result_of(said); }, outcome)},
      nullptr);
}

void TerminalThread::probe(const core::CardAttempt& attempt) {
  show(ui::State::warn, "Terminal busy", "Asking the terminal.", false);
  const auto result = terminal_.probe({attempt.id, attempt.amount, core::to_text(attempt.id)});
  post_back_(
      core::CardAnswered{attempt.id,
                         std::visit([](const auto& said) { return result_of(said); }, result)},
      nullptr);
}

void TerminalThread::show(ui::State state, std::string_view words, std::string_view progress,
                          bool asks) {
  devices_.update([&](Devices& devices) {
    devices.terminal = {state, std::string(words), true};
    devices.card_progress = progress;
    devices.asks_for_answer = asks;
  });
  wake_();
}

}  // namespace pos
