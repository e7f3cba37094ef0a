// The Orders page: one statement for each tab, each along an index of its own,
// so that a page of a million orders is as quick as a page of ten.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/search_words.h"

namespace core {

namespace {

// Whether the filter asks for a payment or fulfilment that few orders have. Then
// its index is the one to go along; `+stage` keeps the stage's from being taken.
bool asks_for_few(const OrderFilter& filter) {
  return (!filter.payment.empty() && filter.payment != "paid") ||
         (!filter.fulfilment.empty() && filter.fulfilment != "fulfilled") ||
         filter.tab == OrderTab::to_capture || filter.tab == OrderTab::partially_paid;
}

// The condition of a tab, in words that its partial index understands.
std::string_view condition(const OrderFilter& filter) {
  switch (filter.tab) {
    case OrderTab::all:
      return "version > 0";
    case OrderTab::fresh:
      return "is_new = 1";
    case OrderTab::to_capture:
      return "version > 0 AND payment <> 'paid' AND payment = 'authorized'";
    case OrderTab::to_fulfil:
      return "version > 0 AND fulfilment <> 'fulfilled' AND stage = 'open'";
    case OrderTab::partially_paid:
      return "version > 0 AND payment <> 'paid' AND payment = 'partially_paid'";
    case OrderTab::attention:
      return "row IN (SELECT order_row FROM outbox WHERE state IN (3, 4) UNION "
             "SELECT row FROM orders WHERE attention <> '') AND version > 0";
    case OrderTab::archived:
      return asks_for_few(filter)
                 ? "version > 0 AND +stage = 'archived'"
                 : "version > 0 AND stage IN ('archived', 'cancelled') AND stage = 'archived'";
  }
  return "version > 0";
}

OrderRow order_row_at(const Query& query) {
  OrderRow row;
  row.id = {query.uuid(0)};
  row.number = query.text(1);
  row.channel = query.text(2);
  row.customer = query.text(3);
  row.stage = query.text(4);
  row.payment = query.text(5);
  row.fulfilment = query.text(6);
  row.pieces = query.integer(7);
  const Currency currency = currency_from(query.view(8));
  row.total = {query.integer(9), currency};
  row.paid = {query.integer(10), currency};
  row.placed = query.instant(11);
  row.is_new = query.flag(12);
  row.row = query.integer(13);
  row.attention = query.text(14);
  row.expires = query.instant(15);
  if (row.fulfilment.empty()) row.fulfilment = "unfulfilled";
  return row;
}

// A search looks only where an index can find it, so that it is as quick among
// a million orders: customers anywhere in their name or address, numbers by
// their beginning or, of this till, their digits, the last four of a card; all
// else (a SKU, a piece of a number) among the latest few thousand orders.
constexpr std::string_view by_number_and_card =
    "SELECT hit FROM (SELECT row AS hit FROM orders "
    "WHERE number >= ?2 AND number < ?2 || char(1114111) ORDER BY number DESC LIMIT {0}) "
    "UNION SELECT hit FROM (SELECT row AS hit FROM orders "
    "WHERE number >= upper(?2) AND number < upper(?2) || char(1114111) "
    "ORDER BY number DESC LIMIT {0}) "
    "UNION SELECT row FROM orders WHERE number = '#' || ?2 "
    "UNION SELECT orders.row FROM (SELECT number AS latest FROM orders WHERE channel = 'till' "
    "ORDER BY row DESC LIMIT 1) JOIN orders ON number = substr(latest, 1, instr(latest, '-')) || "
    "substr('000000' || ?2, -max(6, length(?2))) "
    "UNION SELECT hit FROM (SELECT order_row AS hit FROM transactions "
    "WHERE reference <> '' AND substr(reference, -4) = ?2 ORDER BY order_row DESC LIMIT {0})";
constexpr std::string_view by_customer =
    "SELECT hit FROM (SELECT row AS hit FROM orders "
    "WHERE (customer_name <> '' OR customer_email <> '') AND "
    "(customer_name LIKE ?1 ESCAPE '\\' OR customer_email LIKE ?1 ESCAPE '\\') LIMIT {0})";
// Of people whose address is known, the latest ones first. Words of two letters have
// no index: a few hundred more are looked at for their sake.
constexpr std::string_view by_known_customer =
    "SELECT hit FROM (SELECT orders.row AS hit FROM (SELECT email FROM "
    "(SELECT name, email FROM customer_trigrams AS t JOIN customers ON customers.id = t.rowid "
    "WHERE customer_trigrams MATCH ?8 AND email <> '' ORDER BY t.rowid DESC LIMIT 20 * {0}) "
    "WHERE name LIKE ?1 ESCAPE '\\' OR email LIKE ?1 ESCAPE '\\' LIMIT {0}) AS person "
    "CROSS JOIN orders ON customer_email = person.email AND customer_email <> '' LIMIT {0})";
constexpr std::string_view among_the_latest =
    "SELECT hit FROM (SELECT row AS hit, number, customer_name, customer_email FROM orders "
    "WHERE version > 0 ORDER BY placed DESC LIMIT {0}) WHERE number LIKE ?1 ESCAPE '\\' "
    "OR customer_name LIKE ?1 ESCAPE '\\' OR customer_email LIKE ?1 ESCAPE '\\' "
    "OR EXISTS (SELECT 1 FROM order_lines WHERE order_row = hit AND sku = ?2)";

// How much a search looks through. The first hits stand there within a frame; all
// of them may take as long as the shop is old.
enum class Reach { first_hits, all };

std::string with_limit(std::string_view sql, int limit) {
  return fmt::format(fmt::runtime(sql), limit);
}

std::string candidates(Reach reach, bool has_trigrams) {
  constexpr int first_few = 50, few_latest = 200;
  constexpr int most_by_number = 1000, most_by_customer = 2000, many_latest = 4000;
  const bool is_first = reach == Reach::first_hits;
  std::string all = with_limit(by_number_and_card, is_first ? first_few : most_by_number);
  all += " UNION " + with_limit(among_the_latest, is_first ? few_latest : many_latest);
  if (!is_first) all += " UNION " + with_limit(by_customer, most_by_customer);
  if (is_first && has_trigrams) all += " UNION " + with_limit(by_known_customer, first_few);
  return "(" + all + ") AS found CROSS JOIN orders ON orders.row = found.hit";
}

std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

// What the filter asks of payment, fulfilment and stage; said twice where only
// so the statement shows that it needs no more than a partial index.
std::string chosen_words(const OrderFilter& filter) {
  std::string sql;
  if (!filter.payment.empty()) sql += " AND payment = ?3";
  if (!filter.payment.empty() && filter.payment != "paid") sql += " AND payment <> 'paid'";
  if (filter.fulfilment == "unfulfilled") {
    sql += " AND fulfilment IN ('', 'unfulfilled')";
  } else if (!filter.fulfilment.empty()) {
    sql += " AND fulfilment = ?4";
  }
  if (!filter.fulfilment.empty() && filter.fulfilment != "fulfilled") {
    sql += " AND fulfilment <> 'fulfilled'";
  }
  const bool few = asks_for_few(filter);
  if (!filter.stage.empty()) sql += few ? " AND +stage = ?5" : " AND stage = ?5";
  if (!few && (filter.stage == "archived" || filter.stage == "cancelled")) {
    sql += " AND stage IN ('archived', 'cancelled')";
  }
  if (filter.customer != 0) sql += " AND customer = ?9";
  return sql;
}

// The same conditions where the tally can answer them: all but few orders are
// neither new nor in need of attention, and those few are counted.
std::string_view tallied_condition(OrderTab tab) {
  switch (tab) {
    case OrderTab::to_capture:
      return "payment = 'authorized'";
    case OrderTab::to_fulfil:
      return "fulfilment <> 'fulfilled' AND stage = 'open'";
    case OrderTab::partially_paid:
      return "payment = 'partially_paid'";
    case OrderTab::archived:
      return "stage = 'archived'";
    default:
      return "1";
  }
}

bool is_tallied(const OrderFilter& filter) {
  return filter.text.empty() && filter.customer == 0 && filter.tab != OrderTab::fresh &&
         filter.tab != OrderTab::attention;
}

// Empty where the text has no three letters in a row.
std::string trigrams_in(const OrderFilter& filter) {
  return trigram_expression(spellings_of(fold(filter.text)));
}

void bind(BuiltQuery& query, const OrderFilter& filter) {
  query.bind(1, like_pattern(filter.text)).bind(2, filter.text).bind(3, filter.payment);
  query.bind(4, filter.fulfilment).bind(5, filter.stage).bind(9, filter.customer);
}

std::string where(std::string_view source, const OrderFilter& filter) {
  return fmt::format("{} WHERE {}{}", source, condition(filter), chosen_words(filter));
}

std::string source_of(const OrderFilter& filter) {
  return where("orders", filter);
}

std::int64_t count_of(Database& database, const OrderFilter& filter) {
  BuiltQuery query(
      database, is_tallied(filter)
                    ? fmt::format("SELECT total(number) FROM tally WHERE what = 'orders' AND {}{}",
                                  tallied_condition(filter.tab), chosen_words(filter))
                    : "SELECT count(*) FROM " + source_of(filter));
  bind(query, filter);
  return query.rows().next() ? query.rows().integer(0) : 0;
}

}  // namespace

SyncState sync_state(Database& database, std::int64_t order_row) {
  auto query = database.query(
      "SELECT state, reason FROM outbox WHERE order_row = ? AND state <> 2 "
      "AND (kind = 0 OR kind BETWEEN 2 AND 10) "
      "ORDER BY state DESC LIMIT 1");
  query.with(order_row);
  if (!query.next()) return {"done", ""};
  const auto state = query.as<OutboxState>(0);
  return {state == OutboxState::sending ? "waiting" : std::string(word(state)), query.text(1)};
}

namespace {

// One in so many or fewer.
constexpr std::int64_t sparse = 20;

constexpr std::string_view row_columns =
    "id, number, channel, customer_name, stage, payment, fulfilment, pieces, currency, total, "
    "paid, placed, is_new, orders.row, attention, expires";

// What a search finds, newest first: looked for once, for the count and the page.
std::vector<std::int64_t> found_by(Database& database, const OrderFilter& filter, Reach reach) {
  const std::string trigrams = trigrams_in(filter);
  BuiltQuery query(database,
                   fmt::format("SELECT orders.row FROM {} ORDER BY placed DESC, orders.row DESC",
                               where(candidates(reach, !trigrams.empty()), filter)));
  bind(query, filter);
  query.bind(8, trigrams);
  std::vector<std::int64_t> rows;
  while (query.rows().next()) rows.push_back(query.rows().integer(0));
  return rows;
}

void read_found(Database& database, OrderPage& page, Reach reach) {
  const std::vector<std::int64_t> found = found_by(database, page.filter, reach);
  page.total = static_cast<std::int64_t>(found.size());
  const std::int64_t first = std::clamp<std::int64_t>(page.filter.offset, 0, page.total);
  const std::int64_t end = std::min(first + page.filter.limit, page.total);
  if (first >= end) return;
  const std::string rows =
      fmt::format("[{}]", fmt::join(found.begin() + first, found.begin() + end, ","));
  BuiltQuery query(database, fmt::format("SELECT {} FROM orders WHERE orders.row IN "
                                         "(SELECT value FROM json_each(?1)) ORDER BY placed DESC, "
                                         "orders.row DESC",
                                         row_columns));
  query.bind(1, rows);
  while (query.rows().next()) page.rows.push_back(order_row_at(query.rows()));
}

void read_listed(Database& database, OrderPage& page) {
  const OrderFilter& filter = page.filter;
  page.total = count_of(database, filter);
  if (page.total == 0) return;
  // What lies behind the middle is reached from the end.
  const std::int64_t behind = std::max<std::int64_t>(page.total - filter.offset - filter.limit, 0);
  const bool is_from_end = behind < filter.offset;
  const std::int64_t on_page =
      std::clamp<std::int64_t>(page.total - filter.offset, 0, filter.limit);
  const std::string_view way = is_from_end ? "ASC" : "DESC";
  // Where few orders wait to be fulfilled, they are not looked for among all others.
  const bool is_sparse = filter.tab == OrderTab::to_fulfil && filter.fulfilment.empty() &&
                         page.total < count_of(database, {}) / sparse;
  BuiltQuery query(
      database,
      is_sparse
          ? fmt::format("SELECT {0} FROM orders WHERE row IN (SELECT row FROM {1} "
                        "ORDER BY placed {2} LIMIT ?6 OFFSET ?7) ORDER BY placed {2}",
                        row_columns, where("orders INDEXED BY orders_fulfilment", filter), way)
          : fmt::format("SELECT {} FROM {} ORDER BY placed {} LIMIT ?6 OFFSET ?7", row_columns,
                        source_of(filter), way));
  bind(query, filter);
  query.bind(6, is_from_end ? on_page : filter.limit);
  query.bind(7, is_from_end ? behind : filter.offset);
  while (query.rows().next()) page.rows.push_back(order_row_at(query.rows()));
  if (is_from_end) std::reverse(page.rows.begin(), page.rows.end());
}

void add_sync(Database& database, OrderPage& page) {
  for (OrderRow& row : page.rows) {
    SyncState sync = sync_state(database, row.row);
    row.sync = std::move(sync.word);
    row.reason = std::move(sync.reason);
  }
}

}  // namespace

OrderPage order_page(Database& database, const OrderFilter& filter) {
  OrderPage page{filter, {}, 0};
  filter.text.empty() ? read_listed(database, page) : read_found(database, page, Reach::all);
  add_sync(database, page);
  return page;
}

std::optional<OrderPage> first_hits(Database& database, const OrderFilter& filter) {
  if (filter.text.empty() || filter.offset > 0) return {};
  OrderPage page{filter, {}, 0, false};
  read_found(database, page, Reach::first_hits);
  add_sync(database, page);
  return page;
}

TabCounts tab_counts(Database& database) {
  const auto count = [&](OrderTab tab) { return count_of(database, OrderFilter{.tab = tab}); };
  return {count(OrderTab::all),       count(OrderTab::fresh),          count(OrderTab::to_capture),
          count(OrderTab::to_fulfil), count(OrderTab::partially_paid), count(OrderTab::attention),
          count(OrderTab::archived)};
}

}  // namespace core
