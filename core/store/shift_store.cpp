#include "core/store/shift_store.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/store/receipt_store.h"
#include "core/store/terminal_day_store.h"

namespace core {

namespace {

#define TRESEN_SHIFT_COLUMNS                                                               \
  "row, state, currency, opened, opened_by, opened_itself, kept, opening, opening_coins, " \
  "after_receipt, after_entry, counted, coins, counted_by, closed, closed_by, approver, "  \
  "dropped, note, z_number, last_receipt "

Shift shift_at(const Query& query) {
  const Currency currency = currency_from(query.view(2));
  const auto money = [&](int column) { return Money{query.integer(column), currency}; };
  Shift shift;
  shift.row = query.integer(0);
  shift.state = query.as<ShiftState>(1);
  shift.opened = query.instant(3);
  shift.opened_by = query.text(4);
  shift.opened_itself = query.flag(5);
  shift.kept = money(6);
  shift.opening = money(7);
  shift.opening_coins = coins_from(query.view(8)).value_or(std::vector<CoinCount>{});
  shift.after_receipt = query.integer(9);
  shift.after_entry = query.integer(10);
  if (!query.is_null(11)) shift.counted = money(11);
  shift.coins = coins_from(query.view(12)).value_or(std::vector<CoinCount>{});
  shift.counted_by = query.text(13);
  shift.closed = query.instant(14);
  shift.closed_by = query.text(15);
  shift.approver = query.text(16);
  shift.dropped = money(17);
  shift.note = query.text(18);
  shift.z_number = query.integer(19);
  shift.last_receipt = query.integer(20);
  return shift;
}

std::optional<Shift> first_of(Query query) {
  if (!query.next()) return {};
  return shift_at(query);
}

std::int64_t first_number(Query query) {
  return query.next() ? query.integer(0) : 0;
}

// The journal's words for what a report counts.
ShiftEvents events_between(Database& database, std::int64_t after, std::int64_t before) {
  ShiftEvents events;
  const std::array<std::pair<std::string_view, std::int64_t*>, 6> counted{{
      {"void line", &events.voided_lines},
      {"void order", &events.voided_carts},
      {"price override", &events.price_overrides},
      {"no sale", &events.no_sales},
      {"printed again", &events.reprints},
      {"tender taken back", &events.tenders_taken_back},
  }};
  auto query =
      database.query("SELECT kind, count(*) FROM journal WHERE seq > ? AND seq < ? GROUP BY kind");
  query.with(after, before);
  while (query.next()) {
    for (const auto& [kind, count] : counted) {
      if (query.view(0) == kind) *count = query.integer(1);
    }
  }
  return events;
}

}  // namespace

std::optional<Shift> open_shift(Database& database) {
  return first_of(database.query("SELECT " TRESEN_SHIFT_COLUMNS
                                 "FROM shifts WHERE state < 2 ORDER BY row DESC LIMIT 1"));
}

std::optional<Shift> load_shift(Database& database, std::int64_t row) {
  auto query = database.query("SELECT " TRESEN_SHIFT_COLUMNS "FROM shifts WHERE row = ?");
  query.with(row);
  return first_of(std::move(query));
}

std::optional<Shift> find_shift(Database& database, std::int64_t z_number) {
  auto query = database.query("SELECT " TRESEN_SHIFT_COLUMNS
                              "FROM shifts WHERE z_number > 0 AND z_number = ?");
  query.with(z_number);
  return first_of(std::move(query));
}

std::optional<Shift> shift_of_receipt(Database& database, std::int64_t receipt_row) {
  auto query = database.query("SELECT " TRESEN_SHIFT_COLUMNS
                              "FROM shifts WHERE after_receipt < ? ORDER BY row DESC LIMIT 1");
  query.with(receipt_row);
  return first_of(std::move(query));
}

std::vector<Shift> shifts(Database& database, std::int64_t limit) {
  auto query =
      database.query("SELECT " TRESEN_SHIFT_COLUMNS "FROM shifts ORDER BY row DESC LIMIT ?");
  query.with(limit);
  std::vector<Shift> all;
  while (query.next()) all.push_back(shift_at(query));
  return all;
}

namespace {

// What of a closed shift was paid for vouchers that are not taxed yet: it stands in the taxes
// of its receipts and is no turnover. Only receipts of orders that sell some are read.
Money paid_for_vouchers(Database& database, const Shift& shift) {
  std::vector<std::int64_t> rows;
  {
    auto query = database.query(
        "SELECT row FROM receipts WHERE row > ? AND row < ? AND kind <> ? AND EXISTS (SELECT 1 "
        "FROM order_lines WHERE order_lines.order_row = receipts.order_row AND voucher <> '')");
    query.with(shift.after_receipt, shift.last_receipt, static_cast<int>(ReceiptKind::training));
    while (query.next()) rows.push_back(query.integer(0));
  }
  Money sum{0, shift.opening.currency};
  for (const std::int64_t row : rows) {
    const auto receipt = load_receipt(database, row);
    const bool counts = receipt && receipt->kind != ReceiptKind::aborted &&
                        receipt->kind != ReceiptKind::correction;
    if (counts) sum += core::paid_for_vouchers(*receipt);
  }
  return sum;
}

}  // namespace

std::vector<ClosedShift> closed_shifts(Database& database, std::int64_t limit) {
  std::vector<ClosedShift> all;
  {
    auto query = database.query("SELECT " TRESEN_SHIFT_COLUMNS
                                "FROM shifts WHERE state = 2 ORDER BY row DESC LIMIT ?");
    query.with(limit);
    while (query.next()) all.push_back({shift_at(query), {}, {}});
  }
  for (ClosedShift& closed : all) {
    const Shift& shift = closed.shift;
    auto turnover = database.query(
        "SELECT coalesce(sum(value ->> 3), 0) FROM receipts, json_each(taxes) "
        "WHERE receipts.row > ? AND receipts.row < ? AND order_row IS NOT NULL "
        "AND receipts.kind <> ?");
    turnover.with(shift.after_receipt, shift.last_receipt, static_cast<int>(ReceiptKind::training));
    closed.turnover = {first_number(std::move(turnover)), shift.opening.currency};
    closed.turnover -= paid_for_vouchers(database, shift);
    auto difference = database.query(
        "SELECT coalesce(sum(amount), 0) FROM cash_movements "
        "WHERE receipt_row > ? AND receipt_row < ? AND kind = ?");
    difference.with(shift.after_receipt, shift.last_receipt,
                    static_cast<int>(CashMoveKind::difference));
    closed.difference = {first_number(std::move(difference)), shift.opening.currency};
  }
  return all;
}

Money kept_cash(Database& database, Currency currency) {
  auto query = database.query(
      "SELECT coalesce(counted, opening) - dropped FROM shifts WHERE state = 2 "
      "ORDER BY row DESC LIMIT 1");
  return {query.next() ? query.integer(0) : 0, currency};
}

std::int64_t next_z_number(Database& database) {
  return 1 + first_number(database.query(
                 "SELECT max(coalesce((SELECT max(z_number) FROM shifts WHERE z_number > 0), 0), "
                 "coalesce((SELECT value FROM counters WHERE name = 'closings before'), 0))"));
}

void insert_shift(Database& database, Shift& shift) {
  shift.after_receipt = first_number(database.query("SELECT coalesce(max(row), 0) FROM receipts"));
  // What was voided since the last closing, before anything was sold, is of this shift; of a
  // store that has closed none, what was since its last receipt.
  shift.after_entry = first_number(
      database.query("SELECT coalesce((SELECT journal_seq FROM receipts WHERE row = "
                     "coalesce((SELECT last_receipt FROM shifts WHERE last_receipt > 0 "
                     "ORDER BY row DESC LIMIT 1), "
                     "(SELECT max(row) FROM receipts))), 0)"));
  auto query = database.query(
      "INSERT INTO shifts (state, currency, opened, opened_by, opened_itself, kept, opening, "
      "opening_coins, after_receipt, after_entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(static_cast<int>(shift.state), shift.opening.currency.text(), shift.opened,
             shift.opened_by, shift.opened_itself, shift.kept.minor, shift.opening.minor,
             to_text(shift.opening_coins), shift.after_receipt, shift.after_entry);
  shift.row = query.run() ? database.last_row() : 0;
}

void update_shift(Database& database, const Shift& shift) {
  std::optional<std::int64_t> counted;
  if (shift.counted) counted = shift.counted->minor;
  database
      .query(
          "UPDATE shifts SET state = ?, counted = ?, coins = ?, counted_by = ?, closed = ?, "
          "closed_by = ?, approver = ?, dropped = ?, note = ?, z_number = ?, last_receipt = ? "
          "WHERE row = ?")
      .with(static_cast<int>(shift.state), counted, to_text(shift.coins), shift.counted_by)
      .with(shift.closed, shift.closed_by, shift.approver, shift.dropped.minor, shift.note,
            shift.z_number, shift.last_receipt, shift.row)
      .run();
}

void insert_cash_movement(Database& database, std::int64_t receipt_row,
                          const CashMovement& movement) {
  database
      .query(
          "INSERT INTO cash_movements (receipt_row, kind, amount, reason, approver) "
          "VALUES (?, ?, ?, ?, ?)")
      .with(receipt_row, static_cast<int>(movement.kind), movement.amount.minor, movement.reason,
            movement.approver)
      .run();
}

std::optional<CashMovement> load_cash_movement(Database& database, std::int64_t receipt_row,
                                               Currency currency) {
  auto query = database.query(
      "SELECT kind, amount, reason, approver FROM cash_movements WHERE receipt_row = ?");
  query.with(receipt_row);
  if (!query.next()) return {};
  return CashMovement{
      query.as<CashMoveKind>(0), {query.integer(1), currency}, query.text(2), query.text(3)};
}

ShiftReport report_of(Database& database, const Shift& shift, std::int64_t before) {
  ShiftReport report = empty_report(shift.opening.currency);
  go_on(report, database, shift, before);
  return report;
}

void go_on(ShiftReport& report, Database& database, const Shift& shift, std::int64_t before) {
  std::int64_t last_entry = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> rows;
  {
    auto query = database.query(
        "SELECT row, kind, journal_seq FROM receipts WHERE row > ? AND row <= ? ORDER BY row");
    query.with(std::max(shift.after_receipt, report.last_receipt), before);
    while (query.next()) {
      const std::int64_t row = query.integer(0);
      const auto kind = query.as<ReceiptKind>(1);
      // Its own Z report, or the X report that this is, ends it.
      if (row == before || kind == ReceiptKind::z_report) {
        last_entry = query.integer(2);
        break;
      }
      if (kind != ReceiptKind::x_report) rows.push_back(row);
    }
  }
  for (const std::int64_t row : rows) {
    const auto receipt = load_receipt(database, row);
    if (!receipt) continue;
    if (has_order(receipt->kind)) {
      add(report, *receipt);
    } else if (auto movement = load_cash_movement(database, row, report.currency)) {
      add(report, CashMoveRow{row, receipt->code, std::move(*movement), receipt->finished,
                              receipt->cashier});
    }
  }
  report.events = events_between(database, shift.after_entry, last_entry);
}

void make_blind(std::optional<DayDocument>& document, const ShiftSettings& settings,
                const Receipt& receipt) {
  auto* said = document ? std::get_if<ShiftDocument>(&*document) : nullptr;
  if (!said || receipt.kind != ReceiptKind::x_report) return;
  said->is_blind = settings.blind == "on" && said->shift.state != ShiftState::closed;
}

std::optional<DayDocument> load_day_document(Database& database, const Receipt& receipt) {
  if (has_order(receipt.kind)) return {};
  if (receipt.kind == ReceiptKind::cash_movement) {
    if (auto movement = load_cash_movement(database, receipt.row, receipt.order.currency)) {
      return DayDocument(std::move(*movement));
    }
    return {};
  }
  auto shift = shift_of_receipt(database, receipt.row);
  if (!shift) return {};
  ShiftReport report = report_of(database, *shift, receipt.row);
  std::optional<TerminalComparison> terminal;
  if (receipt.kind == ReceiptKind::z_report) terminal = terminal_day_of(database, shift->row);
  return DayDocument(ShiftDocument{std::move(*shift), std::move(report), std::move(terminal)});
}

std::string day_text(Database& database, const Receipt& receipt) {
  const auto document = load_day_document(database, receipt);
  return document ? day_text(receipt, *document) : "";
}

std::string day_text(const Receipt& receipt, const DayDocument& document) {
  if (const auto* movement = std::get_if<CashMovement>(&document)) {
    return canonical_text(receipt, *movement);
  }
  const auto& said = std::get<ShiftDocument>(document);
  std::string text = canonical_text(receipt, said.shift, said.report);
  if (said.terminal) text += canonical_text(*said.terminal);
  return text;
}

}  // namespace core
