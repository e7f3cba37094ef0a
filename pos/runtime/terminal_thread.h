// The thread that owns the card terminal. The attempt's row is on disk before
// it is handed over; an approval is on disk before it is acknowledged.
#pragma once

#include <functional>

#include "drivers/terminal/simulator.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"
#include "pos/screens/scene.h"

namespace pos {

class TerminalThread {
 public:
  // Hands a command to the register; tells `reply` when it has been carried out.
  using PostBack = std::function<bool(core::Command, Queue<Reply>* reply)>;

  // `book` is where the simulated terminal notes what it booked.
  TerminalThread(std::string book, Latest<Devices>& devices, PostBack post_back, Wake wake);
  ~TerminalThread();

  bool tell(TerminalMessage message) { return messages_.push(std::move(message)); }
  void request_cancel() { terminal_.request_cancel(); }
  // A person at the simulated terminal.
  void answer(drivers::SimulatedAnswer answer) { terminal_.answer(answer); }
  // A terminal that waits for a card waits for a person: that counts as idle.
  bool is_idle() const;
  void stop();

 private:
  class Hooks;
  void loop();
  void authorize(const core::CardAttempt& attempt);
  void probe(const core::CardAttempt& attempt);
  void show(ui::State state, std::string_view words, std::string_view progress, bool asks);

  drivers::SimulatedTerminal terminal_;
  Latest<Devices>& devices_;
  PostBack post_back_;
  Wake wake_;
  Queue<TerminalMessage> messages_;
  Queue<Reply> replies_{16};  // of the register; they may come late
  Worker worker_;
};

}  // namespace pos
