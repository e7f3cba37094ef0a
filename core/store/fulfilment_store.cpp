#include "core/store/fulfilment_store.h"

namespace core {

namespace {

#define TRESEN_FULFILMENT_COLUMNS                                                    \
  "SELECT row, id, state, carrier, tracking_number, tracking_url, notify_customer, " \
  "at, version, upstream_id FROM fulfilments "
#define TRESEN_REFUND_COLUMNS \
  "SELECT row, id, amount, reason, at, version, upstream_id, rounding, approver FROM refunds "

// What `restock` says of the goods that came back; 0: nothing.
constexpr std::int64_t restocked = 1, damaged = 2;

Fulfilment fulfilment_at(Database& database, const Query& row) {
  Fulfilment fulfilment;
  fulfilment.id = {row.uuid(1)};
  fulfilment.state = row.as<FulfilmentState>(2);
  fulfilment.carrier = row.text(3);
  fulfilment.tracking_number = row.text(4);
  fulfilment.tracking_url = row.text(5);
  fulfilment.notify_customer = row.flag(6);
  fulfilment.at = row.instant(7);
  fulfilment.version = row.integer(8);
  fulfilment.upstream_id = row.text(9);
  auto lines = database.query(
      "SELECT line, quantity FROM fulfilment_lines WHERE fulfilment_row = ? ORDER BY position");
  lines.with(row.integer(0));
  while (lines.next()) fulfilment.lines.push_back({{lines.uuid(0)}, {lines.integer(1)}});
  return fulfilment;
}

Refund refund_at(Database& database, const Query& row, Currency currency) {
  Refund refund;
  refund.id = {row.uuid(1)};
  refund.amount = {row.integer(2), currency};
  refund.reason = row.text(3);
  refund.at = row.instant(4);
  refund.version = row.integer(5);
  refund.upstream_id = row.text(6);
  refund.rounding = {row.integer(7), currency};
  refund.approver = row.text(8);
  auto lines = database.query(
      "SELECT line, quantity, amount, restock FROM refund_lines WHERE refund_row = ? "
      "ORDER BY position");
  lines.with(row.integer(0));
  while (lines.next()) {
    const std::int64_t shelf = lines.integer(3);
    refund.lines.push_back({{lines.uuid(0)},
                            {lines.integer(1)},
                            {lines.integer(2), currency},
                            shelf == restocked,
                            shelf == damaged});
  }
  auto payments =
      database.query("SELECT payment FROM refund_payments WHERE refund_row = ? ORDER BY position");
  payments.with(row.integer(0));
  while (payments.next()) refund.payments.push_back({payments.uuid(0)});
  return refund;
}

void insert_lines(Database& database, std::int64_t row, const Fulfilment& fulfilment) {
  std::int64_t position = 0;
  for (const LineQuantity& line : fulfilment.lines) {
    database
        .query(
            "INSERT INTO fulfilment_lines (fulfilment_row, position, line, quantity) "
            "VALUES (?, ?, ?, ?)")
        .with(row, position++, line.line, line.quantity.thousandths)
        .run();
  }
}

}  // namespace

void insert_fulfilment(Database& database, const Order& order, const Fulfilment& fulfilment,
                       Standing standing) {
  auto query = database.query(
      "INSERT INTO fulfilments (id, order_row, state, carrier, tracking_number, tracking_url, "
      "notify_customer, at, version, upstream_id, intended) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query
      .with(fulfilment.id, order.row, static_cast<int>(fulfilment.state), fulfilment.carrier,
            fulfilment.tracking_number, fulfilment.tracking_url, fulfilment.notify_customer)
      .with(fulfilment.at, fulfilment.version, fulfilment.upstream_id,
            standing == Standing::intended);
  if (query.run()) insert_lines(database, database.last_row(), fulfilment);
}

void update_fulfilment(Database& database, const Fulfilment& fulfilment) {
  database
      .query(
          "UPDATE fulfilments SET state = ?, carrier = ?, tracking_number = ?, tracking_url = ?, "
          "notify_customer = ?, version = ?, upstream_id = ?, intended = 0 WHERE id = ?")
      .with(static_cast<int>(fulfilment.state), fulfilment.carrier, fulfilment.tracking_number,
            fulfilment.tracking_url, fulfilment.notify_customer, fulfilment.version,
            fulfilment.upstream_id)
      .with(fulfilment.id)
      .run();
  auto query = database.query("SELECT row FROM fulfilments WHERE id = ?");
  if (!query.with(fulfilment.id).next()) return;
  const std::int64_t row = query.integer(0);
  database.query("DELETE FROM fulfilment_lines WHERE fulfilment_row = ?").with(row).run();
  insert_lines(database, row, fulfilment);
}

void insert_refund(Database& database, const Order& order, const Refund& refund,
                   Standing standing) {
  auto query = database.query(
      "INSERT INTO refunds (id, order_row, amount, reason, at, version, upstream_id, intended, "
      "rounding, approver) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(refund.id, order.row, refund.amount.minor, refund.reason, refund.at, refund.version,
             refund.upstream_id, standing == Standing::intended);
  query.with(refund.rounding.minor, refund.approver);
  if (!query.run()) return;
  const std::int64_t row = database.last_row();
  std::int64_t position = 0;
  for (const RefundedLine& line : refund.lines) {
    database
        .query(
            "INSERT INTO refund_lines (refund_row, position, line, quantity, amount, "
            "restock) VALUES (?, ?, ?, ?, ?, ?)")
        .with(row, position++, line.line, line.quantity.thousandths, line.amount.minor,
              line.restock   ? restocked
              : line.damaged ? damaged
                             : 0)
        .run();
  }
  position = 0;
  for (const TransactionId& payment : refund.payments) {
    database
        .query(
            "INSERT INTO refund_payments (refund_row, position, payment) "
            "VALUES (?, ?, ?)")
        .with(row, position++, payment)
        .run();
  }
}

void confirm_refund(Database& database, const Refund& refund) {
  database.query("UPDATE refunds SET version = ?, upstream_id = ?, intended = 0 WHERE id = ?")
      .with(refund.version, refund.upstream_id, refund.id)
      .run();
}

void forget_intended(Database& database, const Uuid& subject) {
  // The lines first: their trigger asks the refund whether it is only intended.
  database
      .query(
          "DELETE FROM refund_lines WHERE refund_row IN "
          "(SELECT row FROM refunds WHERE id = ? AND intended = 1)")
      .with(subject)
      .run();
  database
      .query(
          "DELETE FROM refund_payments WHERE refund_row IN "
          "(SELECT row FROM refunds WHERE id = ? AND intended = 1)")
      .with(subject)
      .run();
  database.query("DELETE FROM refunds WHERE id = ? AND intended = 1").with(subject).run();
  database.query("DELETE FROM fulfilments WHERE id = ? AND intended = 1").with(subject).run();
}

std::vector<Fulfilment> load_fulfilments(Database& database, const Order& order) {
  auto query =
      database.query(TRESEN_FULFILMENT_COLUMNS "WHERE order_row = ? AND intended = 0 ORDER BY row");
  query.with(order.row);
  std::vector<Fulfilment> all;
  while (query.next()) all.push_back(fulfilment_at(database, query));
  return all;
}

std::vector<Refund> load_refunds(Database& database, const Order& order) {
  auto query =
      database.query(TRESEN_REFUND_COLUMNS "WHERE order_row = ? AND intended = 0 ORDER BY row");
  query.with(order.row);
  std::vector<Refund> all;
  while (query.next()) all.push_back(refund_at(database, query, order.currency));
  return all;
}

std::optional<Fulfilment> find_intended_fulfilment(Database& database, const Uuid& id) {
  auto query = database.query(TRESEN_FULFILMENT_COLUMNS "WHERE id = ? AND intended = 1");
  query.with(id);
  if (!query.next()) return {};
  return fulfilment_at(database, query);
}

std::optional<Refund> find_intended_refund(Database& database, const Uuid& id, Currency currency) {
  auto query = database.query(TRESEN_REFUND_COLUMNS "WHERE id = ? AND intended = 1");
  query.with(id);
  if (!query.next()) return {};
  return refund_at(database, query, currency);
}

std::string download_link(Database& database, std::string_view sku) {
  auto query = database.query("SELECT link FROM downloads WHERE sku = ?");
  query.with(sku);
  return query.next() ? query.text(0) : "";
}

void save_download_link(Database& database, std::string_view sku, std::string_view link) {
  database
      .query(
          "INSERT INTO downloads (sku, link) VALUES (?, ?) ON CONFLICT DO UPDATE SET link = "
          "excluded.link")
      .with(sku, link)
      .run();
}

}  // namespace core
