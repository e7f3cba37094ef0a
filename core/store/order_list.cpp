// The Orders page: one statement for each tab, each along an index of its own,
// so that a page of a million orders is as quick as a page of ten.
#include <fmt/format.h>

#include "core/base/text.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

// The condition of a tab, in words that its partial index understands.
std::string_view condition(OrderTab tab) {
  switch (tab) {
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
      return "stage IN ('archived', 'cancelled') AND stage = 'archived'";
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

// A search that may match is looked up first where an index can find it.
std::string text_condition(std::string_view text) {
  if (text.empty()) return "";
  return " AND (number LIKE ?1 ESCAPE '\\' OR customer_name LIKE ?1 ESCAPE '\\' "
         "OR customer_email LIKE ?1 ESCAPE '\\' "
         "OR row IN (SELECT order_row FROM order_lines WHERE sku = ?2) "
         "OR row IN (SELECT order_row FROM transactions WHERE reference LIKE ?1 ESCAPE '\\'))";
}

std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

std::string where(const OrderFilter& filter) {
  std::string sql(condition(filter.tab));
  sql += text_condition(filter.text);
  if (!filter.payment.empty()) sql += " AND payment = ?3";
  if (filter.fulfilment == "unfulfilled") {
    sql += " AND fulfilment IN ('', 'unfulfilled')";
  } else if (!filter.fulfilment.empty()) {
    sql += " AND fulfilment = ?4";
  }
  if (!filter.stage.empty()) sql += " AND stage = ?5";
  return sql;
}

}  // namespace

SyncState sync_state(Database& database, std::int64_t order_row) {
  auto query = database.query(
      "SELECT state, reason FROM outbox WHERE order_row = ? AND state <> 2 "
      "AND (kind = 0 OR kind BETWEEN 2 AND 10) "
      "ORDER BY state DESC LIMIT 1");
  query.with(order_row);
  if (!query.next()) return {"done", ""};
  const auto state = static_cast<OutboxState>(query.small(0));
  return {state == OutboxState::sending ? "waiting" : std::string(word(state)), query.text(1)};
}

OrderPage order_page(Database& database, const OrderFilter& filter) {
  OrderPage page{filter, {}, 0};
  const std::string sql = where(filter);
  const auto bind = [&](BuiltQuery& query) {
    query.bind(1, like_pattern(filter.text)).bind(2, filter.text).bind(3, filter.payment);
    query.bind(4, filter.fulfilment).bind(5, filter.stage);
  };
  {
    BuiltQuery query(database,
                     "SELECT id, number, channel, customer_name, stage, payment, fulfilment, "
                     "pieces, currency, total, paid, placed, is_new, row, attention, expires FROM "
                     "orders WHERE " +
                         sql + " ORDER BY placed DESC LIMIT ?6 OFFSET ?7");
    bind(query);
    query.bind(6, filter.limit).bind(7, filter.offset);
    while (query.rows().next()) page.rows.push_back(order_row_at(query.rows()));
  }
  for (OrderRow& row : page.rows) {
    SyncState sync = sync_state(database, row.row);
    row.sync = std::move(sync.word);
    row.reason = std::move(sync.reason);
  }
  BuiltQuery count(database, "SELECT count(*) FROM orders WHERE " + sql);
  bind(count);
  if (count.rows().next()) page.total = count.rows().integer(0);
  return page;
}

TabCounts tab_counts(Database& database) {
  const auto count = [&](OrderTab tab) {
    BuiltQuery query(database, fmt::format("SELECT count(*) FROM orders WHERE {}", condition(tab)));
    return query.rows().next() ? query.rows().integer(0) : 0;
  };
  return {count(OrderTab::all),       count(OrderTab::fresh),          count(OrderTab::to_capture),
          count(OrderTab::to_fulfil), count(OrderTab::partially_paid), count(OrderTab::attention),
          count(OrderTab::archived)};
}

}  // namespace core
