// A placed order's later life. Where the till is the master (its own orders; a folder or
// nothing upstream) each is a fact at once and the new version is pushed; at a platform it is
// an intent in the outbox, judged on what is confirmed and asked for already, and becomes a
// fact when the platform has confirmed it. Plain values.
#pragma once

#include <string>
#include <vector>

#include "core/orders/order.h"
#include "core/outbox/outbox.h"

namespace core {

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
// drawer, a card through the terminal, anything else is recorded. What was paid by
// voucher goes back onto it, or onto a new one where that is blocked; `gift_card` as
// tender makes a store credit of the rest. Of an online order only cash does: everything
// else goes back through the upstream.
struct RefundOrder {
  OrderId order;
  std::vector<RefundedLine> lines = {};  // an amount of 0: what the customer paid for it
  std::string reason = {};
  Tender tender = Tender::cash;
  TransactionId original = {};  // the payment that it takes back; nil: not said
  Money amount = {};            // 0: the sum of the lines
  bool with_extras = false;     // shipping as well, as far as it has not gone back yet
  Money to_voucher = {};        // of it: back onto the vouchers that paid; the rest by `tender`
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

}  // namespace core
