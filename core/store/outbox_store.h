// The outbox: one row for each thing that the outside must learn. Rows are
// written in the transaction of the fact; the sync thread reads due rows on its
// own connection and answers through the register (OutboxAnswered).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/outbox/outbox.h"
#include "core/store/database.h"

namespace core {

std::int64_t insert_outbox(Database& database, const OutboxRow& row);
void set_outbox_state(Database& database, std::int64_t row, OutboxState state,
                      std::string_view reason, std::int64_t attempts, Instant not_before);
// Whether a row waits for a time after `then`.
bool waits_beyond(Database& database, Instant then);
// What waits for a later try is due at `now`.
void make_outbox_due(Database& database, Instant now);
std::optional<OutboxRow> load_outbox(Database& database, std::int64_t row);

// Waiting rows of a way that are due at `now`, oldest first. Toward the upstream
// only the first row of each order that is not done, so that rows of one order go
// in order and one bad order never holds up the others; of the changes of one article's
// stock only the first that waits; mails wait only for themselves.
std::vector<OutboxRow> due_outbox(Database& database, OutboxWay way, Instant now,
                                  std::int64_t limit);
// What the upstream has not confirmed of an order yet, in the order of asking.
std::vector<OutboxRow> open_intents(Database& database, std::int64_t order_row);
// What waits for a person of all that the upstream was told of an order: the first.
std::optional<OutboxRow> stuck_row(Database& database, std::int64_t order_row);
// Whether such a row was ever written for the order (and, unless nil, the subject).
bool was_queued(Database& database, std::int64_t order_row, OutboxKind kind, const Uuid& subject);
// An intent that is given up. Not for rows that are done.
void delete_outbox(Database& database, std::int64_t row);
// When the next row that is not due at `now` will be; none: no row waits for a time.
std::optional<Instant> next_due(Database& database, Instant now);

// For the Outbox page: rows that need a person first, then those that wait, what
// is due last first, then the latest done ones.
std::vector<OutboxRow> outbox_page(Database& database, std::int64_t offset, std::int64_t limit);
OutboxCounts outbox_counts(Database& database);

}  // namespace core
