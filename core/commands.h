// Everything the till can be told. A command is a value: the screens, the
// command line, the devices' workers and the sync thread post them; the
// register alone carries them out, each as one transaction.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/card_attempt.h"
#include "core/clock_doubt.h"
#include "core/device_test.h"
#include "core/order.h"
#include "core/pulled_catalogue.h"
#include "core/pulled_customer.h"
#include "core/put_aside.h"
#include "core/receipt.h"
#include "core/staff.h"
#include "core/store/outbox_store.h"

namespace core {

// --- staff ---
struct SignIn {
  std::int64_t cashier;
  std::string pin;
};
struct SignOut {};
struct AddCashier {
  std::string name;
  Role role;
  std::string pin;
  std::string language;
};
struct ChangeCashier {
  Cashier cashier;  // by its row; the rest is what it becomes
  std::string pin;  // empty: stays as it is
};
struct RemoveCashier {
  std::int64_t cashier;
};                      // what was sold keeps the name
struct NoteGuesses {};  // a manager has read how often wrong PINs were tried

// --- the open order; the first item begins one ---
struct AddVariant {
  std::int64_t variant;
  Quantity quantity{};
};
struct Scan {
  std::string code;
};  // product, in-store price or weight label, receipt
struct AddOpenItem {
  std::string title;
  Money price;
  std::string tax_code;
};
struct ChangeQuantity {
  LineId line;
  Quantity quantity;
};
struct OverridePrice {
  LineId line;
  Money price;
  std::string reason;
};
struct DiscountLine {
  LineId line;
  std::optional<Discount> discount;
};  // none: taken off again
struct DiscountOrder {
  std::optional<Discount> discount;
};
struct NoteLine {
  LineId line;
  std::string note;
};
struct SetCustomer {
  Customer customer;
};  // empty: taken off again
struct VoidLine {
  LineId line;
  std::string reason;
};
struct VoidOrder {
  std::string reason;
};
struct ParkOrder {};
struct RecallOrder {
  OrderId order;
};  // parks an open order that has lines

// --- tenders, toward the order in hand ---
struct TakeCash {
  Money given;
};  // more than is due: change
struct TakeOther {
  Tender tender;
  Money amount;
  std::string label;
};
struct UndoTender {
  TransactionId payment;
};  // before the order is placed; cash and other only
struct StartCard {
  Money amount;
};
struct CancelCard {
  AttemptId attempt;
};  // a wish
struct CardAnswered {
  AttemptId attempt;
  CardResult result;
};
struct AskTerminal {
  AttemptId attempt;
};
enum class CardVerdict { paid, not_paid };
struct ResolveCard {
  AttemptId attempt;
  CardVerdict verdict;
  std::string reason;
};
struct DismissCard {
  AttemptId attempt;
};  // declined or not started was read
// How far the attempt has got: written down before the driver goes on.
struct CardReached {
  AttemptId attempt;
  CardStep step;
  std::string terminal;  // empty: as it was
  std::string key;       // empty: as it was
  CardResult result;     // for `result`: what the terminal says that it booked
};
// The order of an unknown attempt is parked (or left); the attempt stays open,
// and its terminal takes no other. It can be asked about and decided meanwhile.
struct PutOffCard {
  AttemptId attempt;
};
// What was put off comes back in hand, with its order; a cart in hand is parked.
struct TakeUpCard {
  AttemptId attempt;
};
// Money back to the card that paid: by reversal as long as the terminal has not
// closed its day, else by refund.
struct RefundToCard {
  OrderId order;
  TransactionId payment;
  Money amount;
  CardKind kind = CardKind::refund;  // never `sale`
  std::string reason;
};
struct LeavePartiallyPaid {};
struct CollectPayment {
  OrderId order;
};  // takes a placed order in hand
struct StopCollecting {};

// --- after the sale ---
struct NextSale {};  // the Done card was read
struct PrintAgain {
  OrderId order;
  SlipForm form;
  std::int64_t receipt = 0;  // row of one of its receipts; 0: the latest
};
struct EmailReceipt {
  OrderId order;
  std::string email;
};
struct OpenDrawerByHand {
  std::string reason;
};
struct MarkSeen {
  OrderId order;
};

// --- a placed order's later life ---
// Where the till is the master (its own orders; a folder or nothing upstream)
// each is a fact at once and the new version is pushed; at a platform it is an
// intent in the outbox, judged on what is confirmed and asked for already, and
// becomes a fact when the platform has confirmed it.
struct CapturePayment {
  OrderId order;
  Money amount = {};  // 0: all that is authorized
};
struct VoidAuthorization {
  OrderId order;
};
struct FulfilOrder {
  OrderId order;
  std::vector<LineQuantity> lines = {};  // none: all that is open
  std::string carrier = {}, tracking_number = {}, tracking_url = {};
  bool notify_customer = false;
};
struct MarkReady {
  OrderId order;
};  // of a pick-up order: all that is open lies ready, the customer is told
struct HandOver {
  OrderId order;
  std::string to = {};                   // who took it: a name, or the code that was shown
  std::vector<LineQuantity> lines = {};  // none: what lies ready, else all that is open
};
struct CancelFulfilment {
  OrderId order;
  FulfilmentId fulfilment;
};  // what lies ready is put back; what has left is a refund
struct ArchiveOrder {
  OrderId order;
};
struct ReopenOrder {
  OrderId order;
};
// What was authorized is released. What was paid is given back first (RefundOrder)
// or, at a platform, by the platform.
struct CancelOrder {
  OrderId order;
  std::string reason;
  bool restock = false;
};
// Money (and goods) back. Of a till's order it leaves the till: cash out of the
// drawer, a card through the terminal, anything else is recorded. Of an online
// order only cash does: everything else goes back through the upstream.
struct RefundOrder {
  OrderId order;
  std::vector<RefundedLine> lines = {};  // an amount of 0: what the customer paid for it
  std::string reason = {};
  Tender tender = Tender::cash;
  TransactionId original = {};  // the payment that it takes back; nil: not said
  Money amount = {};            // 0: the sum of the lines
  bool with_extras = false;     // shipping as well, as far as it has not gone back yet
};
struct SetOrderCustomer {
  OrderId order;
  Customer customer;
};
struct NoteOrder {
  OrderId order;
  std::string note;
};  // on its timeline; of this till only
struct ResendMail {
  OrderId order;
  OutboxKind kind;
};
struct PrintPackingSlip {
  OrderId order;
};
struct DropIntent {
  std::int64_t row;
};  // the upstream is right: what was asked of it is not wanted any more
enum class BulkVerb { capture, fulfil, archive };
struct BulkCommand {
  BulkVerb verb;
  std::vector<OrderId> orders;
};                     // each a transaction of its own; the snapshot has the counts
struct ApplyRules {};  // to all open orders; also expiry and its warnings
struct SetDownload {
  std::string sku;
  std::string link;
};  // what is sent when this digital product is fulfilled; empty: nothing

// --- answers of the world ---
// The worker of a printer is about to send the slip. Refused: it must not, for
// it was withdrawn, is on paper already, or belongs to another printer.
struct PrintBegins {
  std::int64_t job;
  int printer = 0;
};
struct PrintStopped {
  std::int64_t job;
  std::string reason;  // in the middle of it; empty: it goes on
};
enum class PrintFate { printed, waiting, refused, unsure, sent };
struct PrintAnswered {
  std::int64_t job;
  PrintFate fate;
  std::string reason;
};
struct RetryPrint {
  std::int64_t job;
};
struct DropPrint {
  std::int64_t job;
  std::string instead = {};  // how the customer got the receipt: "shown as QR code"
};
struct MailPrint {
  std::int64_t job;
  std::string email;
};  // instead of the slip, which is dropped
// The terminal handed over something to print; on disk before it is told so.
struct QueueTerminalSlip {
  TerminalSlip slip;
};
struct RetryTerminalSlip {
  std::int64_t row;
};  // that is not on paper: once more
struct DropTerminalSlip {
  std::int64_t row;
};
struct TerminalSlipAnswered {
  std::int64_t row;
  PrintFate fate;
  std::string reason;
};
struct PrintElsewhere {
  std::int64_t job;
};  // on the other one of the two printers
struct TryDevice {
  DeviceTest test;
};
enum class OutboxFate { done, again, refused, unclear };
// What the upstream has told with its answer; empty where it did not.
struct Learnt {
  std::string order_id, order_number;       // its names of the order
  std::string subject_id;                   // its name of the payment, fulfilment or refund
  std::optional<std::int64_t> amount = {};  // minor units that were really captured or refunded
  bool done_by_others = false;  // it was there before: whoever did it, the platform tells of it
  friend bool operator==(const Learnt&, const Learnt&) = default;
};
struct OutboxAnswer {
  std::int64_t row;
  OutboxFate fate;
  std::string reason;  // in words
  Instant not_before;  // for `again`
  Learnt learnt = {};  // for `done`; for `again` only the order's names
};
struct OutboxAnswered {
  std::vector<OutboxAnswer> answers;
};  // all of them in one transaction
struct Resend {
  std::int64_t row;
};
struct SyncNow {};  // what waits is due at once, and the upstream is asked
// From the upstream: the whole order. Version 0: it numbers none, and is taken
// over where its content differs. What was added here (payments at the counter,
// hand-overs, an edited customer, notes) is kept.
struct ReceiveOrder {
  Order order;
};
struct ReceiveOrders {
  std::vector<Order> orders;
};  // all of them in one transaction; one that is refused holds up no other

// What could not be taken. `is_all`: it is all there is of this source; what it
// does not name is there no more. `was_tried`: the orders that a person wanted tried
// again were asked for.
struct NotePutAside {
  std::string source;
  std::vector<PutAside> found;
  bool is_all = false;
  bool was_tried = false;
};
struct TryAsideAgain {
  std::string source, name;
};  // without a name: all that was put aside

// A part of the platform's catalogue and of its customers; `cursors`: how far the
// pulls have come.
struct ReceiveCatalogue {
  PulledCatalogue catalogue;
  std::vector<SyncCursor> cursors;
  std::vector<PulledCustomer> customers = {};
};

struct TurnPrices {};  // a coming price whose time has come is the price; see turn_prices

// --- the card terminal's upkeep ---
struct ServeTerminal {
  TerminalWork work;
};

// --- the clock ---
// Somebody outside was heard to be so far ahead of the till's clock.
struct ClockSeen {
  ClockWitness witness;
  std::chrono::milliseconds ahead;
};
struct TrustClock {};  // a person says that it is right all the same

// --- the shop ---
struct ChangeSetting {
  std::string key;
  std::string value;
};

using Command = std::variant<
    SignIn, SignOut, AddCashier, AddVariant, Scan, AddOpenItem, ChangeQuantity, OverridePrice,
    DiscountLine, DiscountOrder, NoteLine, SetCustomer, VoidLine, VoidOrder, ParkOrder, RecallOrder,
    TakeCash, TakeOther, UndoTender, StartCard, CancelCard, CardAnswered, AskTerminal, ResolveCard,
    DismissCard, LeavePartiallyPaid, CollectPayment, StopCollecting, NextSale, PrintAgain,
    EmailReceipt, OpenDrawerByHand, MarkSeen, PrintAnswered, RetryPrint, DropPrint, OutboxAnswered,
    Resend, SyncNow, ReceiveOrder, ChangeSetting, CapturePayment, VoidAuthorization, FulfilOrder,
    MarkReady, HandOver, CancelFulfilment, ArchiveOrder, ReopenOrder, CancelOrder, RefundOrder,
    SetOrderCustomer, NoteOrder, ResendMail, PrintPackingSlip, DropIntent, BulkCommand, ApplyRules,
    SetDownload, ReceiveOrders, ReceiveCatalogue, CardReached, PutOffCard, RefundToCard,
    QueueTerminalSlip, TerminalSlipAnswered, ServeTerminal, PrintBegins, PrintStopped,
    PrintElsewhere, MailPrint, TryDevice, ChangeCashier, RemoveCashier, TakeUpCard, TurnPrices,
    NoteGuesses, ClockSeen, TrustClock, NotePutAside, TryAsideAgain, RetryTerminalSlip,
    DropTerminalSlip>;

}  // namespace core
