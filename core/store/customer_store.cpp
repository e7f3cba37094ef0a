#include "core/store/customer_store.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "core/base/text.h"
#include "core/store/order_store.h"
#include "core/store/search_words.h"

namespace core {

namespace {

// More than fit on any sheet; the rest is found by typing on.
constexpr std::int64_t most_looked_through = 500;

#define TRESEN_CUSTOMER_COLUMNS                                                          \
  "c.id, c.name, c.company, c.email, c.phone, c.street, c.postcode, c.city, c.country, " \
  "c.vat_id, c.language, c.notes, c.created, c.state, coalesce(c.merged_into, 0) "

CustomerRecord record_at(const Query& row) {
  CustomerRecord record;
  record.id = row.integer(0);
  record.name = row.text(1);
  record.company = row.text(2);
  record.email = row.text(3);
  record.phone = row.text(4);
  record.street = row.text(5);
  record.postcode = row.text(6);
  record.city = row.text(7);
  record.country = row.text(8);
  record.vat_id = row.text(9);
  record.language = row.text(10);
  record.notes = row.text(11);
  record.created = row.instant(12);
  record.state = row.as<CustomerState>(13);
  record.merged_into = row.integer(14);
  return record;
}

std::optional<CustomerRecord> first_record(Query query) {
  if (!query.next()) return {};
  return record_at(query);
}

// What is typed of somebody; a phone number also without its blanks.
std::string words_of(const CustomerRecord& record) {
  std::string digits;
  for (const char c : record.phone) {
    if (is_digit(c)) digits += c;
  }
  std::string words = record.name + " " + record.email;
  for (const std::string* text :
       {&record.company, &record.city, &record.phone, &std::as_const(digits)}) {
    if (!text->empty()) words += " " + *text;
  }
  return fold(words);
}

std::optional<CustomerRecord> known_by_id(Database& database, std::string_view upstream_id) {
  auto query = database.query("SELECT " TRESEN_CUSTOMER_COLUMNS
                              "FROM customers AS c WHERE upstream_id = ? AND upstream_id <> ''");
  query.with(upstream_id);
  return first_record(std::move(query));
}

// Also one that was merged.
std::optional<CustomerRecord> known_by_address(Database& database, std::string_view email) {
  auto query = database.query("SELECT " TRESEN_CUSTOMER_COLUMNS
                              "FROM customers AS c WHERE email = ? AND email <> ''");
  query.with(email);
  return first_record(std::move(query));
}

void name_upstream(Database& database, std::int64_t id, std::string_view upstream_id) {
  database.query("UPDATE customers SET upstream_id = ? WHERE id = ? AND upstream_id <> ?1")
      .with(upstream_id, id)
      .run();
}

// Over what was known; what was not said this time stays.
std::int64_t put(Database& database, std::optional<CustomerRecord> known, const Customer& customer,
                 Instant now) {
  CustomerRecord record = known ? *known : CustomerRecord{};
  if (!known) record.created = now;
  if (!customer.name.empty() && customer.name != record.company) record.name = customer.name;
  if (!customer.email.empty()) record.email = customer.email;
  if (!customer.language.empty()) record.language = customer.language;
  if (known && record == *known) return record.id;
  return save_customer(database, record);
}

// Empties one record.
void empty(Database& database, std::int64_t id) {
  database.query("DELETE FROM customer_consents WHERE customer = ?").with(id).run();
  database
      .query(
          "UPDATE customers SET name = '', company = '', email = '', phone = '', street = '', "
          "postcode = '', city = '', country = '', vat_id = '', language = '', notes = '', "
          "words = '', state = 2 WHERE id = ?")
      .with(id)
      .run();
}

void put_pulled(Database& database, const PulledCustomer& pulled, Instant now) {
  auto known = known_by_id(database, pulled.upstream_id);
  if (known && known->state == CustomerState::removed) return;
  if (pulled.is_gone) {
    if (known) empty(database, known->id);
    return;
  }
  const auto same_address = known_by_address(database, pulled.customer.email);
  if (!known) {
    known = same_address;
  } else if (same_address && same_address->id != known->id) {
    if (known->state == CustomerState::merged) return;
    merge_customers(database, known->id, same_address->id);
    // The address is the platform's customer's now.
    database.query("UPDATE customers SET email = '' WHERE id = ?").with(same_address->id).run();
  }
  const std::int64_t id = put(database, known, pulled.customer, now);
  name_upstream(database, id, pulled.upstream_id);
}

// "anna" or "ana" as the beginning of a word: ("anna"* OR "ana"*) AND ...
std::string expression(const WordChoices& words) {
  std::string text;
  for (const auto& spellings : words) {
    if (!text.empty()) text += " AND ";
    std::string choice;
    for (const std::string& spelling : spellings) {
      choice += (choice.empty() ? "\"" : " OR \"") + spelling + "\"*";
    }
    text += "(" + choice + ")";
  }
  return text;
}

std::vector<Customer> as_customers(const std::vector<CustomerRecord>& records) {
  std::vector<Customer> all;
  all.reserve(records.size());
  for (const CustomerRecord& record : records) all.push_back(as_customer(record));
  return all;
}

}  // namespace

std::int64_t remember_customer(Database& database, const Customer& customer, Instant now) {
  auto known = known_by_address(database, customer.email);
  if (!known && customer.record != 0) known = find_customer(database, customer.record);
  if (known && known->state == CustomerState::merged) return known->merged_into;
  if (known && known->state == CustomerState::removed) known.reset();
  if (!known && customer.email.empty()) return 0;
  return put(database, std::move(known), customer, now);
}

void put_pulled_customers(Database& database, const std::vector<PulledCustomer>& pulled,
                          Instant now) {
  for (const PulledCustomer& one : pulled) put_pulled(database, one, now);
}

std::optional<CustomerRecord> load_customer(Database& database, std::int64_t id) {
  auto query =
      database.query("SELECT " TRESEN_CUSTOMER_COLUMNS "FROM customers AS c WHERE c.id = ?");
  query.with(id);
  auto record = first_record(std::move(query));
  if (!record) return {};
  auto consents = database.query(
      "SELECT given, at, who FROM customer_consents WHERE customer = ? ORDER BY at, row");
  consents.with(id);
  while (consents.next()) {
    record->consents.push_back({consents.flag(0), consents.instant(1), consents.text(2)});
  }
  return record;
}

std::optional<CustomerRecord> find_customer(Database& database, std::int64_t id) {
  auto record = load_customer(database, id);
  if (record && record->state == CustomerState::merged) {
    return load_customer(database, record->merged_into);
  }
  return record;
}

std::optional<CustomerRecord> find_customer_by_email(Database& database, std::string_view email) {
  const auto known = known_by_address(database, email);
  if (!known) return {};
  return find_customer(database, known->id);
}

std::int64_t latest_customer(Database& database) {
  auto query = database.query("SELECT max(id) FROM customers");
  return query.next() ? query.integer(0) : 0;
}

std::int64_t save_customer(Database& database, const CustomerRecord& record) {
  std::int64_t id = record.id;
  if (id == 0) {
    database
        .query(
            "INSERT INTO customers (name, email, language, words, created) "
            "VALUES ('', '', '', '', ?)")
        .with(record.created)
        .run();
    id = database.last_row();
  }
  database
      .query(
          "UPDATE customers SET name = ?, company = ?, email = ?, phone = ?, street = ?, "
          "postcode = ?, city = ?, country = ?, vat_id = ?, language = ?, notes = ?, words = ? "
          "WHERE id = ?")
      .with(record.name, record.company, record.email, record.phone, record.street)
      .with(record.postcode, record.city, record.country, record.vat_id, record.language)
      .with(record.notes, words_of(record), id)
      .run();
  return id;
}

void add_consent(Database& database, std::int64_t customer, const Consent& consent) {
  database.query("INSERT INTO customer_consents (customer, given, at, who) VALUES (?, ?, ?, ?)")
      .with(customer, consent.given, consent.at, consent.who)
      .run();
}

void merge_customers(Database& database, std::int64_t into, std::int64_t other) {
  database.query("UPDATE orders SET customer = ?1 WHERE customer = ?2").with(into, other).run();
  database.query("UPDATE customer_consents SET customer = ?1 WHERE customer = ?2")
      .with(into, other)
      .run();
  database.query("UPDATE customers SET merged_into = ?1 WHERE merged_into = ?2")
      .with(into, other)
      .run();
  database.query("UPDATE customers SET state = 1, merged_into = ?1 WHERE id = ?2")
      .with(into, other)
      .run();
}

void remove_customer(Database& database, std::int64_t id) {
  // What was printed with a name keeps it, where no search looks.
  database
      .query(
          "INSERT OR IGNORE INTO receipt_customers (receipt_row, customer, name, address, vat_id) "
          "WITH RECURSIVE printed (receipt, name) AS (SELECT last_receipt, customer_name "
          "FROM orders WHERE customer = ?1 AND customer_name <> '' UNION ALL "
          "SELECT previous, name FROM printed JOIN receipts ON row = receipt) "
          "SELECT receipt, ?1, name, '', '' FROM printed WHERE receipt > 0")
      .with(id)
      .run();
  // Mails to them that have not left never will.
  database
      .query(
          "DELETE FROM outbox WHERE state <> 2 AND recipient <> '' AND order_row IN "
          "(SELECT row FROM orders WHERE customer = ?1) AND recipient COLLATE NOCASE IN "
          "(SELECT email FROM customers WHERE id = ?1 OR merged_into = ?1 UNION "
          "SELECT customer_email FROM orders WHERE customer = ?1)")
      .with(id)
      .run();
  database
      .query(
          "UPDATE outbox SET recipient = '' WHERE recipient <> '' AND order_row IN "
          "(SELECT row FROM orders WHERE customer = ?1) AND recipient COLLATE NOCASE IN "
          "(SELECT email FROM customers WHERE id = ?1 OR merged_into = ?1 UNION "
          "SELECT customer_email FROM orders WHERE customer = ?1)")
      .with(id)
      .run();
  database
      .query(
          "UPDATE order_events SET detail = iif(kind = 'refunded', "
          "replace(detail, (SELECT customer_name FROM orders WHERE row = order_row), ''), '') "
          "WHERE order_row IN (SELECT row FROM orders WHERE customer = ?) "
          "AND (kind = 'refunded' OR detail LIKE '%@%')")
      .with(id)
      .run();
  database
      .query(
          "UPDATE orders SET customer_name = '', customer_email = '', address = '', "
          "customer_edited = 1 WHERE customer = ?")
      .with(id)
      .run();
  auto merged = database.query("SELECT id FROM customers WHERE merged_into = ?");
  merged.with(id);
  std::vector<std::int64_t> ids{id};
  while (merged.next()) ids.push_back(merged.integer(0));
  for (const std::int64_t each : ids) empty(database, each);
}

std::string unfinished_order(Database& database, std::int64_t id) {
  auto query = database.query(
      "SELECT number FROM orders WHERE customer = ? AND version > 0 AND stage = 'open' AND "
      "(payment IN ('pending', 'authorized', 'partially_paid') OR fulfilment <> 'fulfilled') "
      "AND payment NOT IN ('refunded', 'voided', 'expired') LIMIT 1");
  query.with(id);
  return query.next() ? query.text(0) : "";
}

InvoiceTo invoice_of(Database& database, const Order& order) {
  if (order.customer.record == 0) return {};
  const auto record = find_customer(database, order.customer.record);
  return record ? invoice_to(*record) : InvoiceTo{};
}

std::vector<CustomerRecord> find_records(Database& database, std::string_view text,
                                         std::int64_t limit) {
  const std::string folded = fold(text);
  const std::string wanted = expression(spellings_of(folded));
  std::vector<CustomerRecord> found;
  if (wanted.empty()) return found;
  auto query =
      database.query("SELECT " TRESEN_CUSTOMER_COLUMNS
                     "FROM (SELECT DISTINCT iif(hit.state = 1, hit.merged_into, hit.id) AS who "
                     "FROM customer_words AS w JOIN customers AS hit ON hit.id = w.rowid "
                     "WHERE customer_words MATCH ? LIMIT ?) JOIN customers AS c ON c.id = who "
                     "WHERE c.state = 0");
  query.with(wanted, most_looked_through);
  // Who is called as was typed stands before who has it somewhere.
  struct Hit {
    bool begins_later;
    std::string name;
    CustomerRecord record;
  };
  std::vector<Hit> hits;
  while (query.next()) {
    CustomerRecord record = record_at(query);
    std::string name = fold(shown_name(record));
    hits.push_back({!name.starts_with(folded), std::move(name), std::move(record)});
  }
  std::ranges::sort(hits, {}, [](const Hit& hit) {
    return std::tie(hit.begins_later, hit.name, hit.record.email);
  });
  for (Hit& hit : hits) {
    if (std::ssize(found) == limit) break;
    found.push_back(std::move(hit.record));
  }
  return found;
}

std::vector<CustomerRecord> records(Database& database, std::int64_t limit) {
  std::vector<CustomerRecord> all;
  auto query =
      database.query("SELECT " TRESEN_CUSTOMER_COLUMNS
                     "FROM customers AS c WHERE state = 0 "
                     "ORDER BY iif(name = '', company, name) COLLATE NOCASE, email LIMIT ?");
  query.with(limit);
  while (query.next()) all.push_back(record_at(query));
  return all;
}

std::vector<Customer> find_customers(Database& database, std::string_view text,
                                     std::int64_t limit) {
  return as_customers(find_records(database, text, limit));
}

std::vector<Customer> customers(Database& database, std::int64_t limit) {
  return as_customers(records(database, limit));
}

CustomerSums sums_of_customer(Database& database, std::int64_t id, Currency currency) {
  // A platform's order costs less once goods came back; what was given for them was sold.
  auto query = database.query(
      "SELECT count(*), total(total) + total(iif(channel = 'till', 0, back)), total(back), "
      "min(placed), max(placed) FROM (SELECT total, channel, placed, (SELECT total(amount) "
      "FROM refunds WHERE order_row = orders.row AND intended = 0) AS back FROM orders "
      "WHERE customer = ? AND version > 0 AND stage <> 'cancelled' AND currency = ?)");
  query.with(id, currency.text());
  CustomerSums sums;
  sums.sold = sums.given_back = {0, currency};
  if (!query.next() || query.integer(0) == 0) return sums;
  sums.orders = query.integer(0);
  sums.sold.minor = query.integer(1);
  sums.given_back.minor = query.integer(2);
  sums.first_visit = query.instant(3);
  sums.last_visit = query.instant(4);
  return sums;
}

std::optional<CustomerData> data_of_customer(Database& database, std::int64_t id) {
  auto record = find_customer(database, id);
  if (!record) return {};
  CustomerData data{std::move(*record), {}, {}};
  std::vector<std::int64_t> merged, orders;
  auto others = database.query("SELECT id FROM customers WHERE merged_into = ? ORDER BY id");
  others.with(data.record.id);
  while (others.next()) merged.push_back(others.integer(0));
  for (const std::int64_t other : merged) {
    if (auto one = load_customer(database, other)) data.merged.push_back(std::move(*one));
  }
  auto rows = database.query(
      "SELECT row FROM orders WHERE customer = ? AND version > 0 ORDER BY placed, row");
  rows.with(data.record.id);
  while (rows.next()) orders.push_back(rows.integer(0));
  for (const std::int64_t row : orders) {
    if (auto order = load_order(database, row)) data.orders.push_back(std::move(*order));
  }
  return data;
}

}  // namespace core
