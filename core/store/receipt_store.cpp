#include "core/store/receipt_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/store/master_store.h"
#include "core/store/order_store.h"
#include "core/store/signing_store.h"
#include "core/store/till_store.h"
#include "core/store/voucher_store.h"

namespace core {

namespace {

// Slips that are not over: waiting, refused, unsure, sending. In the words of the
// index print_jobs_open, or it would not be used.
#define TRESEN_OPEN_SLIPS "(state = 0 OR state = 2 OR state = 3 OR state = 5)"

// The shop's header as one text: unit separators between the fields.
constexpr char separator = '\x1f';

std::string shop_text(const ShopSettings& shop) {
  std::string text;
  for (const auto* part : {&shop.name, &shop.street, &shop.city, &shop.phone, &shop.tax_number,
                           &shop.website, &shop.footer, &shop.time_zone, &shop.language,
                           &shop.country, &shop.postcode, &shop.vat_id, &shop.site}) {
    text += *part;
    text += separator;
  }
  return text;
}

ShopSettings shop_from(std::string_view text, Currency currency) {
  ShopSettings shop;
  shop.currency = currency;
  for (auto* part : {&shop.name, &shop.street, &shop.city, &shop.phone, &shop.tax_number,
                     &shop.website, &shop.footer, &shop.time_zone, &shop.language, &shop.country,
                     &shop.postcode, &shop.vat_id, &shop.site}) {
    const auto end = text.find(separator);
    *part = text.substr(0, end);
    text = end == text.npos ? "" : text.substr(end + 1);
  }
  return shop;
}

// JSON: [[rate, net, tax, gross, key], ...]; the key is missing where there was none yet.
std::string taxes_text(const std::vector<TaxLine>& taxes) {
  std::string text;
  for (const TaxLine& tax : taxes) {
    fmt::format_to(std::back_inserter(text), "{}[{},{},{},{},{}]", text.empty() ? '[' : ',',
                   stored(tax.rate), tax.net.minor, tax.tax.minor, tax.gross.minor, tax.key.number);
  }
  return text.empty() ? "[]" : text + ']';
}

// The rows of an order's receipts, from the last one back.
#define TRESEN_RECEIPTS_OF_ORDER                                                                  \
  "WITH RECURSIVE of_order(receipt) AS (SELECT last_receipt FROM orders WHERE row = ? UNION ALL " \
  "SELECT previous FROM of_order JOIN receipts ON row = receipt) "

PrintJob job_at(const Query& query) {
  return {query.integer(0), query.integer(1), query.as<SlipForm>(2), query.as<PrintState>(3),
          query.text(4),    query.instant(5), query.small(6),        query.small(7) != 0};
}

std::vector<TaxLine> taxes_of(Database& database, std::int64_t row, Currency currency) {
  auto query = database.query(
      "SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 "
      "FROM receipts, json_each(taxes) WHERE row = ?");
  query.with(row);
  std::vector<TaxLine> taxes;
  while (query.next()) {
    const auto money = [&](int column) { return Money{query.integer(column), currency}; };
    taxes.push_back(
        {rate_from_stored(query.integer(0)), money(1), money(2), money(3), {query.integer(4)}});
  }
  std::ranges::stable_sort(taxes, {}, &TaxLine::taxed);
  return taxes;
}

}  // namespace

// With what vouchers paid that were taxed when they were sold, which stands in no tax line.
EarlierTaxes earlier_taxes(Database& database, const Order& order, std::int64_t before) {
  EarlierTaxes earlier;
  const bool may_redeem = std::ranges::any_of(
      order.payments, [](const Payment& one) { return one.tender == Tender::gift_card; });
  for (const std::int64_t row : receipts_of_order(database, order.row)) {
    if (row >= before) break;
    auto query = database.query("SELECT kind FROM receipts WHERE row = ?");
    query.with(row);
    if (!query.next()) continue;
    const auto kind = query.as<ReceiptKind>(0);
    if (kind > ReceiptKind::refund) continue;
    auto& sums = kind == ReceiptKind::refund ? earlier.given_back : earlier.taken;
    for (const TaxLine& line : taxes_of(database, row, order.currency)) {
      sum_for(sums, line.taxed(), order.currency).gross += line.gross;
    }
    if (!may_redeem) continue;
    for (const ReceiptVoucher& voucher : vouchers_of_receipt(database, row)) {
      if (voucher.payment.is_nil() || voucher.tax_code.empty()) continue;
      const Taxed taxed{voucher.tax_rate, voucher.tax_key};
      sum_for(sums, taxed, order.currency).gross -= voucher.amount;
    }
  }
  return earlier;
}

namespace {

// Most receipts do not, and are spared the look.
bool may_move_vouchers(const Receipt& receipt) {
  const auto& lines = receipt.order.lines;
  const auto& payments = receipt.payments;
  return std::any_of(lines.begin(), lines.end(), sells_voucher) ||
         std::any_of(payments.begin(), payments.end(),
                     [](const Payment& one) { return one.tender == Tender::gift_card; });
}

}  // namespace

void insert_receipt(Database& database, Receipt& receipt) {
  {
    // What an older copy of the store does not hold is never given out again.
    auto last = database.query(
        "SELECT 1 + max(coalesce((SELECT max(row) FROM receipts), 0), "
        "coalesce((SELECT value FROM counters WHERE name = 'receipts before'), 0))");
    if (!last.next()) return;
    receipt.row = receipt.number = last.integer(0);
  }
  receipt.code = fmt::format("{}-R{:06}", receipt.till, receipt.number);
  receipt.master = master_data(database, receipt.shop, receipt.till);
  receipt.master.row = keep_master_data(database, receipt.master, receipt.finished);
  auto query = database.query(
      "INSERT INTO receipts (row, id, code, kind, order_row, order_version, shop, till, "
      "cashier, started, finished, cash_rounding, total, paid_before, amount, taxes, tax_added, "
      "still_due, currency, text, house_tips, reverses, master, cashier_number, previous, "
      "journal_seq) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19, ?20, ?21, (SELECT row FROM receipts WHERE row = ?22 AND ?22 > 0), ?23, ?24, "
      "coalesce((SELECT last_receipt FROM orders WHERE row = ?5), 0), "
      "(SELECT 1 + coalesce(max(seq), 0) FROM journal))");
  const bool is_of_order = has_order(receipt.kind);
  std::optional<std::int64_t> order_row;
  if (is_of_order) order_row = receipt.order.row;
  query
      .with(receipt.row, receipt.id, receipt.code, static_cast<int>(receipt.kind), order_row,
            receipt.order.version, shop_text(receipt.shop), receipt.till)
      .with(receipt.cashier, receipt.started, receipt.finished, receipt.totals.rounding.minor,
            receipt.totals.total.minor, receipt.paid_before.minor, receipt.amount.minor,
            taxes_text(receipt.taxes));
  std::optional<std::int64_t> tax_added, still_due;
  if (is_of_order && receipt.order.channel != "till") {
    tax_added = receipt.order.tax_mode == TaxMode::added;
    still_due = receipt.still_due.minor;
  }
  query.bind(tax_added);
  query.bind(still_due);
  if (is_of_order) {
    query.bind(nullptr);
  } else {
    query.bind(receipt.order.currency.text());
  }
  query.bind(receipt.text);
  std::optional<std::string> house_tips;
  if (receipt.house_tips) house_tips = to_text(*receipt.house_tips);
  query.bind(house_tips);
  query.bind(receipt.reverses_row);
  query.bind(receipt.master.row);
  query.bind(receipt.cashier_number);
  query.run();
  if (!is_of_order) return;
  database.query("UPDATE orders SET last_receipt = ? WHERE row = ?")
      .with(receipt.row, receipt.order.row)
      .run();
  keep_lines_of_receipt(database, receipt.order, receipt.row);
  if (receipt.invoice.is_known()) {
    database
        .query(
            "INSERT INTO receipt_customers (receipt_row, customer, name, address, vat_id) "
            "VALUES (?, ?, ?, ?, ?)")
        .with(receipt.row, receipt.invoice.customer, receipt.order.customer.name,
              address_text(receipt.invoice.address), receipt.invoice.vat_id)
        .run();
  }
}

std::optional<Receipt> load_receipt(Database& database, std::int64_t row) {
  auto query = database.query(
      "SELECT id, row, code, kind, order_row, order_version, shop, till, cashier, started, "
      "finished, paid_before, amount, cash_rounding, tax_added, still_due, journal_seq, "
      "(SELECT hash FROM journal WHERE seq = journal_seq), currency, receipt_customers.customer, "
      "receipt_customers.name, receipt_customers.address, receipt_customers.vat_id, text, "
      "house_tips, "
      "(SELECT code FROM receipts AS sold WHERE sold.row = receipts.reverses), master, "
      "cashier_number FROM receipts "
      "LEFT JOIN receipt_customers ON receipt_row = row WHERE row = ?");
  query.with(row);
  if (!query.next()) return {};
  Receipt receipt;
  receipt.signing = receipt_signing(database, row);
  receipt.id = {query.uuid(0)};
  receipt.row = row;
  receipt.number = query.integer(1);
  receipt.code = query.text(2);
  receipt.kind = query.as<ReceiptKind>(3);
  receipt.till = query.text(7);
  receipt.cashier = query.text(8);
  receipt.started = query.instant(9);
  receipt.finished = query.instant(10);
  receipt.journal_entry = query.integer(16);
  receipt.journal_hash = query.text(17);
  receipt.text = query.small(23);
  if (!query.is_null(24)) receipt.house_tips = taxed_from(query.view(24));
  receipt.reverses = query.text(25);
  receipt.cashier_number = query.integer(27);
  if (!query.is_null(26)) {
    receipt.master = load_master_data(database, query.integer(26)).value_or(MasterData{});
  }
  if (!has_order(receipt.kind)) {
    receipt.order = {};
    receipt.order.currency = currency_from(query.view(18));
    receipt.shop = shop_from(query.view(6), receipt.order.currency);
    receipt.amount = {query.integer(12), receipt.order.currency};
    return receipt;
  }
  const auto order = load_order(database, query.integer(4));
  if (!order) return {};
  receipt.order = as_of(*order, query.integer(5));
  // Its order is never placed: what is counted is its receipts.
  if (receipt.kind == ReceiptKind::training) receipt.order.version = query.integer(5);
  if (!query.is_null(19)) {
    receipt.order.customer.name = query.text(20);
    receipt.invoice = {query.integer(19), address_from(query.view(21)), query.text(22)};
  }
  receipt.shop = shop_from(query.view(6), order->currency);
  receipt.order.cash_rounding = {query.integer(13), order->currency};
  if (!query.is_null(14)) {
    receipt.order.tax_mode = query.flag(14) ? TaxMode::added : TaxMode::included;
    take_lines_of_receipt(database, receipt.order, row);
  }
  complete_receipt(receipt);
  // By whatever rule it was added up then.
  receipt.paid_before = {query.integer(11), order->currency};
  const bool settles_at_once = gives_back(receipt) || receipt.kind == ReceiptKind::aborted ||
                               receipt.kind == ReceiptKind::exchange;
  if (!settles_at_once) {
    receipt.still_due = receipt.totals.total - receipt.paid_before - receipt.amount;
  }
  if (!query.is_null(15)) receipt.still_due = {query.integer(15), order->currency};
  receipt.taxes = taxes_of(database, row, order->currency);
  if (receipt.kind == ReceiptKind::balance) {
    receipt.before = earlier_taxes(database, receipt.order, row);
  }
  if (may_move_vouchers(receipt)) receipt.vouchers = vouchers_of_receipt(database, row);
  return receipt;
}

std::optional<Receipt> find_receipt_by_code(Database& database, std::string_view code) {
  // The till may have had another name then; the number at the end leads to it.
  const auto digits = code.substr(code.find_last_not_of("0123456789") + 1);
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  auto receipt = load_receipt(database, number);
  if (receipt && receipt->code != code) return {};
  return receipt;
}

std::optional<Instant> last_trusted_receipt(Database& database) {
  auto query = database.query(
      "SELECT max(finished) FROM (SELECT finished FROM receipts WHERE row > coalesce((SELECT value "
      "FROM counters WHERE name = 'clock trusted after'), 0) ORDER BY row DESC LIMIT 100)");
  if (!query.next() || query.is_null(0)) return {};
  return query.instant(0);
}

std::vector<std::int64_t> receipts_of_order(Database& database, std::int64_t order_row) {
  auto query = database.query(TRESEN_RECEIPTS_OF_ORDER
                              "SELECT receipt FROM of_order WHERE receipt > 0 ORDER BY receipt");
  query.with(order_row);
  std::vector<std::int64_t> rows;
  while (query.next()) rows.push_back(query.integer(0));
  return rows;
}

SoldBy sold_by(Database& database, std::int64_t order_row) {
  auto query = database.query(TRESEN_RECEIPTS_OF_ORDER
                              "SELECT row, code FROM of_order JOIN receipts ON row = receipt "
                              "WHERE kind < 3 ORDER BY row DESC LIMIT 1");
  query.with(order_row);
  if (!query.next()) return {};
  return {query.integer(0), query.text(1)};
}

std::vector<TaxLine> receipted_taxes(Database& database, std::int64_t order_row) {
  auto query = database.query(
      TRESEN_RECEIPTS_OF_ORDER
      "SELECT value ->> 0, sum(value ->> 1), sum(value ->> 2), sum(value ->> 3), orders.currency, "
      "value ->> 4 FROM of_order JOIN receipts ON receipts.row = receipt JOIN orders ON orders.row "
      "= order_row "
      "JOIN json_each(taxes) WHERE receipts.kind < 3 GROUP BY 1, 6");
  query.with(order_row);
  std::vector<TaxLine> taxes;
  while (query.next()) {
    const Currency currency = currency_from(query.view(4));
    taxes.push_back({rate_from_stored(query.integer(0)),
                     {query.integer(1), currency},
                     {query.integer(2), currency},
                     {query.integer(3), currency},
                     {query.integer(5)}});
  }
  std::ranges::stable_sort(taxes, {}, &TaxLine::taxed);
  return taxes;
}

std::vector<ReceiptRow> receipt_rows(Database& database, std::int64_t offset, std::int64_t limit) {
  auto query = database.query(
      "SELECT receipts.row, code, receipts.kind, coalesce(orders.number, ''), receipts.cashier, "
      "finished, amount, coalesce(receipts.currency, orders.currency) FROM receipts "
      "LEFT JOIN orders ON orders.row = order_row ORDER BY receipts.row DESC LIMIT ? OFFSET ?");
  query.with(limit, offset);
  std::vector<ReceiptRow> rows;
  while (query.next()) {
    rows.push_back({query.integer(0),
                    query.text(1),
                    std::string(word(query.as<ReceiptKind>(2))),
                    query.text(3),
                    query.text(4),
                    query.instant(5),
                    {query.integer(6), currency_from(query.view(7))}});
  }
  return rows;
}

std::vector<std::int64_t> receipts_of(Database& database, ReceiptsOf what, std::int64_t limit) {
  auto query = database.query(
      "SELECT row FROM receipts WHERE order_row IS NOT NULL AND (?1 = 0 OR kind = ?1) "
      "ORDER BY row DESC LIMIT ?2");
  query.with(what == ReceiptsOf::aborted ? static_cast<int>(ReceiptKind::aborted) : 0, limit);
  std::vector<std::int64_t> rows;
  while (query.next()) rows.push_back(query.integer(0));
  return rows;
}

std::int64_t insert_print_job(Database& database, const PrintJob& job) {
  auto query = database.query(
      "INSERT INTO print_jobs (receipt_row, form, state, created, printer, repeated) "
      "VALUES (?, ?, ?, ?, ?, ?)");
  query.with(job.receipt_row, static_cast<int>(job.form), static_cast<int>(job.state), job.created,
             job.printer, job.repeated ? 1 : 0);
  return query.run() ? database.last_row() : 0;
}

void set_print_state(Database& database, std::int64_t row, PrintState state,
                     std::string_view reason) {
  database.query("UPDATE print_jobs SET state = ?, reason = ? WHERE row = ?")
      .with(static_cast<int>(state), reason, row)
      .run();
}

void requeue_print(Database& database, const PrintJob& job) {
  database
      .query(
          "UPDATE print_jobs SET state = 0, reason = '', printer = ?, repeated = ? "
          "WHERE row = ?")
      .with(job.printer, job.repeated ? 1 : 0, job.row)
      .run();
}

std::optional<PrintJob> load_print_job(Database& database, std::int64_t row) {
  auto query = database.query(
      "SELECT row, receipt_row, form, state, reason, created, printer, repeated FROM print_jobs "
      "WHERE row = ?");
  query.with(row);
  if (!query.next()) return {};
  return job_at(query);
}

OpenPrints count_open_prints(Database& database) {
  OpenPrints open;
  auto count = database.query("SELECT number FROM tally WHERE what = 'slips'");
  if (count.next()) open.count = count.integer(0);
  const OpenPrints cards = count_open_terminal_slips(database);
  open.count += cards.count;
  open.reason = cards.reason;
  // A printer takes them in their order: those behind have been told nothing yet.
  auto reason = database.query(
      "SELECT reason FROM (SELECT row, reason FROM print_jobs WHERE " TRESEN_OPEN_SLIPS
      " ORDER BY row LIMIT 100) WHERE reason <> '' ORDER BY row DESC LIMIT 1");
  if (open.count > 0 && reason.next()) open.reason = reason.text(0);
  return open;
}

std::vector<PrintJob> open_print_jobs(Database& database, std::int64_t limit) {
  auto query = database.query(
      "SELECT row, receipt_row, form, state, reason, created, printer, repeated FROM print_jobs "
      "WHERE " TRESEN_OPEN_SLIPS " ORDER BY row LIMIT ?");
  query.with(limit);
  std::vector<PrintJob> jobs;
  while (query.next()) jobs.push_back(job_at(query));
  return jobs;
}

std::vector<PrintJob> print_jobs_on_their_way(Database& database) {
  auto query = database.query(
      "SELECT row, receipt_row, form, state, reason, created, printer, repeated FROM print_jobs "
      "INDEXED BY print_jobs_sending WHERE state = 5 ORDER BY row");
  std::vector<PrintJob> jobs;
  while (query.next()) jobs.push_back(job_at(query));
  return jobs;
}

std::vector<PrintJob> waiting_print_jobs(Database& database, std::int64_t after,
                                         std::int64_t limit) {
  auto query = database.query(
      "SELECT row, receipt_row, form, state, reason, created, printer, repeated FROM print_jobs "
      "WHERE " TRESEN_OPEN_SLIPS
      " AND state = 0 AND row > ? AND NOT EXISTS (SELECT 1 FROM signing_transactions AS signing "
      "WHERE is_open = 1 AND signing.receipt_row = print_jobs.receipt_row AND outage_row IS NULL "
      "AND finish IN (0, 1, 3)) ORDER BY row LIMIT ?");
  query.with(after, limit);
  std::vector<PrintJob> jobs;
  while (query.next()) jobs.push_back(job_at(query));
  return jobs;
}

std::vector<PrintJob> waiting_prints_of(Database& database, std::int64_t receipt_row) {
  auto query = database.query(
      "SELECT row, receipt_row, form, state, reason, created, printer, repeated FROM print_jobs "
      "WHERE " TRESEN_OPEN_SLIPS " AND state = 0 AND receipt_row = ? ORDER BY row");
  query.with(receipt_row);
  std::vector<PrintJob> jobs;
  while (query.next()) jobs.push_back(job_at(query));
  return jobs;
}

std::vector<PrintJob> print_jobs(Database& database, std::int64_t limit) {
  auto query = database.query(
      "SELECT row, receipt_row, form, state, reason, created, printer, repeated FROM print_jobs "
      "ORDER BY row DESC LIMIT ?");
  query.with(limit);
  std::vector<PrintJob> jobs;
  while (query.next()) jobs.push_back(job_at(query));
  return jobs;
}

}  // namespace core
