#include "core/store/voucher_store.h"

namespace core {

namespace {

// The order of the columns in every SELECT of a voucher below.
#define TRESEN_VOUCHER_COLUMNS                                                              \
  "SELECT v.row, v.number, v.kind, v.tax_code, v.tax_rate, v.holder, v.currency, v.value, " \
  "v.balance, v.held, v.blocked, v.sold, v.expires, v.receipt_row, orders.id, v.tax_key "   \
  "FROM vouchers AS v LEFT JOIN orders ON orders.row = v.order_row "

Voucher voucher_at(const Query& row) {
  Voucher voucher;
  voucher.row = row.integer(0);
  voucher.number = row.text(1);
  voucher.kind = row.as<VoucherKind>(2);
  voucher.tax_code = row.text(3);
  voucher.tax_rate = rate_from_stored(row.integer(4));
  voucher.holder = row.text(5);
  const Currency currency = currency_from(row.view(6));
  voucher.value = {row.integer(7), currency};
  voucher.balance = {row.integer(8), currency};
  voucher.held = {row.integer(9), currency};
  voucher.is_blocked = row.flag(10);
  voucher.sold = row.instant(11);
  voucher.expires = row.instant(12);
  voucher.receipt_row = row.integer(13);
  voucher.order = {row.uuid(14)};
  voucher.tax_key = {row.integer(15)};
  return voucher;
}

std::optional<Voucher> first_voucher(Database& database, Query query) {
  if (!query.next()) return {};
  Voucher voucher = voucher_at(query);
  if (voucher.held.is_zero()) return voucher;
  auto holders = database.query(
      "SELECT number FROM orders WHERE row IN "
      "(SELECT order_row FROM voucher_holds WHERE voucher = ?) ORDER BY row");
  holders.with(voucher.row);
  while (holders.next()) voucher.holders.push_back(holders.text(0));
  return voucher;
}

std::optional<std::int64_t> row_or_none(std::int64_t row) {
  return row == 0 ? std::nullopt : std::optional(row);
}

}  // namespace

std::optional<Voucher> find_voucher(Database& database, std::string_view number) {
  auto query = database.query(TRESEN_VOUCHER_COLUMNS "WHERE v.number = ?");
  query.with(number);
  return first_voucher(database, std::move(query));
}

std::optional<Voucher> load_voucher(Database& database, std::int64_t row) {
  auto query = database.query(TRESEN_VOUCHER_COLUMNS "WHERE v.row = ?");
  query.with(row);
  return first_voucher(database, std::move(query));
}

std::optional<Voucher> tell_voucher(Database& database, std::string_view number) {
  auto voucher = find_voucher(database, number);
  if (!voucher) return {};
  auto query = database.query(
      "SELECT e.event, e.amount, e.at, e.actor, e.approver, e.reason, coalesce(orders.number, ''), "
      "coalesce(receipts.code, '') FROM voucher_entries AS e "
      "LEFT JOIN orders ON orders.row = e.order_row "
      "LEFT JOIN receipts ON receipts.row = e.receipt_row WHERE voucher = ? ORDER BY e.row");
  query.with(voucher->row);
  while (query.next()) {
    voucher->history.push_back({query.as<VoucherEvent>(0),
                                {query.integer(1), voucher->balance.currency},
                                query.instant(2),
                                query.text(3),
                                query.text(4),
                                query.text(5),
                                query.text(6),
                                query.text(7)});
  }
  return voucher;
}

std::vector<Voucher> vouchers(Database& database, std::int64_t limit) {
  auto query = database.query(TRESEN_VOUCHER_COLUMNS "ORDER BY v.row DESC LIMIT ?");
  query.with(limit);
  std::vector<Voucher> all;
  while (query.next()) all.push_back(voucher_at(query));
  return all;
}

bool is_number_taken(Database& database, std::string_view number) {
  auto voucher = database.query("SELECT 1 FROM vouchers WHERE number = ?");
  voucher.with(number);
  if (voucher.next()) return true;
  auto line = database.query(
      "SELECT 1 FROM order_lines JOIN orders ON orders.row = order_row "
      "WHERE order_lines.voucher = ? AND order_lines.voucher <> '' AND stage <> 'cancelled'");
  line.with(number);
  return line.next();
}

void insert_voucher(Database& database, Voucher& voucher, std::int64_t order_row,
                    std::int64_t receipt_row) {
  auto query = database.query(
      "INSERT INTO vouchers (number, kind, tax_code, tax_rate, holder, currency, value, sold, "
      "expires, order_row, receipt_row, tax_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(voucher.number, static_cast<int>(voucher.kind), voucher.tax_code,
             stored(voucher.tax_rate), voucher.holder, voucher.value.currency.text());
  query.with(voucher.value.minor, voucher.sold, voucher.expires, row_or_none(order_row),
             row_or_none(receipt_row), voucher.tax_key.number);
  if (query.run()) voucher.row = database.last_row();
}

void insert_entry(Database& database, const NewEntry& entry) {
  auto query = database.query(
      "INSERT INTO voucher_entries (voucher, event, amount, at, actor, approver, reason, "
      "order_row, receipt_row, payment, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(entry.voucher, static_cast<int>(entry.event), entry.amount.minor, entry.at,
             entry.actor, entry.approver, entry.reason);
  query.with(row_or_none(entry.order_row), row_or_none(entry.receipt_row), entry.payment,
             entry.line);
  query.run();
}

bool has_filled(Database& database, LineId line) {
  auto query = database.query(
      "SELECT 1 FROM voucher_entries WHERE line = ? AND line NOT NULL AND amount > 0");
  query.with(line);
  return query.next();
}

void insert_hold(Database& database, const VoucherHold& hold) {
  database
      .query("INSERT INTO voucher_holds (payment, voucher, order_row, amount) VALUES (?, ?, ?, ?)")
      .with(hold.payment, hold.voucher, hold.order_row, hold.amount.minor)
      .run();
}

void delete_hold(Database& database, TransactionId payment) {
  database.query("DELETE FROM voucher_holds WHERE payment = ?").with(payment).run();
}

std::vector<VoucherHold> holds_of(Database& database, std::int64_t order_row, Currency currency) {
  auto query = database.query(
      "SELECT payment, voucher, amount FROM voucher_holds WHERE order_row = ? ORDER BY payment");
  query.with(order_row);
  std::vector<VoucherHold> holds;
  while (query.next()) {
    holds.push_back({{query.uuid(0)}, query.integer(1), order_row, {query.integer(2), currency}});
  }
  return holds;
}

std::optional<Voucher> voucher_of_payment(Database& database, TransactionId payment) {
  auto query = database.query(TRESEN_VOUCHER_COLUMNS
                              "WHERE v.row = coalesce((SELECT voucher FROM voucher_entries WHERE "
                              "payment = ?1 AND payment IS NOT NULL), (SELECT voucher FROM "
                              "voucher_holds WHERE payment = ?1))");
  query.with(payment);
  return first_voucher(database, std::move(query));
}

std::optional<Taxed> taxed_before(Database& database, TransactionId payment) {
  const auto voucher = voucher_of_payment(database, payment);
  if (!voucher || voucher->kind != VoucherKind::single_purpose) return {};
  return voucher->taxed();
}

std::vector<ReceiptVoucher> vouchers_of_receipt(Database& database, std::int64_t receipt_row) {
  auto query = database.query(
      "SELECT number, e.payment, e.amount, (SELECT sum(amount) FROM voucher_entries AS before "
      "WHERE before.voucher = v.row AND before.row <= e.row), expires, holder, tax_code, "
      "tax_rate, v.receipt_row = e.receipt_row, currency, tax_key "
      "FROM voucher_entries AS e JOIN vouchers AS v ON v.row = e.voucher "
      "WHERE e.receipt_row = ? ORDER BY e.row");
  query.with(receipt_row);
  std::vector<ReceiptVoucher> told;
  while (query.next()) {
    const Currency currency = currency_from(query.view(9));
    ReceiptVoucher voucher;
    voucher.number = query.text(0);
    voucher.payment = {query.uuid(1)};
    voucher.amount = {query.integer(2), currency};
    voucher.left = {query.integer(3), currency};
    voucher.expires = query.instant(4);
    voucher.holder = query.text(5);
    voucher.tax_code = query.text(6);
    voucher.tax_rate = rate_from_stored(query.integer(7));
    voucher.tax_key = {query.integer(10)};
    // A card of others is printed already.
    voucher.is_new = query.flag(8) && voucher.amount.minor > 0 && is_voucher_number(voucher.number);
    told.push_back(std::move(voucher));
  }
  return told;
}

VoucherSums voucher_sums(Database& database, Currency currency, Instant from, Instant until) {
  const Money zero{0, currency};
  VoucherSums sums{zero, zero, zero, zero, zero, zero, zero};
  auto query = database.query(
      "SELECT event, kind = 2, sum(amount) FROM voucher_entries AS e "
      "JOIN vouchers ON vouchers.row = e.voucher "
      "WHERE at >= ? AND at < ? AND currency = ? GROUP BY 1, 2");
  query.with(from, until, currency.text());
  while (query.next()) {
    const Money sum{query.integer(2), currency};
    switch (query.as<VoucherEvent>(0)) {
      case VoucherEvent::issued:
        (query.flag(1) ? sums.credit_issued : sums.issued) += sum;
        break;
      case VoucherEvent::topped_up:
        sums.topped_up += sum;
        break;
      case VoucherEvent::redeemed:
        sums.redeemed += sum;
        break;
      case VoucherEvent::refunded:
        sums.refunded += sum;
        break;
      case VoucherEvent::paid_out:
        sums.paid_out += sum;
        break;
      case VoucherEvent::taken_back:
        sums.taken_back += sum;
        break;
      case VoucherEvent::blocked:
      case VoucherEvent::unblocked:
      case VoucherEvent::accepted_expired:
        break;
    }
  }
  return sums;
}

Money voucher_liability(Database& database, Currency currency) {
  auto query = database.query("SELECT coalesce(sum(balance), 0) FROM vouchers WHERE currency = ?");
  query.with(currency.text());
  return {query.next() ? query.integer(0) : 0, currency};
}

}  // namespace core
