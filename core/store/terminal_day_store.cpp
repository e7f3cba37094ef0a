#include "core/store/terminal_day_store.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/store/receipt_store.h"

namespace core {

namespace {

std::int64_t single(Query query) {
  return query.next() ? query.integer(0) : 0;
}

// By whatever receipt it was booked: a void of a correction and a refund give back.
Money signed_amount(const Payment& payment) {
  const Money all = payment.amount + payment.tip;
  const bool is_back =
      payment.kind == TransactionKind::refund || payment.kind == TransactionKind::void_;
  return is_back ? -all : all;
}

// Of the attempt that the payment came of; empty: it came of none.
std::string ticket_of(Database& database, TransactionId payment) {
  auto query = database.query("SELECT ticket FROM card_attempts WHERE payment = ?");
  query.with(payment);
  return query.next() ? query.text(0) : "";
}

std::vector<CardBooking> booked_here(Database& database, std::int64_t after_receipt) {
  std::vector<std::int64_t> rows;
  auto query = database.query(
      "SELECT row FROM receipts WHERE row > ? AND order_row IS NOT NULL AND kind <> ? ORDER BY "
      "row");
  query.with(after_receipt, static_cast<int>(ReceiptKind::training));
  while (query.next()) rows.push_back(query.integer(0));
  std::vector<CardBooking> all;
  for (const std::int64_t row : rows) {
    const auto receipt = load_receipt(database, row);
    if (!receipt) continue;
    for (const Payment& payment : receipt->payments) {
      if (payment.tender != Tender::card) continue;
      all.push_back({signed_amount(payment), ticket_of(database, payment.id), payment.reference,
                     receipt->order.number});
    }
  }
  return all;
}

// As the terminal said it of each: whether the till has counted it or not.
std::vector<CardBooking> told_by_terminal(Database& database, std::int64_t after_attempt,
                                          Currency currency) {
  auto query = database.query(
      "SELECT booked, kind, ticket, reference, orders.number FROM card_attempts "
      "JOIN orders ON orders.row = order_row "
      "WHERE card_attempts.row > ? AND booked > 0 AND ticket <> '' ORDER BY card_attempts.row");
  query.with(after_attempt);
  std::vector<CardBooking> all;
  while (query.next()) {
    const Money booked{query.integer(0), currency};
    const bool is_sale = query.integer(1) == 0;
    all.push_back({is_sale ? booked : -booked, query.text(2), query.text(3), query.text(4)});
  }
  return all;
}

}  // namespace

CardBookings bookings_to_compare(Database& database, std::int64_t after_receipt,
                                 Currency currency) {
  std::int64_t after_attempt = 0;
  auto last = database.query(
      "SELECT last_receipt, last_attempt FROM terminal_days WHERE is_open = 0 "
      "ORDER BY row DESC LIMIT 1");
  if (last.next()) {
    after_receipt = last.integer(0);
    after_attempt = last.integer(1);
  } else {
    // Of days that the terminal was not reached at nothing was compared yet.
    auto open = database.query(
        "SELECT min(after_receipt) FROM terminal_days AS d JOIN shifts AS s ON s.row = d.shift");
    if (open.next() && !open.is_null(0)) after_receipt = std::min(after_receipt, open.integer(0));
    auto before = database.query(
        "SELECT coalesce(max(a.row), 0) FROM card_attempts AS a, receipts AS r "
        "WHERE r.row = ? AND a.started <= r.finished");
    before.with(after_receipt);
    if (before.next()) after_attempt = before.integer(0);
  }
  return {booked_here(database, after_receipt),
          told_by_terminal(database, after_attempt, currency)};
}

void insert_terminal_day(Database& database, std::optional<std::int64_t> shift,
                         const TerminalComparison& comparison) {
  const std::int64_t receipt = single(database.query("SELECT coalesce(max(row), 0) FROM receipts"));
  const std::int64_t attempt =
      single(database.query("SELECT coalesce(max(row), 0) FROM card_attempts"));
  auto query = database.query(
      "INSERT INTO terminal_days (shift, at, is_open, says, currency, ours, theirs, last_receipt, "
      "last_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(shift, comparison.at, comparison.is_open, comparison.says);
  query.with(comparison.ours.currency.text(), comparison.ours.minor, comparison.theirs.minor,
             receipt, attempt);
  query.run();
  const std::int64_t day = database.last_row();
  std::int64_t position = 0;
  for (const BookingDifference& each : comparison.differences) {
    database
        .query(
            "INSERT INTO terminal_differences (day, position, kind, ours, theirs, reference, "
            "order_number) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .with(day, ++position, static_cast<int>(each.kind), each.ours.minor, each.theirs.minor,
              each.reference, each.order)
        .run();
  }
}

std::optional<TerminalComparison> terminal_day_of(Database& database, std::int64_t shift) {
  auto query = database.query(
      "SELECT row, at, is_open, says, currency, ours, theirs FROM terminal_days WHERE shift = ? "
      "ORDER BY row DESC LIMIT 1");
  query.with(shift);
  if (!query.next()) return {};
  const Currency currency = currency_from(query.view(4));
  TerminalComparison comparison{query.instant(1),
                                query.flag(2),
                                query.text(3),
                                {query.integer(5), currency},
                                {query.integer(6), currency},
                                {}};
  auto parts = database.query(
      "SELECT kind, ours, theirs, reference, order_number FROM terminal_differences "
      "WHERE day = ? ORDER BY position");
  parts.with(query.integer(0));
  while (parts.next()) {
    comparison.differences.push_back({parts.as<Mismatch>(0),
                                      {parts.integer(1), currency},
                                      {parts.integer(2), currency},
                                      parts.text(3),
                                      parts.text(4)});
  }
  return comparison;
}

}  // namespace core
