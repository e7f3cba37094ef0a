// What the outside must learn, one row for each thing: where it goes, and how far
// it has got. Plain values; no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/stored.h"

namespace core {

// Stored as numbers: new ones are added at the end. `push_order` brings a till's
// own order to a version at the upstream (payments, refunds and hand-over
// included); the verbs are intents for the upstream's orders, each with the
// precondition that it was made under; mails go to the mailer.
enum class OutboxKind {
  push_order,
  mail_receipt,
  capture,
  void_authorization,
  add_payment,
  fulfil,
  refund,
  archive,
  reopen,
  cancel,
  adjust_stock,
  mail_new_order,
  mail_confirmation,
  mail_fulfilled,
  mail_ready,
  mail_downloads,
  mail_expiring,
  mail_fulfilment_service,
  mail_z_report,  // of no order
};
template <>
inline constexpr int stored_count<OutboxKind> = 1 + static_cast<int>(OutboxKind::mail_z_report);
bool is_mail(OutboxKind kind);
enum class OutboxState { waiting, sending, done, refused, unclear };
template <>
inline constexpr int stored_count<OutboxState> = 1 + static_cast<int>(OutboxState::unclear);
std::string_view word(OutboxKind kind);
std::string_view word(OutboxState state);

struct OutboxRow {
  std::int64_t row = 0;
  Uuid key;  // stable: idempotency key upstream, Message-ID of a mail
  OutboxKind kind = OutboxKind::push_order;
  std::int64_t order_row = 0;  // 0: of none
  OrderId order = {};          // set where rows are read
  std::string order_number;
  std::int64_t version = 0;      // of the order that is pushed
  std::int64_t receipt_row = 0;  // of a mail
  std::string recipient;         // of a mail
  Uuid subject = {};             // the payment, fulfilment or refund that it is about; may be nil
  Money amount = {};             // of a capture or a refund, in the order's currency
  std::string note = {};         // the reason of a cancellation; the article of a stock change
  bool restock = false;          // of a cancellation: the goods go back to the shelf
  std::int64_t stock_move = 0;   // that is told; 0: none
  OutboxState state = OutboxState::waiting;
  std::string reason;
  std::int64_t attempts = 0;
  Instant not_before;
  Instant created;
};

// The two ways to the outside: the upstream, and the mail server.
enum class OutboxWay { upstream, mail };
inline OutboxWay way_of(OutboxKind kind) {
  return is_mail(kind) ? OutboxWay::mail : OutboxWay::upstream;
}

// Counted as they come and go, not when they are asked for.
struct OutboxCounts {
  std::int64_t waiting = 0, stuck = 0, done = 0;
};

}  // namespace core
