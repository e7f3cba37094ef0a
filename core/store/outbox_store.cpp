#include "core/store/outbox_store.h"

#include <algorithm>

namespace core {

namespace {

// What waits for the upstream, and what for the mail server, in the words of the
// indexes outbox_pushes and outbox_mails, or they would not be used. Of the kinds
// (see OutboxKind) 1 and those from 11 on are mails.
#define TRESEN_PUSHES "state IN (0, 1) AND kind <> 1 AND kind < 11"
#define TRESEN_MAILS "state IN (0, 1) AND (kind = 1 OR kind >= 11)"

#define TRESEN_OUTBOX_COLUMNS                                                                \
  "o.row, o.key, o.kind, coalesce(o.order_row, 0), coalesce(orders.number, ''), o.version, " \
  "o.receipt_row, o.recipient, o.state, o.reason, o.attempts, o.not_before, o.created, "     \
  "orders.id, o.subject, o.amount, coalesce(orders.currency, 'EUR'), o.note, o.restock, "    \
  "coalesce(o.stock_move, 0) "                                                               \
  "FROM outbox AS o LEFT JOIN orders ON orders.row = o.order_row "

OutboxRow outbox_row_at(const Query& query) {
  OutboxRow row;
  row.row = query.integer(0);
  row.key = query.uuid(1);
  row.kind = query.as<OutboxKind>(2);
  row.order_row = query.integer(3);
  row.order_number = query.text(4);
  row.version = query.integer(5);
  row.receipt_row = query.integer(6);
  row.recipient = query.text(7);
  row.state = query.as<OutboxState>(8);
  row.reason = query.text(9);
  row.attempts = query.integer(10);
  row.not_before = query.instant(11);
  row.created = query.instant(12);
  row.order = {query.uuid(13)};
  row.subject = query.uuid(14);
  row.amount = {query.integer(15), currency_from(query.view(16))};
  row.note = query.text(17);
  row.restock = query.flag(18);
  row.stock_move = query.integer(19);
  return row;
}

std::vector<OutboxRow> all_rows(Query query) {
  std::vector<OutboxRow> rows;
  while (query.next()) rows.push_back(outbox_row_at(query));
  return rows;
}

}  // namespace

std::int64_t insert_outbox(Database& database, const OutboxRow& row) {
  auto query = database.query(
      "INSERT INTO outbox (key, kind, order_row, version, receipt_row, recipient, state, "
      "not_before, created, subject, amount, note, restock, stock_move) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  std::optional<std::int64_t> order_row;
  if (row.order_row) order_row = row.order_row;
  query.with(row.key, static_cast<int>(row.kind), order_row, row.version);
  query.bind(row.receipt_row ? std::optional(row.receipt_row) : std::nullopt);
  query.with(row.recipient, static_cast<int>(row.state), row.not_before, row.created);
  query.with(row.subject, row.amount.minor, row.note, row.restock);
  query.bind(row.stock_move ? std::optional(row.stock_move) : std::nullopt);
  return query.run() ? database.last_row() : 0;
}

void set_outbox_state(Database& database, std::int64_t row, OutboxState state,
                      std::string_view reason, std::int64_t attempts, Instant not_before) {
  database
      .query("UPDATE outbox SET state = ?, reason = ?, attempts = ?, not_before = ? WHERE row = ?")
      .with(static_cast<int>(state), reason, attempts, not_before, row)
      .run();
}

bool waits_beyond(Database& database, Instant then) {
  auto query =
      database.query("SELECT EXISTS (SELECT 1 FROM outbox WHERE " TRESEN_PUSHES
                     " AND not_before > ?1) OR EXISTS (SELECT 1 FROM outbox WHERE " TRESEN_MAILS
                     " AND not_before > ?1)");
  query.with(then);
  return query.next() && query.flag(0);
}

void make_outbox_due(Database& database, Instant now) {
  database.query("UPDATE outbox SET not_before = ?1 WHERE " TRESEN_PUSHES " AND not_before > ?1")
      .with(now)
      .run();
  database.query("UPDATE outbox SET not_before = ?1 WHERE " TRESEN_MAILS " AND not_before > ?1")
      .with(now)
      .run();
}

std::optional<OutboxRow> load_outbox(Database& database, std::int64_t row) {
  auto query = database.query("SELECT " TRESEN_OUTBOX_COLUMNS "WHERE o.row = ?");
  query.with(row);
  if (!query.next()) return {};
  return outbox_row_at(query);
}

namespace {

std::vector<OutboxRow> due_upstream(Database& database, Instant now, std::int64_t limit) {
  auto query = database.query("SELECT " TRESEN_OUTBOX_COLUMNS "WHERE " TRESEN_PUSHES
                              " AND o.not_before <= ? AND NOT EXISTS "
                              "(SELECT 1 FROM outbox AS earlier WHERE earlier.order_row = "
                              "o.order_row AND earlier.kind <> 1 AND earlier.kind < 11 "
                              "AND earlier.row < o.row AND earlier.state <> 2) "
                              "AND (o.kind <> 10 OR NOT EXISTS (SELECT 1 FROM outbox AS earlier "
                              "JOIN stock_moves AS moved ON moved.row = earlier.stock_move "
                              "WHERE earlier.state IN (0, 1) AND earlier.row < o.row "
                              "AND moved.variant_id = (SELECT variant_id FROM stock_moves "
                              "WHERE row = o.stock_move))) "
                              "ORDER BY o.not_before, o.row LIMIT ?");
  query.with(now, limit);
  return all_rows(std::move(query));
}

std::vector<OutboxRow> due_mails(Database& database, Instant now, std::int64_t limit) {
  auto query = database.query("SELECT " TRESEN_OUTBOX_COLUMNS "WHERE " TRESEN_MAILS
                              " AND o.not_before <= ? AND NOT EXISTS "
                              "(SELECT 1 FROM signing_transactions AS signing WHERE is_open = 1 "
                              "AND signing.receipt_row = o.receipt_row AND outage_row IS NULL "
                              "AND finish IN (0, 1, 3)) ORDER BY o.not_before, o.row LIMIT ?");
  query.with(now, limit);
  return all_rows(std::move(query));
}

}  // namespace

std::vector<OutboxRow> due_outbox(Database& database, OutboxWay way, Instant now,
                                  std::int64_t limit) {
  return way == OutboxWay::mail ? due_mails(database, now, limit)
                                : due_upstream(database, now, limit);
}

std::vector<OutboxRow> open_intents(Database& database, std::int64_t order_row) {
  auto query = database.query("SELECT " TRESEN_OUTBOX_COLUMNS
                              "WHERE o.order_row = ? AND o.kind BETWEEN 2 AND 10 "
                              "AND o.state <> 2 ORDER BY o.row");
  query.with(order_row);
  return all_rows(std::move(query));
}

std::optional<OutboxRow> stuck_row(Database& database, std::int64_t order_row) {
  auto query = database.query("SELECT " TRESEN_OUTBOX_COLUMNS
                              "WHERE o.order_row = ? AND (o.kind = 0 OR o.kind BETWEEN 2 AND 10) "
                              "AND o.state IN (3, 4) ORDER BY o.row LIMIT 1");
  query.with(order_row);
  auto rows = all_rows(std::move(query));
  if (rows.empty()) return {};
  return std::move(rows.front());
}

bool was_queued(Database& database, std::int64_t order_row, OutboxKind kind, const Uuid& subject) {
  auto query = database.query(
      "SELECT 1 FROM outbox WHERE order_row = ?1 AND kind = ?2 AND (?3 IS NULL OR subject = ?3)");
  query.with(order_row, static_cast<int>(kind), subject);
  return query.next();
}

void delete_outbox(Database& database, std::int64_t row) {
  database.query("DELETE FROM outbox WHERE row = ? AND state <> 2").with(row).run();
}

std::optional<Instant> next_due(Database& database, Instant now) {
  auto query = database.query(
      "SELECT min(soonest) FROM ("
      "SELECT min(not_before) AS soonest FROM outbox WHERE " TRESEN_PUSHES
      " AND not_before > ?1 UNION ALL "
      "SELECT min(not_before) FROM outbox WHERE " TRESEN_MAILS " AND not_before > ?1)");
  query.with(now);
  if (!query.next() || query.is_null(0)) return {};
  return query.instant(0);
}

// Each of the three parts goes along an index of its own: sorted together they
// would all be read for every page.
std::vector<OutboxRow> outbox_page(Database& database, std::int64_t offset, std::int64_t limit) {
  std::vector<OutboxRow> page;
  const auto add = [&](std::int64_t count, Query part) {
    part.with(limit - static_cast<std::int64_t>(page.size()), offset);
    for (OutboxRow& row : all_rows(std::move(part))) page.push_back(std::move(row));
    offset = std::max<std::int64_t>(offset - count, 0);
  };
  const OutboxCounts counts = outbox_counts(database);
  add(counts.stuck, database.query("SELECT " TRESEN_OUTBOX_COLUMNS
                                   "WHERE state IN (3, 4) ORDER BY o.row DESC LIMIT ? OFFSET ?"));
  add(counts.waiting,
      database.query("SELECT " TRESEN_OUTBOX_COLUMNS "WHERE o.row IN (SELECT row FROM ("
                     "SELECT not_before, row FROM outbox WHERE " TRESEN_PUSHES
                     " UNION ALL SELECT not_before, row FROM outbox WHERE " TRESEN_MAILS
                     " ORDER BY not_before DESC, row DESC LIMIT ? OFFSET ?)) "
                     "ORDER BY o.not_before DESC, o.row DESC"));
  add(counts.done, database.query("SELECT " TRESEN_OUTBOX_COLUMNS
                                  "WHERE state = 2 ORDER BY o.row DESC LIMIT ? OFFSET ?"));
  return page;
}

OutboxCounts outbox_counts(Database& database) {
  auto query = database.query("SELECT stage, number FROM tally WHERE what = 'outbox'");
  OutboxCounts counts;
  while (query.next()) {
    const std::string_view state = query.view(0);
    (state == "waiting" ? counts.waiting
     : state == "stuck" ? counts.stuck
                        : counts.done) = query.integer(1);
  }
  return counts;
}

}  // namespace core
