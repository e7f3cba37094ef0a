// The outbox: one row for each thing that the outside must learn. Rows are
// written in the transaction of the fact; the sync thread reads due rows on its
// own connection and answers through the register (OutboxAnswered).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
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
  Uuid subject;                  // the payment, fulfilment or refund that it is about; may be nil
  OutboxState state = OutboxState::waiting;
  std::string reason;
  std::int64_t attempts = 0;
  Instant not_before;
  Instant created;
};

std::int64_t insert_outbox(Database& database, const OutboxRow& row);
void set_outbox_state(Database& database, std::int64_t row, OutboxState state,
                      std::string_view reason, std::int64_t attempts, Instant not_before);
// What waits for a later try is due at `now`.
void make_outbox_due(Database& database, Instant now);
std::optional<OutboxRow> load_outbox(Database& database, std::int64_t row);

// Waiting rows of a kind that are due at `now`, oldest first: of each order only
// the first push that is not done, so that pushes of one order go in order and
// one bad order never holds up the others. Mails wait for nothing but themselves.
std::vector<OutboxRow> due_outbox(Database& database, OutboxKind kind, Instant now,
                                  std::int64_t limit);
// When the next row that is not due at `now` will be; none: no row waits for a time.
std::optional<Instant> next_due(Database& database, Instant now);

// For the Outbox page: rows that are not done first, then the latest done ones.
std::vector<OutboxRow> outbox_page(Database& database, std::int64_t offset, std::int64_t limit);
struct OutboxCounts {
  std::int64_t waiting = 0, stuck = 0, done = 0;
};
OutboxCounts outbox_counts(Database& database);

// Makes this connection keep count of what it writes to the outbox, so that the
// open and the stuck rows need not be counted after every sale while a shop is
// offline. Once, before the first write; no other connection may write.
Stored<Done> tally_outbox(Database& database);
OutboxCounts tallied_outbox(Database& database);  // `done` is not tallied

}  // namespace core
