// A card terminal as verbs that cannot lose a charge. Four fates: approved,
// declined, not started, unknown; unknown is never folded into one of the
// others. The protocol drivers (ZVT, nexo) and the simulator all speak this.
//
// Lives on the terminal's worker thread, except request_cancel(). A primary
// account number never passes here: only masked digits such as "•••• 4242".
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"

namespace drivers {

// How a terminal names what it booked; needed to refund or reverse it.
struct CardReference {
  std::string terminal_id{};
  std::string trace{};
  std::string auth_code{};
  std::string receipt{};   // ZVT: receipt number
  std::string turnover{};  // ZVT: turnover number
  std::string moment{};    // ZVT: "MMDDhhmmss"; nexo: ISO time stamp
  std::string name{};      // nexo: POITransactionID
  friend bool operator==(const CardReference&, const CardReference&) = default;
};
// As one text that the till keeps and hands back: "tid=..;trace=..". Anything
// else reads as an empty reference.
std::string to_text(const CardReference& reference);
CardReference reference_from(std::string_view text);

// A reversal takes a booking back as if it had not been, a refund pays out.
enum class CardKind { sale, refund, reversal };

// What the till wants; its row is on disk before this is handed over.
struct CardIntent {
  core::AttemptId attempt{};
  CardKind kind = CardKind::sale;
  core::Money amount{};                     // > 0
  std::optional<CardReference> original{};  // of a refund or reversal
  std::int64_t number = 0;                  // of this attempt: grows, and is never used twice
  CardReference last_known{};               // the latest booking that the till's journal knows of
};

// `amount` is what the terminal says it booked: the result of record. The
// caller compares it with the intent.
struct Approved {
  core::Money amount{};
  std::string masked_card{};  // "•••• 4242"
  std::string brand{};        // "girocard", "Visa"
  CardReference reference{};
  std::vector<std::string> receipt_lines{};  // the card block, ready to print
  core::Money tip{};                         // the part of `amount` that was added at the terminal
  bool is_requested = false;  // of a refund or reversal: taken on; the bank confirms it elsewhere
  friend bool operator==(const Approved&, const Approved&) = default;
};
enum class DeclineReason { by_issuer, cancelled, no_card, other };
// The card was not charged, says the terminal.
struct Declined {
  DeclineReason reason = DeclineReason::by_issuer;
  std::string text{};  // the terminal's own words or code; may be empty
  friend bool operator==(const Declined&, const Declined&) = default;
};
enum class NotStartedReason { unreachable, busy, refused, not_recorded };
// The request never reached the terminal, or it refused to begin.
struct NotStarted {
  NotStartedReason reason = NotStartedReason::unreachable;
  std::string text{};  // what to check, an English key; may be empty
  friend bool operator==(const NotStarted&, const NotStarted&) = default;
};
// The request left and no final answer came: the card may have been charged.
struct OutcomeUnknown {
  friend bool operator==(OutcomeUnknown, OutcomeUnknown) = default;
};
using CardOutcome = std::variant<Approved, Declined, NotStarted, OutcomeUnknown>;

// An attempt asked about later, after any restart. `protocol_key` is what
// before_send() was given.
struct CardQuestion {
  core::AttemptId attempt{};
  core::Money amount{};
  std::string protocol_key{};
  CardKind kind = CardKind::sale;
  std::int64_t number = 0;              // as in the intent
  int asked = 0;                        // how often it was asked about before
  bool was_started = false;             // started() was called: the request had arrived
  CardReference told{};                 // of the booking that on_result() was told of
  std::vector<CardReference> others{};  // bookings that the till knows to be other attempts'
};
// A booking that could be this attempt's, and nothing but its amount says so: the
// request may never have arrived, and another till paid there. A person compares
// the slip.
struct Lookalike {
  Approved booking{};
  friend bool operator==(const Lookalike&, const Lookalike&) = default;
};
// The terminal knows the attempt and booked nothing for it.
struct NotBooked {
  friend bool operator==(NotBooked, NotBooked) = default;
};
struct StillRunning {
  friend bool operator==(StillRunning, StillRunning) = default;
};
struct NoAnswer {  // ask again later; nothing was learnt
  friend bool operator==(NoAnswer, NoAnswer) = default;
};
// OutcomeUnknown: it answered, and does not know: a person decides.
using ProbeResult =
    std::variant<Approved, Declined, NotBooked, StillRunning, NoAnswer, OutcomeUnknown, Lookalike>;

enum class CardProgress {
  waiting_for_card,
  card_read,
  waiting_for_pin,
  asking_the_bank,
  remove_card
};
enum class Verdict { accept, refuse, more_time };
enum class TerminalHealth { ready, busy, unreachable };

// What the terminal wants printed. Text is UTF-8 and holds no card number.
enum class BlockCopy { merchant, customer, admin };
struct BlockLine {
  std::string text{};
  bool centred = false, wide = false, tall = false;
  friend bool operator==(const BlockLine&, const BlockLine&) = default;
};
struct ReceiptBlock {
  BlockCopy copy = BlockCopy::customer;
  bool needs_signature = false;
  std::vector<BlockLine> lines{};
  friend bool operator==(const ReceiptBlock&, const ReceiptBlock&) = default;
};

// What the till does while a payment runs. Called on the worker thread.
class CardHooks {
 public:
  virtual ~CardHooks() = default;
  // Makes durable that the request is about to leave, and under which key. On
  // false nothing is sent and the outcome is NotStarted{not_recorded}.
  virtual bool before_send(const std::string& protocol_key) = 0;
  virtual void started() {}
  // Makes the result durable before it is acknowledged to the terminal. It is no
  // approval yet: the acknowledgement may be lost. A terminal that is told
  // `refuse` takes the booking back, where it can.
  virtual Verdict on_result(const Approved&) { return Verdict::accept; }
  // The acknowledgement of the result has left; nothing proves that it arrived.
  virtual void acknowledged() {}
  virtual void progress(CardProgress) {}
  // What the terminal shows, in its words or as an English key.
  virtual void shows(const std::string&) {}
  // Queues it durably for the printer. False: it could not be, and the terminal
  // is told so, which puts the payment at risk.
  virtual bool receipt(const ReceiptBlock&) { return true; }
};

// The upkeep of a terminal, by hand.
enum class CardService {
  connection_test,
  log_in,
  diagnosis,
  end_of_day,
  totals,
  reprint,
  log_off,
  display_text  // a few words on the terminal's display, to see which one it is
};
// One thing that was found. `says` is an English key, a whole sentence that says
// what to check where something is wrong; `detail` is what it is about.
struct ServiceFinding {
  bool is_well = true;
  std::string says{};
  std::string detail{};
  friend bool operator==(const ServiceFinding&, const ServiceFinding&) = default;
};
using ServiceReport = std::vector<ServiceFinding>;

// The terminal's own day, as it closed it.
struct DayEnd {
  struct Booking {
    CardKind kind = CardKind::sale;
    Approved booking{};
    friend bool operator==(const Booking&, const Booking&) = default;
  };
  bool is_closed = false;  // else `says` why not, an English key
  std::string says{};
  std::optional<core::Money> total{};              // taken, less what was given back
  std::optional<std::vector<Booking>> bookings{};  // where it tells them one by one
};

class CardTerminal {
 public:
  virtual ~CardTerminal() = default;
  // Runs one attempt to its end: a sale, or an undo as an attempt of its own.
  // Never repeats a request by itself.
  virtual CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) = 0;
  // Free of side effects, repeatable.
  virtual ProbeResult probe(const CardQuestion& question) = 0;
  // A wish, from any thread: authorize() still reports what became true.
  virtual void request_cancel() = 0;
  virtual TerminalHealth health() = 0;
  // Blocks are handed to `hooks.receipt`. Never charges anything.
  virtual ServiceReport serve(CardService service, CardHooks& hooks);
  // Closes its day. Once an answer is lost, nobody knows whether it has: that is "not closed"
  // here, and its next day says the rest.
  virtual DayEnd end_day(CardHooks& hooks);
};

}  // namespace drivers
