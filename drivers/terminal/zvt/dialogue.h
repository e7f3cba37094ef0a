// The till's side of a dialogue with a ZVT terminal (PA00P015 2.1, PA00P016 5.1):
// the login, one command, an answer to each message that follows, and how long
// the next one is waited for. What the outcome means is for ZvtTerminal to say.
//
// What a message asks to be kept is on disk before it is answered; where that
// fails, or a message cannot be read, the answer says so or does not leave.
// Lives on the terminal's worker thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "drivers/terminal/card_terminal.h"
#include "drivers/terminal/zvt/link.h"
#include "drivers/terminal/zvt/message.h"

namespace drivers {

enum class SlipPrinter { till, terminal };

struct ZvtSettings {
  std::string password = "000000";  // six digits
  core::Currency currency = core::eur;
  std::string terminal_id{};  // that must answer; empty: whichever does
  zvt::Charset charset = zvt::Charset::cp437;
  SlipPrinter printer = SlipPrinter::till;
  Milliseconds to_connect{5000};
  Milliseconds to_answer{5000};       // T3: from a command to 80 00
  Milliseconds to_finish{180'000};    // T4: from there, or from the latest news, to the next
  Milliseconds after_cancel{60'000};  // then the dialogue is given up as unknown
  Milliseconds between_polls{1000};   // while the terminal says "wait"
  int polls = 10;
  bool offers_sequence = true;  // message sequence ids, used where the terminal offers them, too
};

}  // namespace drivers

namespace drivers::zvt {

// "Wait": of 84 xx, and as the status of the terminal.
inline constexpr std::uint8_t busy_code = 0x9C;
inline constexpr std::uint8_t not_possible_code = 0x83;

// What a dialogue is held for, by whoever holds it.
struct Errand {
  CardHooks* hooks = nullptr;  // null: what is shown and printed is dropped
  // What 04 0F with result 00 is answered; needs `hooks`. Empty: nothing is
  // booked by this dialogue, and it is acknowledged.
  std::function<Verdict(const StatusInformation&)> on_booking{};
  const std::atomic<bool>* cancel_wished = nullptr;  // null: it cannot be cancelled
  bool ends_with_answer = false;                     // 80 00 is all that is said to it
};

// `refused`: 84 xx to the command itself, so that nothing began. `lost`: what
// became of it is not known here.
enum class End { completed, aborted, refused, lost };

struct Ending {
  End how = End::lost;
  std::uint8_t code = 0;                      // of 84 xx or 06 1E
  std::string words{};                        // of 06 1E, the terminal's own
  std::optional<StatusInformation> status{};  // of the last 04 0F
  std::optional<Verdict> verdict{};           // what that was answered by the errand
  Message completion{};
};

class Dialogue {
 public:
  Dialogue(std::unique_ptr<Link> link, ZvtSettings settings)
      : link_(std::move(link)), settings_(std::move(settings)) {}

  // Connects and registers. Nothing: the terminal listens, and is the one meant.
  std::optional<NotStarted> log_in();
  // Between two dialogues. A terminal may close the line after each: it is opened
  // again, for the login lasts (PA00P015 2.1). False: it cannot be.
  bool stay_connected();
  // After log_in(). Never repeats the request.
  Ending converse(Message request, const Errand& errand);
  // The status of the terminal; it is asked again while it says "wait".
  std::uint8_t poll_status();
  void hang_up() { link_->close(); }

  const std::string& terminal_id() const { return terminal_id_; }  // that answered last
  // Whether the terminal of this login evaluates a TLV object.
  bool understands(std::uint32_t tag) const;

 private:
  struct Course;  // a dialogue that goes on

  // Of one message of the terminal; true: the dialogue is over.
  bool hear(const Apdu& apdu, Course& course);
  bool follow(const Message& message, Course& course);
  bool hear_status(const Message& message, Course& course);
  bool hear_print(const Message& message, Course& course);
  Milliseconds to_next(const Message& message) const;
  bool give_up(Course& course, Milliseconds patience);
  bool send(Message message);
  bool answer(std::uint16_t code, const Message& to);
  NotStarted why_not(const Ending& ending) const;

  std::unique_ptr<Link> link_;
  ZvtSettings settings_;
  std::string terminal_id_;
  std::optional<Tlvs> introduction_;      // what it said of itself; nothing: it speaks no TLV
  std::optional<std::int64_t> sequence_;  // of the message sent last, where ids are in use
  Bytes last_sequence_heard_;
};

}  // namespace drivers::zvt
