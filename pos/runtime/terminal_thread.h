// The thread that owns the card terminal. The attempt's row is on disk before
// it is handed over; an approval is on disk before it is acknowledged.
#pragma once

#include <memory>
#include <mutex>

#include "drivers/terminal/simulated/simulator.h"
#include "pos/config/make_terminal.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/register_line.h"
#include "pos/runtime/worker.h"

namespace pos {

class TerminalThread {
 public:
  // `book` is where the simulated terminal notes what it booked.
  TerminalThread(UseTerminal settings, TerminalSecrets secrets, std::string book,
                 Latest<Devices>& devices, const core::Clock& clock, PostBack post_back, Wake wake);
  ~TerminalThread();

  bool tell(TerminalMessage message) { return messages_.push(std::move(message)); }
  void request_cancel();
  // A person at the simulated terminal.
  void answer(drivers::SimulatedAnswer answer);
  // A terminal that waits for a card waits for a person: that counts as idle.
  bool is_idle() const;
  void stop();

 private:
  class Hooks;
  void loop();
  void authorize(const core::CardAttempt& attempt);
  void probe(const core::ProbeCard& asked);
  void serve(core::TerminalWork work);
  void end_day();
  void use(UseTerminal settings);
  void answered(core::AttemptId attempt, core::CardResult result);
  void compare_clocks(const std::string& moment);
  // How the terminal was found just now.
  void found(ui::State state, std::string_view words);
  void found(const drivers::CardOutcome& outcome);
  void found(const drivers::ProbeResult& result);
  // As it was found last, while nothing runs.
  void show_rest();
  void show_busy(std::string_view progress, bool asks);

  UseTerminal settings_;
  TerminalSecrets secrets_;
  std::string book_;
  // The worker alone changes it, and others only look at it under the guard.
  std::unique_ptr<drivers::CardTerminal> terminal_;
  drivers::SimulatedTerminal* simulated_ = nullptr;  // it, where it is the simulated one
  std::mutex guard_;
  DeviceState seen_;  // last
  Latest<Devices>& devices_;
  const core::Clock& clock_;
  RegisterLine line_;
  std::chrono::milliseconds told_ahead_{0};  // of the terminal's clock
  Wake wake_;
  Queue<TerminalMessage> messages_;
  Worker worker_;
};

}  // namespace pos
