// A card terminal without a card: somebody at a window, or a test, says what it
// answers. It keeps its own book, as a real terminal does, so that a later
// probe() tells the truth about an attempt whose answer was lost.
//
// authorize() and probe() live on the terminal's worker thread. answer(),
// always() and request_cancel() may come from any thread: they are messages.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>

#include "drivers/terminal/card_terminal.h"
#include "drivers/transport/descriptor.h"

namespace drivers {

enum class SimulatedAnswer : std::uint8_t {
  ask,  // wait for answer()
  approve,
  decline,
  silent_charged,    // books it, and the answer gets lost
  silent_uncharged,  // books nothing, and says nothing
  unreachable,       // cannot be spoken to at all
};

class SimulatedTerminal final : public CardTerminal {
 public:
  // With a `book` file what was booked outlives the program. After `patience`
  // without a card (an answer) it gives up by itself, as terminals do.
  explicit SimulatedTerminal(SimulatedAnswer always = SimulatedAnswer::ask, std::string book = {},
                             Milliseconds patience = Milliseconds{120'000});

  CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) override;
  ProbeResult probe(const CardQuestion& question) override;
  void request_cancel() override;
  TerminalHealth health() override;
  DayEnd end_day(CardHooks& hooks) override;

  // From now on, every attempt is answered so; `ask` waits for answer() again.
  void always(SimulatedAnswer answer) { always_ = answer; }
  // Answers the attempt that runs; without one it is forgotten.
  void answer(SimulatedAnswer answer);

  int charges() const { return static_cast<int>(booked_.size()); }

 private:
  // What was asked of it, as one byte; `cancel` is a wish among the answers.
  std::optional<std::uint8_t> next_message(Milliseconds patience);
  void post(std::uint8_t message);
  CardOutcome decided(const CardIntent& intent, CardHooks& hooks, std::uint8_t message);
  struct Booked {
    Approved approved;
    CardKind kind = CardKind::sale;
    int trace = 0;
  };

  Approved booking(const CardIntent& intent);
  void take_back(const CardIntent& intent);
  void write_down(const std::string& line) const;
  void read_book();

  std::atomic<SimulatedAnswer> always_;
  std::string book_;
  Milliseconds patience_;
  Descriptor mailbox_;  // the two ends of a pipe
  Descriptor slot_;
  std::map<core::AttemptId, Booked> booked_;
  int last_trace_ = 0;
  int closed_trace_ = 0;  // of the last booking before its last end of day
};

}  // namespace drivers
