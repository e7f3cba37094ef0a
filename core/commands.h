// Everything the till can be told. A command is a value: the screens, the
// command line, the devices' workers and the sync thread post them; the
// register alone carries them out, each as one transaction.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/card_attempt.h"
#include "core/order.h"
#include "core/receipt.h"
#include "core/staff.h"

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
};  // what was sold keeps the name

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

// --- answers of the world ---
enum class PrintFate { printed, waiting, refused, unsure };
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
};
enum class OutboxFate { done, again, refused, unclear };
struct OutboxAnswer {
  std::int64_t row;
  OutboxFate fate;
  std::string reason;  // in words
  Instant not_before;  // for `again`
};
struct OutboxAnswered {
  std::vector<OutboxAnswer> answers;
};  // all of them in one transaction
struct Resend {
  std::int64_t row;
};
struct SyncNow {};  // what waits is due at once, and the upstream is asked
struct ReceiveOrder {
  Order order;
};  // from the upstream; the whole order, any version

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
    Resend, SyncNow, ReceiveOrder, ChangeSetting, ChangeCashier, RemoveCashier>;

}  // namespace core
