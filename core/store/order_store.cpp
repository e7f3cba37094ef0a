#include "core/store/order_store.h"

#include <algorithm>
#include <array>

#include "core/orders/account.h"
#include "core/store/fulfilment_store.h"

namespace core {

namespace {

constexpr char field_end = '\x1f';
constexpr std::array address_fields{&Address::name,   &Address::company,  &Address::street,
                                    &Address::extra,  &Address::postcode, &Address::city,
                                    &Address::region, &Address::country,  &Address::phone};

}  // namespace

std::string address_text(const Address& address) {
  if (address == Address{}) return "";
  std::string text;
  for (const auto field : address_fields) text += address.*field + field_end;
  return text;
}

Address address_from(std::string_view text) {
  Address address;
  for (const auto field : address_fields) {
    const auto end = text.find(field_end);
    address.*field = text.substr(0, end);
    text = end == text.npos ? "" : text.substr(end + 1);
  }
  return address;
}

namespace {

// The order of the columns in every SELECT of an order below.
#define TRESEN_ORDER_COLUMNS                                                                 \
  "row, id, number, channel, stage, tax_added, currency, customer_name, customer_email, "    \
  "customer_language, discount_kind, discount_value, discount_reason, cash_rounding, note, " \
  "cashier, coalesce(upstream_fulfilment, fulfilment), upstream_payment, is_new, created, "  \
  "placed, version, upstream_id, upstream_number, delivery, address, customer_edited, "      \
  "attention, credited, customer, goods_along"

constexpr std::int64_t digital_flag = 1;
constexpr std::int64_t gift_card_flag = 2;
constexpr std::int64_t tops_up_flag = 4;

Stage stage_from(std::string_view text) {
  for (const Stage stage : {Stage::draft, Stage::parked, Stage::open, Stage::archived,
                            Stage::cancelled, Stage::training}) {
    if (word(stage) == text) return stage;
  }
  return Stage::open;
}

std::optional<Discount> discount_at(const Query& row, int column) {
  if (row.is_null(column)) return {};
  return Discount{row.as<DiscountKind>(column), row.integer(column + 1), row.text(column + 2)};
}

void bind_discount(Query& query, const std::optional<Discount>& discount) {
  if (discount) {
    query.with(static_cast<int>(discount->kind), discount->value, discount->reason);
  } else {
    query.with(nullptr, nullptr, nullptr);
  }
}

Order order_at(const Query& row) {
  Order order;
  order.row = row.integer(0);
  order.id = {row.uuid(1)};
  order.number = row.text(2);
  order.channel = row.text(3);
  order.stage = stage_from(row.view(4));
  order.tax_mode = row.flag(5) ? TaxMode::added : TaxMode::included;
  order.currency = currency_from(row.view(6));
  order.customer = {row.text(7), row.text(8), row.text(9), row.integer(29)};
  order.discount = discount_at(row, 10);
  order.cash_rounding = {row.integer(13), order.currency};
  order.note = row.text(14);
  order.cashier = row.text(15);
  order.fulfilment = row.text(16);
  order.upstream_payment = row.text(17);
  order.is_new = row.flag(18);
  order.created = row.instant(19);
  order.placed = row.instant(20);
  order.version = row.integer(21);
  order.upstream_id = row.text(22);
  order.upstream_number = row.text(23);
  order.delivery = row.as<Delivery>(24);
  order.address = address_from(row.view(25));
  order.customer_edited = row.flag(26);
  order.attention = row.text(27);
  order.credited = {row.integer(28), order.currency};
  order.goods_along = row.flag(30);
  return order;
}

LineItem line_at(const Query& row, Currency currency) {
  LineItem line;
  line.id = {row.uuid(0)};
  line.variant = row.integer(1);
  line.title = row.text(2);
  line.sku = row.text(3);
  line.barcode = row.text(4);
  line.unit = row.flag(5) ? Unit::kilogram : Unit::piece;
  line.unit_price = {row.integer(6), currency};
  if (!row.is_null(7)) line.regular_price = Money{row.integer(7), currency};
  line.quantity = {row.integer(8)};
  line.tax_code = row.text(9);
  line.tax_rate = rate_from_stored(row.integer(10));
  line.discount = discount_at(row, 11);
  line.note = row.text(14);
  line.digital = (row.integer(15) & digital_flag) != 0;
  line.gift_card = (row.integer(15) & gift_card_flag) != 0;
  line.tops_up = (row.integer(15) & tops_up_flag) != 0;
  line.upstream_id = row.text(16);
  line.removed = {row.integer(17)};
  line.announced = {row.integer(18)};
  line.returned = {row.integer(19)};
  line.returned_for = {row.integer(20), currency};
  line.voucher = row.text(22);
  line.category = row.text(23);
  line.tax_key = {row.integer(24)};
  line.business_case = row.as<BusinessCase>(25);
  line.deposit_for = {row.uuid(26)};
  return line;
}

Payment payment_at(const Query& row, Currency currency) {
  return {{row.uuid(0)},
          row.as<TransactionKind>(1),
          row.as<Tender>(2),
          row.as<TransactionState>(3),
          {row.integer(4), currency},
          {row.integer(5), currency},
          row.text(6),
          row.text(7),
          {row.uuid(8)},
          row.instant(9),
          row.integer(10),
          row.text(11),
          row.instant(12),
          {row.integer(13), currency}};
}

#define TRESEN_LINE_FIELDS                                                             \
  "id, variant, title, sku, barcode, by_weight, unit_price, regular_price, quantity, " \
  "tax_code, tax_rate, discount_kind, discount_value, discount_reason, note, flags, "  \
  "upstream_id, removed, announced, returned, returned_for, position, voucher, "       \
  "category, tax_key, business_case, deposit_for"
#define TRESEN_LINE_COLUMNS "SELECT " TRESEN_LINE_FIELDS " FROM "
#define TRESEN_EXTRA_COLUMNS "SELECT title, amount, tax_rate, tax_key FROM "

// The rows come by their ids; those of a platform's lines say nothing of their place.
std::vector<LineItem> lines_at(Query rows, Currency currency) {
  std::vector<std::pair<std::int64_t, LineItem>> placed;
  while (rows.next()) placed.emplace_back(rows.integer(21), line_at(rows, currency));
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<LineItem> lines;
  lines.reserve(placed.size());
  for (auto& [position, line] : placed) lines.push_back(std::move(line));
  return lines;
}

std::vector<ExtraCharge> extras_at(Query rows, Currency currency) {
  std::vector<ExtraCharge> extras;
  while (rows.next()) {
    extras.push_back({rows.text(0),
                      {rows.integer(1), currency},
                      rate_from_stored(rows.integer(2)),
                      {rows.integer(3)}});
  }
  return extras;
}

std::vector<VoidedLine> load_voided(Database& database, const Order& order) {
  std::vector<VoidedLine> voided;
  auto rows = database.query("SELECT " TRESEN_LINE_FIELDS
                             ", voided_at, voided_by, approver, reason FROM voided_lines "
                             "WHERE order_row = ? ORDER BY id");
  rows.with(order.row);
  while (rows.next()) {
    voided.push_back({line_at(rows, order.currency), rows.instant(27), rows.text(28), rows.text(29),
                      rows.text(30)});
  }
  return voided;
}

std::vector<ReturnLine> load_returns(Database& database, const Order& order) {
  auto rows = database.query(
      "SELECT id, kind, sold_order, sold_line, order_number, variant, title, sku, by_weight, "
      "quantity, amount, tax_code, tax_rate, shelf, category, reason, approver, slip, tax_key, "
      "bound FROM order_returns WHERE order_row = ? ORDER BY id");
  rows.with(order.row);
  std::vector<ReturnLine> lines;
  while (rows.next()) {
    ReturnLine& line = lines.emplace_back();
    line.id = {rows.uuid(0)};
    line.kind = rows.as<ReturnKind>(1);
    line.order = {rows.uuid(2)};
    line.line = {rows.uuid(3)};
    line.order_number = rows.text(4);
    line.variant = rows.integer(5);
    line.title = rows.text(6);
    line.sku = rows.text(7);
    line.unit = rows.flag(8) ? Unit::kilogram : Unit::piece;
    line.quantity = {rows.integer(9)};
    line.amount = {rows.integer(10), order.currency};
    line.tax_code = rows.text(11);
    line.tax_rate = rate_from_stored(rows.integer(12));
    line.shelf = rows.as<Shelf>(13);
    line.category = rows.text(14);
    line.reason = rows.text(15);
    line.approver = rows.text(16);
    line.slip = rows.text(17);
    line.tax_key = {rows.integer(18)};
    line.bound = {rows.integer(19), order.currency};
  }
  return lines;
}

void load_parts(Database& database, Order& order) {
  load_lines(database, order);
  order.voided = load_voided(database, order);
  auto payments = database.query(
      "SELECT id, kind, tender, state, amount, given, label, reference, original, at, version, "
      "upstream_id, expires, tip FROM transactions WHERE order_row = ? ORDER BY position");
  payments.with(order.row);
  while (payments.next()) order.payments.push_back(payment_at(payments, order.currency));
  order.fulfilments = load_fulfilments(database, order);
  order.refunds = load_refunds(database, order);
  auto events = database.query(
      "SELECT at, kind, detail, actor FROM order_events WHERE order_row = ? ORDER BY position");
  events.with(order.row);
  while (events.next()) {
    order.timeline.push_back({events.instant(0), events.text(1), events.text(2), events.text(3)});
  }
}

std::optional<Order> first_order(Database& database, Query query) {
  if (!query.next()) return {};
  Order order = order_at(query);
  load_parts(database, order);
  return order;
}

}  // namespace

std::int64_t next_number(Database& database, std::string_view series) {
  // Two statements: SQLite makes a table for what RETURNING gives back.
  database
      .query(
          "INSERT INTO counters (name, value) VALUES (?, 1) ON CONFLICT DO UPDATE SET value = "
          "value + 1")
      .with(series)
      .run();
  auto query = database.query("SELECT value FROM counters WHERE name = ?");
  query.with(series);
  return query.next() ? query.integer(0) : 0;
}

void insert_order(Database& database, Order& order) {
  auto query = database.query(
      "INSERT INTO orders (id, number, channel, stage, tax_added, currency, created, is_new, "
      "cashier) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(order.id, order.number, order.channel, word(order.stage),
             order.tax_mode == TaxMode::added, order.currency.text(), order.created, order.is_new,
             order.cashier);
  if (query.run()) order.row = database.last_row();
}

void update_order(Database& database, const Order& order, const Totals& totals) {
  auto query = database.query(
      "UPDATE orders SET stage = ?, customer_name = ?, customer_email = ?, customer_language = ?, "
      "discount_kind = ?, discount_value = ?, discount_reason = ?, cash_rounding = ?, note = ?, "
      "cashier = ?, fulfilment = ?, upstream_payment = ?, is_new = ?, placed = ?, version = ?, "
      "payment = ?, total = ?, paid = ?, pieces = ?, upstream_fulfilment = ?, upstream_id = ?, "
      "upstream_number = ?, delivery = ?, address = ?, customer_edited = ?, attention = ?, "
      "expires = ?, credited = ?, customer = ?, goods_along = ? WHERE row = ?");
  query.with(word(order.stage), order.customer.name, order.customer.email, order.customer.language);
  bind_discount(query, order.discount);
  query
      .with(order.cash_rounding.minor, order.note, order.cashier, fulfilment_word(order),
            order.upstream_payment, order.is_new, order.placed, order.version)
      .with(payment_word(order, totals.total), cost_now(order, totals.total).minor,
            paid_sum(order).minor, piece_count(order), order.fulfilment)
      .with(order.upstream_id, order.upstream_number, static_cast<int>(order.delivery),
            address_text(order.address), order.customer_edited, order.attention,
            authorization_expiry(order), order.credited.minor);
  query.bind(order.customer.record ? std::optional(order.customer.record) : std::nullopt);
  query.bind(order.goods_along);
  query.bind(order.row);
  query.run();
}

void save_line(Database& database, const Order& order, std::size_t index) {
  const LineItem& line = order.lines[index];
  auto query = database.query(
      "INSERT INTO order_lines (order_row, id, variant, title, sku, barcode, "
      "by_weight, unit_price, regular_price, quantity, tax_code, tax_rate, "
      "discount_kind, discount_value, discount_reason, note, flags, upstream_id, "
      "position, removed, announced, returned, returned_for, voucher, category, tax_key, "
      "business_case, deposit_for) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET unit_price = excluded.unit_price, "
      "regular_price = excluded.regular_price, quantity = excluded.quantity, "
      "discount_kind = excluded.discount_kind, discount_value = excluded.discount_value, "
      "discount_reason = excluded.discount_reason, note = excluded.note, "
      "tax_key = excluded.tax_key");
  query.with(order.row, line.id, line.variant, line.title, line.sku, line.barcode,
             line.unit == Unit::kilogram, line.unit_price.minor);
  query.bind(line.regular_price ? std::optional(line.regular_price->minor) : std::nullopt);
  query.with(line.quantity.thousandths, line.tax_code, stored(line.tax_rate));
  bind_discount(query, line.discount);
  query.with(line.note, (line.digital ? digital_flag : 0) + (line.gift_card ? gift_card_flag : 0) +
                            (line.tops_up ? tops_up_flag : 0));
  // The ids of a till's lines are in their order.
  const auto position = order.channel == "till" ? 0 : static_cast<std::int64_t>(index);
  query.with(line.upstream_id, position, line.removed.thousandths, line.announced.thousandths,
             line.returned.thousandths, line.returned_for.minor, line.voucher, line.category,
             line.tax_key.number, static_cast<int>(line.business_case));
  query.bind(line.deposit_for);
  query.run();
}

void void_line(Database& database, const Order& order, const VoidedLine& voided) {
  database
      .query(
          "INSERT INTO voided_lines (order_row, id, variant, title, sku, barcode, by_weight, "
          "unit_price, regular_price, quantity, tax_code, tax_rate, discount_kind, "
          "discount_value, discount_reason, note, flags, upstream_id, position, removed, "
          "announced, returned, returned_for, voucher, category, tax_key, business_case, "
          "deposit_for, voided_at, voided_by, approver, reason) "
          "SELECT order_row, id, variant, title, sku, barcode, by_weight, unit_price, "
          "regular_price, quantity, tax_code, tax_rate, discount_kind, discount_value, "
          "discount_reason, note, flags, upstream_id, position, removed, announced, returned, "
          "returned_for, voucher, category, tax_key, business_case, deposit_for, ?3, ?4, ?5, ?6 "
          "FROM order_lines WHERE order_row = ?1 AND id = ?2")
      .with(order.row, voided.line.id, voided.at, voided.who, voided.approver, voided.reason)
      .run();
  database.query("DELETE FROM order_lines WHERE order_row = ? AND id = ?")
      .with(order.row, voided.line.id)
      .run();
}

void delete_line(Database& database, const Order& order, LineId line) {
  database.query("DELETE FROM order_lines WHERE order_row = ? AND id = ?")
      .with(order.row, line)
      .run();
}

void save_return(Database& database, const Order& order, const ReturnLine& line) {
  auto query = database.query(
      "INSERT OR REPLACE INTO order_returns (order_row, id, kind, sold_order, sold_line, "
      "order_number, variant, title, sku, by_weight, quantity, amount, tax_code, tax_rate, shelf, "
      "category, reason, approver, slip, tax_key, bound) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(order.row, line.id, static_cast<int>(line.kind), line.order, line.line,
             line.order_number, line.variant, line.title, line.sku, line.unit == Unit::kilogram);
  query.with(line.quantity.thousandths, line.amount.minor, line.tax_code, stored(line.tax_rate),
             static_cast<int>(line.shelf), line.category, line.reason, line.approver, line.slip,
             line.tax_key.number, line.bound.minor);
  query.run();
}

void delete_return(Database& database, const Order& order, LineId line) {
  database.query("DELETE FROM order_returns WHERE order_row = ? AND id = ?")
      .with(order.row, line)
      .run();
}

void insert_payment(Database& database, const Order& order, const Payment& payment) {
  database
      .query(
          "INSERT INTO transactions (order_row, id, outside, position, kind, tender, "
          "state, amount, given, label, reference, original, at, version, upstream_id, "
          "expires, tip) VALUES (?1, ?, ?, (SELECT 1 + coalesce(max(position), 0) "
          "FROM transactions WHERE order_row = ?1), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(order.row, payment.id, order.channel != "till", static_cast<int>(payment.kind),
            static_cast<int>(payment.tender), static_cast<int>(payment.state), payment.amount.minor,
            payment.given.minor, payment.label, payment.reference, payment.original, payment.at,
            payment.version, payment.upstream_id, payment.expires, payment.tip.minor)
      .run();
}

void set_payment_upstream_id(Database& database, const Order& order, TransactionId payment,
                             std::string_view id) {
  database
      .query(
          "UPDATE transactions SET upstream_id = ? "
          "WHERE order_row = ? AND id = ? AND upstream_id = ''")
      .with(id, order.row, payment)
      .run();
}

void insert_event(Database& database, const Order& order, const TimelineEntry& entry) {
  database
      .query(
          "INSERT INTO order_events (order_row, position, at, kind, detail, actor) "
          "VALUES (?1, (SELECT 1 + coalesce(max(position), 0) "
          "FROM order_events WHERE order_row = ?1), ?, ?, ?, ?)")
      .with(order.row, entry.at, entry.kind, entry.detail, entry.actor)
      .run();
}

void replace_lines(Database& database, const Order& order) {
  database.query("DELETE FROM order_lines WHERE order_row = ?").with(order.row).run();
  database.query("DELETE FROM order_extras WHERE order_row = ?").with(order.row).run();
  for (std::size_t i = 0; i < order.lines.size(); ++i) save_line(database, order, i);
  for (std::size_t i = 0; i < order.extras.size(); ++i) {
    const ExtraCharge& extra = order.extras[i];
    database
        .query(
            "INSERT INTO order_extras (order_row, position, title, amount, tax_rate, tax_key) "
            "VALUES (?, ?, ?, ?, ?, ?)")
        .with(order.row, static_cast<std::int64_t>(i), extra.title, extra.amount.minor,
              stored(extra.tax_rate), extra.tax_key.number)
        .run();
  }
}

void keep_lines_of_receipt(Database& database, const Order& order, std::int64_t receipt_row) {
  if (order.channel == "till") return;
  database
      .query(
          "INSERT INTO receipt_lines (receipt_row, id, variant, title, sku, barcode, "
          "by_weight, unit_price, regular_price, quantity, tax_code, tax_rate, "
          "discount_kind, discount_value, discount_reason, note, flags, upstream_id, "
          "position, removed, announced, returned, returned_for, category, tax_key, business_case) "
          "SELECT ?, id, variant, title, sku, barcode, by_weight, "
          "unit_price, regular_price, quantity, tax_code, tax_rate, discount_kind, "
          "discount_value, discount_reason, note, flags, upstream_id, position, removed, "
          "announced, returned, returned_for, category, tax_key, "
          "business_case FROM order_lines "
          "WHERE order_row = ?")
      .with(receipt_row, order.row)
      .run();
  database
      .query(
          "INSERT INTO receipt_extras (receipt_row, position, title, amount, tax_rate, tax_key) "
          "SELECT ?, position, title, amount, tax_rate, tax_key "
          "FROM order_extras WHERE order_row = ?")
      .with(receipt_row, order.row)
      .run();
}

void take_lines_of_receipt(Database& database, Order& order, std::int64_t receipt_row) {
  auto lines =
      database.query(TRESEN_LINE_COLUMNS "receipt_lines WHERE receipt_row = ? ORDER BY id");
  lines.with(receipt_row);
  order.lines = lines_at(std::move(lines), order.currency);
  auto extras =
      database.query(TRESEN_EXTRA_COLUMNS "receipt_extras WHERE receipt_row = ? ORDER BY position");
  extras.with(receipt_row);
  order.extras = extras_at(std::move(extras), order.currency);
}

void load_lines(Database& database, Order& order) {
  if (order.channel == "till") order.returns = load_returns(database, order);
  auto lines = database.query(TRESEN_LINE_COLUMNS "order_lines WHERE order_row = ? ORDER BY id");
  lines.with(order.row);
  order.lines = lines_at(std::move(lines), order.currency);
  auto extras =
      database.query(TRESEN_EXTRA_COLUMNS "order_extras WHERE order_row = ? ORDER BY position");
  extras.with(order.row);
  order.extras = extras_at(std::move(extras), order.currency);
}

std::optional<Order> load_order(Database& database, std::int64_t row) {
  auto query = database.query("SELECT " TRESEN_ORDER_COLUMNS " FROM orders WHERE row = ?");
  query.with(row);
  return first_order(database, std::move(query));
}

std::optional<Order> find_order(Database& database, OrderId id) {
  auto query = database.query("SELECT " TRESEN_ORDER_COLUMNS " FROM orders WHERE id = ?");
  query.with(id);
  return first_order(database, std::move(query));
}

bool collides(Database& database, const Order& order) {
  auto number = database.query("SELECT 1 FROM orders WHERE number = ? AND channel = ? AND id <> ?");
  number.with(order.number, order.channel, order.id);
  if (number.next()) return true;
  for (const Payment& payment : order.payments) {
    auto query = database.query(
        "SELECT 1 FROM transactions AS t JOIN orders AS o ON o.row = t.order_row "
        "WHERE t.outside = 1 AND t.id = ? AND o.id <> ?");
    query.with(payment.id, order.id);
    if (query.next()) return true;
  }
  return false;
}

std::optional<Order> find_order_by_number(Database& database, std::string_view number) {
  auto query = database.query("SELECT " TRESEN_ORDER_COLUMNS " FROM orders WHERE number = ?");
  query.with(number);
  return first_order(database, std::move(query));
}

void name_draft(Database& database, const Order& order) {
  database
      .query(
          "INSERT INTO counters (name, value) VALUES ('draft', ?) ON CONFLICT DO UPDATE SET value "
          "= "
          "excluded.value")
      .with(order.row)
      .run();
}

std::optional<Order> load_draft(Database& database) {
  return first_order(database, database.query("SELECT " TRESEN_ORDER_COLUMNS
                                              " FROM orders WHERE stage = 'draft' AND row = "
                                              "(SELECT value FROM counters WHERE name = 'draft')"));
}

std::int64_t last_order_row(Database& database) {
  auto query = database.query("SELECT max(row) FROM orders");
  return query.next() ? query.integer(0) : 0;
}

}  // namespace core
