// A ZVT terminal without a card, as a pure model: messages of the till go in,
// messages to it come out. What happens to them on the way (cuts, fragments,
// silence) is the business of whoever carries them: `tresen terminal-sim` over
// TCP and serial lines, the tests in-process.
//
// It keeps its own book as a real terminal does: a payment is prepared when its
// 04 0F leaves and booked when that, and every slip after it, is acknowledged.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "drivers/terminal/zvt/message.h"

namespace drivers::zvt {

// What becomes of a prepared payment whose acknowledgement never comes; the
// specification has all three (PA00P015 2.2.8, ch. 4).
enum class LostAck { auto_reverse, keep, reverse_next };

enum class SimulatedCard {
  approve,
  decline,                // 04 0F with a reason, then 06 1E
  decline_by_completion,  // then 06 0F, as some terminals do
  abort,                  // 06 1E alone
  part,                   // approves half where the till takes a part, else declines
  tip,                    // adds one major unit at the terminal
  other_amount,           // books another amount altogether
  silent_charged,         // books, and says no more
  silent_uncharged,
  busy,          // 84 9C to everything that would begin
  wait,          // shows "please present the card" until 06 B0
  part_unasked,  // approves half, whether the till takes a part or not
};

// What 06 20 gives back.
enum class Repeat { full, no_status, not_possible, wrong_last };

struct SimulatorSettings {
  LostAck lost_ack = LostAck::auto_reverse;
  SimulatedCard card = SimulatedCard::approve;
  Repeat repeat = Repeat::full;
  std::string terminal_id = "60000142";
  std::string password = "000000";
  int currency = 978;
  bool speaks_tlv = true;     // else it sends no field 06, and knows none
  Bytes evaluates{};          // tags that it says it evaluates (1F71); empty: it does not say
  bool has_sequence = false;  // understands message sequence ids
  bool prints_lines = false;  // 06 D1 even where blocks were asked for
  std::string leak{};         // a whole card number that it puts wherever it can, as it must not
};

struct Booking {
  CardKind kind = CardKind::sale;
  std::int64_t amount = 0;
  int trace = 0;
  int original = 0;        // trace of what it takes back
  bool is_booked = false;  // else prepared, or taken back for want of an acknowledgement
  bool is_reversed = false;
};

class Simulator {
 public:
  explicit Simulator(SimulatorSettings settings = {}) : settings_(std::move(settings)) {}

  // What it says to a message of the till; often nothing.
  std::vector<Apdu> take(const Apdu& apdu);
  // The connection is gone; what is prepared is decided by `lost_ack`.
  void link_lost();

  void set_card(SimulatedCard card) { settings_.card = card; }
  void set_repeat(Repeat repeat) { settings_.repeat = repeat; }
  const std::vector<Booking>& bookings() const { return bookings_; }
  // Sales that stand: money that was taken and not given back.
  int charges() const;
  std::int64_t charged() const;

  // The book as text, one booking a line, and back.
  std::string book() const;
  void read_book(const std::string& text);

 private:
  std::vector<Apdu> answered(const Apdu& apdu);
  std::vector<Apdu> begin(const Message& request);
  std::vector<Apdu> say(std::uint16_t command);
  std::vector<Apdu> go_on();
  void plan_payment(const Message& request, CardKind kind);
  void plan_repeat();
  void plan_slips(const Booking& booking);
  Message leaking(Message message) const;
  Message status(const Booking& booking) const;
  Booking* prepared();
  const Booking* last_standing() const;

  SimulatorSettings settings_;
  std::vector<Booking> bookings_;
  std::deque<Message> script_;           // still to be said, each after an acknowledgement
  std::optional<Message> unanswered_;    // said, and not acknowledged
  std::optional<std::size_t> prepared_;  // index of the booking that is prepared
  bool is_planned_ = false;              // a payment runs whose 04 0F has not left
  bool till_prints_ = false, uses_sequence_ = false, wants_blocks_ = false;
  int sequence_ = 0, sent_again_ = 0, closed_trace_ = 0;
  Bytes heard_sequence_;
};

}  // namespace drivers::zvt
