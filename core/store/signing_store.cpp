#include "core/store/signing_store.h"
#include "core/store/master_store.h"

namespace core {

namespace {

#define TRESEN_SIGNING_COLUMNS                                                                  \
  "row, id, order_row, receipt_row, begun, ended, start, finish, abort, number, process_type, " \
  "process_data, outage_row "
#define TRESEN_SIGNING_DEVICE                                                                \
  "row, serial, kind, public_key, algorithm, time_format, is_test, adopted, certification, " \
  "maker, version, certificates, certificate_end, seen, ahead_ms, signatures_made, "         \
  "signatures_left, bytes_used, bytes_in_all, self_test_due, archived "
#define TRESEN_SIGNING_OUTAGE                                                            \
  "row, began, ended, reason, detail, (SELECT count(*) FROM signing_transactions WHERE " \
  "outage_row = signing_outages.row) "

std::optional<std::int64_t> number_or_none(const Query& query, int column) {
  if (query.is_null(column)) return {};
  return query.integer(column);
}

std::optional<StepState> step_or_none(const Query& query, int column) {
  if (query.is_null(column)) return {};
  return query.as<StepState>(column);
}

std::optional<int> step_number(const std::optional<StepState>& state) {
  if (!state) return {};
  return static_cast<int>(*state);
}

std::optional<Instant> instant_or_none(const Query& query, int column) {
  if (query.is_null(column)) return {};
  return query.instant(column);
}

SigningTransaction signing_at(const Query& query) {
  SigningTransaction transaction;
  transaction.row = query.integer(0);
  transaction.id = {query.uuid(1)};
  transaction.order_row = number_or_none(query, 2);
  transaction.receipt_row = number_or_none(query, 3);
  transaction.begun = query.instant(4);
  transaction.ended = query.instant(5);
  transaction.start = query.as<StepState>(6);
  transaction.finish = step_or_none(query, 7);
  transaction.abort = step_or_none(query, 8);
  transaction.number = query.integer(9);
  transaction.process_type = query.text(10);
  transaction.process_data = query.text(11);
  transaction.outage = number_or_none(query, 12);
  return transaction;
}

std::optional<SigningTransaction> first_signing(Query query) {
  if (!query.next()) return {};
  return signing_at(query);
}

SigningDeviceFacts device_at(const Query& query) {
  SigningDeviceFacts device;
  device.row = query.integer(0);
  device.serial = query.text(1);
  device.kind = query.text(2);
  device.public_key = query.text(3);
  device.algorithm = query.text(4);
  device.time_format = query.text(5);
  device.is_test = query.flag(6);
  device.adopted = query.instant(7);
  device.certification = query.text(8);
  device.maker = query.text(9);
  device.version = query.text(10);
  device.certificates = query.text(11);
  device.certificate_end = query.instant(12);
  device.seen = query.instant(13);
  device.ahead = std::chrono::milliseconds{query.integer(14)};
  device.signatures_made = query.integer(15);
  device.signatures_left = number_or_none(query, 16);
  device.bytes_used = number_or_none(query, 17);
  device.bytes_in_all = number_or_none(query, 18);
  device.self_test_due = instant_or_none(query, 19);
  device.archived = query.instant(20);
  return device;
}

SigningOutage outage_at(const Query& query) {
  return {query.integer(0), query.instant(1), instant_or_none(query, 2),
          query.text(3),    query.text(4),    query.integer(5)};
}

std::optional<SigningDeviceFacts> device_of(Database& database, std::int64_t transaction_row) {
  auto query = database.query(
      "SELECT " TRESEN_SIGNING_DEVICE
      "FROM signing_devices WHERE row = (SELECT device_row FROM signatures WHERE transaction_row = "
      "? ORDER BY verb LIMIT 1)");
  query.with(transaction_row);
  if (!query.next()) return {};
  return device_at(query);
}

}  // namespace

void insert_signing(Database& database, SigningTransaction& transaction) {
  auto query = database.query(
      "INSERT INTO signing_transactions (id, order_row, receipt_row, begun, ended, start, finish, "
      "abort, number, process_type, process_data, outage_row, is_open) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query
      .with(transaction.id, transaction.order_row, transaction.receipt_row, transaction.begun,
            transaction.ended, static_cast<int>(transaction.start))
      .with(step_number(transaction.finish), step_number(transaction.abort), transaction.number,
            transaction.process_type, transaction.process_data, transaction.outage,
            is_open(transaction));
  if (query.run()) transaction.row = database.last_row();
}

void update_signing(Database& database, const SigningTransaction& transaction) {
  database
      .query(
          "UPDATE signing_transactions SET order_row = ?, receipt_row = ?, ended = ?, start = ?, "
          "finish = ?, abort = ?, number = ?, process_type = ?, process_data = ?, outage_row = ?, "
          "is_open = ? WHERE row = ?")
      .with(transaction.order_row, transaction.receipt_row, transaction.ended,
            static_cast<int>(transaction.start), step_number(transaction.finish),
            step_number(transaction.abort))
      .with(transaction.number, transaction.process_type, transaction.process_data,
            transaction.outage, is_open(transaction), transaction.row)
      .run();
}

std::optional<SigningTransaction> find_signing(Database& database, SigningId id) {
  // What a worker speaks of is hardly ever over.
  auto query = database.query("SELECT " TRESEN_SIGNING_COLUMNS
                              "FROM signing_transactions WHERE is_open = 1 AND id = ?");
  query.with(id);
  return first_signing(std::move(query));
}

std::optional<SigningTransaction> signing_of_order(Database& database, std::int64_t order_row) {
  auto query = database.query(
      "SELECT " TRESEN_SIGNING_COLUMNS
      "FROM signing_transactions WHERE order_row = ? AND finish IS NULL ORDER BY row DESC LIMIT 1");
  query.with(order_row);
  return first_signing(std::move(query));
}

std::optional<SigningTransaction> signing_of_receipt(Database& database, std::int64_t receipt_row) {
  auto query = database.query("SELECT " TRESEN_SIGNING_COLUMNS
                              "FROM signing_transactions WHERE receipt_row = ?");
  query.with(receipt_row);
  return first_signing(std::move(query));
}

std::vector<SigningTransaction> open_signings(Database& database) {
  auto query = database.query("SELECT " TRESEN_SIGNING_COLUMNS
                              "FROM signing_transactions WHERE is_open = 1 ORDER BY row");
  std::vector<SigningTransaction> all;
  while (query.next()) all.push_back(signing_at(query));
  return all;
}

bool has_unclear_step(Database& database) {
  auto query = database.query(
      "SELECT 1 FROM signing_transactions WHERE is_open = 1 AND (start IN (1, 3) OR "
      "(start = 2 AND (finish IN (1, 3) OR abort IN (1, 3)))) LIMIT 1");
  return query.next();
}

bool has_signed(Database& database) {
  auto query = database.query("SELECT 1 FROM signing_transactions LIMIT 1");
  return query.next();
}

bool awaits_signature(Database& database, std::int64_t receipt_row) {
  auto query = database.query(
      "SELECT 1 FROM signing_transactions WHERE is_open = 1 AND receipt_row = ? AND "
      "outage_row IS NULL AND finish IN (0, 1, 3)");
  query.with(receipt_row);
  return query.next();
}

void insert_signature(Database& database, const SigningTransaction& transaction, SigningVerb verb,
                      std::int64_t device_row, const DeviceSignature& signature) {
  database
      .query(
          "INSERT INTO signatures (transaction_row, verb, device_row, number, counter, time, "
          "value) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .with(transaction.row, static_cast<int>(verb), device_row, signature.number,
            signature.counter, signature.time, Blob{signature.value})
      .run();
}

std::optional<DeviceSignature> find_signature(Database& database, std::int64_t transaction_row,
                                              SigningVerb verb) {
  auto query = database.query(
      "SELECT signatures.number, counter, time, value, serial FROM signatures JOIN signing_devices "
      "ON signing_devices.row = device_row WHERE transaction_row = ? AND verb = ?");
  query.with(transaction_row, static_cast<int>(verb));
  if (!query.next()) return {};
  return DeviceSignature{query.integer(0), query.integer(1), query.instant(2), query.text(3),
                         query.text(4)};
}

std::int64_t last_counter(Database& database, std::int64_t device_row) {
  auto query = database.query("SELECT max(counter) FROM signatures WHERE device_row = ?");
  query.with(device_row);
  return query.next() ? query.integer(0) : 0;
}

ReceiptSigning signing_facts(Database& database, const SigningTransaction& transaction) {
  ReceiptSigning signing;
  signing.client = till_serial(database);
  signing.process_type = transaction.process_type;
  signing.process_data = transaction.process_data;
  signing.start = find_signature(database, transaction.row, SigningVerb::start);
  signing.finish = find_signature(database, transaction.row, SigningVerb::finish);
  if (auto device = device_of(database, transaction.row)) signing.device = std::move(*device);
  if (transaction.outage) {
    signing.state = ReceiptSigning::State::missed;
  } else if (transaction.finish == StepState::answered) {
    signing.state = ReceiptSigning::State::is_signed;
  }
  return signing;
}

std::optional<Instant> last_signature_time(Database& database, std::string_view serial) {
  auto query = database.query(
      "SELECT time FROM signatures WHERE device_row = (SELECT row FROM signing_devices WHERE "
      "serial = ?) ORDER BY counter DESC LIMIT 1");
  query.with(serial);
  if (!query.next()) return {};
  return query.instant(0);
}

std::optional<ReceiptSigning> receipt_signing(Database& database, std::int64_t receipt_row) {
  const auto transaction = signing_of_receipt(database, receipt_row);
  if (!transaction) return {};
  return signing_facts(database, *transaction);
}

std::string subject_of(Database& database, const SigningTransaction& transaction) {
  auto query = database.query(
      "SELECT coalesce((SELECT code FROM receipts WHERE row = ?), (SELECT number FROM orders "
      "WHERE row = ?), '')");
  query.with(transaction.receipt_row, transaction.order_row);
  return query.next() ? query.text(0) : "";
}

void save_signing_device(Database& database, SigningDeviceFacts& device) {
  auto query = database.query(
      "INSERT INTO signing_devices (serial, kind, public_key, algorithm, time_format, is_test, "
      "adopted, certification, maker, version, certificates, certificate_end, seen, ahead_ms, "
      "signatures_made, signatures_left, bytes_used, bytes_in_all, self_test_due) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (serial) DO UPDATE SET adopted = excluded.adopted, "
      "certification = excluded.certification, maker = excluded.maker, version = excluded.version, "
      "certificates = coalesce(nullif(excluded.certificates, ''), certificates), certificate_end = "
      "excluded.certificate_end, "
      "seen = excluded.seen, ahead_ms = excluded.ahead_ms, "
      "signatures_made = excluded.signatures_made, signatures_left = excluded.signatures_left, "
      "bytes_used = excluded.bytes_used, bytes_in_all = excluded.bytes_in_all, "
      "self_test_due = excluded.self_test_due RETURNING row");
  query
      .with(device.serial, device.kind, Blob{device.public_key}, device.algorithm,
            device.time_format, device.is_test, device.adopted, device.certification, device.maker,
            device.version)
      .with(device.certificates, device.certificate_end, device.seen, device.ahead.count(),
            device.signatures_made, device.signatures_left, device.bytes_used, device.bytes_in_all,
            device.self_test_due);
  if (query.next()) device.row = query.integer(0);
}

void note_archived(Database& database, std::string_view serial, Instant at) {
  database.query("UPDATE signing_devices SET archived = ? WHERE serial = ?").with(at, serial).run();
}

std::optional<SigningDeviceFacts> signing_device(Database& database) {
  auto query = database.query("SELECT " TRESEN_SIGNING_DEVICE
                              "FROM signing_devices ORDER BY adopted DESC, row DESC LIMIT 1");
  if (!query.next()) return {};
  return device_at(query);
}

std::vector<SigningDeviceFacts> signing_devices(Database& database) {
  auto query = database.query("SELECT " TRESEN_SIGNING_DEVICE
                              "FROM signing_devices ORDER BY adopted DESC, row DESC");
  std::vector<SigningDeviceFacts> all;
  while (query.next()) all.push_back(device_at(query));
  return all;
}

void insert_outage(Database& database, SigningOutage& outage) {
  auto query =
      database.query("INSERT INTO signing_outages (began, reason, detail) VALUES (?, ?, ?)");
  query.with(outage.began, outage.reason, outage.detail);
  if (query.run()) outage.row = database.last_row();
}

void end_outage(Database& database, std::int64_t row, Instant ended) {
  database.query("UPDATE signing_outages SET ended = ? WHERE row = ?").with(ended, row).run();
}

std::optional<SigningOutage> open_outage(Database& database) {
  auto query = database.query("SELECT " TRESEN_SIGNING_OUTAGE
                              "FROM signing_outages WHERE ended IS NULL ORDER BY row DESC LIMIT 1");
  if (!query.next()) return {};
  return outage_at(query);
}

std::vector<SigningOutage> outages(Database& database, std::int64_t limit) {
  auto query = database.query("SELECT " TRESEN_SIGNING_OUTAGE
                              "FROM signing_outages ORDER BY row DESC LIMIT ?");
  query.with(limit);
  std::vector<SigningOutage> all;
  while (query.next()) all.push_back(outage_at(query));
  return all;
}

}  // namespace core
