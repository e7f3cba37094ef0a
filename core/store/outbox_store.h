// The outbox: one row for each thing that the outside must learn. Rows are
// written in the transaction of the fact; the sync thread reads due rows on its
// own connection and answers through the register (OutboxAnswered).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/store/database.h"

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
};
bool is_mail(OutboxKind kind);
enum class OutboxState { waiting, sending, done, refused, unclear };
std::string_view word(OutboxKind kind);
std::string_view word(OutboxState state);

struct OutboxRow {
  std::int64_t row = 0;
  Uuid key;  // stable: idempotency key upstream, Message-ID of a mail
  OutboxKind kind = OutboxKind::push_order;
  std::int64_t order_row = 0;
  OrderId order = {};  // set where rows are read
  std::string order_number;
  std::int64_t version = 0;      // of the order that is pushed
  std::int64_t receipt_row = 0;  // of a mail
  std::string recipient;         // of a mail
  Uuid subject = {};             // the payment, fulfilment or refund that it is about; may be nil
  Money amount = {};             // of a capture or a refund, in the order's currency
  std::string note = {};         // the reason of a cancellation
  bool restock = false;          // of a cancellation: the goods go back to the shelf
  OutboxState state = OutboxState::waiting;
  std::string reason;
  std::int64_t attempts = 0;
  Instant not_before;
  Instant created;
};

std::int64_t insert_outbox(Database& database, const OutboxRow& row);
void set_outbox_state(Database& database, std::int64_t row, OutboxState state,
                      std::string_view reason, std::int64_t attempts, Instant not_before);
// Whether a row waits for a time after `then`.
bool waits_beyond(Database& database, Instant then);
// What waits for a later try is due at `now`.
void make_outbox_due(Database& database, Instant now);
std::optional<OutboxRow> load_outbox(Database& database, std::int64_t row);

// The two ways to the outside: the upstream, and the mail server.
enum class OutboxWay { upstream, mail };
inline OutboxWay way_of(OutboxKind kind) {
  return is_mail(kind) ? OutboxWay::mail : OutboxWay::upstream;
}

// Waiting rows of a way that are due at `now`, oldest first. Toward the upstream
// only the first row of each order that is not done, so that rows of one order go
// in order and one bad order never holds up the others; mails wait only for themselves.
std::vector<OutboxRow> due_outbox(Database& database, OutboxWay way, Instant now,
                                  std::int64_t limit);
// What the upstream has not confirmed of an order yet, in the order of asking.
std::vector<OutboxRow> open_intents(Database& database, std::int64_t order_row);
// Whether such a row was ever written for the order (and, unless nil, the subject).
bool was_queued(Database& database, std::int64_t order_row, OutboxKind kind, const Uuid& subject);
// An intent that is given up. Not for rows that are done.
void delete_outbox(Database& database, std::int64_t row);
// When the next row that is not due at `now` will be; none: no row waits for a time.
std::optional<Instant> next_due(Database& database, Instant now);

// For the Outbox page: rows that need a person first, then those that wait, what
// is due last first, then the latest done ones.
std::vector<OutboxRow> outbox_page(Database& database, std::int64_t offset, std::int64_t limit);
// Counted as they come and go, not when they are asked for.
struct OutboxCounts {
  std::int64_t waiting = 0, stuck = 0, done = 0;
};
OutboxCounts outbox_counts(Database& database);

}  // namespace core
