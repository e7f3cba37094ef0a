#include "core/store/answers.h"

#include "core/store/aside_store.h"
#include "core/store/catalogue_search.h"
#include "core/store/catalogue_store.h"
#include "core/store/customer_store.h"
#include "core/store/deposit_store.h"
#include "core/store/fulfilment_store.h"
#include "core/store/intents.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/store/report_store.h"
#include "core/store/rule_store.h"
#include "core/store/shift_store.h"
#include "core/store/terminal_day_store.h"
#include "core/store/till_store.h"
#include "core/store/voucher_store.h"

namespace core {

namespace {

constexpr int most_hits = 60;

Answer answer_to(Database& database, const AskCategories&) {
  return FoundCategories{categories(database), has_deposits(database)};
}

Answer answer_to(Database& database, const AskTiles& ask) {
  return FoundTiles{ask.query, tiles(database, ask.query)};
}

Answer answer_to(Database& database, const AskProducts& ask) {
  return FoundProducts{ask.text, search(database, ask.text, most_hits)};
}

Answer answer_to(Database& database, const AskOrders& ask) {
  return FoundOrders{order_page(database, ask.filter), tab_counts(database)};
}

Answer answer_to(Database& database, const AskOrder& ask) {
  auto order = find_order(database, ask.order);
  if (!order) return FoundOrder{ask.order, {}};
  OrderDetail detail;
  detail.totals = price(*order);
  detail.payment = payment_word(*order, detail.totals.total);
  detail.fulfilment = fulfilment_word(*order);
  const SyncState sync = sync_state(database, order->row);
  detail.sync = sync.word;
  detail.reason = sync.reason;
  for (const std::int64_t row : receipts_of_order(database, order->row)) {
    if (auto receipt = load_receipt(database, row)) detail.receipts.push_back(std::move(*receipt));
  }
  for (const LineItem& line : order->lines) {
    const auto variant = line.variant ? find_variant(database, {line.variant}) : std::nullopt;
    LineLook look;
    if (variant) look = {variant->picture, variant->category_colour};
    if (line.digital || line.gift_card) look.download = download_link(database, line.sku);
    detail.looks.push_back(std::move(look));
  }
  detail.intents = open_intents(database, order->row);
  detail.foreseen = foreseen(database, *order);
  detail.order = std::move(*order);
  return FoundOrder{ask.order, std::move(detail)};
}

// As many as anybody scrolls through; the others move up.
constexpr std::int64_t aside_shown = 100;

Answer answer_to(Database& database, const AskOutbox& ask) {
  return FoundOutbox{outbox_page(database, ask.offset, ask.limit), outbox_counts(database),
                     put_aside(database, aside_shown)};
}

// As many as anybody scrolls through; the rest moves up.
constexpr std::int64_t prints_shown = 200;

Answer answer_to(Database& database, const AskPrints&) {
  FoundPrints found;
  for (PrintJob& job : open_print_jobs(database, prints_shown)) {
    auto receipt = load_receipt(database, job.receipt_row);
    if (receipt) found.rows.push_back({std::move(job), std::move(*receipt)});
  }
  found.card_slips = unprinted_terminal_slips(database, prints_shown);
  return found;
}

Answer answer_to(Database& database, const AskRules& ask) {
  return FoundRules{dry_run(database, ask.rules, ask.now)};
}

// As many as the sheet has room for.
constexpr std::int64_t most_customers = 3;

Answer answer_to(Database& database, const AskCustomers& ask) {
  return FoundCustomers{ask.text, find_customers(database, ask.text, most_customers)};
}

// As many as anybody scrolls through; the others are found by typing.
constexpr std::int64_t records_shown = 200;
constexpr std::int64_t orders_of_customer_shown = 50;

Answer answer_to(Database& database, const AskRecords& ask) {
  return FoundRecords{ask.text, ask.text.empty() ? records(database, records_shown)
                                                 : find_records(database, ask.text, records_shown)};
}

Answer answer_to(Database& database, const AskRecord& ask) {
  auto record = find_customer(database, ask.id);
  if (!record) return FoundRecord{ask.id, {}};
  const Currency currency = load_settings(database).shop.currency;
  RecordDetail detail;
  detail.sums = sums_of_customer(database, record->id, currency);
  detail.orders = order_page(database, {.customer = record->id, .limit = orders_of_customer_shown});
  detail.record = std::move(*record);
  return FoundRecord{ask.id, std::move(detail)};
}

Answer answer_to(Database& database, const AskJournal& ask) {
  const Instant from = ask.search.from.value_or(Instant{});
  const Instant until = ask.search.until.value_or(Instant::max());
  return FoundJournal{ask.search, find_entries(database, ask.search),
                      count_entries(database, from, until), count_approved(database, from, until)};
}

Answer answer_to(Database& database, const AskShift&) {
  FoundShift found;
  found.shift = open_shift(database);
  const Currency currency = load_settings(database).shop.currency;
  found.kept = kept_cash(database, currency);
  found.report = found.shift ? report_of(database, *found.shift) : empty_report(currency);
  found.next_z_number = next_z_number(database);
  return found;
}

Answer answer_to(Database& database, const AskClosings& ask) {
  FoundClosings found{closed_shifts(database, ask.limit), {}};
  if (found.rows.empty()) return found;
  const std::int64_t wanted = ask.z_number == 0 ? found.rows.front().shift.z_number : ask.z_number;
  auto shift = find_shift(database, wanted);
  if (!shift) return found;
  auto receipt = load_receipt(database, shift->last_receipt);
  if (!receipt) return found;
  ShiftReport report = report_of(database, *shift, receipt->row);
  auto terminal = terminal_day_of(database, shift->row);
  found.chosen = {std::move(*shift), std::move(report), std::move(*receipt), std::move(terminal)};
  return found;
}

Answer answer_to(Database& database, const AskVoucher& ask) {
  return FoundVoucher{ask.number, tell_voucher(database, plain_voucher_number(ask.number))};
}

Answer answer_to(Database& database, const AskReport& ask) {
  return FoundReport{report_page(database, ask.what)};
}

}  // namespace

std::optional<Answer> first_answer(Database& database, const Question& question) {
  database.forget_error();
  const auto* ask = std::get_if<AskOrders>(&question);
  if (!ask) return {};
  auto page = first_hits(database, ask->filter);
  if (!page) return {};
  return FoundOrders{std::move(*page), tab_counts(database)};
}

Answer answer(Database& database, const Question& question) {
  database.forget_error();
  return std::visit([&](const auto& ask) { return answer_to(database, ask); }, question);
}

}  // namespace core
